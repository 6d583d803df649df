"""From resources to accounts, roles, grants and memberships; the same for a configuration and for a plan.

Two families of providers share the names: those that come from hashicorp/mysql (petoju, winebarrel, zph), where an
account has `user`, and okkez/mysql, where it has `name` and grants are blocks. What is absent means what the
provider's schema says (petoju/mysql 3.0, mysql/resource_*.go; okkez/mysql, docs/resources).
"""

import re
from collections.abc import Callable, Iterable, Mapping

from grantlint.model import (
    Account,
    Authentication,
    Credential,
    Declarations,
    Fault,
    Grant,
    GrantedPrivilege,
    GrantTarget,
    GrantTo,
    Limit,
    Membership,
    Naming,
    Role,
    Secrecy,
    SomeDatabase,
)
from grantlint.model.account import Identity, empty_password, identity
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.model.privilege import Privilege, parse_privilege, split_privileges
from grantlint.model.scope import Level, Scope
from grantlint.reader.formats.terraform.attributes import (
    Attributes,
    credential_of,
    flag_of,
    host_of,
    required,
    text_of,
    texts_of,
)
from grantlint.reader.formats.terraform.values import Items
from grantlint.reader.formats.terraform.values import identity as identity_of_value
from grantlint.reader.leaf.targets import Targets

KINDS = frozenset({
    "mysql_user", "mysql_user_password", "mysql_role", "mysql_grant", "mysql_default_roles", "mysql_grant_privilege",
    "mysql_grant_role", "google_sql_user",
})  # fmt: skip

_ROUTINE = re.compile(r"(?i)(function|procedure) ([^.]*)(?:\.([^.]*))?\Z")
_LIMITS = ("max_user_connections", "max_statement_time")


class Siblings:
    """Facts that one resource of a module states about another. Asked for once."""

    def __init__(self, of_kind: Callable[[str], Iterable[Attributes]]) -> None:
        self._of_kind = of_kind
        self._credentials: dict[Identity, Credential] | None = None
        self._roles: frozenset[str] | None = None

    @property
    def credentials(self) -> Mapping[Identity, Credential]:
        """The passwords that stand in resources of their own, by account.

        A resource without a password makes one up.
        """
        if self._credentials is None:
            self._credentials = {
                identity(required(each, "user"), host_of(each, each.default_host)): credential_of(each)
                or Credential(Secrecy.REFERENCE, each.span)
                for each in self._of_kind("mysql_user_password")
            }
        return self._credentials

    @property
    def roles(self) -> frozenset[str]:
        """The keys of role names, unknown ones as well."""
        if self._roles is None:
            names = [each.value("name") for each in self._of_kind("mysql_role")]
            self._roles = frozenset(
                identity_of_value(name) for name in names if name is not None and identity_of_value(name)
            )
        return self._roles


def declare(resource: Attributes, module: Siblings, to: Declarations) -> None:
    """Add the declarations of a resource of KINDS."""
    match resource.kind:
        case "mysql_user":
            to.accounts.append(_account(resource, module))
        case "google_sql_user":
            to.accounts.append(_cloud_account(resource))
        case "mysql_role":
            name = required(resource, "name")
            to.roles.append(Role(name, text_of(resource, "host"), resource.span))
        case "mysql_grant":
            _grant(resource, to)
        case "mysql_default_roles":
            user, host = required(resource, "user"), host_of(resource, resource.default_host)
            active = Located(True, *resource.span)  # noqa: FBT003 - the value it locates
            names = [*texts_of(resource.value("roles"))]
            names += [required(block, "name") for block in resource.blocks("default_role")]
            to.default_roles += [Membership(role, user, host, default=active) for role in names]
        case "mysql_grant_privilege":
            _grant_by_blocks(resource, module, to)
        case "mysql_grant_role":
            _roles_by_blocks(resource, module, to)
        case _:
            pass  # mysql_user_password: a part of its account


def _account(resource: Attributes, module: Siblings) -> Account:
    user = text_of(resource, "user", "name") or Unresolved("the resource does not name it", *resource.span)
    host = host_of(resource, resource.default_host)
    options = resource.blocks("auth_option")
    plugin = text_of(resource, "auth_plugin") or (text_of(options[0], "plugin") if options else None)
    credential = credential_of(resource) or module.credentials.get(identity(user, host))
    if credential is None and options:
        credential = credential_of(options[0])
        if credential is None and options[0].value("random_password"):
            credential = Credential(Secrecy.REFERENCE, options[0].span)
    tls = text_of(resource, "tls_option")
    if isinstance(tls, Located):
        tls = None if tls.value.upper() in {"", "NONE"} else Located(tls.value.upper(), *tls.span)
    limits = tuple([_limit(name, resource) for name in _LIMITS if resource.value(name)])
    return Account(
        user,
        host,
        resource.span,
        Authentication(plugin, credential or empty_password(plugin)) if plugin or credential else None,
        (tls,) if tls else (),
        limits,
        flag_of(resource, "lock"),
    )


def _limit(name: str, resource: Attributes) -> Limit:
    value = required(resource, name)
    return Limit(Located(name.upper(), *value.span), value)


