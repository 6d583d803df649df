"""Where a value stands with all characters that it is written by."""

import re
from collections.abc import Iterator

from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.writing.quoted.place import quoted_at
from grantlint.reader.writing.quotes import Quotes, write

_EXPRESSION = Pattern(
    r"\{\{(?:[^{}]|\}(?!\})|\{(?!\{)){0,400}\}\}|\$\{[^}\n]{0,200}\}|<%(?:[^%]|%(?!>)){0,400}%>|\$[A-Za-z_]\w{0,200}"
)
"""A value that a template or shell puts in: the words in it are names of variables."""


def replaced(piece: str, old: str, new: str) -> str | None:
    """Return a text with one word replaced. None where it stands there twice, or only in names of variables."""
    if not old:
        return None
    expressions = [found.span() for found in _EXPRESSION.finditer(piece)]
    found = [
        (first, last)
        for first, last in _found(piece, old)
        if not any(start < last and first < end for start, end in expressions)
    ]
    if len(found) != 1:
        return None
    ((start, end),) = found
    return piece[:start] + new + piece[end:]


def _found(piece: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text, in letters of either case: Puppet has hosts in lower case."""
    if not (piece.isascii() and word.isascii()):
        yield from (one.span() for one in re.finditer(re.escape(word), piece, re.IGNORECASE))
        return
    piece, word = piece.lower(), word.lower()  # an expression for each name costs ten times the search
    at = piece.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = piece.find(word, at + len(word))


def whole(span: Span) -> Span:
    r"""Return a span widened to whole escapes. It cuts none in two, as `shop\`.*` without the first backslash."""
    source, start, end = span
    if start >= end:
        return span
    quoted = quoted_at(source, start)
    if quoted is None or (quoted.start, quoted.end) == (start, end):
        return span
    first = _sign(source, start, quoted.quotes)
    last = _sign(source, end - 1, quoted.quotes)
    return Span(source, first.start, max(end, last.end))


def _sign(source: Source, at: int, quotes: tuple[Quotes, ...]) -> Span:
    """Return where the one character is written that an offset is part of."""
    text = source.text
    ahead = at
    while text[ahead : ahead + 1] == "\\":
        ahead += 1
    written = write(text[ahead : ahead + 1], quotes)
    for start in range(at, at - len(written), -1):
        if start >= 0 and text.startswith(written, start):
            return Span(source, start, start + len(written))
    return Span(source, at, at + 1)
