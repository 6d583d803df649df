"""Which account row a connection gets: the host gate, then the first row in the server's order."""

from collections.abc import Container, Iterable
from typing import Literal, NamedTuple

from grantlint.access.client import Client, as_seen
from grantlint.access.host import HostValue, host_value, inserted_host, resolves, stored_host, stored_user
from grantlint.access.order import counts_as_anonymous, host_key
from grantlint.access.target import Target

HOST_NOT_ALLOWED = 1130
ACCESS_DENIED = 1045
_SMALL = 8


class Row:
    """One account as the server holds it, at its place in the order.

    `index` is its position in the input. `rank` orders rows: a row of smaller rank is tried first, equal
    ranks are a tie. `dropped`: the server does not use the row at all.
    """

    __slots__ = ("anonymous", "dropped", "host", "index", "rank", "user", "value")

    def __init__(self, user: str, value: HostValue, index: int, rank: int, *, dropped: bool) -> None:
        self.user = user
        self.host = value.text
        self.value = value
        self.index = index
        self.rank = rank
        self.anonymous = not user
        self.dropped = dropped

    def __str__(self) -> str:
        return f"'{self.user}'@'{self.host}'"

    def __repr__(self) -> str:
        return f"<{self} rank {self.rank}>"


class Decision(NamedTuple):
    """What becomes of a connection before any password is looked at.

    `rows` is empty where `error` is set; more than one where they tie, and the server may take any of them.
    `message` is the server's own sentence for the error.
    """

    user: str
    client: Client
    error: int | None
    rows: tuple[Row, ...]
    message: str | None

    @property
    def tie(self) -> bool:
        """Whether the winner depends on insertion order, FLUSH PRIVILEGES or a restart."""
        return len(self.rows) > 1


class _Choice:
    """The rows of one user, best first, with the literal ones at hand by their text."""

    __slots__ = ("_literal", "_others", "rows")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._literal: dict[str, list[Row]] | None = None
        self._others: list[Row] = []

    def best(self, client: Client) -> list[Row]:
        """Return the matching rows of least rank."""
        found: list[Row] = []
        candidates = self.rows if len(self.rows) <= _SMALL else self._near(client)
        for row in candidates:
            if found and row.rank > found[0].rank:
                break
            if row.value.matches(client):
                found.append(row)
        return found

    def _near(self, client: Client) -> list[Row]:
        """Return in order the rows that can match at all: few literal ones, and all others up to the best."""
        if self._literal is None:
            self._literal = {}
            for row in self.rows:
                if row.value.kind == "literal" and (not row.value.mask or row.value.is_address):
                    self._literal.setdefault(row.value.folded, []).append(row)
                else:
                    self._others.append(row)
        ip, name = client
        literal = list(self._literal.get(ip, ())) if ip is not None else []
        if name is not None:
            literal += self._literal.get(name.lower(), ())
        literal = sorted((row for row in literal if row.value.matches(client)), key=_rank)
        if not literal:
            return self._others
        best = literal[0].rank
        merged = literal + [row for row in self._others if row.rank <= best]
        return sorted(merged, key=_rank)


