"""The clients that the files declare, found by what a row's addresses or names begin or end with."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from grantlint.access.cover.sets.sides import Sides
from grantlint.access.cover.sets.spots import Spot

_MOST = 64


class Preferred:
    """The clients to show first, found by a row's literal text.

    A row is tried on at most 64 of those that this text leaves.
    """

    __slots__ = ("_all", "_backward", "_forward")

    def __init__(self, spots: Iterable[Spot]) -> None:
        """Arrange the clients by address and name, and by the reversed text of both."""
        self._all = list(dict.fromkeys(spots))
        texts = [(text, place) for place, spot in enumerate(self._all) for text in (spot.text, spot.name) if text]
        self._forward = sorted(texts)
        self._backward = sorted((text[::-1], place) for text, place in texts)

    def for_row(self, sides: Sides) -> Iterator[Spot]:
        """Yield the clients that the row takes."""
        if sides.lead:
            places = _beginning(self._forward, sides.lead)
        elif sides.tail:
            places = _beginning(self._backward, sides.tail[::-1])
        else:
            places = iter(range(len(self._all)))
        for place in sorted(islice(places, _MOST)):
            if sides.takes(self._all[place]):
                yield self._all[place]


def _beginning(texts: Sequence[tuple[str, int]], start: str) -> Iterator[int]:
    for at in range(bisect_left(texts, (start, -1)), len(texts)):
        text, place = texts[at]
        if not text.startswith(start):
            return
        yield place
