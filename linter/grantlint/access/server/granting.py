"""From declarations to grant tables: what GRANT would have made of them."""

from collections.abc import Callable, Iterable

from grantlint.access.accounts.stored import BLANKS
from grantlint.access.grants.table import GrantTable
from grantlint.access.product.privileges.refusal import is_refused
from grantlint.model import Account, DeclaredServer, EveryRole, Grant, GrantTo, Membership
from grantlint.model.location import Implied, Located, Text, Unresolved, known
from grantlint.model.scope import Level
from grantlint.platform.typed import Protocol, TypeVar


class Granting:
    """The grant tables of one server, filled user by user.

    A session is served by rows of its user, by those of nobody and of roles, and by nothing else. What was taken from
    accounts on a database counts where partial_revokes is on; else the reader has seen to it. Left out: grants whose
    target or privileges nobody knows, those to accounts nobody knows, and those that the server refuses.
    """

    __slots__ = (
        "_accounts_of", "_borrowed", "_defaults", "_denied", "_every_role", "_filled", "_members", "_revoked", "_table",
    )  # fmt: skip

    def __init__(
        self, declared: DeclaredServer, accounts_of: Callable[[str], Iterable[Account]], table: GrantTable
    ) -> None:
        """Fill in the roles and what is granted to nobody.

        `accounts_of` returns the accounts of a user name.
        """
        self._table = table
        self._accounts_of = accounts_of
        self._filled: set[str] = set()
        memberships = declared.members
        self._members = _by_user(memberships)
        self._every_role = _by_user(declared.every_role if table.target.product == "mysql" else ())
        self._defaults = _by_user(declared.default_roles)
        self._borrowed = _by_user(declared.borrowed_roles)
        self._denied = _by_user(declared.denied)
        self._revoked = _by_user(declared.revoked if table.literal_names else ())
        roles = [role for role in declared.roles if isinstance(role.name, Located)]
        for role in roles:
            name = role.name.value if isinstance(role.name, Located) else ""
            table.create_role(name)
            for grant in role.grants:
                _grant(table, name, known(role.host), grant)
        self._fill("")
        for leaf in (*(role.name for role in roles), *(member.role for member in memberships)):
            self._fill(known(leaf) or "")  # an account may be a role as well, and has roles of its own then
        for user in self._members:
            if user.upper() == "PUBLIC":
                self._fill(user)
        if table.target.traits.public_role:
            self._fill("PUBLIC")

    def of(self, user: str) -> GrantTable:
        """Return the tables with all that may serve a user's sessions.

        Each privilege has its `Grant` as origin.
        """
        self._fill(user)
        return self._table

    def _fill(self, user: str) -> None:
        user = user.strip(BLANKS)
        if user in self._filled:
            return
        self._filled.add(user)
        for account in self._accounts_of(user):
            _grant_all(self._table, account)
        members = self._members.get(user, ())
        for member in members:
            _join(self._table, member)
        granted = {member.identity for member in members}
        for active in self._defaults.get(user, ()):
            if active.identity in granted:
                _add_default(self._table, active)
        for borrowed in self._borrowed.get(user, ()):
            _activate_one(self._table, borrowed)
        for one in self._every_role.get(user, ()):
            _activate(self._table, one)
        for taken in self._revoked.get(user, ()):
            _revoke(self._table, taken)
        for denied in self._denied.get(user, ()):
            _deny(self._table, denied)


class _OfUser(Protocol):
    @property
    def user(self) -> Text: ...


Entry = TypeVar("Entry", bound=_OfUser)


def _by_user(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.user, Located):
            found.setdefault(entry.user.value.strip(BLANKS), []).append(entry)
    return found


def _grant_all(table: GrantTable, account: Account) -> None:
    name = account.known_name
    if name is not None:
        user, host = name
        bare = isinstance(account.host, Implied) and host == "%"  # MariaDB's role, where there is one
        for grant in account.grants:
            _grant(table, user, None if bare else host, grant)


def _grant(table: GrantTable, user: str, host: str | None, grant: Grant) -> None:
    scope, privileges = grant.scope, grant.known_privileges
    if scope is None or privileges is None:
        return
    if scope.level is not Level.PROXY and is_refused(privileges, table.target, scope.level):
        return
    table.grant(user, host, scope, privileges, option=grant.has_option, origin=grant)


def _revoke(table: GrantTable, taken: GrantTo) -> None:
    user, host = known(taken.user), known(taken.host)
    scope, privileges = taken.grant.scope, taken.grant.known_privileges
    if user is not None and host is not None and scope is not None and privileges is not None:
        table.revoke(user, host, scope, privileges, origin=taken.grant)


def _deny(table: GrantTable, denied: GrantTo) -> None:
    user, host = known(denied.user), known(denied.host)
    scope, privileges = denied.grant.scope, denied.grant.known_privileges
    if user is None or host is None or scope is None or privileges is None:
        return
    bare = isinstance(denied.host, Implied) and host == "%"  # as of grants
    table.deny(user, None if bare else host, scope, privileges, origin=denied.grant)


def _join(table: GrantTable, member: Membership) -> None:
    role, user, host = known(member.role), known(member.user), known(member.host)
    if role is None or user is None or isinstance(member.host, Unresolved):
        return
    role_host = known(member.role_host)
    if isinstance(member.role_host, Unresolved):
        return
    table.grant_role(role, role_host, user, host, origin=member)
    if isinstance(member.default, Located) and member.default.value:
        _add_default(table, member)


def _activate_one(table: GrantTable, borrowed: Membership) -> None:
    if known(borrowed.role) is not None and known(borrowed.user) is not None and known(borrowed.host) is not None:
        _add_default(table, borrowed)


def _add_default(table: GrantTable, member: Membership) -> None:
    user, host = known(member.user) or "", known(member.host)
    before = table.default_roles.get(table.grantee(user, host), ())
    table.set_default_roles(user, host, [*before, (known(member.role) or "", known(member.role_host))])


def _activate(table: GrantTable, one: EveryRole) -> None:
    if isinstance(one.user, Located) and isinstance(one.host, Located):
        table.set_default_roles(one.user.value, one.host.value, None)
