"""Which account row a connection gets: the host gate, then the first row in the server's order."""

from collections.abc import Container, Iterable

from grantlint.access.accounts.candidates import Candidates
from grantlint.access.accounts.reasons import explain
from grantlint.access.accounts.rows import Row, RowsMadeBy, by_rank, sorted_rows
from grantlint.access.host.client import Client, as_named, as_seen
from grantlint.access.product.target import Target
from grantlint.platform.record import NamedTuple

HOST_NOT_ALLOWED = 1130
ACCESS_DENIED = 1045
_SMALL = 8


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


class AccountTable:
    """The account rows of one server, sorted as it sorts them.

    >>> from grantlint.access import parse_target
    >>> table = AccountTable(parse_target("mysql-8.4"), [("jeffrey", "%"), ("", "thomas.loc.gov")])
    >>> [str(row) for row in table.rows]
    ["''@'thomas.loc.gov'", "'jeffrey'@'%'"]
    >>> table.decide("jeffrey", Client.tcp("144.155.166.177", "thomas.loc.gov")).rows
    (<''@'thomas.loc.gov' rank 0>,)

    `accounts` are (user, host value) pairs as statements write them, judged as they stand after FLUSH
    PRIVILEGES or a restart ("create_flush") or before ("create"), or as they stand in the grant table
    ("insert"). `roles` holds the positions of those that are roles.
    """

    __slots__ = ("_by_user", "_gate", "_indexes", "rows", "skip_name_resolve", "target")

    def __init__(
        self,
        target: Target,
        accounts: Iterable[tuple[str, str]],
        *,
        skip_name_resolve: bool = False,
        roles: Container[int] = (),
        rows_made_by: RowsMadeBy = "create_flush",
    ) -> None:
        self.target = target
        self.skip_name_resolve = skip_name_resolve
        self.rows = sorted_rows(target, accounts, roles, skip_name_resolve=skip_name_resolve, made_by=rows_made_by)
        self._by_user: dict[str, list[Row]] = {}
        self._indexes: dict[str, Candidates[Row]] = {}
        self._gate: _Gate | None = None
        for row in self.rows:
            if not row.dropped:
                self._by_user.setdefault(row.user, []).append(row)

    def as_seen(self, client: Client) -> Client:
        """Return `client` with the name that this server knows it by."""
        return as_seen(client, self.target.traits, skip_name_resolve=self.skip_name_resolve)

    def decide(self, user: str, client: Client, *, password: bool = True) -> Decision:
        """Return the row that a connection gets, or its error.

        The row is final: what its password, lock or REQUIRE say comes afterwards and never leads to another row
        (manual, access control stage 1; facts: H1, H2). `password`: whether the client sends one.
        """
        seen = self.as_seen(client)
        user = as_named(user, self.target.traits)
        if seen.ip is not None and not self._opened().by(seen):
            message = f"Host '{seen.shown}' is not allowed to connect to this {self.target.server_name} server"
            return Decision(user, seen, HOST_NOT_ALLOWED, (), message)
        rows = self._best("", seen)
        own = self._best(user, seen) if user else []
        if own and (not rows or own[0].rank <= rows[0].rank):
            rows = own + rows if rows and own[0].rank == rows[0].rank else own
        if rows:
            return Decision(user, seen, None, tuple(rows), None)
        using = "YES" if password else "NO"
        message = f"Access denied for user '{user}'@'{seen.shown}' (using password: {using})"
        return Decision(user, seen, ACCESS_DENIED, (), message)

    def matching(self, user: str, client: Client) -> list[Row]:
        """Return every row that matches a user and client, best first.

        Only the first one counts.
        """
        seen = self.as_seen(client)
        user = as_named(user, self.target.traits)
        rows = [*self._by_user.get("", ()), *(self._by_user.get(user, ()) if user else ())]
        return sorted((row for row in rows if row.value.matches(seen)), key=by_rank)

    def explain(self, row: Row, user: str, client: Client) -> str:
        """Return why a row matches a client or not, as a clause.

        Its rank is another matter.

        >>> from grantlint.access import parse_target
        >>> table = AccountTable(parse_target("mysql-9.7"), [("app", "10.0.3.5/24")])
        >>> table.explain(table.rows[0], "app", Client.tcp("10.0.3.7"))
        'no client ever matches it: host bits are set: the network would be 10.0.3.0/24'
        """
        if row.dropped:
            if not self.target.traits.roles_match and row.role:
                return "a role: nobody connects as one"
            return "not loaded: skip_name_resolve is on and the host value needs a look-up"
        if not row.anonymous and row.user != as_named(user, self.target.traits):
            return f"for the user {row.user!r}, in exactly this spelling"
        return explain(row.value, self.as_seen(client), client.name, skip_name_resolve=self.skip_name_resolve)

    def gate(self, client: Client) -> Row | None:
        """Return the first row of any user whose host admits the client.

        None: error 1130. The local socket has no gate; for it the first row that matches is returned.
        """
        seen = self.as_seen(client)
        return next((row for row in self.rows if not row.dropped and row.value.opens(seen)), None)

    def _best(self, user: str, client: Client) -> list[Row]:
        """Return the matching rows of least rank among those of `user`."""
        rows = self._by_user.get(user, ())
        if len(rows) > _SMALL:
            index = self._indexes.get(user)
            if index is None:
                index = self._indexes[user] = Candidates(rows)
            return _best_of(index, client)
        found: list[Row] = []
        for row in rows:
            if found and row.rank > found[0].rank:
                break
            if row.value.matches(client):
                found.append(row)
        return found

    def _opened(self) -> "_Gate":
        if self._gate is None:
            self._gate = _Gate(self.rows)
        return self._gate


def _best_of(index: Candidates[Row], client: Client) -> list[Row]:
    """Return the rows of least rank that match a client."""
    found: list[Row] = []
    for row in index.near(client):
        if (not found or row.rank <= found[0].rank) and row.value.matches(client):
            if found and row.rank < found[0].rank:
                found.clear()
            if row not in found:
                found.append(row)
    return found


class _Gate:
    """All rows' host values, arranged for one question: may this client send a user name."""

    __slots__ = ("_everyone", "_matching", "_texts")

    def __init__(self, rows: Iterable[Row]) -> None:
        distinct = {row.value: row for row in rows if not row.dropped}
        self._everyone = any(value.kind == "any" for value in distinct)
        self._texts = {value.folded for value in distinct if value.gate_is_text}
        self._matching = Candidates(row for value, row in distinct.items() if not value.gate_is_text)

    def by(self, client: Client) -> bool:
        ip, name = client
        return (
            self._everyone
            or (ip is not None and ip.lower() in self._texts)
            or (name is not None and name.lower() in self._texts)
            or any(row.value.matches(client) for row in self._matching.near(client))
        )
