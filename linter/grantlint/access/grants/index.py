"""The rows of mysql.db by user name, host value and database: of many a session looks at those that it may meet."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from grantlint.access.accounts.candidates import Candidates
from grantlint.access.grants.row import GrantRow, Key, order_for
from grantlint.access.host.client import Client
from grantlint.access.host.glob import address_glob
from grantlint.access.host.glob_index import PatternIndex
from grantlint.access.host.value import HostValue

_FEW = 8
"""Up to this many a look at each is cheaper than an index."""


class RowsByName:
    """Rows found by the databases that their names can stand for."""

    __slots__ = ("_best", "_blind", "_index", "_literal", "rows")

    def __init__(self, rows: Iterable[GrantRow] = (), *, literal: bool, blind: bool = False) -> None:
        """Take rows; `literal`: wildcards count for characters in their names. `blind`: the names are lower case."""
        self.rows = [*rows]
        self._literal = literal
        self._blind = blind
        self._index: PatternIndex[GrantRow] | None = None
        self._best: Key | None = None

    def add(self, row: GrantRow) -> None:
        """Add a row, made later than the others."""
        self.rows.append(row)
        self._best = None
        if self._index is not None:
            self._index.add(self._tokens(row), row)

    def may_hide(self, row: GrantRow) -> bool:
        """Return whether some row ranks no worse than another."""
        if self._best is None:
            self._best = min((one.rank for one in self.rows), default=None)
        return self._best is not None and self._best <= row.rank

    def meeting(self, row: GrantRow) -> Sequence[GrantRow]:
        """Return the rows that may share a database with one.

        Others may be among them. They come in no order.
        """
        return self.rows if len(self.rows) <= _FEW else self._indexed().meeting(self._tokens(row))

    def naming(self, database: str) -> Sequence[GrantRow]:
        """Return the rows that may name a database.

        Others may be among them. They come in no order.
        """
        return self.rows if len(self.rows) <= _FEW else self._indexed().meeting((*database,))

    def _indexed(self) -> PatternIndex[GrantRow]:
        if self._index is None:
            self._index = PatternIndex()
            for row in self.rows:
                self._index.add(self._tokens(row), row)
        return self._index

    def _tokens(self, row: GrantRow) -> Sequence[str]:
        name = row.scope.database.lower() if self._blind else row.scope.database
        return (*name,) if self._literal else address_glob(name, row.value.traits).tokens


class RowsInOrder:
    """Rows found by a database, in a given order.

    `blind`: upper and lower case are one. Also found are rows for a pattern that is spelled like the database.
    """

    __slots__ = ("_blind", "_by_name", "_places", "_spelled")

    def __init__(self, rows: Iterable[GrantRow], *, literal: bool, blind: bool) -> None:
        self._by_name = RowsByName(rows, literal=literal, blind=blind)
        self._blind = blind
        self._places = {id(row): place for place, row in enumerate(self._by_name.rows)}
        self._spelled: dict[str, list[GrantRow]] = {}
        for row in self._by_name.rows:
            self._spelled.setdefault(row.scope.database, []).append(row)

    def naming(self, database: str) -> Sequence[GrantRow]:
        """Return the rows that may name a database.

        Others may be among them.
        """
        found = self._by_name.naming(database.lower() if self._blind else database)
        every = {id(row): row for row in (*found, *self._spelled.get(database, ()))}
        return sorted(every.values(), key=lambda row: self._places[id(row)])


class RowsAtHost(RowsByName):
    """The rows of one user at one host value."""

    __slots__ = ("value",)

    def __init__(self, value: HostValue, *, literal: bool) -> None:
        super().__init__(literal=literal)
        self.value = value


class RowsByHost:
    """The rows of one user."""

    __slots__ = ("_addresses", "_at", "_candidates", "_literal", "_others")

    def __init__(self, *, literal: bool) -> None:
        self._literal = literal
        self._at: dict[str, RowsAtHost] = {}
        self._addresses: set[str] = set()
        self._others: set[str] = set()
        self._candidates: Candidates[RowsAtHost] | None = None

    @property
    def rows(self) -> Iterator[GrantRow]:
        """The rows, in no order."""
        return (row for found in self._at.values() for row in found.rows)

    def add(self, row: GrantRow) -> None:
        """Add a row, made later than the others."""
        if row.host not in self._at:
            self._at[row.host] = RowsAtHost(row.value, literal=self._literal)
            (self._addresses if row.value.is_address else self._others).add(row.host)
            self._candidates = None
        self._at[row.host].add(row)

    def may_meet(self, value: HostValue, *, elsewhere: bool) -> bool:
        """Return whether a row may serve a client of a host value.

        `elsewhere`: a row at another host value. Two addresses have no client together, whatever its name; of all else
        it is not told.
        """
        if value.is_address:
            return bool(self._others) or (not elsewhere and value.text in self._addresses)
        own = elsewhere and value.text in self._others
        return len(self._addresses) + len(self._others) > own

    def matching(self, client: Client) -> Iterator[RowsAtHost]:
        """Yield the rows at each host value that matches a client.

        In no order; `client` is as the server sees it.
        """
        near: Iterable[RowsAtHost] = self._at.values()
        if len(self._at) > _FEW:
            if self._candidates is None:
                self._candidates = Candidates(self._at.values())
            near = {id(found): found for found in self._candidates.near(client)}.values()
        return (found for found in near if found.value.matches(client))


class DatabaseRows:
    """The rows of mysql.db.

    `is_live` tells of a row whether it counts: it has something to say, and a database that says where. `literal`: see
    `RowsByName`.
    """

    __slots__ = ("_is_live", "_kinds", "_literal", "_of", "_sorted", "changes")

    def __init__(self, is_live: Callable[[GrantRow], bool], *, literal: bool) -> None:
        self._is_live = is_live
        self._literal = literal
        self._of: dict[str, RowsByHost] = {}
        self._sorted: dict[str, tuple[GrantRow, ...]] = {}
        self._kinds: dict[str, frozenset[tuple[str, frozenset[str]]]] = {}
        self.changes = 0
        """How often rows were changed: what was found before may be no longer true."""

    def add(self, row: GrantRow) -> None:
        """Add a row, made later than the others."""
        if row.user not in self._of:
            self._of[row.user] = RowsByHost(literal=self._literal)
        self._of[row.user].add(row)

    def of(self, user: str) -> tuple[GrantRow, ...]:
        """Return the rows for a user, the anonymous ones included, best first."""
        cached = self._sorted.get(user)
        if cached is None:
            rows = [row for found in self._named(user) for row in found.rows if self._is_live(row)]
            cached = self._sorted[user] = tuple(sorted(rows, key=order_for(user)))
        return cached

    def at(self, user: str, client: Client) -> tuple[RowsAtHost, ...]:
        """Return those of `of` that match a client as seen.

        Some that do not count are among them. They come in no order.
        """
        return tuple([found for named in self._named(user) for found in named.matching(client)])

    def kinds(self, user: str) -> frozenset[tuple[str, frozenset[str]]]:
        """Return the distinct database names, each with its privileges."""
        cached = self._kinds.get(user)
        if cached is None:
            rows = self.of(user)
            cached = self._kinds[user] = frozenset((row.scope.database, frozenset(row.privileges)) for row in rows)
        return cached

    def may_share(self, user: str, value: HostValue) -> bool:
        """Return whether other rows may serve clients of a host value.

        They are rows at other hosts, and those of the anonymous user.
        """
        named, nobodys = self._of.get(user), self._of.get("") if user else None
        return (named is not None and named.may_meet(value, elsewhere=True)) or (
            nobodys is not None and nobodys.may_meet(value, elsewhere=False)
        )

    def forget(self, user: str) -> None:
        """Forget what was worked out from the rows of a user."""
        self.changes += 1
        if user:
            self._sorted.pop(user, None)
            self._kinds.pop(user, None)
        else:
            self._sorted.clear()
            self._kinds.clear()

    def _named(self, user: str) -> Iterator[RowsByHost]:
        for name in dict.fromkeys((user, "")):
            if name in self._of:
                yield self._of[name]
