"""Commands of scripts that make accounts without a statement: variables of a container, a password by mysqladmin."""

from grantlint.platform.pattern import LinePattern

CONTAINER_VARIABLE = LinePattern(
    ("MYSQL_", "MARIADB_"),
    r"""^[^#\n]*[\s('"](?:-e|--env)[ =]*["']?(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT|USER\b)""",
)
NEW_PASSWORD = LinePattern(("mysqladmin",), r"^[^#\n]*\bmysqladmin\s[^\n|;&]*\spassword\s+[^\s|;&]")
