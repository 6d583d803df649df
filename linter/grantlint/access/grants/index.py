"""The rows of mysql.db by user name, and for one name by the clients that they may serve."""

from collections.abc import Callable, Iterator

from grantlint.access.accounts.candidates import Candidates
from grantlint.access.grants.row import GrantRow, order_for
from grantlint.access.host.client import Client
from grantlint.access.host.value import HostValue

_FEW = 8
"""Up to this many rows a look at each is cheaper than an index."""


class RowsByHost:
    """Rows in the order in which they were made."""

    __slots__ = ("_addresses", "_candidates", "_others", "rows")

    def __init__(self) -> None:
        self.rows: list[GrantRow] = []
        self._addresses: set[str] = set()
        self._others: set[str] = set()
        self._candidates: Candidates[GrantRow] | None = None

    def add(self, row: GrantRow) -> None:
        """Add a row, made later than the others."""
        self.rows.append(row)
        (self._addresses if row.value.is_address else self._others).add(row.host)
        self._candidates = None

    def may_meet(self, value: HostValue, *, elsewhere: bool) -> bool:
        """Return whether a row may serve a client of a host value.

        `elsewhere`: a row at another host value. Two addresses have no client together, whatever its name; of all else
        it is not told.
        """
        if value.is_address:
            return bool(self._others) or (not elsewhere and value.text in self._addresses)
        own = elsewhere and value.text in self._others
        return len(self._addresses) + len(self._others) > own

    def matching(self, client: Client) -> Iterator[GrantRow]:
        """Yield the rows whose host value matches a client.

        In no order; `client` is as the server sees it.
        """
        near = self.rows
        if len(self.rows) > _FEW:
            if self._candidates is None:
                self._candidates = Candidates(self.rows)
            near = [*{row.index: row for row in self._candidates.near(client)}.values()]
        return (row for row in near if row.value.matches(client))


class DatabaseRows:
    """The rows of mysql.db.

    `is_live` tells of a row whether it counts: it has something to say, and a database that says where.
    """

    __slots__ = ("_is_live", "_kinds", "_of", "_sorted", "changes")

    def __init__(self, is_live: Callable[[GrantRow], bool]) -> None:
        self._is_live = is_live
        self._of: dict[str, RowsByHost] = {}
        self._sorted: dict[str, tuple[GrantRow, ...]] = {}
        self._kinds: dict[str, frozenset[tuple[str, frozenset[str]]]] = {}
        self.changes = 0
        """How often rows were changed: what was found before may be no longer true."""

    def add(self, row: GrantRow) -> None:
        """Add a row, made later than the others."""
        self._of.setdefault(row.user, RowsByHost()).add(row)

    def of(self, user: str) -> tuple[GrantRow, ...]:
        """Return the rows for a user, the anonymous ones included, best first."""
        cached = self._sorted.get(user)
        if cached is None:
            rows = [row for found in self._named(user) for row in found.rows if self._is_live(row)]
            cached = self._sorted[user] = tuple(sorted(rows, key=order_for(user)))
        return cached

    def at(self, user: str, client: Client) -> tuple[GrantRow, ...]:
        """Return those of `of` that match a client as seen."""
        rows = [row for found in self._named(user) for row in found.matching(client) if self._is_live(row)]
        return tuple(sorted(rows, key=order_for(user)))

    def kinds(self, user: str) -> frozenset[tuple[str, frozenset[str]]]:
        """Return the distinct database names, each with its privileges."""
        cached = self._kinds.get(user)
        if cached is None:
            rows = self.of(user)
            cached = self._kinds[user] = frozenset((row.scope.database, frozenset(row.privileges)) for row in rows)
        return cached

    def may_share(self, user: str, value: HostValue) -> bool:
        """Return whether other rows may serve clients of a host value.

        They are those at other hosts, and nobody's.
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
