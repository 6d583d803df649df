"""A source line with a caret under a span: only what is known to be harmless, control characters as escapes."""

from bisect import bisect_left, bisect_right
from itertools import chain, islice

from grantlint.model.location import Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.report.secrecy.elision import SIGN, elided
from grantlint.report.visible import visible_each, width

_NOT_BLANK = Pattern(r"\S")
_TAB = "    "
_CUT = "..."
_MOST = 66  # columns of a line that are shown: with dots and a number it is a terminal's line
_LEAD = 28  # of them before the span, where a line is cut
_LOOKED_AT = 200  # characters on each side of the span's first, of which what is shown is taken


class Snippet(NamedTuple):
    """A line as shown, its number, and the columns of carets.

    Columns count from 0, as a terminal counts; carets stand from the first up to the second.
    """

    line: str
    caret: int
    caret_end: int
    number: int


class _Cells(NamedTuple):
    """The words shown of a part of a line.

    starts, ends: where in the text each begins and ends.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]


def snippet(span: Span) -> Snippet | None:
    """Return the first line of a span, None where it is blank."""
    source = span.source
    number, _ = source.position(span.start)
    start, end = source.line_bounds(number)
    if _NOT_BLANK.search(source.text, start, end) is None:  # a line of a megabyte is not copied for each finding
        return None
    masks = elided(source, start, end)
    left, right = _looked_at(source.text, start, end, span.start, masks)
    seen = source.text[left:right]
    plain = seen.isascii() and seen.isprintable()
    part = (_plain if plain and not masks else _celled)(source.text, left, right, masks, span)
    before = _CUT if left > start or part.first > 0 else ""
    shown = part.words
    if (right < end or part.goes_on) and not (shown or before).endswith(SIGN):
        shown += _CUT
    caret = len(before) + part.caret
    return Snippet(f"{before}{shown}".rstrip(), caret, max(len(before) + part.caret_end, caret + 1), number)


class _Part(NamedTuple):
    """What is shown of a part of a line, and where its carets are in that.

    first: how many words of the part are left out before it; goes_on: whether some are behind it.
    """

    words: str
    first: int
    goes_on: bool
    caret: int
    caret_end: int


def _plain(text: str, left: int, right: int, masks: list[tuple[int, int]], span: Span) -> _Part:
    """Return what is shown of text[left:right] where each character is one column, as in most lines."""
    del masks  # there are none
    seen = text[left:right]
    marked = span.start - left
    first, last = 0, len(seen)
    if last > _MOST:
        first = max(marked - _LEAD, 0)
        last = min(first + _MOST, last)
    end = min(max(span.end, span.start + 1) - left, last)
    return _Part(seen[first:last], first, last < len(seen), min(marked, last) - first, end - first)


def _celled(text: str, left: int, right: int, masks: list[tuple[int, int]], span: Span) -> _Part:
    """Return what is shown of text[left:right], counted in words of any width."""
    words, starts, ends = _cells(text, left, right, masks)
    marked = bisect_right(ends, span.start)
    widths = [*map(width, words)]
    first, last = _fitting(widths, marked)
    end = bisect_left(starts, max(span.end, span.start + 1))
    caret, caret_end = sum(widths[first : min(marked, last)]), sum(widths[first : min(end, last)])
    return _Part("".join(words[first:last]), first, last < len(words), caret, caret_end)


def _looked_at(text: str, start: int, end: int, at: int, masks: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the bounds of the part of a line to work on.

    It is around a place, and what is shown lies in it.
    """
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


def _fitting(widths: list[int], marked: int) -> tuple[int, int]:
    """Return the first and last word to show of a line.

    All where they fit, else those around the marked one.
    """
    if sum(widths) <= _MOST:
        return 0, len(widths)
    first = marked
    before = 0
    while first > 0 and before + widths[first - 1] <= _LEAD:
        first -= 1
        before += widths[first]
    last = first
    columns = 0
    while last < len(widths) and (columns + widths[last] <= _MOST or last == marked):
        columns += widths[last]
        last += 1
    return first, last


def _cells(text: str, left: int, right: int, masks: list[tuple[int, int]]) -> _Cells:
    """Return what is shown for text[left:right]."""
    cells = _Cells([], [], [])
    at = left
    behind = max(bisect_left(masks, (left, left)) - 1, 0)
    for first, last in chain(islice(masks, behind, None), [(right, right)]):
        plain_end = min(max(first, at), right)
        plain = text[at:plain_end]
        shown = visible_each(plain)
        if "\t" in plain:
            shown = [_TAB if character == "\t" else word for character, word in zip(plain, shown, strict=True)]
        cells.words.extend(shown)
        cells.starts.extend(range(at, plain_end))
        cells.ends.extend(range(at + 1, plain_end + 1))
        if first >= right:
            break
        if last > at:
            cells.words.append(SIGN)
            cells.starts.append(max(first, at))
            cells.ends.append(last)
        at = max(at, last)
    return cells
