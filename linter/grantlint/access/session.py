"""What a session may do, who gives it, and which grants look as if they gave it but do not.

>>> from grantlint.access.client import Client
>>> from grantlint.access.target import parse_target
>>> table = GrantTable(parse_target("mysql-8.4"))
>>> table.grant("app", "%", "shop.*", ["SELECT"], origin=1)
>>> table.grant("app", "10.%", "`shop%`.*", ["INSERT"], origin=2)
>>> session = Session(table, "app", "%", Client.tcp("10.0.0.7"))
>>> session.may("INSERT", "shop", "orders").by[0].origins
(2,)
>>> verdict = session.may("SELECT", "shop", "orders")
>>> verdict.allowed, verdict.hidden[0].why
(False, "only one database row counts, and `shop%`.* TO 'app'@'10.%' comes first")
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grantlint.access.client import Client, as_seen
from grantlint.access.grantrow import Grantee, GrantRow, Origins, shown
from grantlint.access.grants import GrantTable
from grantlint.access.lookup import EVERYTHING, ROUTINE_KINDS, Found, Lookup
from grantlint.access.privileges import canonical, expand_all, implied_by
from grantlint.access.roles import active_roles, granted_roles, with_nested
from grantlint.model.privilege import ALL, USAGE
from grantlint.model.scope import Level, Scope, literal_of


class Given(NamedTuple):
    """A privilege in force: the row that holds it, by which name, what gave it, and the role if it comes by one."""

    row: GrantRow
    privilege: str
    origins: Origins
    role: Grantee | None = None


class Lost(NamedTuple):
    """A row that names the privilege and does not give it to this session, with the reason as a clause."""

    row: GrantRow
    why: str


class Verdict(NamedTuple):
    """Whether a session has a privilege.

    `uncertain`: rows tie and disagree, so that the order of the statements, FLUSH or a restart decides; allowed
    is False then. `columns`: it has the privilege on these columns only.
    """

    allowed: bool
    by: tuple[Given, ...] = ()
    hidden: tuple[Lost, ...] = ()
    uncertain: bool = False
    columns: tuple[str, ...] = ()


class Held(NamedTuple):
    """A row and whether it serves the session: `why_not` is '' where it does."""

    row: GrantRow
    role: Grantee | None
    why_not: str


class _Question(NamedTuple):
    names: tuple[str, ...]  # the privilege, and SUPER where that amounts to it
    database: str | None
    scopes: tuple[Scope, ...]  # the table, or the routine once for each kind
    column: str | None


class Session:
    """A session of the account `user`@`host` (as stored), reached by `client`.

    `roles` replaces the roles that are active after login, as SET ROLE would.
    """

    __slots__ = ("account", "active", "client", "lookup", "table")

    def __init__(
        self, table: GrantTable, user: str, host: str, client: Client, *, roles: Iterable[Grantee] | None = None
    ) -> None:
        self.table = table
        self.account: Grantee = (user, host)
        by_address = table.settings.skip_name_resolve
        self.client = as_seen(client, table.target.traits, skip_name_resolve=by_address)
        self.active = active_roles(table, self.account, self.client) if roles is None else tuple(roles)
        self.lookup = Lookup(table, self.account, self.client, self.active)

    def may(
        self,
        privilege: str,
        database: str | None = None,
        table: str | None = None,
        *,
        column: str | None = None,
        routine: str | None = None,
        kind: str | None = None,
    ) -> Verdict:
        """Return whether the session has a privilege: everywhere, on a database, a table, a column, a routine.

        Without `database` the question is for the global level. `kind` is FUNCTION, PROCEDURE ...; without it a
        routine of any kind will do. GRANT OPTION is asked for like a privilege; ALL means everything at that level.
        """
        name = canonical(privilege, self.table.target)
        question = self._question(name, database, table, column, routine, kind)
        if name == USAGE:
            return Verdict(allowed=True)
        if name != ALL:
            return self._verdict(question)
        level = question.scopes[0].level if question.scopes else Level.GLOBAL if database is None else Level.DATABASE
        parts = [
            self._verdict(self._question(part, database, table, column, routine, kind))
            for part in expand_all(self.table.target, level)
        ]
        return Verdict(
            all(part.allowed for part in parts),
            tuple(given for part in parts for given in part.by),
            tuple(lost for part in parts if not part.allowed for lost in part.hidden),
            all(part.allowed or part.uncertain for part in parts) and any(part.uncertain for part in parts),
        )

    def may_use(self, database: str) -> bool:
        """Return whether the session may make a database its default one, and sees it in SHOW DATABASES.

        Any privilege in it will do, on a table or routine too; SHOW DATABASES lets it see only (measured: H9).
        """
        database = self.table.fold(database)
        usable = set(expand_all(self.table.target, Level.DATABASE))
        for found in self.lookup.global_rows():
            for row in found.rows:
                if any(not self.table.restricted(row.grantee, database, n) for n in usable & row.privileges.keys()):
                    return True
        if any(usable & row.privileges.keys() for f in self.lookup.database_rows(database) for row in f.rows):
            return True
        return any(row.scope.database == database for row in self._object_rows())

    def held(self) -> tuple[Held, ...]:
        """Return every row for the account's user name or its roles, with why it does not serve the session.

        A database row for a pattern serves as long as its host matches: for the names that no earlier row takes.
        """
        own = [row for grantee in self.table.grantees(self.account[0]) for row in self.table.rows_of(grantee)]
        own += [row for row in self.table.database_rows(self.account[0]) if row.user != self.account[0]]
        rows = [Held(row, None, self._why_not(row)) for row in own if row.grantee not in self.lookup.roles]
        rows += [Held(row, role, self._why_not(row)) for role in self.lookup.roles for row in self.table.rows_of(role)]
        for role in self._inactive():
            why = f"role {shown(role)} is granted but not active"
            rows += [Held(row, role, why) for row in self.table.rows_of(role)]
        return tuple(rows)

    # -- one privilege ---------------------------------------------------------------------------------

    def _question(
        self,
        name: str,
        database: str | None,
        table: str | None,
        column: str | None,
        routine: str | None,
        kind: str | None,
    ) -> _Question:
        names = (name, "SUPER") if name in implied_by("SUPER", self.table.target) else (name,)
        fold = self.table.fold
        scopes: tuple[Scope, ...] = ()
        if database is not None:
            database = fold(database)
            if table is not None:
                scopes = (Scope(Level.TABLE, database, fold(table)),)
            elif routine is not None:
                kinds = (kind.upper(),) if kind else ROUTINE_KINDS
                scopes = tuple(Scope(Level.ROUTINE, database, routine.lower(), k) for k in kinds)
        return _Question(names, database, scopes, column.lower() if column else None)

    def _verdict(self, question: _Question) -> Verdict:
        sure: list[Given] = []
        open_: list[Given] = []
        columns: dict[str, None] = {}
        for found in self._found(question):
            given = [[g for row in rows for g in self._given(row, question)] for rows in found.alternatives]
            if given and all(given):
                sure += [g for each in given for g in each]
            else:
                open_ += [g for each in given for g in each]
            columns |= dict.fromkeys(c for row in found.rows for c in _columns(row, question.names))
        by = tuple(sure or open_)
        hidden = tuple(self._lost(question, {id(given.row) for given in by}))
        partly = () if sure or question.column else tuple(columns)
        return Verdict(bool(sure), by, hidden, bool(open_) and not sure, partly)

    def _found(self, question: _Question) -> Iterator[Found]:
        yield from self.lookup.global_rows()
        if question.database is not None:
            yield from self.lookup.database_rows(question.database)
        for scope in question.scopes:
            yield from self.lookup.object_rows(scope)

    def _given(self, row: GrantRow, question: _Question) -> Iterator[Given]:
        role = row.grantee if row.grantee in self.lookup.roles else None
        for name in question.names:
            if name in row.privileges and not self._restricted(row, name, question.database):
                yield Given(row, name, row.privileges[name], role)
            elif question.column and name in row.columns.get(question.column, {}):
                yield Given(row, name, row.columns[question.column][name], role)

    def _restricted(self, row: GrantRow, name: str, database: str | None) -> bool:
        if database is None or row.scope != EVERYTHING:
            return False
        return self.table.restricted(row.grantee, database, name)

    # -- what does not count, and why ------------------------------------------------------------------

    def _lost(self, question: _Question, in_force: set[int]) -> Iterator[Lost]:
        for held in self.held():
            row = held.row
            named = any(name in row.privileges for name in question.names)
            if not named or id(row) in in_force or not self._concerns(row, question):
                continue
            why = held.why_not or self._why_not(row, question)
            yield Lost(row, why or "it ties with a row that may come first")

    def _concerns(self, row: GrantRow, question: _Question) -> bool:
        if row.scope.level is Level.GLOBAL:
            return True
        if row.scope.level is Level.DATABASE:
            return question.database is not None and self.lookup.names(row, question.database)
        return row.scope in question.scopes

    def _why_not(self, row: GrantRow, question: _Question | None = None) -> str:
        """Return why a row does not serve this session, or does not for this question; '' if it does."""
        level = row.scope.level
        if level is Level.GLOBAL:
            if row.grantee not in self.lookup.holders:
                return f"a global privilege counts for the matched account alone, {shown(self.account)}"
            restricted = question is not None and question.database is not None
            return f"a partial revoke keeps it from {question.database}" if restricted and question else ""
        if self.lookup.merged and row.grantee not in self.lookup.holders:
            return f"while a role is active only rows of {shown(self.account)} itself and of its roles count"
        if not self.lookup.merged and row.grantee not in self.lookup.roles and not row.value.matches(self.client):
            return f"its host value {row.host!r} does not match {self.client}"
        if level is Level.DATABASE:
            database = question.database if question else self._only_database(row)
            return "" if database is None else self._why_later(row, self.lookup.database_rows(database))
        return self._why_later(row, self.lookup.object_rows(row.scope))

    def _only_database(self, row: GrantRow) -> str | None:
        return row.scope.database if self.table.literal_names else literal_of(row.scope.database)

    def _why_later(self, row: GrantRow, finds: Iterable[Found]) -> str:
        winner: GrantRow | None = None
        for found in finds:
            if row in found.rows:
                return ""
            winner = winner or next(iter(found.rows), None)
        if winner is None:
            return "it has no database name" if not row.scope.database else "no look-up finds it"
        if self.lookup.merged:
            return f"while a role is active only the first matching name counts, and {winner.scope} comes first"
        table = "database row" if row.scope.level is Level.DATABASE else "row"
        return f"only one {table} counts, and {winner} comes first"

    def _inactive(self) -> tuple[Grantee, ...]:
        granted = with_nested(self.table, granted_roles(self.table, self.account, self.client))
        return tuple(role for role in granted if role not in self.lookup.roles)

    def _object_rows(self) -> Iterator[GrantRow]:
        for held in self.held():
            if held.row.scope.level in (Level.TABLE, Level.ROUTINE) and not held.why_not:
                yield held.row


def _columns(row: GrantRow, names: tuple[str, ...]) -> Iterator[str]:
    return (column for column, given in row.columns.items() if any(name in given for name in names))
