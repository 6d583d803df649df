"""Commands of scripts that make accounts without a statement: variables of a container, a chart, an init file."""

import re

from grantlint.platform.pattern import LinePattern, Pattern

CONTAINER_VARIABLE = LinePattern(
    ("MYSQL_", "MARIADB_"),
    r"""^(?:[^#\n]*[\s('"])?(?:-e|--env)[ =]*["']?(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT|USER\b)""",
)
ENV_FILE = LinePattern(("--env-file",), r"^[^#\n]*\s--env-file[ =]")
SERVER_IMAGE = Pattern(r"[ \t/](?:mysql|mariadb|percona)(?:-server)?(?=[:@\"'\s;]|$)", re.MULTILINE)
CHART = Pattern(
    r"^[^#\n]*\bhelm[ \t](?:[^\n#]|\\\n){0,300}?\b(?:install|upgrade)\b(?:[^\n#]|\\\n){0,600}?[ \t/](?:mysql|mariadb)"
    r"(?:-galera)?(?=[\s\"']|$)",
    re.MULTILINE,
)
INIT_FILE = LinePattern(
    ("init-file", "init_file"),
    r"^[^#\n]*\b(?:mysqld|mariadbd|mysqld_safe|mariadbd-safe)\b[^\n]{0,1000}\s--init[-_]file\b",
)
