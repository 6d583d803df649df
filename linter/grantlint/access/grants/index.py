"""The rows of mysql.db for one user name, found by the clients that they may serve."""

from collections.abc import Iterator

from grantlint.access.accounts.candidates import Candidates
from grantlint.access.grants.row import GrantRow
from grantlint.access.host.client import Client

_FEW = 8
"""Up to this many rows a look at each is cheaper than an index."""


class RowsByHost:
    """Rows in the order in which they were made."""

    __slots__ = ("_candidates", "rows")

    def __init__(self) -> None:
        self.rows: list[GrantRow] = []
        self._candidates: Candidates[GrantRow] | None = None

    def add(self, row: GrantRow) -> None:
        """Add a row, made later than the others."""
        self.rows.append(row)
        self._candidates = None

    def matching(self, client: Client) -> Iterator[GrantRow]:
        """Yield the rows whose host value matches a client, given as the server sees it, in no order."""
        near = self.rows
        if len(self.rows) > _FEW:
            if self._candidates is None:
                self._candidates = Candidates(self.rows)
            near = [*{row.index: row for row in self._candidates.near(client)}.values()]
        return (row for row in near if row.value.matches(client))