class AccountTable:
    """The account rows of one server, sorted as it sorts them.

    >>> from grantlint.access import parse_target
    >>> table = AccountTable(parse_target("mysql-8.4"), [("jeffrey", "%"), ("", "thomas.loc.gov")])
    >>> [str(row) for row in table.rows]
    ["''@'thomas.loc.gov'", "'jeffrey'@'%'"]
    >>> table.decide("jeffrey", Client.tcp("144.155.166.177", "thomas.loc.gov")).rows
    (<''@'thomas.loc.gov' rank 0>,)

    `accounts` are (user, host value) pairs as statements write them (`rows_made_by="create"`) or as they
    stand in the grant table ("insert"). `roles` holds the positions of those that are roles.
    """

    __slots__ = ("_anonymous", "_by_user", "_gate", "rows", "skip_name_resolve", "target")

    def __init__(
        self,
        target: Target,
        accounts: Iterable[tuple[str, str]],
        *,
        skip_name_resolve: bool = False,
        roles: Container[int] = (),
        rows_made_by: Literal["create", "insert"] = "create",
    ) -> None:
        self.target = target
        self.skip_name_resolve = skip_name_resolve
        self.rows = _sorted_rows(target, accounts, roles, skip_name_resolve, created=rows_made_by == "create")
        self._anonymous = _Choice()
        self._by_user: dict[str, _Choice] = {}
        self._gate: _Gate | None = None
        for row in self.rows:
            if row.dropped:
                continue
            if row.anonymous:
                self._anonymous.rows.append(row)
                continue
            choice = self._by_user.get(row.user)
            if choice is None:
                choice = self._by_user[row.user] = _Choice()
            choice.rows.append(row)

    def as_seen(self, client: Client) -> Client:
        """Return `client` with the name that this server knows it by."""
        return as_seen(client, self.target.traits, skip_name_resolve=self.skip_name_resolve)

    def decide(self, user: str, client: Client, *, password: bool = True) -> Decision:
        """Return which row a connection of `user` from `client` gets, or the error that refuses it.

        The row is final: what its password, lock or REQUIRE say comes afterwards and never leads to another
        row (manual, access control stage 1; measured: H). `password`: whether the client sends one.
        """
        seen = self.as_seen(client)
        if seen.ip is not None and not self._opened().by(seen):
            message = f"Host '{seen.shown}' is not allowed to connect to this {self.target.server_name} server"
            return Decision(user, seen, HOST_NOT_ALLOWED, (), message)
        rows = self._anonymous.best(seen)
        named = self._by_user.get(user) if user else None
        if named is not None:
            own = named.best(seen)
            if own and (not rows or own[0].rank < rows[0].rank):
                rows = own
            elif own and own[0].rank == rows[0].rank:
                rows = own + rows
        if rows:
            return Decision(user, seen, None, tuple(rows), None)
        using = "YES" if password else "NO"
        message = f"Access denied for user '{user}'@'{seen.shown}' (using password: {using})"
        return Decision(user, seen, ACCESS_DENIED, (), message)

    def matching(self, user: str, client: Client) -> list[Row]:
        """Return every row that takes `user` from `client`, best first; only the first one counts."""
        seen = self.as_seen(client)
        named = self._by_user.get(user)
        rows = [*(named.rows if named and user else ()), *self._anonymous.rows]
        return sorted((row for row in rows if row.value.matches(seen)), key=_rank)

    def gate(self, client: Client) -> Row | None:
        """Return the first row of any user that lets `client` reach the handshake; None: error 1130.

        The local socket has no gate; for it the first row that matches is returned.
        """
        seen = self.as_seen(client)
        return next((row for row in self.rows if not row.dropped and row.value.opens(seen)), None)

    def _opened(self) -> "_Gate":
        if self._gate is None:
            self._gate = _Gate(self.rows)
        return self._gate


class _Gate:
    """All rows' host values, arranged for one question: may this client send a user name."""

    __slots__ = ("_everyone", "_texts", "_values")

    def __init__(self, rows: Iterable[Row]) -> None:
        values = {row.value for row in rows if not row.dropped}
        self._everyone = any(value.kind == "any" for value in values)
        self._texts = {value.folded for value in values if value.gate_is_text}
        self._values = [value for value in values if not value.gate_is_text]

    def by(self, client: Client) -> bool:
        ip, name = client
        return (
            self._everyone
            or (ip is not None and ip.lower() in self._texts)
            or (name is not None and name.lower() in self._texts)
            or any(value.matches(client) for value in self._values)
        )


def _rank(row: Row) -> int:
    return row.rank


def _sorted_rows(
    target: Target,
    accounts: Iterable[tuple[str, str]],
    roles: Container[int],
    skip_name_resolve: bool,  # noqa: FBT001 - private, passed on by position
    *,
    created: bool,
) -> tuple[Row, ...]:
    traits = target.traits
    values: dict[str, tuple[HostValue, int]] = {}
    keyed: list[tuple[int, str, str, int, HostValue]] = []
    by_text = traits.sort_order == "magic"
    for index, (written_user, written_host) in enumerate(accounts):
        known = values.get(written_host)
        if known is None:
            stored = stored_host(written_host, target) if created else inserted_host(written_host, target)
            value = host_value(stored, traits)
            known = values[written_host] = value, host_key(value) << 1
        value, key = known
        user = stored_user(written_user, target) if created else written_user.rstrip(" ")
        if counts_as_anonymous(user, value):
            key |= 1
        keyed.append((key, value.text if by_text else "", user, index, value))
    if by_text:
        keyed.sort(key=lambda entry: entry[1], reverse=True)
    keyed.sort(key=lambda entry: entry[0])
    unneeded = skip_name_resolve and traits.drops_unresolvable
    rows: list[Row] = []
    rank = -1
    before: tuple[int, str] | None = None
    for key, text, user, index, value in keyed:
        if (key, text) != before:
            rank += 1
            before = key, text
        dropped = (unneeded and resolves(value.text)) or (not traits.roles_match and index in roles)
        rows.append(Row(user, value, index, rank, dropped=dropped))
    return tuple(rows)
