"""From the arguments of `mysql_role` to a role with its members."""

from grantlint.model import EveryRole, Membership, Role
from grantlint.model.location import Located, Span, Text
from grantlint.reader.formats.ansible.modules.accounts import privileges_of
from grantlint.reader.formats.ansible.modules.fields import Fields
from grantlint.reader.formats.ansible.servers import Server
from grantlint.reader.formats.ansible.values.nodes import Omitted, Unknown, Value
from grantlint.reader.formats.ansible.values.resolution import text_of, unresolved
from grantlint.reader.yaml.nodes import SequenceNode


def add_role(fields: Fields, span: Span, into: Server) -> None:
    """Add the role that the fields declare. A role that is taken away is counted."""
    state = fields.text("state")
    if isinstance(state, Located) and state.value == "absent":
        into.remove(None, ())
        return
    name = fields.text("name")
    if name is None:
        return
    grants, _ = privileges_of(fields)
    members = _members(fields, name)
    into.add_role(Role(name, None, span, grants=grants, members=members))
    default = fields.flag("set_default_role_all")
    if default is None or (isinstance(default, Located) and default.value):  # the module's default
        known = [(member.user, member.host) for member in members if isinstance(member.host, Located)]
        into.activate_all([EveryRole(user, host) for user, host in known])


def _members(fields: Fields, role: Text) -> tuple[Membership, ...]:
    detached = fields.flag("detach_members")
    if detached is not None and (not isinstance(detached, Located) or detached.value):
        return ()
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
