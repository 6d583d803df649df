"""Roles: `roles:` of a policy, the roles of an account, and the members of a role."""

import re

from grantlint.model import Membership, Role
from grantlint.model.location import Flag, Located, Text
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.policy.binding import Binder
from grantlint.reader.formats.policy.grants import bind_grants
from grantlint.reader.yaml.items import Item, Mapping
from grantlint.reader.yaml.nodes import value_span

ROLE = frozenset({"role", "host", "grants", "roles", "members", "comment"})
GRANTED_ROLE = frozenset({"role", "host", "admin"})
MEMBER = frozenset({"user", "host", "admin"})
DEFAULTS = Pattern(r"^(ALL|NONE|all|none)$|\{\{|\$\{")
_ACCOUNT = Pattern(r"(?P<user>'[^']*'|\"[^\"]*\"|`[^`]*`|.*)@(?P<host>'[^']*'|\"[^\"]*\"|`[^`]*`|[^@]*)", re.DOTALL)


class GrantedRole(NamedTuple):
    """A role granted to an account or another role, by name.

    The host is None where none is written.
    """

    role: Text
    host: Text | None
    admin: Flag | None


def bind_role(binder: Binder, item: Item) -> Role | None:
    """Return a role of `roles:`. The roles that it has itself go to the memberships."""
    node = binder.mapping(item, "a role")
    if node is None:
        return None
    fields = binder.known(node, ROLE)
    name = binder.word(fields.get("role"))
    host = binder.host(fields["host"]) if "host" in fields else None
    grants = bind_grants(binder, fields.get("grants"))
    inner = granted_roles(binder, fields.get("roles"))
    if "comment" in fields:
        binder.text(fields["comment"])
    if name is None:
        binder.fits = False
        return None
    members = [_member(binder, name, host, each) for each in binder.items(fields.get("members"), "members")]
    memberships = binder.declarations.memberships
    memberships.extend(Membership(each.role, name, host, each.admin, role_host=each.host) for each in inner)
    span = value_span(binder.source, node.start, node.end)
    return Role(name, host, span, grants, tuple(member for member in members if member is not None))


def granted_roles(binder: Binder, node: Item | None) -> list[GrantedRole]:
    """Return the roles of a list. Its items are names, or mappings of role, host and admin."""
    found: list[GrantedRole] = []
    for item in binder.items(node, "roles"):
        if type(item) is Mapping and item.tag is None:
            fields = binder.known(item, GRANTED_ROLE)
            role = binder.word(fields.get("role"))
            host = binder.host(fields["host"]) if "host" in fields else None
            admin = binder.flag(fields["admin"]) if "admin" in fields else None
        else:
            role, host, admin = binder.word(item), None, None
        if role is None:
            binder.fits = False
        else:
            found.append(GrantedRole(role, host, admin))
    return found


def _member(binder: Binder, role: Text, role_host: Text | None, item: Item) -> Membership | None:
    """Return a role's membership of an account or role. A name without @ and host is a role."""
    if type(item) is Mapping and item.tag is None:
        fields = binder.known(item, MEMBER)
        user = binder.word(fields.get("user"))
        host = binder.host(fields["host"]) if "host" in fields else None
        admin = binder.flag(fields["admin"]) if "admin" in fields else None
    else:
        user, host = _account_name(binder.word(item))
        admin = None
    if user is None:
        binder.fits = False
        return None
    return Membership(role, user, host, admin, role_host=role_host)


def _account_name(text: Text | None) -> tuple[Text | None, Text | None]:
    """Split user@host at the last @; both parts may be in quotes, as SQL writes them."""
    if not isinstance(text, Located):
        return text, None
    parts = _ACCOUNT.fullmatch(text.value)
    if parts is None:
        return Located(_unquoted(text.value), *text.span), None
    return Located(_unquoted(parts["user"]), *text.span), Located(_unquoted(parts["host"]), *text.span)


def _unquoted(part: str) -> str:
    quoted = len(part) > 1 and part[0] in "'\"`" and part[0] == part[-1]
    return part[1:-1] if quoted else part
