"""The grant tables as a server holds them: one row for each grantee and scope, filled by GRANT and REVOKE.

Names are plain texts. What the caller hands over as `origin` (an index, a place in a file) is kept with each
privilege and handed back, never looked at.
"""

from collections.abc import Iterable, Iterator

from grantlint.access.accounts.stored import stored_host
from grantlint.access.grants.index import DatabaseRows, RowsAtHost
from grantlint.access.grants.restrictions.partial_revokes import Restrictions
from grantlint.access.grants.row import Grantee, GrantRow, add, remove
from grantlint.access.grants.settings import GrantSettings
from grantlint.access.host.client import Client
from grantlint.access.host.value import host_value
from grantlint.access.product.privileges.meaning import effects, expand, expand_all
from grantlint.access.product.target import Target
from grantlint.model.privilege import ALL, GRANT_OPTION, Privilege, parse_privilege
from grantlint.model.scope import Level, Scope, parse_scope


class GrantTable:
    """The grants of one server, by grantee.

    >>> from grantlint.access.product.target import parse_target
    >>> table = GrantTable(parse_target("mysql-8.4"))
    >>> table.grant("app", "10.%", "shop.*", ["SELECT", "INSERT"], origin="line 3")
    >>> [row.privileges for row in table.database_rows("app")]
    [{'SELECT': ('line 3',), 'INSERT': ('line 3',)}]
    """

    def __init__(self, target: Target, settings: GrantSettings | None = None) -> None:
        self.target = target
        self.settings = settings or GrantSettings()
        self.roles: dict[Grantee, dict[Grantee, tuple[object, ...]]] = {}
        """Each grantee's roles, with what gave them."""
        self.default_roles: dict[Grantee, tuple[Grantee, ...]] = {}
        """What SET DEFAULT ROLE said."""
        self.restrictions = Restrictions()
        """Partial revokes."""
        self.has_denials = False
        """Whether some DENY stands: mostly none does, and nothing has to be looked up."""
        self._rows: dict[Grantee, dict[Scope, GrantRow]] = {}
        self._grantees: dict[str, dict[Grantee, None]] = {}
        self._databases = DatabaseRows(self.is_live, literal=self.literal_names)
        self._count = 0
        self._objects: dict[tuple[str, Scope], list[GrantRow]] = {}
        self._members: set[str] = set()
        self._role_names: set[str] = set()

    # -- statements ------------------------------------------------------------------------------------

    def create_role(self, name: str) -> None:
        """Note a MariaDB role, so that its bare name means it."""
        self._role_names.add(name)

    def grantee(self, user: str, host: str | None) -> Grantee:
        """Return user and host as stored.

        No host means `%`, or on MariaDB the role or PUBLIC of that name.
        """
        if host is None:
            if self._is_role(user):
                return ("PUBLIC" if user.upper() == "PUBLIC" else user), ""
            host = "%"
        return user, stored_host(host, self.target)

    def grant(
        self,
        user: str,
        host: str | None,
        scope: str | Scope,
        privileges: Iterable[str | Privilege],
        *,
        option: bool = False,
        origin: object = None,
    ) -> None:
        """Do GRANT privileges ON scope TO user@host.

        WITH GRANT OPTION where `option` says so. Raises ScopeSyntaxError if `scope` is no target. Privileges are not
        checked: `privileges.refusal` does.
        """
        scope = self._folded(scope)
        grantee = self.grantee(user, host)
        row = self._row(grantee, scope)
        for columns, given in effects(_parsed(privileges), self.target, scope.level):
            for column in columns:
                add(row.columns.setdefault(column.lower(), {}), given, origin)
            if not columns:
                add(row.privileges, given, origin)
                self.restrictions.lift(grantee, scope, given)
        if option:
            add(row.privileges, (GRANT_OPTION,), origin)

    def deny(
        self,
        user: str,
        host: str | None,
        scope: str | Scope,
        privileges: Iterable[str | Privilege],
        *,
        origin: object = None,
    ) -> None:
        """Do DENY privileges ON scope TO user@host, MariaDB's.

        Raises ScopeSyntaxError if `scope` is no target.
        """
        scope = self._folded(scope)
        row = self._row(self.grantee(user, host), scope)
        self.has_denials = True
        for columns, kept in effects(_parsed(privileges), self.target, scope.level):
            for column in columns:
                add(row.denied_columns.setdefault(column.lower(), {}), kept, origin)
            if not columns:
                add(row.denied, kept, origin)

    def revoke(
        self,
        user: str,
        host: str | None,
        scope: str | Scope,
        privileges: Iterable[str | Privilege],
        *,
        origin: object = None,
    ) -> None:
        """Do REVOKE privileges ON scope FROM user@host.

        With partial_revokes, taking from a database what the grantee holds globally, and not there as well, leaves a
        restriction: what it holds there goes first (asked of 9.7.4).
        """
        scope = self._folded(scope)
        grantee = self.grantee(user, host)
        row = self.row(grantee, scope)
        self._databases.forget(user)
        for name, columns in _parsed(privileges):
            if name == ALL and scope.level is Level.GLOBAL and self.target.traits.revoke_all_takes_everything:
                self.revoke_everything(user, host)
                continue
            taken = expand(name, self.target, scope.level)
            elsewhere = tuple(one for one in taken if row is None or one not in row.privileges)
            if row is not None:
                for column in columns or tuple(row.columns):
                    row.take(column.lower(), taken)
                if not columns:
                    remove(row.privileges, taken)
            if scope.level is Level.GLOBAL:
                self.restrictions.lift(grantee, scope, taken)
            elif scope.level is Level.DATABASE and self.literal_names:
                everywhere = self.row(grantee, Scope(Level.GLOBAL))
                if everywhere is not None:
                    of_databases = expand_all(self.target, Level.DATABASE)
                    held = (name for name in elsewhere if name in everywhere.privileges and name in of_databases)
                    self.restrictions.add(grantee, scope.database, held, origin)

    def revoke_everything(self, user: str, host: str | None) -> None:
        """Do REVOKE ALL PRIVILEGES, GRANT OPTION, which leaves roles."""
        grantee = self.grantee(user, host)
        self._databases.forget(user)
        for row in self._rows.get(grantee, {}).values():
            if row.scope.level is not Level.PROXY:
                row.privileges.clear()
                row.columns.clear()
        self.restrictions.forget(grantee)

    def grant_role(
        self, role: str, role_host: str | None, user: str, host: str | None, *, origin: object = None
    ) -> None:
        """Do GRANT role TO user@host; the member may be a role itself."""
        member = self.grantee(user, host)
        roles = self.roles.setdefault(member, {})
        self._grantees.setdefault(user, {})[member] = None
        self._members.add(member[0])
        key = self._role(role, role_host)
        roles[key] = (*roles.get(key, ()), origin)

    def set_default_roles(self, user: str, host: str | None, roles: Iterable[tuple[str, str | None]] | None) -> None:
        """Do SET DEFAULT ROLE.

        No roles is NONE, None is ALL that are granted so far; MariaDB has one at most.
        """
        grantee = self.grantee(user, host)
        if roles is None:
            self.default_roles[grantee] = tuple(self.roles.get(grantee, ()))
        else:
            self.default_roles[grantee] = tuple(self._role(name, role_host) for name, role_host in roles)

    @property
    def changes(self) -> int:
        """How often rows of mysql.db were changed."""
        return self._databases.changes

    # -- rows ------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[GrantRow]:
        """Yield every row that gives something, by grantee."""
        return (row for rows in self._rows.values() for row in rows.values() if row.gives)

    def row(self, grantee: Grantee, scope: Scope) -> GrantRow | None:
        """Return a grantee's own row at exactly this scope."""
        return self._rows.get(grantee, {}).get(scope)

    def grantees(self, user: str) -> tuple[Grantee, ...]:
        """Return the accounts of a user name with grants or roles."""
        return tuple(self._grantees.get(user, ()))

    def members(self, user: str) -> tuple[Grantee, ...]:
        """Return those of `grantees` to which some role was granted."""
        if user not in self._members:
            return ()
        return tuple([grantee for grantee in self._grantees[user] if grantee in self.roles])

    def rows_of(self, grantee: Grantee) -> tuple[GrantRow, ...]:
        """Return a grantee's own rows at every scope."""
        return tuple(row for row in self._rows.get(grantee, {}).values() if row.gives)

    def entries_of(self, grantee: Grantee) -> tuple[GrantRow, ...]:
        """Return `rows_of` and the rows that only deny."""
        return tuple(row for row in self._rows.get(grantee, {}).values() if row.gives or row.denies)

    def database_rows(self, user: str) -> tuple[GrantRow, ...]:
        """Return the rows of mysql.db for a user, best first.

        At any host, the anonymous ones and those that deny included. Rows of equal `rank` tie. MariaDB's role rows are
        not among them.
        """
        return self._databases.of(user)

    def database_rows_at(self, user: str, client: Client) -> tuple[RowsAtHost, ...]:
        """Return those of `database_rows` that match a client as seen.

        Some that are not live are among them. They come in no order.
        """
        return self._databases.at(user, client)

    def may_share(self, grantee: Grantee) -> bool:
        """Return whether other grantees' database rows may serve its clients."""
        user, host = grantee
        return self._databases.may_share(user, host_value(host, self.target.traits))

    def kinds(self, user: str) -> frozenset[tuple[str, frozenset[str]]]:
        """Return the distinct database names, each with its privileges, of `database_rows`."""
        return self._databases.kinds(user)

    def object_rows(self, user: str, scope: Scope) -> tuple[GrantRow, ...]:
        """Return a user's rows on one object, best first."""
        rows = self._objects.get((user, scope), ())
        live = (row for row in rows if row.gives or row.denies)
        return tuple(sorted(live, key=lambda row: row.rank))

    def restricted(self, grantee: Grantee, database: str, privilege: str) -> bool:
        """Return whether a partial revoke bars a privilege on a database."""
        return privilege in self.restrictions.of(grantee, self.fold(database))

    @property
    def literal_names(self) -> bool:
        """Whether partial_revokes makes database names literal (facts: I5)."""
        return self.settings.partial_revokes and self.target.traits.partial_revokes

    def fold(self, name: str) -> str:
        """Return a database or table name as the server compares it."""
        return name.lower() if self.settings.lower_case_table_names else name

    def is_live(self, row: GrantRow) -> bool:
        """Return whether a row of mysql.db counts.

        It has something to say, and a database that says where; a role of MariaDB has no host value.
        """
        live = row.privileges or row.denied
        return bool(live and row.scope.database and (row.host or not self._is_role(row.user)))

    # -- details ---------------------------------------------------------------------------------------

    def _is_role(self, name: str) -> bool:
        if self.target.product != "mariadb":
            return False
        return name in self._role_names or (self.target.traits.public_role and name.upper() == "PUBLIC")

    def _role(self, name: str, host: str | None) -> Grantee:
        if self.target.product == "mariadb":
            return name, ""
        return name, stored_host("%" if host is None else host, self.target)

    def _folded(self, scope: str | Scope) -> Scope:
        scope = parse_scope(scope) if isinstance(scope, str) else scope
        if scope.level is Level.ROUTINE:
            return scope._replace(database=self.fold(scope.database), name=scope.name.lower())
        if scope.level is Level.PROXY or not self.settings.lower_case_table_names:
            return scope
        return scope._replace(database=self.fold(scope.database), name=self.fold(scope.name))

    def _row(self, grantee: Grantee, scope: Scope) -> GrantRow:
        rows = self._rows.setdefault(grantee, {})
        row = rows.get(scope)
        if row is None:
            user, host = grantee
            self._grantees.setdefault(user, {})[grantee] = None
            self._count += 1
            row = rows[scope] = GrantRow(user, host_value(host, self.target.traits), scope, self._count)
            if scope.level is Level.DATABASE:
                self._databases.add(row)
            elif scope.level is not Level.GLOBAL:
                self._objects.setdefault((user, scope), []).append(row)
        if scope.level is Level.DATABASE:
            self._databases.forget(grantee[0])
        return row


def _parsed(privileges: Iterable[str | Privilege]) -> tuple[Privilege, ...]:
    return tuple([parse_privilege(one) if isinstance(one, str) else one for one in privileges])
