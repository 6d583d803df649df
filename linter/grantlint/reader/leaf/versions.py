"""Whether a condition of a file asks which server it is: `mysql_daemon == 'mariadb'`, `[ "$mysql_ver" -ge 8 ]`."""

import re

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that few files need
    from grantlint.model.step import Branch

_ASKS = Pattern(
    r"version|(?<![a-z])ver(?![a-z])|(?<![a-z])(?:mariadb|percona)(?![a-z_-])(?!\s+-)"
    r"|(['\"])mysql\1|(?:[=~]|\bis)\s*mysql(?![\w-])"
    r"|(?<![\w.])(?:5\.[0-7]|8\.\d|9\.\d|1[0-3]\.\d{1,2})(?!\d|\.\d+\.\d)",
    re.IGNORECASE,
)


def asks_for_version(condition: str) -> bool:
    """Return whether a condition looks at the server's product or version.

    A call of its client does not.
    """
    return _ASKS.search(condition) is not None


def branch_by_version(source: Source, start: int, end: int) -> "Branch | None":
    """Return the branch of a condition that asks which server it is."""
    return branch_of(source, start, end) if asks_for_version(source.text[start:end]) else None


def branch_of(source: Source, start: int, end: int) -> "Branch":
    """Return the branch of any condition."""
    from grantlint.model.step import Branch  # noqa: PLC0415 - as above

    return Branch(source, start, 0, by_version=asks_for_version(source.text[start:end]))
