"""Patterns at hand by what they can have in common: none need be compared with all others.

Two patterns that are open at the same places are told apart by the characters at the others, in one look. Names of
databases mostly have a few such shapes: `shop_1` to `shop_999` have three.
"""

from collections.abc import Sequence

from grantlint.access.host.glob import ANY, STAR
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Generic, TypeVar

Item = TypeVar("Item")

_MOST_SHAPES = 48
"""Of patterns of further shapes only what stands before the first wildcard is looked at."""
_MOST_VIEWS = 2_048
"""As above, of those that are sought."""


class _Shape(NamedTuple):
    """Where a pattern is open: what stands before its first STAR, and behind its last, read backwards.

    `is_whole`: it has no STAR, and both are all of it.
    """

    before: int
    open_before: tuple[int, ...]
    behind: int
    open_behind: tuple[int, ...]
    is_whole: bool


_Places = tuple[tuple[int, ...], tuple[int, ...]]
"""Positions before the first STAR, and behind the last."""


class PatternIndex(Generic[Item]):
    """Items by a pattern of each, given as its tokens (see `glob`).

    >>> index = PatternIndex[int]()
    >>> index.add([*"shop", ANY, "1"], 1)
    >>> index.add([*"shop", STAR], 2)
    >>> index.meeting([*"shop-", "2"]), index.meeting([*"shop", ANY, "1"])
    ([2], [1, 2])
    """

    __slots__ = ("_items", "_views", "_views_of")

    def __init__(self) -> None:
        self._items: dict[_Shape, list[tuple[Sequence[str], Item]]] = {}
        self._views: dict[tuple[_Shape, _Places], dict[object, list[Item]]] = {}
        self._views_of: dict[_Shape, list[tuple[_Places, dict[object, list[Item]]]]] = {}

    def add(self, pieces: Sequence[str], item: Item) -> None:
        """Add an item."""
        shape = _shape_of(pieces)
        if shape not in self._items and len(self._items) >= _MOST_SHAPES:
            shape = _beginning(shape)
        self._items.setdefault(shape, []).append((pieces, item))
        for places, view in self._views_of.get(shape, ()):
            view.setdefault(_characters(pieces, places), []).append(item)

    def meeting(self, pieces: Sequence[str]) -> list[Item]:
        """Return the items whose pattern may share a text with this one.

        None that does is left out; some that do not may be among them.
        """
        asked = _shape_of(pieces)
        if len(self._views) >= _MOST_VIEWS:
            asked = _beginning(asked)
        found: list[Item] = []
        for shape in self._items:
            places = _to_compare(shape, asked)
            if places is not None:
                found += self._view(shape, places).get(_characters(pieces, places), ())
        return found

    def _view(self, shape: _Shape, places: _Places) -> dict[object, list[Item]]:
        view = self._views.get((shape, places))
        if view is None:
            view = self._views[shape, places] = {}
            for pieces, item in self._items[shape]:
                view.setdefault(_characters(pieces, places), []).append(item)
            self._views_of.setdefault(shape, []).append((places, view))
        return view


def _shape_of(pieces: Sequence[str]) -> _Shape:
    length = len(pieces)
    before = pieces.index(STAR) if STAR in pieces else length
    behind = length if before == length else pieces[::-1].index(STAR)
    return _Shape(
        before,
        tuple([at for at in range(before) if pieces[at] == ANY]),
        behind,
        tuple([at for at in range(behind) if pieces[-1 - at] == ANY]),
        is_whole=before == length,
    )


def _beginning(shape: _Shape) -> _Shape:
    """Return the shape of what stands before the first wildcard."""
    return _Shape(min(shape.open_before, default=shape.before), (), 0, (), is_whole=False)


def _to_compare(one: _Shape, other: _Shape) -> _Places | None:
    """Return at which places patterns of two shapes can be told apart, None if all are by their lengths."""
    if one.is_whole and other.is_whole:
        if one.before != other.before:
            return None
        return _closed(one.before, one.open_before, other.open_before), ()
    for whole, part in ((one, other), (other, one)):
        if whole.is_whole and whole.before < part.before + part.behind:
            return None
    return (
        _closed(min(one.before, other.before), one.open_before, other.open_before),
        _closed(min(one.behind, other.behind), one.open_behind, other.open_behind),
    )


def _closed(length: int, *open_at: Sequence[int]) -> tuple[int, ...]:
    return tuple([at for at in range(length) if not any(at in places for places in open_at)])


def _characters(pieces: Sequence[str], places: _Places) -> object:
    before, behind = places
    return tuple([pieces[at] for at in before]), tuple([pieces[-1 - at] for at in behind])
