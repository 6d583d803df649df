"""What a session may do, who gives it, and which grants look as if they gave it but do not.

>>> from grantlint.access.host.client import Client
>>> from grantlint.access.product.target import parse_target
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

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access.grants.hidden import denied_by, kept_from, why_not
from grantlint.access.grants.lookup import EVERYTHING, ROUTINE_KINDS, Found, Lookup
from grantlint.access.grants.opening import Opening
from grantlint.access.grants.restrictions.denials import NOTHING, Denials, Denied
from grantlint.access.grants.roles import active_roles, granted_roles, with_nested
from grantlint.access.grants.row import Grantee, GrantRow, shown
from grantlint.access.grants.table import GrantTable
from grantlint.access.grants.verdict import Given, Idle, Lost, Reason, Verdict
from grantlint.access.host.client import Client, as_seen
from grantlint.access.product.privileges.meaning import canonical, expand_all, implied_by
from grantlint.model.privilege import ALL, USAGE
from grantlint.model.scope import Level, Scope
from grantlint.platform.record import NamedTuple


class Held(NamedTuple):
    """A row for a session, and why it does not serve."""

    row: GrantRow
    role: Grantee | None
    idle: Idle | None


class _Question(NamedTuple):
    names: tuple[str, ...]  # the privilege, and SUPER where that amounts to it
    database: str | None
    scopes: tuple[Scope, ...]  # the table, or the routine once for each kind
    column: str | None


class Session:
    """A session of the account `user`@`host` (as stored), reached by `client`.

    `roles` replaces the roles that are active after login, as SET ROLE would.
    """

    __slots__ = ("account", "active", "client", "denials", "lookup", "table")

    def __init__(
        self, table: GrantTable, user: str, host: str, client: Client, *, roles: Iterable[Grantee] | None = None
    ) -> None:
        self.table = table
        self.account: Grantee = (user, host)
        by_address = table.settings.skip_name_resolve
        self.client = as_seen(client, table.target.traits, skip_name_resolve=by_address)
        self.active = active_roles(table, self.account, self.client) if roles is None else tuple(roles)
        self.lookup = Lookup(table, self.account, self.client, self.active)
        self.denials = Denials(self.lookup) if table.has_denials else None
        """What is denied, None where nothing is."""

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
        """Return whether the session has a privilege somewhere.

        That is on a database, a table, a column or a routine; without `database` at the global level. `kind` is
        FUNCTION, PROCEDURE ...; without it a routine of any kind will do. GRANT OPTION is asked for like a privilege;
        ALL means everything at that level.
        """
        name = canonical(privilege, self.table.target)
        question = self._question(name, database, table, column, routine, kind)
        if name == USAGE:
            return Verdict(allowed=True)
        if name != ALL:
            return self._verdict(question)
        if question.scopes:
            level = question.scopes[0].level
        else:
            level = Level.GLOBAL if database is None else Level.DATABASE
        parts = [
            self._verdict(self._question(part, database, table, column, routine, kind))
            for part in expand_all(self.table.target, level)
        ]
        return Verdict(
            all(part.allowed for part in parts),
            tuple(given for part in parts for given in part.by),
            lambda: tuple(lost for part in parts if not part.allowed for lost in part.hidden),
            uncertain=all(part.allowed or part.uncertain for part in parts) and any(part.uncertain for part in parts),
            but=tuple(dict.fromkeys(row for part in parts for row in part.but)),
            doubts=tuple(dict.fromkeys(row for part in parts for row in part.doubts)),
            error=next((part.error for part in parts if not part.allowed), None),
        )

    def denying(self, privilege: str, place: Sequence[str | None]) -> tuple[GrantRow, ...]:
        """Return the rows that deny a privilege at a place.

        They may deny it on parts of that alone. A place is a database, a table, a column and a routine.
        """
        if self.denials is None:
            return ()
        database, table, column, routine = place
        question = self._question(canonical(privilege, self.table.target), database, table, column, routine, None)
        denied = self.denials.of(question.names[0], [*self._found(question)], question.database, question.column)
        return (*denied.rows, *self._but(question))

    def undenied(self) -> "Session":
        """Return the session that there would be if no DENY counted."""
        other = Session(self.table, *self.account, self.client, roles=self.active)
        other.denials = None
        return other

    def may_use(self, database: str) -> bool:
        """Return whether the session may make a database its default one.

        Otherwise error 1044. Any privilege in it will do, on a table or routine too (facts: H4). GRANT OPTION by itself
        will where the server has that trait, and while a MySQL role is active (seen on 9.7.4). Where rows tie, the best
        case: what could come first and would not do is in `shutting_out`.
        """
        return bool(Opening(self.lookup, self.denials).rows(database))

    def shutting_out(self, database: str) -> tuple[GrantRow, ...]:
        """Return rows that may come first by a tie, opening nothing."""
        return Opening(self.lookup, self.denials).shut_out_by(database)

    def held(self) -> tuple[Held, ...]:
        """Return every row for the account's user name or its roles.

        Each says why it does not serve the session. A database row for a pattern serves as long as its host matches:
        for the names that no earlier row takes.
        """
        return tuple(Held(row, role, self._why_not(row, role)) for row, role in self._rows())

    def _rows(self) -> Iterator[tuple[GrantRow, Grantee | None]]:
        """Yield every row for the account's user name or its roles, those without effect too, each with its role."""
        roles = self.lookup.roles
        own = [row for grantee in self.table.grantees(self.account[0]) for row in self.table.rows_of(grantee)]
        own += [row for row in self.table.database_rows(self.account[0]) if row.user != self.account[0]]
        yield from ((row, None) for row in own if row.grantee not in roles)
        yield from ((row, role) for role in (*roles, *self._inactive()) for row in self.table.rows_of(role))

    def _why_not(self, row: GrantRow, role: Grantee | None) -> Idle | None:
        if role is not None and role not in self.lookup.roles:
            return Idle(Reason.INACTIVE, f"role {shown(role)} is granted but not active")
        return why_not(self.lookup, row)

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
        finds = [*self._found(question)]
        denied = self._denied(question, finds)
        for found in finds:
            given = [[g for row in rows for g in self._given(row, question)] for rows in found.alternatives]
            if denied:
                given = [[g for g in each if not denied[g.privilege].rows] for each in given]
            if given and all(given):
                sure += [g for each in given for g in each]
            else:
                open_ += [g for each in given for g in each]
            columns |= dict.fromkeys(c for row in found.rows for c in _columns(row, question.names))
        doubts = tuple(dict.fromkeys(row for g in sure for row in denied.get(g.privilege, NOTHING).doubts))
        if doubts and all(denied[g.privilege].doubts for g in sure):
            sure, open_ = [], [*sure, *open_]
        elif doubts:
            doubts = ()
        by = tuple(sure or open_)
        partly = () if sure or question.column else tuple(columns)
        error = None if sure else _error(question, any_column=bool(columns))
        return Verdict(
            bool(sure),
            by,
            lambda: tuple(self._lost(question, {id(given.row) for given in by})),
            uncertain=bool(open_) and not sure,
            columns=partly,
            but=self._but(question) if sure else (),
            doubts=doubts,
            error=error,
        )

    def _denied(self, question: _Question, finds: Sequence[Found]) -> dict[str, Denied]:
        """Return what denies each of the names, nothing where nothing is denied to anybody."""
        if self.denials is None:
            return {}
        return {n: self.denials.of(n, finds, question.database, question.column) for n in question.names}

    def _but(self, question: _Question) -> tuple[GrantRow, ...]:
        """Return what denies the privilege on a part of the place.

        That SUPER amounts to it is one more way, which is not followed into the parts.
        """
        if self.denials is None:
            return ()
        scope = EVERYTHING if question.database is None else Scope(Level.DATABASE, question.database)
        for place in question.scopes[:1]:
            scope = place
        return self.denials.parts(question.names[:1], scope, question.column)

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
                yield Given(row, name, (*row.privileges[name],), role)
            elif question.column and name in row.columns.get(question.column, {}):
                yield Given(row, name, (*row.columns[question.column][name],), role)

    def _restricted(self, row: GrantRow, name: str, database: str | None) -> bool:
        if database is None or row.scope != EVERYTHING:
            return False
        return self.table.restricted(row.grantee, database, name)

    # -- what does not count, and why ------------------------------------------------------------------

    def _lost(self, question: _Question, in_force: set[int]) -> Iterator[Lost]:
        for row, role in self._rows():
            named = any(name in row.privileges for name in question.names)
            if not named or id(row) in in_force or not self._concerns(row, question):
                continue
            why = self._why_not(row, role) or why_not(self.lookup, row, question.database)
            yield Lost(row, why or self._out_of(row, question))

    def _out_of(self, row: GrantRow, question: _Question) -> Idle:
        """Return why a row that its look-up finds gives nothing: a DENY, a partial revoke, or a tie."""
        denied = self._denied(question, [*self._found(question)]) if self.denials is not None else {}
        denying = [one for name in question.names for one in denied.get(name, NOTHING).rows]
        if denying:
            return denied_by(denying[0])
        restricted = self.table.restrictions.of(row.grantee, question.database or "")
        if any(name in restricted for name in question.names):
            return kept_from(question.database)
        return Idle(Reason.TIED, "it ties with a row that may come first")

    def _concerns(self, row: GrantRow, question: _Question) -> bool:
        if row.scope.level is Level.GLOBAL:
            return True
        if row.scope.level is Level.DATABASE:
            return question.database is not None and self.lookup.names(row, question.database)
        return row.scope in question.scopes

    def _inactive(self) -> tuple[Grantee, ...]:
        granted = with_nested(self.table, granted_roles(self.table, self.account, self.client))
        return tuple(role for role in granted if role not in self.lookup.roles)


def _error(question: _Question, *, any_column: bool) -> int:
    if question.database is None:
        return 1227
    if not question.scopes:
        return 1044
    if question.scopes[0].level is Level.ROUTINE:
        return 1370
    return 1143 if question.column and any_column else 1142


def _columns(row: GrantRow, names: tuple[str, ...]) -> Iterator[str]:
    return (column for column, given in row.columns.items() if any(name in given for name in names))
