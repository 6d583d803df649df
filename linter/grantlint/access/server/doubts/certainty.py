"""What the files leave open, and whether a statement holds all the same.

Open are accounts whose user or host nobody can read, accounts that only grants name (they may have been made
elsewhere), roles of unknown name, and the accounts that products and packages make at installation (facts: N1, N2, N3).
"""

from collections.abc import Iterable, Iterator

from grantlint.access.accounts.candidates import Candidates
from grantlint.access.accounts.connection import HOST_NOT_ALLOWED, AccountTable
from grantlint.access.accounts.stored import stored_host, stored_user
from grantlint.access.host.client import Client
from grantlint.access.host.value import HostValue, host_value
from grantlint.access.product.stock import LOOPBACK_ROOT, STOCK_ACCOUNTS
from grantlint.access.product.target import Target
from grantlint.access.product.traits import Traits
from grantlint.model import DeclaredServer, Grant
from grantlint.model.location import Located, Unresolved, known
from grantlint.platform.record import NamedTuple


class _Possible(NamedTuple):
    """An account that may exist, None if nobody knows."""

    user: str | None
    host: str | None


class _Rival(NamedTuple):
    """A possible account whose host is known."""

    user: str | None
    value: HostValue


class _Rivals:
    """The possible accounts of one user name, found by client."""

    __slots__ = ("_candidates", "_known", "anywhere", "hosts")

    def __init__(self, possible: Iterable[_Possible], traits: Traits) -> None:
        hosts = [(one.user, one.host) for one in possible]
        self.anywhere = any(host is None for _, host in hosts)
        self.hosts = [host for _, host in hosts]
        self._known = [_Rival(user, host_value(host, traits)) for user, host in hosts if host is not None]
        self._candidates: Candidates[_Rival] | None = None

    def matching(self, client: Client) -> Iterator[_Rival]:
        """Yield those whose host value matches a client.

        `client` is as the server sees it; one may come twice.
        """
        if self._candidates is None:
            self._candidates = Candidates(self._known)
        return (rival for rival in self._candidates.near(client) if rival.value.matches(client))


class Certainty:
    """What surely holds of one server, whatever the files leave open."""

    __slots__ = ("_by_user", "_declared", "_disputed", "_open_users", "_table")

    def __init__(self, declared: DeclaredServer, table: AccountTable) -> None:
        self._declared = declared
        self._table = table
        by_user: dict[str | None, list[_Possible]] = {}
        self._open_users: set[str | None] | None = None
        self._disputed: set[tuple[str, str]] | None = None
        possible = list(_possible(declared, table.target))
        users = {one.user for one in possible}
        there = {(row.user, row.host) for row in table.rows if row.user in users}
        for one in possible:
            if (one.user, one.host) not in there:
                by_user.setdefault(one.user, []).append(one)
        self._by_user = {user: _Rivals(open_, table.target.traits) for user, open_ in by_user.items()}

    def of_winner(self, user: str, client: Client) -> bool:
        """Return whether one account surely wins, or surely none.

        There is no tie, and nothing that is open changes it. An account whose declarations disagree on letting clients
        in is never sure.
        """
        won = {(row.user, row.host) for row in self._table.decide(user, client).rows}
        if self._disputed is None:
            self._disputed = set(_disputed(self._declared, self._table.target))
        return len(won) <= 1 and self._disputed.isdisjoint(won) and self.of_rank(user, client)

    def of_rank(self, user: str, client: Client) -> bool:
        """Return whether nothing open can rank as high as the winners.

        The winners are the rows that `user` gets from `client`.
        """
        decision = self._table.decide(user, client)
        if decision.error == HOST_NOT_ALLOWED:
            return self.of_refusal(client)
        names = dict.fromkeys((user, "", None))
        groups = [self._by_user[name] for name in names if name in self._by_user]
        if any(group.anywhere for group in groups):
            return False
        best = (decision.rows[0].user, decision.rows[0].host) if decision.rows else None
        seen = self._table.as_seen(client)
        return not any(self._may_win(rival, user, client, best) for group in groups for rival in group.matching(seen))

    def _may_win(self, rival: _Rival, user: str, client: Client, best: tuple[str, str] | None) -> bool:
        for name in (user, "") if rival.user is None else (rival.user,):
            rows = [(name, rival.value.text), *([best] if best else ())]
            table = AccountTable(self._table.target, rows, skip_name_resolve=self._table.skip_name_resolve)
            found = table.matching(user, client)
            if any(row.index == 0 and row.rank <= found[0].rank for row in found):
                return True
        return False

    def of_refusal(self, client: Client) -> bool:
        """Return whether nothing open can let a client through the gate.

        The gate is the host gate.
        """
        seen = self._table.as_seen(client)
        return not any(
            host is None or host_value(host, self._table.target.traits).opens(seen)
            for rivals in self._by_user.values()
            for host in rivals.hosts
        )

    def of_grants(self, user: str) -> bool:
        """Return whether all grants that may serve a user are known."""
        if self._open_users is None:
            self._open_users = set(_with_open_grants(self._declared, self._table.target))
        return self._open_users.isdisjoint((user, "", None))


def _disputed(declared: DeclaredServer, target: Target) -> Iterator[tuple[str, str]]:
    """Yield the rows of two declarations that disagree on lock, expiry or requirement."""
    first: dict[tuple[str, str], tuple[object, ...]] = {}
    for account in declared.accounts:
        if isinstance(account.user, Located) and isinstance(account.host, Located):
            row = stored_user(account.user.value, target), stored_host(account.host.value, target)
            said = account.is_locked, account.is_expired, [known(leaf) for leaf in account.require]
            if first.setdefault(row, said) != said:
                yield row


def _possible(declared: DeclaredServer, target: Target) -> Iterator[_Possible]:
    unknown = [account for account in declared.accounts if account.known_name is None]
    for account in (*unknown, *declared.grantees):
        user, host = known(account.user), known(account.host)
        yield _Possible(
            None if user is None else stored_user(user, target), None if host is None else stored_host(host, target)
        )
    if target.traits.roles_match:
        for role in declared.roles:
            if isinstance(role.name, Unresolved) or isinstance(role.host, Unresolved):
                host = "%" if role.host is None else known(role.host)
                yield _Possible(known(role.name), host)
    yield from (
        _Possible(user, host) for user, host in STOCK_ACCOUNTS + (LOOPBACK_ROOT if target.traits.loopback_root else ())
    )


def _with_open_grants(declared: DeclaredServer, target: Target) -> Iterator[str | None]:
    """Yield the users with an unresolved grant or role.

    None stands for any user.
    """
    for account in (*declared.accounts, *declared.grantees):
        if account.grants and (account.known_name is None or not all(map(_is_plain, account.grants))):
            user = known(account.user)
            yield None if user is None else stored_user(user, target)
    if any(not isinstance(role.name, Located) or not all(map(_is_plain, role.grants)) for role in declared.roles):
        yield None
    for member in declared.members:
        if any(isinstance(leaf, Unresolved) for leaf in (member.role, member.user, member.host, member.default)):
            yield known(member.user)


def _is_plain(grant: Grant) -> bool:
    return isinstance(grant.target, Located) and grant.known_privileges is not None
