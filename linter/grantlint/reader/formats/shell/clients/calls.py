"""Which call of a client runs a step, and whether it ends where the server refuses one."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.model.step import ENTRY_POINT, Call, Step
from grantlint.platform.pattern import Pattern

_BY_ERROR = Pattern(r"^[ \t]*set[ \t]+-(?:[a-z]*e|o[ \t]+errexit)|\A#![^\n]*[ \t]-[a-z]*e", re.MULTILINE)
_FORCED = Pattern(r"(?<=\s)(?:--force\b|-[A-Za-z]*f\b)")


@lru_cache(maxsize=4)
def _ends_by_error(source: Source) -> bool:
    return _BY_ERROR.search(source.text) is not None  # once for all scripts of a file


class Calls:
    """The client calls of one script, by where their SQL begins."""

    __slots__ = ("_forced", "_source", "_starts", "_stops", "_unit")

    def __init__(self, source: Source, starts: Sequence[int], unit: str) -> None:
        """Take the places at which SQL begins, in order; `unit`: the init folder that an image runs, '' for none."""
        self._source = source
        self._starts = starts
        self._unit = unit
        self._forced: dict[int, tuple[int, int]] = {}  # by line: from where on this is so, where the word ends
        self._stops = _ends_by_error(source)

    def around(self, step: Step) -> Step:
        """Return a step with its call. That is the script, where the script ends with the first call that fails.

        Steps of another file, and of a client that is told to go on, have none.
        """
        if step.span.source is not self._source:
            return step
        at = bisect_right(self._starts, step.span.start) - 1
        if at < 0 or self._is_forced(self._starts[at]):
            return step
        if self._unit:
            return step._replace(call=Call(ENTRY_POINT, self._unit))
        if self._stops:
            return step._replace(call=Call("the script, by `set -e`,", self._source.path))
        return step._replace(call=Call("this call of the client", (self._source.path, self._starts[at])))

    def _is_forced(self, start: int) -> bool:
        """Return whether the command before the SQL, or in the line above a here-document, says to go on."""
        source, text = self._source, self._source.text
        number, _ = source.position(start)
        first, word_end = self._forced.get(number, (start + 1, 0))
        if first <= start:  # thousands may stand in one line: it is searched once
            return word_end <= start
        line, line_end = source.line_bounds(number)
        if number > 1 and not text[line:start].strip():
            line, _ = source.line_bounds(number - 1)
            return _FORCED.search(text, line, max(start, line)) is not None
        found = _FORCED.search(text, line, line_end)
        word_end = len(text) + 1 if found is None else found.end()
        self._forced[number] = start, word_end
        return word_end <= start
