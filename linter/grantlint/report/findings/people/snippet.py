"""A source line with a caret under a span: only what is known to be harmless, control characters as escapes."""

from bisect import bisect_left
from itertools import chain, islice
from typing import NamedTuple

from grantlint.model.location import Span
from grantlint.report.secrecy.elision import SIGN, elided
from grantlint.report.visible import visible_each, width

_TAB = "    "
_CUT = "..."
_MOST = 66  # columns of a line that are shown: with dots and a number it is a terminal's line
_LEAD = 28  # of them before the span, where a line is cut
_LOOKED_AT = 200  # characters on each side of the span's first, of which what is shown is taken


class Snippet(NamedTuple):
    """A line as shown, and the columns (from 0, as a terminal counts) from which and up to which carets stand."""

    line: str
    caret: int
    caret_end: int


class _Cell(NamedTuple):
    """What is shown for text[start:end]."""

    start: int
    end: int
    words: str


def snippet(span: Span) -> Snippet | None:
    """Return the first line of a span, or None where the line is blank."""
    source = span.source
    number, _ = source.position(span.start)
    start, end = source.line_bounds(number)
    if not source.text[start:end].strip():
        return None
    masks = elided(source, start, end)
    left, right = _looked_at(source.text, start, end, span.start, masks)
    cells = _cells(source.text, left, right, masks)
    marked = next((at for at, cell in enumerate(cells) if cell.end > span.start), len(cells))
    first, last = _fitting(cells, marked)

    shown = [_CUT] if left > start or first > 0 else []
    column = len(_CUT) * len(shown)
    caret = caret_end = -1
    span_end = max(span.end, span.start + 1)
    for at, cell in enumerate(cells[first:last], first):
        if at == marked:
            caret = column
        column += width(cell.words)
        if cell.start < span_end:
            caret_end = column
        shown.append(cell.words)
    if caret < 0:  # the span begins where the line ends
        caret = column
    if (right < end or last < len(cells)) and shown[-1] != SIGN:
        shown.append(_CUT)
    return Snippet("".join(shown).rstrip(), caret, max(caret_end, caret + 1))


def _looked_at(text: str, start: int, end: int, at: int, masks: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the part of a line around a place of which what is shown is taken."""
    left, right = max(start, at - _LOOKED_AT), min(end, at + _LOOKED_AT)
    if not text[left:right].isascii():
        return left, right
    # Each character that is not masked takes a column: no more of them are needed than are shown.
    before = behind = _MOST + 1
    for first, last in islice(masks, max(bisect_left(masks, (left, left)) - 1, 0), None):
        if first >= right:
            break
        if first < at:
            before += last - first
        if last > at:
            behind += last - first
    return max(left, at - before), min(right, at + behind)


def _fitting(cells: list[_Cell], marked: int) -> tuple[int, int]:
    """Return from which to which cell a line is shown: all where they fit, else around the marked one."""
    widths = [width(cell.words) for cell in cells]
    if sum(widths) <= _MOST:
        return 0, len(cells)
    first = marked
    before = 0
    while first > 0 and before + widths[first - 1] <= _LEAD:
        first -= 1
        before += widths[first]
    last = first
    columns = 0
    while last < len(cells) and (columns + widths[last] <= _MOST or last == marked):
        columns += widths[last]
        last += 1
    return first, last


def _cells(text: str, left: int, right: int, masks: list[tuple[int, int]]) -> list[_Cell]:
    """Return what is shown for text[left:right]."""
    cells: list[_Cell] = []
    at = left
    behind = max(bisect_left(masks, (left, left)) - 1, 0)
    for first, last in chain(islice(masks, behind, None), [(right, right)]):
        plain_end = min(max(first, at), right)
        for o, shown in enumerate(visible_each(text[at:plain_end]), at):
            cells.append(_Cell(o, o + 1, _TAB if text[o] == "\t" else shown))
        if first >= right:
            break
        if last > at:
            cells.append(_Cell(max(first, at), last, SIGN))
        at = max(at, last)
    return cells
