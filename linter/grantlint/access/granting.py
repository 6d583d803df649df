"""From declarations to grant tables: what GRANT would have made of them."""

from collections.abc import Iterable

from grantlint.access.grants import GrantTable
from grantlint.access.privileges import refusal
from grantlint.location import Located, Text, Unresolved
from grantlint.model import Account, DeclaredServer, EveryRole, Grant, GrantTo, Membership
from grantlint.model.privilege import parse_privilege
from grantlint.model.scope import Level, Scope, ScopeSyntaxError


def granted(declared: DeclaredServer, accounts: Iterable[Account], table: GrantTable) -> GrantTable:
    """Fill a grant table with the roles of a server and the grants to some of its accounts, and return it.

    What was taken from accounts on a database counts where partial_revokes is on; else the reader has seen to it.
    Left out: grants whose target or privileges nobody knows, those to accounts nobody knows, and those that the server
    refuses, which change nothing.
    """
    for role in declared.roles:
        if isinstance(role.name, Located):
            table.create_role(role.name.value)
            for grant in role.grants:
                _grant(table, role.name.value, _known(role.host), grant)
    for account in accounts:
        _grant_all(table, account)
    memberships = [*declared.memberships, *(member for role in declared.roles for member in role.members)]
    for member in memberships:
        _join(table, member)
    if table.target.product == "mysql":
        _activate(table, declared.every_role)
    if table.literal_names:
        for taken in declared.revoked:
            _revoke(table, taken)
    return table


def _grant_all(table: GrantTable, account: Account) -> None:
    if isinstance(account.user, Located) and isinstance(account.host, Located):
        for grant in account.grants:
            _grant(table, account.user.value, account.host.value, grant)


def _grant(table: GrantTable, user: str, host: str | None, grant: Grant) -> None:
    names = [leaf.value for leaf in grant.privileges if isinstance(leaf, Located)]
    if isinstance(grant.target, Unresolved) or len(names) < len(grant.privileges):
        return
    if _is_refused(table, grant.scope, names):
        return
    option = isinstance(grant.option, Located) and grant.option.value
    try:
        table.grant(user, host, grant.target.value, names, option=option, origin=grant)
    except ScopeSyntaxError:
        return  # a finding of its own, at the grant's place


def _is_refused(table: GrantTable, scope: Scope | None, names: Iterable[str]) -> bool:
    """Return whether the server answers GRANT with an error because it has no such privilege at this level."""
    if scope is None or scope.level is Level.PROXY:
        return False
    privileges = map(parse_privilege, names)
    return any(refusal(name, table.target, scope.level, columns=bool(columns)) for name, columns in privileges)


def _revoke(table: GrantTable, taken: GrantTo) -> None:
    user, host, grant = _known(taken.user), _known(taken.host), taken.grant
    scope = grant.scope
    names = [leaf.value for leaf in grant.privileges if isinstance(leaf, Located)]
    if user is not None and host is not None and scope is not None and len(names) == len(grant.privileges):
        table.revoke(user, host, scope, names, origin=grant)


def _join(table: GrantTable, member: Membership) -> None:
    role, user, host = _known(member.role), _known(member.user), _known(member.host)
    if role is None or user is None or isinstance(member.host, Unresolved):
        return
    table.grant_role(role, None, user, host, origin=member)
    if isinstance(member.default, Located) and member.default.value:
        before = table.default_roles.get(table.grantee(user, host), ())
        table.set_default_roles(user, host, [*before, (role, None)])


def _activate(table: GrantTable, accounts: Iterable[EveryRole]) -> None:
    for one in accounts:
        if isinstance(one.user, Located) and isinstance(one.host, Located):
            table.set_default_roles(one.user.value, one.host.value, None)


def _known(leaf: Text | None) -> str | None:
    return leaf.value if isinstance(leaf, Located) else None
