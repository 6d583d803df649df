"""What a Dockerfile gives an image that makes accounts: variables of a server, scripts from elsewhere."""

import re

from grantlint.platform.pattern import Pattern

_BUILT = re.compile(r"(?:^|/)(?:(?:docker|container)file[^/]*|[^/]*\.(?:docker|container)file)\Z", re.IGNORECASE)
_VARIABLES = Pattern(
    r"^[^\n\#]*(?<![\w${])(?:MYSQL|MARIADB)_(?:(?:ROOT_PASSWORD|USER)(?:_FILE|_HASH|_HOST)?|ALLOW_EMPTY\w*"
    r"|RANDOM_ROOT\w*|ROOT_HOST|REPLICATION_USER(?:_FILE)?|MYSQL_LOCALHOST_USER)[ \t=]",
    re.MULTILINE,
)
_FETCHED = Pattern(
    r"^[ \t]*(?:ADD[ \t][^\n]*://|COPY[ \t]+--from=)[^\n]*/docker-entrypoint-initdb\.d", re.MULTILINE | re.IGNORECASE
)

MADE = "an image that is built makes them of its variables"
_BROUGHT = "an image that is built has them from elsewhere"


def is_dockerfile(path: str) -> bool:
    """Whether a file has the name of a Dockerfile: `Dockerfile`, `Dockerfile.db`, `db.containerfile`."""
    return _BUILT.search(path) is not None


def has_variables(text: str) -> bool:
    """Whether a text sets variables of which an image makes accounts."""
    return _VARIABLES.search(text) is not None


def made_by_image(text: str) -> list[tuple[int, str, str]]:
    """Return a Dockerfile's sources of accounts: offset, kind, and why unread."""
    variables = [(found.start(), "accounts", MADE) for found in _VARIABLES.finditer(text)]
    return variables + [(found.start(), "scripts", _BROUGHT) for found in _FETCHED.finditer(text)]
