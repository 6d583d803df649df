"""Comments of SQL, among them those that only some servers take for one."""

from grantlint.access.product.grammar import Grammar
from grantlint.platform.pattern import Pattern

_SIX = 6


_GAP = (50700, 99999)  # versions of MySQL that no MariaDB is


_BLANKS = frozenset(" \t\n\v\f\r")


_COMMENT_MARK = Pattern(r"\*/|/\*")


_VERSION = Pattern(r"[0-9]{5,6}")


def comment_end(text: str, begin: int, length: int, grammar: Grammar) -> tuple[bool, int]:
    """Return whether a comment's content runs, and where reading goes on. Past the text if unclosed."""
    past = length + 1
    mariadb_only = text.startswith("M!", begin + 2)
    if not (mariadb_only and grammar.mariadb) and not text.startswith("!", begin + 2):
        end = text.find("*/", begin + 2, length)
        return False, past if end < 0 else end + 2
    inside = begin + (4 if mariadb_only else 3)
    digits = _VERSION.match(text, inside)
    if digits is None:
        return True, inside
    number = digits.group()
    if len(number) == _SIX and not _takes_six(text, digits.end(), grammar):
        number = number[:5]
    version = int(number)
    if version <= grammar.version_id and not (grammar.mariadb and not mariadb_only and _GAP[0] <= version <= _GAP[1]):
        return True, inside + len(number)
    return False, _skipped(text, inside, length)


def _takes_six(text: str, end: int, grammar: Grammar) -> bool:
    if grammar.mariadb:
        return True
    return grammar.six_digit_comments and text[end : end + 1] in _BLANKS


def _skipped(text: str, position: int, length: int) -> int:
    """Return the end of a version comment that does not run: one comment may stand inside it."""
    past = length + 1
    found = _COMMENT_MARK.search(text, position, length)
    while found is not None:
        if found.group() == "*/":
            return found.end()
        close = text.find("*/", found.end(), length)
        if close < 0:
            return past
        found = _COMMENT_MARK.search(text, close + 2, length)
    return past
