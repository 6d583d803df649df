"""Which places of files must not be shown, whatever a reader made of them."""

from bisect import bisect_right
from collections.abc import Iterable

from grantlint.model.location import Source, Span


class Hidden:
    """The secret parts of sources; to be asked once everything is read."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: dict[int, tuple[Source, list[tuple[int, int]]]] = {}

    def touches(self, span: Span) -> bool:
        """Return whether a part of a place must not be shown."""
        source, start, end = span
        if not source.secrets:
            return False
        known = self._parts.get(id(source))
        if known is None:
            known = self._parts[id(source)] = source, merged(source.secrets)
        parts = known[1]
        at = bisect_right(parts, (end - 1, len(source.text))) - 1
        return start < end and at >= 0 and parts[at][1] > start


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those that overlap or meet as one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        elif first < last:
            found.append((first, last))
    return found
