"""Which clients get each account: what a row takes less what the rows before it have taken."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from grantlint.access.accounts.connection import AccountTable
from grantlint.access.accounts.rows import Row
from grantlint.access.cover.budget import POOL as UNITS
from grantlint.access.cover.budget import Allowance, Budget
from grantlint.access.cover.index import FEW, Entry, Few, Many, index_of
from grantlint.access.cover.judgement import Judgement, Outcome
from grantlint.access.cover.preferred import Preferred
from grantlint.access.cover.rivals import Rivals
from grantlint.access.cover.sets.sides import Sides, sides_of
from grantlint.access.cover.sets.spots import Spot, spot_of
from grantlint.access.cover.witness import strange
from grantlint.access.host.client import Client
from grantlint.platform.record import NamedTuple

_DOORS = 300
"""Most host values that are tried to open the gate for a row that does not open it itself."""
_NOBODY = "nobody"


class Taker(NamedTuple):
    """An earlier row, with a client that it takes from this one.

    `same_side`: both rows take that client by its address, or both by its name. Otherwise one takes it by name and the
    other by address: whether such a client exists, only DNS knows.
    """

    row: Row
    witness: Client
    same_side: bool


class Cover:
    """The clients left to a row.

    Of an anonymous row: those for a user without rows.
    outcome:
      own          every client that it takes is its own: a proof
      cross        as own, but for clients that one row takes by name and the other by address
      partly       it has clients; rows before it (`takers`) have others, or rows of equal rank (`tied`) may
      reached      it has clients; whether all that it takes was not proven
      tied         all its clients are shared with rows of equal rank (`tied`) or taken: a proof
      unreachable  rows before it take all its clients: a proof
      dead         it takes no client at all: a proof
      shut         it has clients, but no row lets them through the host gate: a proof
      unknown      nothing is proven, within the budget or at all
    witness: a client that surely gets the row, None where none is known; `strange` tells that it is a client
    hardly ever met. user: the user name that witnesses connect with. takers: at most six, and `more` tells
    that there may be others. tied: rows of equal rank that share a client with it, each with that client.
    """

    __slots__ = ("_find", "_found", "_row", "_takers", "more", "outcome", "tied", "user")

    def __init__(
        self,
        outcome: Outcome,
        user: str,
        row: Row | None = None,
        find: Callable[[Row, Outcome], Judgement] | None = None,
    ) -> None:
        """State an outcome; `find` looks for clients when somebody asks."""
        self.outcome: Outcome = outcome
        self.user = user
        self.tied: tuple[tuple[Row, Client], ...] = ()
        self.more = False
        self._found: Spot | None = None
        self._takers: tuple[Taker, ...] = ()
        self._row = row
        self._find = find

    @classmethod
    def judged(cls, judgement: Judgement) -> "Cover":
        """Return what a judgement has found."""
        cover = cls(judgement.outcome, judgement.user)
        cover._found = judgement.witness
        cover._takers = _takers(judgement)
        ties = sorted(judgement.tied.values(), key=lambda tie: tie[0].row.index)
        cover.tied = tuple((entry.row, spot.client()) for entry, spot in ties)
        cover.more = judgement.more
        return cover

    def passed_on(self, row: Row, rows: Mapping[int, Row]) -> "Cover":
        """Return the cover of a like row, its rows mapped by `rows`."""
        cover = Cover(self.outcome, row.user, row, self._find)
        cover._found = self._found
        cover._takers = tuple([taker._replace(row=rows.get(taker.row.index, taker.row)) for taker in self._takers])
        cover.tied = tuple([(rows.get(tied.index, tied), client) for tied, client in self.tied])
        cover.more = self.more
        return cover

    @property
    def witness(self) -> Client | None:
        """A client that gets the row, confirmed by `AccountTable.decide`."""
        self._look()
        return None if self._found is None else self._found.client()

    @property
    def takers(self) -> tuple[Taker, ...]:
        """At most six earlier rows that get some of its clients."""
        if self.outcome == "own":
            return ()  # proven: nobody has to look for clients to say so
        self._look()
        return self._takers

    @property
    def strange(self) -> bool:
        """Whether the witness is possible, but hardly ever met."""
        self._look()
        return self._found is not None and strange(self._found)

    def _look(self) -> None:
        find, self._find = self._find, None
        if find is None or self._row is None:
            return
        judgement = find(self._row, self.outcome)
        self._found = judgement.witness
        self._takers = _takers(judgement)
        if self._found is None or (self.outcome == "cross" and not self._takers):
            self.outcome = "unknown"

    def __repr__(self) -> str:
        return f"Cover({self.outcome}, {self.witness})"


def _takers(judgement: Judgement) -> tuple[Taker, ...]:
    found = sorted(judgement.takers.values(), key=lambda taking: (not taking.same_side, taking.entry.row.rank))
    return tuple(Taker(entry.row, spot.client(), same_side) for entry, spot, same_side in found)


class Coverage:
    """The covers of all rows of a table.

    `prefer`: clients to show as witnesses where they fit, such as declared hosts. `budget`: units of work
    for all proofs together (`cover.budget`). Rows that share no client with a row before them are answered
    at once; the first other row asked for settles all of them, users with few patterns first, so that
    answers depend neither on the order of questions nor on one user's patterns.
    """

    def __init__(
        self,
        table: AccountTable,
        prefer: Sequence[Client] = (),
        budget: int = UNITS,
        allowance: Allowance | None = None,
        *,
        few: int = FEW,
    ) -> None:
        """Sort the rows by user; `few`: up to how many rows a user's index is a list.

        `allowance`: what is left for all servers of a run.
        """
        self._table = table
        self._few = few
        self._names = not table.skip_name_resolve
        self._prefer = Preferred(spot_of(table.as_seen(client), names=self._names) for client in prefer)
        self._budget = Budget(budget, allowance)
        self._known: dict[str, Sides] = {}
        self._rows: list[Row | None] = [None] * len(table.rows)
        self._by_user: dict[str, list[Row]] = {"": []}
        for row in table.rows:
            self._rows[row.index] = row
            if not row.dropped:
                self._by_user.setdefault(row.user, []).append(row)
        self._indexes: dict[str, Few | Many] = {}
        self._covers: list[Cover] | None = None
        self._doors: tuple[Sides, ...] | None = None
        self._nobody = _NOBODY
        while self._nobody in self._by_user:
            self._nobody += "1"

    def of(self, index: int) -> Cover:
        """Return the cover of the account at a position of the input."""
        if self._covers is not None:
            return self._covers[index]
        row = self._rows[index]
        if row is None:
            raise IndexError(index)
        plain = self._plain(row)
        if plain is not None:
            return plain
        self._covers = self._sweep()
        return self._covers[index]

    @property
    def undecided(self) -> list[int]:
        """The positions of the accounts judged without a proof."""
        return [index for index, cover in enumerate(self._covers or ()) if cover.outcome == "unknown"]

    def _sweep(self) -> list[Cover]:
        """Judge every row: users with the same host values together, those with few patterns first."""
        covers: dict[int, Cover] = {}
        alike: dict[tuple[object, ...], list[str]] = {}
        for user, rows in self._by_user.items():
            alike.setdefault((not user, *[(row.rank, row.host) for row in rows]), []).append(user)
        hard: list[Row] = []
        for users in alike.values():
            for row in self._by_user[users[0]]:
                plain = self._plain(row)
                if plain is None:
                    hard.append(row)
                else:
                    covers[row.index] = plain
        covers.update((row.index, Cover("dead", self._user(row))) for row in self._table.rows if row.dropped)
        effort = {users[0]: self._effort(users[0]) for users in alike.values()}
        for row in sorted(hard, key=lambda row: effort[row.user]):
            self._budget.open()
            judgement = self._judgement(row, self._budget)
            judgement.run()
            covers[row.index] = Cover.judged(judgement)
        for first, *others in alike.values():
            for user in others:
                theirs = dict(zip((row.index for row in self._by_user[first]), self._by_user[user], strict=True))
                covers.update((row.index, covers[index].passed_on(row, theirs)) for index, row in theirs.items())
        return [covers[index] for index in range(len(covers))]

    def _effort(self, user: str) -> tuple[int, int]:
        rows = self._by_user[user]
        return sum(row.value.kind == "pattern" for row in rows), rows[0].index if rows else 0

    def _plain(self, row: Row) -> Cover | None:
        """Return the cover of a row that plainly shares no client with an earlier one.

        Such a row keeps all its addresses, or all its names at any address that no row before takes; rows
        before that hold single addresses only leave some.
        """
        sides = self._sides(row)
        if row.dropped or sides.takes_nobody:
            return Cover("dead", self._user(row))
        if sides.shut or not sides.sure:
            return None
        rank = row.rank
        outcome: Outcome = "own"
        around = self._around(row, alone=False)
        if not sides.points and not sides.sure_address:
            taken = [index.taken() for index in around]
            if not any(all(from_rank > rank for from_rank in ranks) for ranks in zip(*taken, strict=True)) and taken:
                return None  # its names may be left without an address
        for index in around:
            if index.entries[0].row.rank > rank:
                continue
            if any(other.row is not row for other in index.meeting(sides, rank, _free)):
                return None
            crossed = index.crosses(sides, rank)
            if crossed is None:
                return None
            if crossed:
                outcome = "cross"
        return Cover(outcome, self._user(row), row, self._shown)

    def _shown(self, row: Row, outcome: Outcome) -> Judgement:
        """Look for clients that show the cover of a plain row: after the proofs, on a budget of its own."""
        budget = Budget()
        budget.open()
        judgement = self._judgement(row, budget)
        judgement.show(outcome)
        return judgement

    def _judgement(self, row: Row, budget: Budget) -> Judgement:
        rivals = Rivals(self._around(row, alone=True), self._sides, budget, names=self._names)
        return Judgement(Entry(row, self._sides(row)), self._user(row), rivals, self._table, self._prefer, self._gate)

    def _around(self, row: Row, *, alone: bool) -> list[Few | Many]:
        """Return the indexes that hold the rivals of a row."""
        found = [self._index("")] if self._by_user[""] else []
        if row.user and (alone or len(self._by_user[row.user]) > 1):
            found.append(self._index(row.user))
        return found

    def _user(self, row: Row) -> str:
        return row.user or self._nobody

    def _index(self, user: str) -> Few | Many:
        index = self._indexes.get(user)
        if index is None:
            entries = [Entry(row, self._sides(row)) for row in self._by_user[user]]
            index = self._indexes[user] = index_of(entries, few=self._few)
        return index

    def _sides(self, row: Row) -> Sides:
        sides = self._known.get(row.host)
        if sides is None:
            sides = self._known[row.host] = sides_of(row.value, names=self._names)
        return sides

    def _gate(self) -> Sequence[Sides] | None:
        """Return the sides that may open the gate, None if too many."""
        if self._doors is None:
            values = dict.fromkeys(row.value for row in self._table.rows if not row.dropped)
            self._doors = tuple(Sides(value, names=self._names, gate=True) for value in islice(values, _DOORS + 1))
        return None if len(self._doors) > _DOORS else self._doors


def _free(_units: int) -> None:
    """Charge nothing: a plain row costs the same on every table."""
