"""The rows of one user, best first, arranged to find those that may meet a row.

What sorts after a given rank is left out. Up to eight rows are a list; more are found by dictionary and
bisection, so that a user with many addresses costs no more a row than others.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import inf

from grantlint.access.accounts.rows import Row
from grantlint.access.cover.sets.boxes import bounds
from grantlint.access.cover.sets.sides import Sides
from grantlint.access.cover.sets.spots import POOL, at_address
from grantlint.access.host.address import dotted
from grantlint.access.host.value import ALL_ONES, contiguous
from grantlint.platform.record import NamedTuple

FEW = 8
_LAST = "\U0010ffff"


class Entry(NamedTuple):
    """A row and the sides of its host value."""

    row: Row
    sides: Sides


Spend = Callable[[int], None]


class _Rows:
    """Rows that come best first."""

    __slots__ = ("_taken", "entries", "named", "places")

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Keep the rows."""
        self.entries = entries
        self.places = _first(entries, _has_address)
        self.named = _first(entries, _has_name)
        self._taken: Sequence[float] = ()

    def taken(self) -> Sequence[float]:
        """Return the least rank that takes each address of the pool.

        It is taken then whatever name comes with it.
        """
        if not self._taken:
            self._taken = _taken(self.entries)
        return self._taken

    def crosses(self, sides: Sides, rank: int) -> bool | None:
        """Tell whether an earlier row takes the clients by the other side.

        Earlier is before `rank`; None: not plain to see.
        """
        return _crosses(self.places, self.named, sides, rank)


class Few(_Rows):
    """A handful of rows."""

    __slots__ = ()

    @property
    def effort(self) -> int:
        """Units that a point query costs."""
        return 1

    def meeting(self, sides: Sides, limit: int, spend: Spend) -> Iterator[Entry]:
        """Yield the rows that may meet `sides` on the same side.

        Best first, up to the rank `limit`.
        """
        spend(1)
        for entry in self.entries:
            if entry.row.rank > limit:
                return
            if entry.sides.may_meet(sides):
                yield entry


