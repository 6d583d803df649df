"""The rows of mysql.db for one user name, found by the clients that they may serve."""

from collections.abc import Iterator

from grantlint.access.accounts.candidates import Candidates
from grantlint.access.grants.row import GrantRow
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
