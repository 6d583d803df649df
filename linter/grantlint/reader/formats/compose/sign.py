"""What a Compose file is known by: services, and the image or variables of a server among them."""

from grantlint.platform.pattern import LinePattern


def claims(path: str, text: str) -> bool:
    """Claim what has services, one of which has an image or variables of a MySQL or MariaDB server."""
    if not (text.startswith("services:") or "\nservices:" in text or "compose" in path.rpartition("/")[2].lower()):
        return False
    return _OF_COMPOSE.in_a_line_of(text)


_OF_COMPOSE = LinePattern(
    ("mysql", "mariadb", "percona", "MYSQL_", "MARIADB_"),
    r"""^[^#\n]*\bimage["']?:[ \t]*["']?\S*(?:mysql|mariadb|percona)"""
    r"""|^[^#\n]*\b(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_|USER\b)""",
)
