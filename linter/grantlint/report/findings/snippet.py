"""A source line with a caret under a span: only what is known to be harmless, control characters as escapes."""

from typing import NamedTuple

from grantlint.model.location import Span
from grantlint.report.secrecy.elision import SIGN, elided
from grantlint.report.visible import visible_each, width

_TAB = "    "
_CUT = "..."
_MOST = 160  # characters of a line that are shown
_LEAD = 60  # of them before the span, where a line is cut
_AROUND = 1000  # characters beyond the cut in which a secret's key may stand


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
    masks = elided(source, max(start, left - _AROUND), min(end, right + _AROUND))

    shown = [_CUT] if left > start else []
    column = len(_CUT) * len(shown)
    caret = caret_end = -1
    for at, until, words in _cells(source.text, left, right, masks):
        if caret < 0 and until > span.start:
            caret = column
        column += width(words)
        if at < last:
            caret_end = column
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
    for first, last in [*masks, (right, right)]:
        plain_end = min(max(first, at), right)
        for o, shown in enumerate(visible_each(text[at:plain_end]), at):
            cells.append((o, o + 1, _TAB if text[o] == "\t" else shown))
        if last > at and first < right:
            cells.append((max(first, at), last, SIGN))
        at = max(at, last)
    return cells
