"""From the arguments of `mysql_role` to a role with its members."""

from grantlint.model import EveryRole, Membership, Role
from grantlint.model.location import Located, Span, Text
from grantlint.reader.formats.ansible.modules.accounts import privileges_of, subtracted
from grantlint.reader.formats.ansible.modules.fields import Fields, may_be
from grantlint.reader.formats.ansible.servers import Server
from grantlint.reader.formats.ansible.turns import At, DroppedRole, MadeRole
from grantlint.reader.formats.ansible.values.nodes import Omitted, Unknown, Value
from grantlint.reader.formats.ansible.values.resolution import text_of, unresolved
from grantlint.reader.yaml.nodes import SequenceNode


def add_role(fields: Fields, span: Span, into: Server, at: At | None, *, is_sure: bool) -> None:
    """Add the role that the fields declare, or take one away. Where the task may not run, that is but counted."""
    state, name = fields.text("state"), fields.text("name")
    if name is None:
        return
    if isinstance(state, Located) and state.value == "absent":
        into.remove_role(DroppedRole(name, span), at) if is_sure else into.note_removal()
        return
    grants, _ = privileges_of(fields)
    members = _members(fields, name)
    takes = subtracted(fields) if "subtract_privs" in fields.nodes else ()
    detaches = may_be(fields.flag("detach_members"))
    appends, joins = may_be(fields.flag("append_privs")), may_be(fields.flag("append_members"))
    must_exist = fields.flag("members_must_exist")
    wants = must_exist is None or may_be(must_exist)
    role = Role(name, None, span, grants=grants, members=members)
    into.add_role(MadeRole(role, appends, takes, joins, detaches, wants), at)
    default = fields.flag("set_default_role_all")
    by_default = default is None or (isinstance(default, Located) and default.value)  # the module's default
    if by_default and not detaches:
        known = [(member.user, member.host) for member in members if isinstance(member.host, Located)]
        into.activate_all([EveryRole(user, host) for user, host in known])


def _members(fields: Fields, role: Text) -> tuple[Membership, ...]:
    found = fields.item("members")
    if found is None:
        return ()
    value = fields.value("members")
    if isinstance(found, Unknown):
        unknown = unresolved(found.reason, value or [])
        return (Membership(role, unknown, unknown),)
    if isinstance(found, Value) and isinstance(found.node, SequenceNode):
        found = [Value(node, found.source) for node in found.node.value]
    texts = [text_of(item, fields.scope) for item in (found if isinstance(found, list) else [found])]
    return tuple(_member(text, role) for text in texts if not isinstance(text, Omitted))


def _member(text: Text, role: Text) -> Membership:
    """Read `user@host`, or the name of another role. What nobody knows may have a host as well."""
    if not isinstance(text, Located):
        return Membership(role, text, text)
    user, at, host = text.value.partition("@")
    if not at:
        return Membership(role, text, None)
    return Membership(role, Located(user, *text.span), Located(host, *text.span))
