"""Clients that may get a row: likely ones first, one that two rows share, one at a place that nobody else takes."""

from collections.abc import Iterator

from grantlint.access.accounts.connection import AccountTable
from grantlint.access.cover import witness
from grantlint.access.cover.index import Entry
from grantlint.access.cover.preferred import Preferred
from grantlint.access.cover.residual import Before, left
from grantlint.access.cover.rivals import Rivals
from grantlint.access.cover.sets.boxes import WHOLE
from grantlint.access.cover.sets.sides import EVERYTHING, Sides
from grantlint.access.cover.sets.spots import POINTS, POOL, Spot, at_address, at_six


class Clients:
    """The clients to ask about one row, declared ones first."""

    __slots__ = ("_entry", "_open", "_prefer", "_rivals", "_table", "_user")

    def __init__(self, entry: Entry, user: str, rivals: Rivals, table: AccountTable, prefer: Preferred) -> None:
        self._entry = entry
        self._user = user
        self._rivals = rivals
        self._table = table
        self._prefer = prefer
        self._open: Spot | None = None

    def likely(self) -> Iterator[Spot]:
        """Yield clients that may get the row, the most believable first."""
        sides = self._entry.sides
        yield from self._prefer.for_row(sides)
        yield from (POINTS[at] for at in range(3) if sides.points >> at & 1 and not sides.every)
        yield from map(at_address, witness.addresses(sides))
        yield from (at_six(text) for text in witness.sixes(sides))
        yield from (self.named(name) for name in witness.names(sides))
        yield from (POINTS[at] for at in range(3) if sides.points >> at & 1 and sides.every)
        name = witness.any_name(sides)
        if name is not None:
            yield self.named(name)

    def named(self, name: str) -> Spot:
        """Return a client of that name, at a free address if any.

        A free address is one that no other row before takes.
        """
        if self._open is None:
            self._open = self._open_place() or at_address(POOL[0])
        return self._open._replace(name=name)

    def _open_place(self) -> Spot | None:
        """Return a nameless client at an address not taken by others.

        The others are the rows up to this one.
        """
        row = self._entry.row
        for number in POOL:
            self._rivals.budget.spend(self._rivals.effort)
            spot = at_address(number)
            rows = self._table.decide(self._user, spot.client()).rows
            if not rows or rows[0].rank > row.rank or rows == (row,):
                return spot
        everyone = self._rivals.before(self._entry, row.rank)
        free = everyone.free_number((WHOLE,))
        if free is not None:
            return at_address(free)
        text = everyone.free_six((EVERYTHING,))
        return None if text is None else at_six(text)

    def common(self, other: Sides) -> Spot | None:
        """Return a client that both take on the same side.

        None proves that there is none.
        """
        mine = self._entry.sides
        for spot in POINTS:
            if spot.point & mine.points & other.points:
                return spot
        for one, another in ((other, mine), (mine, other)):
            for number in witness.addresses(one):
                if another.takes_address(spot := at_address(number)):
                    return spot
        for name in witness.shared_names(mine, other):
            return self.named(name)
        for text in witness.shared_sixes(mine, other):
            return at_six(text)
        for spot in left(mine, self.nothing(), also=other):
            return spot if spot.name is None or spot.number is None else self.named(spot.name)
        return None

    def place(self, sides: Sides) -> Spot | None:
        """Return a nameless client of the address side, None if empty."""
        number = next(witness.addresses(sides), None)
        if number is None and sides.area:
            number = self.nothing().free_number(sides.area)
        if number is not None:
            return at_address(number)
        if sides.six is None:
            return None
        text = next(witness.sixes(sides), None) or self.nothing().free_six([sides.six])
        return None if text is None else at_six(text)

    def nothing(self) -> Before:
        """Return the engines' view of no earlier rows."""
        return Before((), names=self._rivals.names, spend=self._rivals.budget.spend)


def name_at(sides: Sides, place: Spot) -> str | None:
    """Return a name that the row takes of clients at this place."""
    if (sides.name if place.number is None else sides.name4) is None:
        return None
    return next(witness.names(sides), None) or witness.any_name(sides)
