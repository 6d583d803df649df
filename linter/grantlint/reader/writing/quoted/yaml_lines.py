"""A scalar of YAML that stands on one line, found without reading the file again, which takes longer than all else.

Only below lines that leave nothing open: none begins a quoted text that goes on, a block of text, a list or mapping
between brackets. Everything else is for a parser.
"""

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_BREAKS = r"\n\r\x85\u2028\u2029"
_DASHES = r" *+(?:- ++)*+"
_KEY = r"[A-Za-z_][\w.-]*+:"
_WORDS = rf"[A-Za-z0-9_%./][^{_BREAKS}#:]*+(?::(?=[^\s#:])[^{_BREAKS}#:]*+)*+"
_WORD = r"[A-Za-z0-9_%./][^\s#:]*+(?::[^\s#:]++)*+"
_QUOTED = rf"'[^'{_BREAKS}]*+'|\"[^\"\\{_BREAKS}]*+\""
_REMARK = rf"(?:(?<![^ \n])#[^{_BREAKS}]*+)?+"
_LINES = Pattern(
    rf"(?:(?:---|{_DASHES}(?:{_KEY}(?: ++(?:{_QUOTED}|{_WORDS}))?+|(?<=- )(?:{_QUOTED}|{_WORDS}))?+) *+{_REMARK}\n)*+"
)
_LINE = Pattern(rf"{_DASHES}(?P<key>{_KEY}) ++(?P<value>(?P<quoted>{_QUOTED})|{_WORD})(?=\n)")


class Scalar(NamedTuple):
    """Where a scalar is, quotes included, and what it holds.

    style: as a parser tells it.
    """

    start: int
    end: int
    style: str
    value: str


def simple_lines(text: str) -> int:
    """Return where the first lines end that leave nothing open."""
    found = _LINES.match(text)
    return found.end() if found is not None else 0


def scalar_at(text: str, offset: int) -> Scalar | None:
    """Return the value of a key around a place. None where a parser has to tell."""
    line = text.rfind("\n", 0, offset) + 1
    found = _LINE.match(text, line)
    if found is None:
        return None
    start, end = found.span("value")
    if not start <= offset <= end:
        return None
    if found["quoted"]:
        return Scalar(start, end, text[start], text[start + 1 : end - 1])
    return Scalar(start, end, "", text[start:end]) if _ends(text, end, found.start("key") - line) else None


def _ends(text: str, end: int, column: int) -> bool:
    """Return whether the next line begins no deeper than a key, and so continues no value of it."""
    at = end + 1
    while text.startswith(" ", at):
        at += 1
    return at - end - 1 <= column and at < len(text) and not text[at].isspace()