class Many(_Rows):
    """More rows than one wants to look through."""

    __slots__ = (
        "_addresses", "_by_lead", "_by_tail", "_lead_lengths", "_loose", "_networks", "_points", "_reversed",
        "_sixes", "_sorted_addresses", "_tail_lengths", "_texts",
    )  # fmt: skip

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Arrange the rows."""
        super().__init__(entries)
        self._points = [entry for entry in entries if entry.sides.points]
        addresses: dict[int, list[Entry]] = {}
        texts: dict[str, list[Entry]] = {}
        networks: dict[int, dict[int, list[Entry]]] = {}
        by_lead: dict[str, list[Entry]] = {}
        by_tail: dict[str, list[Entry]] = {}
        self._loose: list[Entry] = []
        for entry in entries:
            sides = entry.sides
            if sides.name is not sides.name4:
                self._loose.append(entry)
            elif sides.address is not None:
                addresses.setdefault(sides.address, []).append(entry)
            elif sides.network is not None:
                network, mask = sides.network
                networks.setdefault(mask, {}).setdefault(network, []).append(entry)
            elif sides.boxes == () and isinstance(sides.name or sides.six, str):
                texts.setdefault(sides.lead, []).append(entry)
            elif sides.lead and len(sides.lead) >= len(sides.tail):
                by_lead.setdefault(sides.lead, []).append(entry)
            elif sides.tail:
                by_tail.setdefault(sides.tail[::-1], []).append(entry)
            elif sides.has_address or sides.name is not None:
                self._loose.append(entry)
        self._addresses = addresses
        self._sorted_addresses = sorted(addresses)
        self._texts = _Prefixes(texts)
        self._reversed = _Prefixes({text[::-1]: rows for text, rows in texts.items()})
        self._networks = [(mask, nets, sorted(nets)) for mask, nets in networks.items()]
        self._by_lead = _Prefixes(by_lead)
        self._by_tail = _Prefixes(by_tail)

    @property
    def effort(self) -> int:
        """The most units that a point query costs.

        One for each pattern that a client must be tried on.
        """
        return 1 + len(self._loose) + self._by_lead.crowd + self._by_tail.crowd

    def meeting(self, sides: Sides, limit: int, spend: Spend) -> Iterator[Entry]:
        """Yield the rows that may meet `sides` on the same side.

        In some fixed order, up to the rank `limit`.
        """
        if self.entries[0].row.rank > limit:
            return
        everything = sides.every or not (
            sides.lead or sides.tail or sides.network is not None or sides.address is not None
        )
        seen: set[int] = set()
        for count, entry in enumerate(self.entries if everything else self._about(sides), 1):
            if not count % 4:
                spend(1)
            row = entry.row
            if row.rank <= limit and row.index not in seen and entry.sides.may_meet(sides):
                seen.add(row.index)
                yield entry
            elif everything and row.rank > limit:
                return

    def _about(self, sides: Sides) -> Iterator[Entry]:
        """Yield, in no order and some twice, every row that can meet `sides`."""
        if sides.points:
            yield from self._points
        if sides.address is not None and sides.name is None:
            yield from self._near_address(sides.address)
            return
        yield from self._about4(sides)
        if sides.name is not None or sides.six is not None:
            yield from self._texts.compatible(sides.lead) if sides.lead else self._reversed.compatible(sides.tail[::-1])
        yield from self._by_lead.compatible(sides.lead)
        yield from self._by_tail.compatible(sides.tail[::-1])
        yield from self._loose

    def _near_address(self, number: int) -> Iterator[Entry]:
        """Yield, in no order, every row that can take the address."""
        yield from self._addresses.get(number, ())
        for mask, nets, _ in self._networks:
            yield from nets.get(number & mask, ())
        text = dotted(number)
        yield from self._by_lead.starting(text)
        yield from self._by_tail.starting(text[::-1])
        yield from self._loose

    def _about4(self, sides: Sides) -> Iterator[Entry]:
        """Yield the literal addresses and the networks that can meet the IPv4 side."""
        if sides.address is not None:
            ranges = [(sides.address, sides.address)]
        elif sides.boxes is None:
            ranges = [(0, ALL_ONES)]
        else:
            ranges = _merged(bounds(box) for box in sides.boxes)
        for low, high in ranges:
            first = bisect_left(self._sorted_addresses, low)
            for at in range(first, bisect_right(self._sorted_addresses, high)):
                yield from self._addresses[self._sorted_addresses[at]]
            for mask, nets, ordered in self._networks:
                first = bisect_left(ordered, low & mask) if contiguous(mask) else 0
                for at in range(first, bisect_right(ordered, high)):
                    yield from nets[ordered[at]]


class _Prefixes:
    """Rows by a literal text that all they take begins with."""

    __slots__ = ("_lengths", "_rows", "_sorted", "crowd")

    def __init__(self, rows: dict[str, list[Entry]]) -> None:
        self._rows = rows
        self._sorted = sorted(rows)
        self._lengths = sorted({len(text) for text in rows})
        self.crowd = max(map(len, rows.values()), default=0)

    def starting(self, text: str) -> Iterator[Entry]:
        """Yield the rows whose text is a prefix of the given one."""
        for length in self._lengths:
            if length > len(text):
                return
            yield from self._rows.get(text[:length], ())

    def compatible(self, text: str) -> Iterator[Entry]:
        """Yield the rows whose text begins the given one, or extends it."""
        for length in self._lengths:
            if length >= len(text):
                break
            yield from self._rows.get(text[:length], ())
        first = bisect_left(self._sorted, text)
        for at in range(first, bisect_right(self._sorted, text + _LAST)):
            yield from self._rows[self._sorted[at]]


def index_of(entries: Sequence[Entry], *, few: int = FEW) -> Few | Many:
    """Return the index that suits the number of rows."""
    return Few(entries) if len(entries) <= few else Many(entries)


def _crosses(places: Sequence[Entry], named: Sequence[Entry], sides: Sides, rank: int) -> bool | None:
    unclear = False
    if sides.name is not None and sides.name != "localhost":
        for other in places:
            if other.row.rank >= rank:
                break
            if other.sides.sure_address and sides.name4 is sides.name:
                return True
            unclear = True
    if sides.has_address:
        for other in named:
            if other.row.rank >= rank:
                break
            if sides.sure_address and other.sides.name4 is other.sides.name:
                return True
            unclear = True
    return None if unclear else False


def _first(entries: Sequence[Entry], wanted: Callable[[Sides], bool]) -> list[Entry]:
    """Return the first few rows whose sides are wanted."""
    return list(islice((entry for entry in entries if wanted(entry.sides)), FEW))


def _taken(entries: Sequence[Entry]) -> list[float]:
    """Return for each address of the pool the least rank of a row that takes it."""
    spots = [at_address(number) for number in POOL]
    return [next((entry.row.rank for entry in entries if entry.sides.takes_address(spot)), inf) for spot in spots]


def _has_address(sides: Sides) -> bool:
    return sides.has_address


def _has_name(sides: Sides) -> bool:
    return sides.name is not None and sides.name != "localhost"


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges without overlaps, in order."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged
