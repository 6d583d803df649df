"""One row under judgement: find a client that gets it, name those who take its others, or prove it lost.

Samples come first: a few likely clients, asked by point queries, settle nearly every row. Only a row that
no sample reaches is put to the exact engines. Nothing is reported that `AccountTable.decide` does not confirm.
"""

from collections.abc import Callable, Sequence

from grantlint.access.accounts.connection import AccountTable
from grantlint.access.cover import witness
from grantlint.access.cover.budget import ExhaustedError
from grantlint.access.cover.clients import Clients, name_at
from grantlint.access.cover.index import Entry
from grantlint.access.cover.preferred import Preferred
from grantlint.access.cover.residual import Before, TooWideError, left
from grantlint.access.cover.rivals import Rivals
from grantlint.access.cover.sets.sides import Sides
from grantlint.access.cover.sets.spots import Spot, at_address, at_six
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

Outcome = Literal["own", "reached", "partly", "cross", "tied", "unreachable", "dead", "shut", "unknown"]
LISTED = 6
"""Most takers that are named."""
TRIED = 48
"""Most rows that are asked whether they take a client."""
_ASKED = 16


class RefutedError(Exception):
    """The analysis does not agree with the server's decision.

    Nothing may be said of the row then.
    """


class Taking(NamedTuple):
    """Another row that takes clients of this one. same_side: as by address or by name both."""

    entry: Entry
    spot: Spot
    same_side: bool


class Judgement:
    """The findings about one row so far.

    `takers` and `tied` hold a client by the other row's index; `more`: there may be takers that were not
    tried. `witness` is a client that surely gets the row.
    """

    __slots__ = (
        "_clients", "_entry", "_gate", "_rivals", "_shared", "_table",
        "more", "outcome", "takers", "tied", "user", "witness",
    )  # fmt: skip

    def __init__(
        self,
        entry: Entry,
        user: str,
        rivals: Rivals,
        table: AccountTable,
        prefer: Preferred,
        gate: Callable[[], Sequence[Sides] | None],
    ) -> None:
        """Begin with nothing; `gate` returns the hosts whose rows may open the gate for a shut row."""
        self._entry = entry
        self._rivals = rivals
        self._table = table
        self._clients = Clients(entry, user, rivals, table, prefer)
        self._gate = gate
        self._shared: tuple[Entry, Spot] | None = None
        self.user = user
        self.witness: Spot | None = None
        self.takers: dict[int, Taking] = {}
        self.tied: dict[int, tuple[Entry, Spot]] = {}
        self.more = False
        self.outcome: Outcome = "unknown"

    def run(self) -> None:
        """Find the outcome.

        It never raises for want of units, but says less then.
        """
        try:
            self.outcome = self._judge()
        except (ExhaustedError, TooWideError):
            self.more = True
            self.outcome = "unknown" if self.witness is None else self._reached()
        except RefutedError:
            self.outcome = "unknown"
            self.witness = None
            self.takers.clear()
            self.tied.clear()

    def show(self, outcome: Outcome) -> None:
        """Look for clients that show an outcome known to hold.

        One gets the row, and for "cross" one is lost across.
        """
        try:
            self._sample()
            if self.witness is None:
                self._exact()
            if outcome == "cross":
                self._across()
        except (ExhaustedError, TooWideError):
            self.more = True
        except RefutedError:
            self.witness = None

    def _judge(self) -> Outcome:
        sides = self._entry.sides
        if not sides.sure and next(left(sides, self._clients.nothing()), None) is None:
            self.more = sides.zoned
            return "unknown" if sides.zoned else "dead"
        self._sample()
        self._overlaps()
        if self.witness is None:
            lost = self._exact()
            if self.witness is None:
                return lost
        self._across()
        return self._reached()

    def _reached(self) -> Outcome:
        if self.tied or any(taking.same_side for taking in self.takers.values()):
            return "partly"
        if self.more:
            return "reached"
        return "cross" if self.takers else "own"

    def _strange(self) -> bool:
        return self.witness is not None and witness.strange(self.witness)

    def _sample(self) -> None:
        """Ask for likely clients until one gets the row."""
        asked = 0
        for spot in self._clients.likely():
            if self._entry.sides.takes(spot):
                self._ask(spot)
                asked += 1
                if asked == _ASKED or (self.witness is not None and not self._strange()):
                    return

    def _ask(self, spot: Spot) -> bool:
        """Ask the server who gets a client, and note the answer.

        The row takes that client. False where the gate is shut.
        """
        entry = self._entry
        self._rivals.budget.spend(self._rivals.effort)
        longest = self._table.target.traits.client_name_length
        if longest and spot.name is not None and len(spot.name) > longest:
            return True  # the server would cut the name
        rows = self._table.decide(self.user, spot.client()).rows
        if not rows and entry.sides.shut:
            return False
        winners = [self._rivals.entry(row) for row in rows]
        if not rows or rows[0].rank > entry.row.rank or not all(winner.sides.takes(spot) for winner in winners):
            raise RefutedError
        if rows == (entry.row,):
            if self.witness is None or self._strange():
                self.witness = spot
        elif entry.row in rows:
            for winner in winners:
                if winner.row is not entry.row:
                    self._shared = winner, spot
                    if self._same_side(winner, spot):
                        self.tied.setdefault(winner.row.index, (winner, spot))
        else:
            self._taken(winners[0], spot)
        return True

    def _taken(self, winner: Entry, spot: Spot) -> None:
        """Note the best client: on the same side, then an ordinary one."""
        same_side = self._same_side(winner, spot)
        known = self.takers.get(winner.row.index)
        if known is None or (same_side, not witness.strange(spot)) > (known.same_side, not witness.strange(known.spot)):
            self.takers[winner.row.index] = Taking(winner, spot, same_side)

    def _same_side(self, other: Entry, spot: Spot) -> bool:
        mine, theirs = self._entry.sides, other.sides
        return (
            spot.point != 0
            or (mine.takes_address(spot) and theirs.takes_address(spot))
            or (mine.takes_name(spot) and theirs.takes_name(spot))
        )

    def _overlaps(self) -> None:
        """Try the earlier rows that may share a client, and those that may tie."""
        rank = self._entry.row.rank
        tried = listed = 0
        for other in self._rivals.meeting(self._entry, rank):
            taking = self.takers.get(other.row.index)
            if other.row.index in self.tied or (taking is not None and taking.same_side):
                continue
            listed = sum(taking.same_side for taking in self.takers.values())
            if tried == TRIED or listed >= LISTED:
                self.more = True
                return
            tried += 1
            spot = self._clients.common(other.sides)
            if spot is None:
                continue
            if not self._ask(spot):
                self.more = True  # the gate is shut for this one; it may be open for others
            if other.row.rank == rank and other.row.index not in self.tied:
                self._tie(other)

    def _tie(self, other: Entry) -> None:
        """Look for a client that this row and an equal one share."""
        rank = self._entry.row.rank - 1
        near, everyone = self._near(rank), self._everyone(rank)
        for spot in left(self._entry.sides, near, everyone, also=other.sides):
            self._ask(spot)
            if other.row.index in self.tied:
                return

    def _near(self, limit: int) -> Before:
        rows = (other.sides for other in self._rivals.meeting(self._entry, limit))
        return Before(rows, names=self._rivals.names, spend=self._rivals.budget.spend)

    def _everyone(self, limit: int) -> Callable[[], Before]:
        return lambda: self._rivals.before(self._entry, limit)

    def _exact(self) -> Outcome:
        """Search exactly: set the witness, or return the proof against one.

        First against all rows before and all that tie, then against those before only: rows that tie with
        this one never take a client together in a proof.
        """
        rank = self._entry.row.rank
        found = False
        for limit in (rank, rank - 1):
            near, everyone = self._near(limit), self._everyone(limit)
            for spot in left(self._entry.sides, near, everyone):
                found = True
                if not self._ask(spot):
                    self._through_the_gate(spot, everyone())
                if self.witness is not None and not self._strange():
                    return "own"
            if self.witness is not None:
                return "own"
            if found and not self._entry.sides.shut and limit == rank:
                raise RefutedError
        if self._shared is not None:
            self.tied = self.tied or {self._shared[0].row.index: self._shared}
            return "tied"
        if found and not self._entry.sides.shut:
            raise RefutedError
        return "shut" if found else "unreachable"

    def _through_the_gate(self, spot: Spot, everyone: Before) -> None:
        """Look for a like client that another row lets in."""
        if spot.point:
            return
        doors = self._gate()
        if doors is None:
            raise ExhaustedError
        for door in doors:
            if spot.name is None:
                pattern = door.name if spot.number is None else door.name4
                name = None if pattern is None else everyone.free_name([pattern], ipv4=spot.number is not None)
                if name is not None:
                    self._ask(spot._replace(name=name))
            else:
                number = everyone.free_number(door.area or ())
                if number is not None:
                    self._ask(at_address(number, spot.name))
                text = None if door.six is None else everyone.free_six([door.six])
                if text is not None:
                    self._ask(at_six(text, spot.name))
            if self.witness is not None:
                return

    def _across(self) -> None:
        """Find a client lost on the other side: by name here and by address in a row before, or the reverse.

        Any name goes with any address, so the first row before that has the other side shows whether there is one.
        """
        sides, limit = self._entry.sides, self._entry.row.rank - 1
        if sides.name is not None and sides.name != "localhost":
            for other in self._rivals.places(limit):
                place = self._clients.place(other.sides)
                name = None if place is None else name_at(sides, place)
                if place is not None and name is not None:
                    self.more |= not self._ask(place._replace(name=name))
                    return
        place = self._clients.place(sides) if sides.has_address else None
        if place is not None:
            for other in self._rivals.named(limit):
                name = name_at(other.sides, place)
                if name is not None:
                    self.more |= not self._ask(place._replace(name=name))
                    return
