"""Changes to files as a unified diff, in which no secret is shown.

What is left out of a line is `…`, as in a snippet. Lines around a change are shown as far as all of them is: a patch
program compares them.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.report.page import Ink, Line, Page, patch
from grantlint.report.secrecy.elision import SIGN, elided

_CONTEXT = 3  # lines around a change
_BOLD, _RED, _GREEN, _CYAN = "1", "31", "32", "36"
_NO_END = "\\ No newline at end of file"


class Changed(NamedTuple):
    """A file before and after a change.

    Both are as it was read: with what of it may be shown.
    """

    path: str
    before: Source
    after: Source


class _Block(NamedTuple):
    """Lines [start, end) that become [new_start, new_end), counted from 0."""

    start: int
    end: int
    new_start: int
    new_end: int


def diff(changes: Sequence[Changed], *, colour: bool = False) -> Page:
    """Return the changes as `git diff` prints them."""
    return patch((line for change in changes for line in _of_file(change)), colour=colour)


def _of_file(change: Changed) -> Iterator[Line]:
    yield (Ink(f"--- a/{change.path}", _BOLD),)
    yield (Ink(f"+++ b/{change.path}", _BOLD),)
    before, after = _Lines(change.before), _Lines(change.after)
    for hunk in _hunks(before, after):
        yield from _of_hunk(hunk, before, after)


def _hunks(before: "_Lines", after: "_Lines") -> Iterator[list[_Block]]:
    """Yield the changes of each hunk: those whose surroundings touch are of one."""
    hunk: list[_Block] = []
    for kind, *numbers in SequenceMatcher(None, before.lines, after.lines, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        block = _Block(*numbers)
        if hunk and before.from_here(hunk[-1].end, block.start) + before.up_to(block.start, hunk[-1].end) < (
            block.start - hunk[-1].end
        ):
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _of_hunk(hunk: Sequence[_Block], before: "_Lines", after: "_Lines") -> Iterator[Line]:
    first, last = hunk[0], hunk[-1]
    above, below = before.up_to(first.start, 0), before.from_here(last.end, len(before.lines))
    old, new = _range(first.start - above, last.end + below), _range(first.new_start - above, last.new_end + below)
    yield (Ink(f"@@ -{old} +{new} @@", _CYAN),)
    done = first.start - above
    for block in hunk:
        yield from before.shown(" ", "", done, block.start)
        yield from before.shown("-", _RED, block.start, block.end)
        yield from after.shown("+", _GREEN, block.new_start, block.new_end)
        done = block.end
    yield from before.shown(" ", "", done, last.end + below)


def _range(start: int, end: int) -> str:
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


class _Lines:
    """The lines of a text, by their number from 0, and as they are shown."""

    def __init__(self, source: Source) -> None:
        self.lines = source.text.split("\n")
        self._ends_in_line = self.lines[-1] != ""
        if not self._ends_in_line:
            self.lines.pop()
        else:
            self.lines[-1] += "\0"  # another line than one with an end
        self._source = source
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def up_to(self, number: int, least: int) -> int:
        """Return how many lines before one are context.

        All that is in them is shown.
        """
        count = 0
        while count < _CONTEXT and number - count > least and not self._hides(number - count - 1):
            count += 1
        return count

    def from_here(self, number: int, most: int) -> int:
        """Return how many lines from one on are context."""
        count = 0
        while count < _CONTEXT and number + count < most and not self._hides(number + count):
            count += 1
        return count

    def shown(self, sign: str, colour: str, start: int, end: int) -> Iterator[Line]:
        """Yield lines [start, end) with a sign before each."""
        for number in range(start, end):
            words = sign + self._masked(number)
            yield (Ink(words, colour),) if colour else words
            if self._ends_in_line and number == len(self.lines) - 1:
                yield _NO_END

    def _hides(self, number: int) -> bool:
        return bool(elided(self._source, *self._bounds(number)))

    def _bounds(self, number: int) -> tuple[int, int]:
        start = self._starts[number]
        return start, start + len(self.lines[number].removesuffix("\0").removesuffix("\r"))

    def _masked(self, number: int) -> str:
        start, end = self._bounds(number)
        parts: list[str] = []
        done = start
        for first, last in elided(self._source, start, end):
            parts += [self._source.text[done:first], SIGN]
            done = last
        return "".join([*parts, self._source.text[done:end], "\r" if self.lines[number].endswith("\r") else ""])
