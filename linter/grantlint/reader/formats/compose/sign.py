"""What a Compose file is known by: services, and the image or variables of a server among them."""

from grantlint.platform.pattern import LinePattern


def claims(path: str, text: str) -> bool:
    """Return whether a file has services with a MySQL or MariaDB server. By its image or its variables."""
    if not (text.startswith("services:") or "\nservices:" in text or "compose" in path.rpartition("/")[2].lower()):
        return False
    return _OF_COMPOSE.in_a_line_of(text)


_OF_COMPOSE = LinePattern(
    ("mysql", "mariadb", "percona", "MYSQL_", "MARIADB_"),
    r"""^[^#\n]*\b(?:image|build|context)["']?:[ \t]*["']?\S*(?:mysql|mariadb|percona)"""
    r"""|^[^#\n]*\b(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_|USER\b)""",
)
