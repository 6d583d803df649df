"""A source line with a caret under a span: only what is known to be harmless, control characters as escapes."""

from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from grantlint.model.location import Span
from grantlint.report.secrecy.elision import SIGN, elided
from grantlint.report.visible import visible_each, width

_TAB = "    "
_CUT = "..."
_MOST = 160  # characters of a line that are shown
_LEAD = 60  # of them before the span, where a line is cut


class Snippet(NamedTuple):
    """A line as shown, and the columns (from 0, as a terminal counts) from which and up to which carets stand."""

    line: str
    caret: int
    caret_end: int


def snippet(span: Span) -> Snippet | None:
    """Return the first line of a span, or None where the line is blank."""
    source = span.source
    number, _ = source.position(span.start)
    start, end = source.line_bounds(number)
    if not source.text[start:end].strip():
        return None
    left = max(start, span.start - _LEAD) if span.start - start > _MOST - _LEAD else start
    right = min(end, left + _MOST)
    last = min(max(span.end, span.start + 1), right)
    masks = elided(source, start, end)

    shown = [_CUT] if left > start else []
    column = len(_CUT) * len(shown)
    caret = caret_end = -1
    for at, until, words in _cells(source.text, left, right, masks):
        as_written = until - at == len(words) and words.isascii()  # a column for each character
        if caret < 0 and until > span.start:
            caret = column + (max(span.start - at, 0) if as_written else 0)
        if at < last:
            caret_end = column + (min(until, last) - at if as_written else width(words))
        column += width(words)
        shown.append(words)
    if caret < 0:  # the span begins where the line ends
        caret = column
    if right < end:
        shown.append(_CUT)
    return Snippet("".join(shown).rstrip(), caret, max(caret_end, caret + 1))


def _cells(text: str, left: int, right: int, masks: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return what is shown for text[left:right], each cell with the offsets that it stands for."""
    cells: list[tuple[int, int, str]] = []
    at = left
    for first, last in [*islice(masks, max(bisect_left(masks, (left, left)) - 1, 0), None), (right, right)]:
        cells += _plain_cells(text, at, min(max(first, at), right))
        if first >= right:
            break
        if last > at:
            cells.append((max(first, at), last, SIGN))
        at = max(at, last)
    return cells


def _plain_cells(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return one cell for a stretch of printable ASCII, else one for each character."""
    words = text[start:end]
    if words.isascii() and words.isprintable():
        return [(start, end, words)] if words else []
    return [(o, o + 1, _TAB if text[o] == "\t" else shown) for o, shown in enumerate(visible_each(words), start)]
