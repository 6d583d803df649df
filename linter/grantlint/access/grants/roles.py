"""Which roles a session has, and which roles those bring along.

MySQL 8.0 and later: a session has the default roles of its account, or all granted ones; mandatory roles count
as granted to everybody. MariaDB: one default role, and from 10.11 on PUBLIC for everybody. Roles granted to a
role come with it on both.
"""

import re
from collections.abc import Iterable

from grantlint.access.accounts.stored import stored_host
from grantlint.access.grants.row import Grantee
from grantlint.access.grants.table import GrantTable
from grantlint.access.host.client import Client
from grantlint.access.host.value import host_value
from grantlint.access.product.target import Target

PUBLIC: Grantee = ("PUBLIC", "")


_NAME = r"(?:`[^`]*`|'[^']*'|\"[^\"]*\"|[^\s,@]+)"
_LISTED = re.compile(rf"(?P<user>{_NAME})(?:\s*@\s*(?P<host>{_NAME}))?")


def mandatory_roles(setting: str, target: Target) -> tuple[Grantee, ...]:
    """Return the roles that a value of the variable mandatory_roles names.

    >>> from grantlint.access.product.target import parse_target
    >>> mandatory_roles("r, `s`@'LocalHost'", parse_target("mysql-8.4"))
    (('r', '%'), ('s', 'localhost'))
    """
    named = [found.group("user", "host") for found in _LISTED.finditer(setting)]
    return tuple([(user.strip("`'\""), stored_host((host or "%").strip("`'\""), target)) for user, host in named])


def public_exists(table: GrantTable) -> bool:
    """Return whether MariaDB's role PUBLIC exists.

    The first grant or DENY to it makes it.
    """
    return table.target.traits.public_role and bool(table.entries_of(PUBLIC) or table.roles.get(PUBLIC))


def granted_roles(table: GrantTable, account: Grantee, client: Client) -> dict[Grantee, tuple[object, ...]]:
    """Return the roles a session may have, with their origins.

    On MySQL an anonymous account has none, not even mandatory ones (seen on 9.7.4; granting is error 3876).
    MariaDB looks for the membership by user name and client: a grant to any account of the same name that
    matches the client counts, and so does one to PUBLIC (sql_acl.cc, check_user_can_set_role).
    """
    if table.target.product != "mariadb":
        if not account[0]:
            return {}
        mandatory: dict[Grantee, tuple[object, ...]] = dict.fromkeys(table.settings.mandatory_roles, ())
        return mandatory | table.roles.get(account, {})
    found: dict[Grantee, tuple[object, ...]] = {}
    for member in table.members(account[0]):
        if member[1] and host_value(member[1], table.target.traits).matches(client):
            found |= table.roles.get(member, {})
    if table.target.traits.public_role:
        found |= table.roles.get(PUBLIC, {})
    return found


def members_matching(table: GrantTable, role: Grantee, user: str, client: Client) -> tuple[Grantee, ...]:
    """Return the accounts of a user that hold a role themselves.

    Only those are returned that match the client.
    """
    return tuple(
        member
        for member in table.members(user)
        if role in table.roles.get(member, {})
        and member[1]
        and host_value(member[1], table.target.traits).matches(client)
    )


def active_roles(table: GrantTable, account: Grantee, client: Client) -> tuple[Grantee, ...]:
    """Return the roles that are active right after login.

    Those that come along with them are left out. Manual, "Using Roles" and `activate_all_roles_on_login`; MariaDB "SET
    DEFAULT ROLE"; facts: I7.
    """
    if not table.target.traits.roles:
        return ()
    settings = table.settings
    granted = granted_roles(table, account, client)
    if not account[0] and table.target.product == "mysql":  # active, though nothing comes of it: see Lookup
        at_login = settings.activate_all_roles_on_login or (
            settings.activate_mandatory_roles and table.target.traits.mandatory_roles_active
        )
        return settings.mandatory_roles if at_login else ()
    defaults = table.default_roles.get(account, ())
    if settings.activate_all_roles_on_login and table.target.product == "mysql":
        return tuple(granted)
    active = dict.fromkeys(role for role in defaults if role in granted)
    if settings.activate_mandatory_roles and table.target.traits.mandatory_roles_active:
        active |= dict.fromkeys(role for role in settings.mandatory_roles if role in granted)
    return tuple(active)


def with_nested(table: GrantTable, roles: Iterable[Grantee]) -> tuple[Grantee, ...]:
    """Return roles and all roles granted to them, nearest first.

    They are granted directly or through others.
    """
    found = dict.fromkeys(roles)
    queue = list(found)
    for role in queue:
        for nested in table.roles.get(role, {}):
            if nested not in found:
                found[nested] = None
                queue.append(nested)
    return tuple(found)