def _cloud_account(resource: Attributes) -> Account:
    """Return a user of Cloud SQL; one of IAM has a name that the service makes of the e-mail address."""
    user = required(resource, "name")
    kind = text_of(resource, "type")
    credential = credential_of(resource)
    if kind and not (isinstance(kind, Located) and kind.value in {"", "BUILT_IN"}):
        user = Unresolved("Cloud SQL makes the name of an IAM user", *user.span)
        credential = Credential(Secrecy.REFERENCE, kind.span)
    built_in = not isinstance(user, Unresolved)
    given = Unresolved("what Cloud SQL gives to the users that it makes (cloudsqlsuperuser)", *user.span)
    everything = Located(Scope(Level.GLOBAL), *user.span)
    return Account(
        user,
        host_of(resource, "%"),
        resource.span,
        Authentication(None, credential) if credential else None,
        grants=(Grant((given,), everything, resource.span),) if built_in else (),
    )


def _grant(resource: Attributes, to: Declarations) -> None:
    """Add `GRANT privileges ON database.table`, or roles; without a database it is a global grant."""
    role, user = text_of(resource, "role"), text_of(resource, "user")
    if not isinstance(role, Unresolved) and role and not role.value:
        role = None
    if role is None and user is None:
        user = Unresolved("the resource does not name it", *resource.span)
    host = host_of(resource, resource.default_host)
    option = flag_of(resource, "grant")
    roles = resource.value("roles")
    if roles is not None and not (isinstance(roles, Items) and not roles.values):
        member, place = (role, None) if role else (user, host)
        for name in texts_of(roles):
            to.memberships.append(Membership(name, member or name, place, option))
        if isinstance(roles, Items) or resource.value("privileges") is None:
            return  # of one that nobody knows it is not known either that there are any
    privileges = tuple([part for each in texts_of(resource.value("privileges")) for part in _privileges(each)])
    if not privileges:
        return
    grant = Grant(privileges, _target(resource, resource.span, to.faults), resource.span, option, Naming.NAMES)
    if role:
        to.roles.append(Role(role, None, resource.span, (grant,)))
    elif user:
        to.grants.append(GrantTo(user, host, grant))


def _target(resource: Attributes, span: Span, faults: list[Fault]) -> GrantTarget:
    """Return what a grant is on: the provider puts names in backquotes, a pattern stays one."""
    database, table = text_of(resource, "database"), text_of(resource, "table")
    if database is None and table is None:
        return Implied(Scope(Level.GLOBAL), *span)
    if isinstance(table, Unresolved):
        return table
    if isinstance(database, Unresolved):
        return SomeDatabase.of(database) if table is None or table.value in {"", "*"} else database
    name = database.value if isinstance(database, Located) else "*"
    inside = table.value if isinstance(table, Located) else "*"
    place = resource.reference("database") or (database or table or Implied("*", *span)).span
    routine = _ROUTINE.match(name)
    if routine:
        kind, name, inner = routine.groups()
        inside = inside if inner is None else inner
        return Targets(faults).named(name.strip("`"), inside.strip("`"), place, kind.upper())
    return Targets(faults).named(name.strip("`"), (inside or "*").strip("`"), place)


def _privileges(text: Text) -> list[GrantedPrivilege]:
    """Return the privileges of an item: the provider takes backquotes off, and joins what is written by commas."""
    if isinstance(text, Unresolved):
        return [text]
    parts = split_privileges(text.value) if "," in text.value else (text.value,)
    return [Located(parse_privilege(part.strip("` ")), *text.span) for part in parts if part.strip("` ")]


def _grant_by_blocks(resource: Attributes, module: Siblings, to: Declarations) -> None:
    """Add a grant of okkez/mysql."""
    blocks = resource.blocks("privilege")
    privileges = tuple([_with_columns(block) for block in blocks]) or (
        Unresolved("privileges in a dynamic block", *resource.span),
    )
    on = resource.blocks("on")
    target = _target(on[0], on[0].span, to.faults) if on else Unresolved("a target in a dynamic block", *resource.span)
    grant = Grant(privileges, target, resource.span, flag_of(resource, "grant_option"), Naming.NAMES)
    user, host, is_role = _grantee(resource, module)
    if is_role:
        to.roles.append(Role(user, None, resource.span, (grant,)))
    else:
        to.grants.append(GrantTo(user, host, grant))


def _with_columns(block: Attributes) -> GrantedPrivilege:
    privilege = required(block, "priv_type")
    columns = texts_of(block.value("columns"))
    if isinstance(privilege, Unresolved):
        return privilege
    name, written = parse_privilege(privilege.value)
    known = tuple([column.value for column in columns if isinstance(column, Located)])
    if len(known) < len(columns):
        return Unresolved("a column that is not known", *privilege.span)
    return Located(Privilege(name, known or written), *privilege.span)


def _roles_by_blocks(resource: Attributes, module: Siblings, to: Declarations) -> None:
    user, host, is_role = _grantee(resource, module)
    names = [*texts_of(resource.value("roles"))] + [required(block, "name") for block in resource.blocks("role")]
    admin = flag_of(resource, "admin_option")
    to.memberships += [Membership(role, user, None if is_role else host, admin) for role in names]


def _grantee(resource: Attributes, module: Siblings) -> tuple[Text, Text, bool]:
    """Return user and host of the block `to`, and whether a role of the module is meant."""
    blocks = resource.blocks("to")
    if not blocks:
        return Unresolved("the resource does not name it", *resource.span), Implied("%", *resource.span), False
    name = blocks[0].value("name")
    is_role = name is not None and blocks[0].value("host") is None and identity_of_value(name) in module.roles
    return required(blocks[0], "name"), host_of(blocks[0], "%"), is_role
