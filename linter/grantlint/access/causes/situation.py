"""A refused client and the accounts that may have been meant for it, gathered once for all causes."""

from collections.abc import Iterable, Sequence

from grantlint.access.accounts.connection import HOST_NOT_ALLOWED, AccountTable, Decision
from grantlint.access.accounts.explanation import nearness
from grantlint.access.accounts.rows import Row
from grantlint.access.grants.row import Grantee
from grantlint.access.host.client import NOBODYS_ADDRESS, Client
from grantlint.access.host.repair import network_around
from grantlint.access.host.value import HostValue, host_value
from grantlint.model import sql

_NAMED = 3
"""Most accounts that one sentence names."""


class Situation:
    """A refusal, and what it rests on.

    `own`: the rows of the client's user; `meant`: those, or the anonymous ones where there are none.
    """

    __slots__ = ("decision", "grantees", "meant", "own", "seen", "table", "told", "traits", "user")

    def __init__(self, table: AccountTable, decision: Decision, told: Client, grantees: Sequence[Grantee]) -> None:
        self.table = table
        self.decision = decision
        self.told = told
        self.seen = decision.client
        self.user = decision.user
        self.grantees = grantees
        self.traits = table.target.traits
        self.own = [row for row in table.rows if row.user == self.user and not (row.role and row.dropped)]
        self.meant = self.own or [row for row in table.rows if row.anonymous]

    @property
    def here(self) -> str:
        """The host value that takes the client whatever the settings.

        By its name where nobody knows its address.
        """
        if self.is_nowhere:
            return self.seen.name or "ADDRESS"
        return self.seen.ip or "localhost"

    @property
    def is_nowhere(self) -> bool:
        """Whether only the client's name was told: its address stands for any."""
        return self.told.name is not None and self.told.ip == NOBODYS_ADDRESS

    def account(self, host: str) -> str:
        """Return an account of the user as SQL writes it."""
        return sql.account(self.user, host)

    def would_let_in(self, value: HostValue) -> bool:
        """Return whether the user would get in by a host value.

        The gate is included: a row that opens it may open it for others, too, which only the gate kept out and which
        come first.
        """
        if not value.matches(self.seen) or (self.decision.error == HOST_NOT_ALLOWED and not value.opens(self.seen)):
            return False
        others = [(row.user, row.host) for row in self.table.matching(self.user, self.told)]
        table = AccountTable(
            self.table.target,
            [*others, (self.user, value.text)],
            skip_name_resolve=self.table.skip_name_resolve,
            rows_made_by="insert",
        )
        return any(row.index == len(others) for row in table.decide(self.user, self.told).rows)

    def or_network(self, words: str) -> str:
        """Return an account for the client's usual network, '' if it fails."""
        if self.seen.ip is None or self.is_nowhere or self.seen.name == "localhost" or self.seen.ip.startswith("127."):
            return ""
        network = network_around(self.seen.ip, self.traits)
        return f"{words} {self.account(network)}" if self.would_let_in(host_value(network, self.traits)) else ""

    def takes(self, row: Row) -> bool:
        """Return whether a row matches, so that only the gate refuses."""
        return not row.dropped and row.value.matches(self.seen)

    def by_nearness(self, rows: Iterable[Row]) -> list[Row]:
        """Return rows sorted by how much their hosts resemble the client."""
        return sorted(rows, key=lambda row: -nearness(row, self.told))


def listed(rows: Iterable[Row]) -> str:
    """Return a few accounts in words, each once."""
    accounts = list(dict.fromkeys(map(str, rows)))
    more = len(accounts) - _NAMED
    if more > 0:
        return f"{', '.join(accounts[:_NAMED])} and {more:,} more"
    return accounts[0] if len(accounts) == 1 else f"{', '.join(accounts[:-1])} and {accounts[-1]}"


def verb(rows: Iterable[Row], one: str, many: str) -> str:
    """Return the form of a verb that goes with accounts."""
    return one if len(set(map(str, rows))) == 1 else many
