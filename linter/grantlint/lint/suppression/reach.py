"""Of which lines a comment speaks: its own, the next that is more than a comment, or all of an item."""

from bisect import bisect_right
from collections.abc import Iterable

from grantlint.lint.suppression.comments import Bounds
from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple

_OPENING = ("#", "--", "//", "/*", "{#", "{{/*", "{{- /*", "<%#", "<%-#")
_CLOSING = (("/*", "*/"), ("{#", "#}"), ("{{", "}}"), ("<%", "%>"))
_BRACKETS = ("}", "]", ")")


class Reach:
    """The lines that the comments of a file speak of.

    They are asked for in order.
    """

    def __init__(self, source: Source, statements: Iterable[Span] = ()) -> None:
        self._source = source
        self._last, _ = source.position(len(source.text))
        self._ahead = range(0)  # lines that hold nothing but comments, up to the one that they mean
        self._statements = statements
        self._ends: dict[int, int] | None = None
        self._items: dict[int, int] = {}

    def line_of(self, bounds: Bounds) -> int:
        """Return the line that a comment speaks of.

        Its own if something stands beside it, else the next line that is more than a comment.
        """
        source, start, end = bounds.span
        line, _ = source.position(start)
        last, _ = source.position(end)
        first_bound, _ = source.line_bounds(line)
        _, last_bound = source.line_bounds(last)
        if source.text[first_bound:start].strip():
            return line
        if source.text[end:last_bound].strip():
            return last
        if last not in self._ahead:
            self._ahead = range(line, next(filter(self._is_more, range(last + 1, self._last + 1)), self._last + 1))
        return self._ahead.stop if self._ahead.stop <= self._last else line

    def _is_more(self, line: int) -> bool:
        start, end = self._source.line_bounds(line)
        text = self._source.text[start:end].strip()
        if not text.startswith(_OPENING):
            return bool(text)
        closing = next((closing for opening, closing in _CLOSING if text.startswith(opening)), "")
        return bool(closing) and bool(text.partition(closing)[2])

    def item_from(self, line: int) -> int:
        """Return the last line of the item that begins on a line.

        An item is a statement, or what is indented below the line.
        """
        if line not in self._items:
            self._items[line] = self._statement_ends().get(line) or self._last_indented(line)
        return self._items[line]

    def _statement_ends(self) -> dict[int, int]:
        if self._ends is None:
            self._ends = {}
            for span in self._statements:
                begins, _ = self._source.position(span.start)
                ends, _ = self._source.position(max(span.start, span.end - 1))
                self._ends[begins] = max(ends, self._ends.get(begins, 0))
        return self._ends

    def _last_indented(self, line: int) -> int:
        depth = self._indentation(line)
        last = line
        for below in range(line + 1, self._last + 1):
            start, end = self._source.line_bounds(below)
            text = self._source.text[start:end].strip()
            if not text:
                continue
            indentation = self._indentation(below)
            if indentation <= depth:
                return below if indentation == depth and text.startswith(_BRACKETS) else last
            last = below
        return last

    def _indentation(self, line: int) -> int:
        start, end = self._source.line_bounds(line)
        text = self._source.text[start:end]
        return len(text) - len(text.lstrip())


class _Item(NamedTuple):
    first: int
    last: int
    outer: int  # the number of the nearest item before that goes on further, -1 where there is none


class Items:
    """The items of a file by their lines, each numbered.

    The innermost that a line is in is found in a few steps.
    """

    def __init__(self, lines: Iterable[tuple[int, int]]) -> None:
        self.numbers: dict[tuple[int, int], int] = {}
        self._items: list[_Item] = []
        for first, last in sorted({*lines}, key=lambda item: (item[0], -item[1])):
            outer = len(self._items) - 1
            while outer >= 0 and self._items[outer].last < last:
                outer = self._items[outer].outer
            self.numbers[first, last] = len(self._items)
            self._items.append(_Item(first, last, outer))

    def around(self, line: int) -> tuple[int, int] | None:
        """Return the first and last line of the innermost item, or None.

        It is the one around the given line.
        """
        number = bisect_right(self._items, line, key=_first) - 1
        while number >= 0 and self._items[number].last < line:
            number = self._items[number].outer
        return self._items[number][:2] if number >= 0 else None


def _first(item: _Item) -> int:
    return item.first
