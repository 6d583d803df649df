"""The account table of a server in its order: each row's place, what decided it, and what the row is good for."""

from grantlint.access.accounts.rows import Row
from grantlint.access.host.client import Client
from grantlint.access.host.dead import matches_nobody
from grantlint.access.host.reach import needs_name
from grantlint.access.server.server import Server
from grantlint.model import Account, Role
from grantlint.platform.record import NamedTuple


class Listed(NamedTuple):
    """A row at its place.

    `number` counts from 1 and is equal for rows of equal rank, which `shared` tells. `outcome` is that of the row's
    cover (see `access.cover`), or "not loaded". `takers` are rows before it that take clients of it, `tied` rows
    of its rank that may; each with such a client.
    """

    row: Row
    entry: Account | Role
    number: int
    shared: bool
    outcome: str
    takers: tuple[tuple[Row, Client], ...]
    tied: tuple[tuple[Row, Client], ...]
    witness: Client | None

    def remarks(self, server: Server) -> list[str]:
        """Return the remarks on a row beside its place, as clauses.

        None of a row that is all right.
        """
        row = self.row
        if row.dropped:
            return [server.table.explain(row, row.user, Client.socket())]
        if self.outcome == "dead":
            nameless = server.table.skip_name_resolve and needs_name(row.value)
            reason = "skip_name_resolve is on, and no name is looked up" if nameless else None
            return [f"no client matches it: {matches_nobody(row.value) or reason or 'it fits no name and no address'}"]
        if self.outcome == "shut":
            return ["no client gets as far as this row: nothing opens the host gate for it (ERROR 1130)"]
        taken = [f"{taker} gets {client}" for taker, client in self.takers]
        shared = [f"{other} for {client}" for other, client in self.tied]
        found: list[str] = []
        if self.outcome == "unreachable":
            found.append(f"unreachable: {_and(taken)}" if taken else "unreachable: rows before it take all its clients")
        elif taken:
            found.append(f"shadowed: {_and(taken)}")
        if shared:
            found.append(f"ties with {_and(shared)}: which one wins may change at FLUSH PRIVILEGES or a restart")
        if self.outcome == "unknown":
            found.append("not proven whether any client gets it")
        return found


_NAMED = 3


def _and(words: list[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return f"{', '.join(words[:_NAMED])}{more}"


def listing(server: Server) -> list[Listed]:
    """Return the rows of a server's table, first tried first."""
    rows = server.table.rows
    listed: list[Listed] = []
    number = 0
    for at, row in enumerate(rows):
        first = at == 0 or rows[at - 1].rank != row.rank
        number = at + 1 if first else number
        shared = not first or (at + 1 < len(rows) and rows[at + 1].rank == row.rank)
        cover = server.coverage.of(row.index)
        takers = tuple((taker.row, taker.witness) for taker in cover.takers if taker.same_side)
        witness = None if row.dropped else cover.witness  # asked first: it may settle the outcome
        outcome = "not loaded" if row.dropped else cover.outcome
        entry = server.declaration_of(row)
        listed.append(Listed(row, entry, number, shared, outcome, takers, cover.tied, witness))
    return listed
