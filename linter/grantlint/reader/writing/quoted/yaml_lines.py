"""A scalar of YAML that stands on one line, found without reading the file again, which takes longer than all else.

Only among lines that leave nothing open: none begins a quoted text that goes on, a block of text, a list or mapping
between brackets. Everything else is for a parser.
"""

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_DASHES, _KEY = r" *+(?:- ++)*+", r"(?:[A-Za-z_][\w.-]*+:(?= |\n))?+ *+"
_VALUE = r"(?:'[^'\n]*+'|\"[^\"\\\n]*+\"|[A-Za-z0-9_%./][^\n#:]*+(?::(?=[^\s#:])[^\n#:]*+)*+)?+ *+"
_REMARK = r"(?:(?<![^ \n])#[^\n]*+)?+"
_LINES = Pattern(rf"(?:(?:---|{_DASHES}{_KEY}{_VALUE}{_REMARK})\n)*+")
"""Lines of a key, a value or both, behind dashes."""
_BREAKS = ("\r", "\x85", "\u2028", "\u2029")  # beside the one that an expression knows


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
    if any(sign in text for sign in (_BREAKS[:1] if text.isascii() else _BREAKS)):
        return 0
    found = _LINES.match(text)
    return found.end() if found is not None else 0


def scalar_at(text: str, offset: int) -> Scalar | None:
    """Return the value of a key around a place in simple lines. None where a parser has to tell."""
    line, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    colon = text.find(": ", line, end)
    key = text[line:colon].lstrip(" -")
    if colon < 0 or any(sign in key for sign in "#'\""):
        return None
    start = colon + 2
    while text.startswith(" ", start):
        start += 1
    style = text[start] if text[start] in "'\"" else ""
    stop = text.find(style, start + 1, end) + 1 if style else end
    if not start <= offset <= stop or (not style and not _is_word(text, start, end, colon - len(key) - line)):
        return None
    return Scalar(start, stop, style, text[start + len(style) : stop - len(style)])


def _is_word(text: str, start: int, end: int, column: int) -> bool:
    """Return whether a bare value is one word, and no line goes on with it, as one deeper than its key does."""
    word = text[start:end]
    at = end + 1
    while text.startswith(" ", at):
        at += 1
    ends = at - end - 1 <= column and at < len(text) and not text[at].isspace()
    return ends and word.split() == [word] and "#" not in word
