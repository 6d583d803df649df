"""Which places of files must not be shown, whatever a reader made of them."""

from bisect import bisect_right

from grantlint.location import Source, Span


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
            known = self._parts[id(source)] = source, _merged(source)
        parts = known[1]
        at = bisect_right(parts, (end - 1, len(source.text))) - 1
        return start < end and at >= 0 and parts[at][1] > start


def _merged(source: Source) -> list[tuple[int, int]]:
    """Return the hidden parts of a source in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(source.secrets):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
