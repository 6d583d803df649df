"""Why a client gets the row that it gets: each row that came near, and what became of it.

>>> from grantlint.access.product.target import parse_target
>>> table = AccountTable(parse_target("mysql-8.4"), [("jeffrey", "%"), ("", "thomas.loc.gov")])
>>> for contender in explain_decision(table, "jeffrey", Client.tcp("144.155.166.177", "thomas.loc.gov")).contenders:
...     print(contender.row, contender.fate, contender.why, sep="; ")
''@'thomas.loc.gov'; wins; 144.155.166.177 is called thomas.loc.gov
'jeffrey'@'%'; later; exactly %: behind every other pattern
"""

from collections.abc import Iterable

from grantlint.access.accounts.connection import AccountTable, Decision
from grantlint.access.accounts.order import host_key
from grantlint.access.accounts.reasons import place
from grantlint.access.accounts.rows import Row
from grantlint.access.host.client import Client
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

Fate = Literal["wins", "ties", "later", "shut out", "no match"]
LISTED = 8
"""Most rows that are listed of those that match but come later, and of those that do not match."""


class Contender(NamedTuple):
    """A row that might have won, and why it did or not.

    It is one of the client's user or anonymous; `why` is a clause.
    """

    row: Row
    fate: Fate
    why: str


class Explanation(NamedTuple):
    """A decision and its reasons. `left_out`: how many further rows for the user or for anybody lost, too."""

    decision: Decision
    told: Client
    """The client as it was asked for; the decision has it as the server sees it."""
    contenders: tuple[Contender, ...]
    left_out: int

    @property
    def tie(self) -> bool:
        """Whether rows of different accounts tie.

        Which one wins may change at FLUSH PRIVILEGES or a restart.
        """
        return len({(row.user, row.host) for row in self.decision.rows}) > 1


def explain_decision(table: AccountTable, user: str, client: Client) -> Explanation:
    """Return the decision on a client with the fate of each row.

    The rows are those of the user and the anonymous ones. The winner is that of `AccountTable.decide`. Winners come
    first, then what matches in the server's order, then the nearest of what does not match.
    """
    decision = table.decide(user, client)
    seen = decision.client
    winners = decision.rows
    matching: list[Row] = []
    others: list[Row] = []
    for row in table.rows:
        if row.anonymous or row.user == user:
            (matching if not row.dropped and row.value.matches(seen) else others).append(row)
    fate: Fate = "ties" if len({(row.user, row.host) for row in winners}) > 1 else "wins"
    contenders = [Contender(row, fate, table.explain(row, user, client)) for row in winners]
    later = [row for row in matching if row not in winners]
    if winners:
        contenders += [Contender(row, "later", _why_later(row, winners[0])) for row in later[:LISTED]]
    else:  # a row matches, and the host gate is shut all the same
        contenders += [Contender(row, "shut out", table.explain(row, user, client)) for row in later[:LISTED]]
    near = sorted(others, key=lambda row: -nearness(row, client))[:LISTED]
    contenders += [Contender(row, "no match", table.explain(row, user, client)) for row in near]
    left_out = len(matching) + len(others) - len(contenders)
    return Explanation(decision, client, tuple(contenders), left_out)


def nearness(row: Row, client: Client) -> int:
    """Return how many characters of a host value agree with a client.

    It serves for sorting only.
    """
    ip, name = client
    named = (name or "").lower()
    host = row.value.folded
    return max(_alike(host, ip or ""), _alike(host, named), _alike(host[::-1], named[::-1]))


def nearest(rows: Iterable[Row], client: Client) -> Row | None:
    """Return the row whose host value agrees most with a client.

    The first of equals; None of none.
    """
    return max(rows, key=lambda row: nearness(row, client), default=None)


def _why_later(row: Row, winner: Row) -> str:
    if host_key(row.value) != host_key(winner.value):
        return place(row.value)
    if row.anonymous and not winner.anonymous:
        return "an equal host value, and anonymous rows come behind named ones"
    return "an equal rank, and among equals the text of the host value decides, descending"


def _alike(one: str, other: str) -> int:
    """Return with how many equal characters two texts begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
