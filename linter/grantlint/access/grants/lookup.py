"""Which rows of the grant tables serve a session, level by level, before anybody asks for a privilege."""

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access.grants.index import RowsByName, RowsInOrder
from grantlint.access.grants.roles import PUBLIC, members_matching, public_exists, with_nested
from grantlint.access.grants.row import Grantee, GrantRow, order_for
from grantlint.access.grants.table import GrantTable
from grantlint.access.host.client import Client
from grantlint.access.host.glob import address_glob
from grantlint.model.scope import Level, Scope

EVERYTHING = Scope(Level.GLOBAL)
ROUTINE_KINDS = ("FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY", "LIBRARY")

_ASIDE = 4
"""So many rows are passed over in the time of a look, which is also what it takes beside its rows."""


class Found:
    """The rows that one look-up finds and that count together.

    There is one alternative for each way in which a tie may end.
    """

    __slots__ = ("alternatives",)

    def __init__(self, alternatives: tuple[tuple[GrantRow, ...], ...]) -> None:
        self.alternatives = alternatives

    @property
    def rows(self) -> tuple[GrantRow, ...]:
        """All rows, whichever way a tie ends."""
        return tuple(row for rows in self.alternatives for row in rows)


class Lookup:
    """The look-ups for an account's sessions from one client.

    Its active roles are given. Without roles, and on MariaDB always, rows below the global level are sought by the
    account's user name and the client's host, whatever the account's host value is. MySQL with an active role takes the
    rows of exactly the account and its roles instead. An anonymous account gets nothing from mandatory roles, but is
    looked up in that way once one is active (seen on 9.7.4). (facts: I2, I3, I6; sql_security_ctx.cc db_acl, sql_acl.cc
    acl_get)
    """

    __slots__ = (
        "_found", "_gives", "_held", "_near", "_rows", "_seen", "account", "client", "global_accounts", "looks",
        "merged", "place", "public_only", "roles", "table", "unions",
    )  # fmt: skip

    def __init__(self, table: GrantTable, account: Grantee, client: Client, active: Iterable[Grantee]) -> None:
        self.table = table
        self.account = account
        self.client = client
        active = tuple(active)
        anonymous = not account[0] and table.target.product == "mysql"
        own = () if anonymous else with_nested(table, active)
        public = with_nested(table, (PUBLIC,)) if public_exists(table) else ()
        self.unions = tuple(roles for roles in (own, public) if roles)
        """The roles that MariaDB merges into one: the current one with its own, and PUBLIC with its own."""
        self.roles = tuple(dict.fromkeys((*own, *public)))
        self.public_only = frozenset(public) - frozenset(own)
        """The roles that the session has by MariaDB's PUBLIC alone."""
        self.merged = bool(active) and table.target.traits.role_patterns != "own"
        """Whether only the rows of exactly the account and its roles count."""
        self._rows: tuple[GrantRow, ...] | None = None
        self._near: Sequence[RowsByName] | None = None
        self._held: dict[tuple[Grantee, ...], RowsInOrder] = {}
        self._found: dict[str, tuple[Found, ...]] = {}
        self._gives: set[frozenset[str]] | None = None  # what each of the rows at hand gives
        self._seen = 0
        self.looks = 0
        """How many rows were looked at. Who pays for them sets it back."""
        self.place = order_for(account[0])
        """The sort key of rows at hand."""
        self.global_accounts = self._global_accounts(active)
        """The accounts whose global privileges the session may have got; one, but for a tie."""

    def _global_accounts(self, active: tuple[Grantee, ...]) -> tuple[Grantee, ...]:
        """Return the account, or on MariaDB with a role those to which the role was granted.

        MariaDB gives such a session the global privileges of the account that has the role, which may be another
        of the same name (sql_acl.cc, check_user_can_set_role; seen on 10.11.19).
        """
        if self.table.target.product == "mariadb" and active:
            members = members_matching(self.table, active[0], self.account[0], self.client)
            return members or (self.account,)
        return (self.account,)

    @property
    def holders(self) -> tuple[Grantee, ...]:
        """The account and all roles that count."""
        return (self.account, *self.roles)

    @property
    def rows_at_hand(self) -> tuple[GrantRow, ...]:
        """The user's and the anonymous rows of mysql.db, in order."""
        self._keep_up()
        if self._rows is None:
            rows = [row for near in self.near for row in near.rows if self.table.is_live(row)]
            self._rows = tuple(sorted(rows, key=self.place))
        return self._rows

    @property
    def near(self) -> Sequence[RowsByName]:
        """The rows at hand, by their names.

        In no order; some may not count.
        """
        self._keep_up()
        if self._near is None:
            user = self.account[0]
            if self.merged:
                rows = (row for row in self._database_rows_of(self.holders) if row.user in (user, ""))
                self._near = [RowsByName(rows, literal=self.table.literal_names)]
            else:
                self._near = self.table.database_rows_at(user, self.client)
        return self._near

    @property
    def own_rows(self) -> Sequence[GrantRow]:
        """The rows at hand of the very account, in order."""
        own = [
            row
            for row in self.table.rows_of(self.account)
            if row.scope.level is Level.DATABASE and self.table.is_live(row) and (self.merged or self.reaches(row))
        ]
        return sorted(own, key=self.place)

    def before(self, row: GrantRow) -> Sequence[GrantRow]:
        """Return the rows before one that may hide some of its privileges.

        They are rows at hand that may share a database with it, in order. Others may be among them.
        """
        place, given = self.place(row), row.privileges.keys()
        if self._gives is None:
            self._gives = {frozenset(one.privileges) for near in self.near for one in near.rows}
        if all(given <= kind for kind in self._gives):
            return ()
        meeting = [one for near in self.near if near.may_hide(row) for one in near.meeting(row)]
        self.looks += len(meeting) // _ASIDE
        ahead = [
            one
            for one in meeting
            if not one.privileges.keys() >= given and self.table.is_live(one) and self.place(one) < place
        ]
        self.looks += len(ahead)
        return sorted(ahead, key=self.place)

    def global_rows(self) -> Iterator[Found]:
        """Yield the global rows of the account and of each role.

        One look-up is for the account, then one for each role.
        """
        rows = (self.table.row(account, EVERYTHING) for account in self.global_accounts)
        yield Found(tuple(() if row is None else (row,) for row in rows))
        for role in self.roles:
            row = self.table.row(role, EVERYTHING)
            if row is not None:
                yield Found(((row,),))

    def database_rows(self, database: str) -> tuple[Found, ...]:
        """Return what the look-ups in mysql.db find for a database."""
        self._keep_up()
        found = self._found.get(database)
        if found is None:
            found = self._found[database] = tuple(self._look_up(database))
        return found

    def serves(self, row: GrantRow, database: str) -> bool:
        """Return whether these look-ups find a row."""
        return any(row is one for found in self.database_rows(database) for one in found.rows)

    def _keep_up(self) -> None:
        """Forget what was found before the table changed."""
        if self._seen != self.table.changes:
            self._seen = self.table.changes
            self._rows = self._near = self._gives = None
            self._held.clear()
            self._found.clear()

    def _look_up(self, database: str) -> Iterator[Found]:
        if self.merged:
            yield self._merged_database(database)
            return
        naming = [row for near in self.near for row in near.naming(database)]
        self.looks += _ASIDE + len(naming)
        named = [row for row in naming if self.names(row, database) and self.table.is_live(row)]
        yield self._first(sorted(named, key=self.place))
        if self.table.target.product == "mariadb":
            for roles in self.unions:
                yield self._role_database(roles, database)

    def object_rows(self, scope: Scope) -> Iterator[Found]:
        """Yield what the look-ups for a table or routine find.

        Names are literal there.
        """
        if self.merged:
            yield self._together(self.holders, scope)
            return
        rows = self.table.object_rows(self.account[0], scope)
        yield self._first(row for row in rows if self.reaches(row))
        if self.table.target.product == "mariadb":
            for roles in self.unions:
                yield self._together(roles, scope)

    def reaches(self, row: GrantRow) -> bool:
        """Return whether a row's host value matches the client.

        For routines the account's own host value stands in for the client's name: check_grant_routine hands over
        priv_host, check_grant the host (seen on 9.7.4).
        """
        if row.scope.level is Level.ROUTINE:
            return row.value.matches(Client(self.client.ip, self.account[1]))
        return row.value.matches(self.client)

    def names(self, row: GrantRow, database: str) -> bool:
        """Return whether a database row's name covers a database."""
        pattern = row.scope.database
        if self.table.literal_names:
            return pattern == database
        return address_glob(pattern, self.table.target.traits).matches(database)

    @staticmethod
    def _first(rows: Iterable[GrantRow]) -> Found:
        """Return the first of rows in their order, and whatever ties with it."""
        best: list[GrantRow] = []
        for row in rows:
            if best and row.rank != best[0].rank:
                break
            best.append(row)
        return Found(tuple((row,) for row in best))

    def _together(self, holders: Iterable[Grantee], scope: Scope) -> Found:
        rows = (self.table.row(holder, scope) for holder in holders)
        return Found((tuple(row for row in rows if row is not None),))

    def _database_rows_of(self, holders: Iterable[Grantee]) -> Iterator[GrantRow]:
        for holder in holders:
            for row in self.table.entries_of(holder):
                live = row.privileges or row.denied
                if row.scope.level is Level.DATABASE and live and row.scope.database:
                    yield row

    def _rows_naming(self, holders: Iterable[Grantee], database: str) -> Iterable[GrantRow]:
        """Return the rows of some accounts and roles that may name a database, in their order."""
        holders = tuple(holders)
        held = self._held.get(holders)
        if held is None:
            blind = self.table.target.traits.role_patterns == "all"
            held = self._held[holders] = RowsInOrder(
                self._database_rows_of(holders), literal=self.table.literal_names, blind=blind
            )
        return held.naming(database)

    def _merged_database(self, database: str) -> Found:
        """Find the name without wildcards, else the first of the others in byte order; equal names add up.

        Until 8.0.21 all matching names add up, upper and lower case being one.
        """
        all_of_them = self.table.target.traits.role_patterns == "all"
        matching: dict[str, list[GrantRow]] = {}
        for row in self._rows_naming(self.holders, database):
            pattern = row.scope.database
            if pattern == database or self.names(row, database) or (all_of_them and self._names_blind(row, database)):
                matching.setdefault(pattern, []).append(row)
        exact = matching.get(database)
        if exact is not None and not any(wildcard in database for wildcard in "_%"):
            return Found((tuple(exact),))
        names = sorted((name for name in matching if "_" in name or "%" in name), key=str.encode)
        if not all_of_them:
            names = names[:1]
        return Found((tuple(row for name in names for row in matching[name]),))

    def _names_blind(self, row: GrantRow, database: str) -> bool:
        pattern, database = row.scope.database.lower(), database.lower()
        if self.table.literal_names:
            return pattern == database
        return address_glob(pattern, self.table.target.traits).matches(database)

    def _role_database(self, roles: Iterable[Grantee], database: str) -> Found:
        """Merge a role's rows name by name with those of the roles in it, then take the first name.

        The look-up is for a client without name and address, so that anonymous rows for every host take part,
        behind the role's own (sql_acl.cc, acl_get with an empty host).
        """
        rows = [row for row in self._rows_naming(roles, database) if self.names(row, database)]
        if not rows:
            anonymous = self.table.database_rows("")
            return self._first(r for r in anonymous if not r.host.strip("%") and self.names(r, database))
        best = min(row.rank for row in rows)
        merged: dict[str, tuple[GrantRow, ...]] = {}
        for row in rows:
            if row.rank == best:
                merged[row.scope.database] = (*merged.get(row.scope.database, ()), row)
        return Found(tuple(merged.values()))
