"""A text replaced within the quotes of its place: a host, a user, a word of a list."""

from grantlint.model.location import Implied, Located, Span
from grantlint.model.remedy import Edit
from grantlint.model.sql import string
from grantlint.platform.pattern import Pattern
from grantlint.reader.writing.places import replaced, whole
from grantlint.reader.writing.quoted.place import quoted_at
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quotes import BARE, HCL_DOUBLE, YAML_SINGLE, Quotes, write

_BARE = Pattern(r"[A-Za-z0-9_][A-Za-z0-9_.%/:@-]*\Z")
"""What needs no quotes in YAML, but for what it takes for a number, a truth or a key."""
_NO_TEXT = Pattern(r"(?i)(?:[+-]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[+-]?\d+)?|[0-9:]+|true|false|yes|no|on|off|null|y|n)\Z")
_HERE = Pattern(r"<<-?[A-Za-z_]")
_MARKS = ("'", '"', "`")


def rewritten(leaf: Located[str], value: str) -> Edit | None:
    """Return the edit that replaces a text by another. None where the text does not stand there as it is."""
    if isinstance(leaf, Implied) or leaf.value == value:
        return None
    place = whole(leaf.span)
    if _HERE.match(place.source.text, place.start):  # of HCL: its text would end in a line break
        return Edit(place, f'"{write(value, (HCL_DOUBLE,))}"')
    return _replaced(leaf, value, place)


def _replaced(leaf: Located[str], value: str, place: Span) -> Edit | None:
    source, start, end = place
    piece = source.text[start:end]
    quoted = quoted_at(source, start)
    quotes = quoted.quotes if quoted else ()
    if quoted is not None and (quoted.start, quoted.end) == (start, end):
        return _whole(quoted, place, leaf.value, value)
    for mark in _MARKS:
        if piece == _literal(leaf.value, mark, quotes):
            return Edit(place, _literal(value, mark, quotes))
    if piece == leaf.value and not quotes and not _BARE.match(value):  # a bare word of a statement
        return Edit(place, string(value))
    for written in (write(leaf.value, quotes), leaf.value):
        text = replaced(piece, written, write(value, quotes))
        if text is not None:
            return Edit(place, text)
    return None


def _whole(quoted: Quoted, place: Span, old: str, value: str) -> Edit | None:
    """Return the edit of a scalar that is the value; of a block of YAML the line alone."""
    piece = place.text
    if _holds(piece, old, quoted.quotes):
        return Edit(place, _scalar(quoted, value))
    in_block = piece[:1] in {"|", ">"} and piece.count(old) == 1
    return Edit(place, piece.replace(old, value)) if in_block else None


def _holds(piece: str, value: str, quotes: tuple[Quotes, ...]) -> bool:
    """Whether a scalar is the value and nothing else, however it is quoted."""
    inner = piece[len(quotes[0].opening) : len(piece) - len(quotes[0].closing)].lower()
    return inner in {value.lower(), write(value, quotes).lower()}


def _scalar(quoted: Quoted, value: str) -> str:
    outermost = quoted.quotes[0]
    if outermost is BARE and (not _BARE.match(value) or _NO_TEXT.match(value)):
        outermost = YAML_SINGLE
    return outermost.opening + write(value, (outermost, *quoted.quotes[1:])) + outermost.closing


def _literal(value: str, mark: str, quotes: tuple[Quotes, ...]) -> str:
    """Return a text as a literal of SQL between these marks, as it stands within the quotes around it."""
    inner = value if mark == "`" else value.replace("\\", "\\\\")
    return write(mark + inner.replace(mark, mark * 2) + mark, quotes)
