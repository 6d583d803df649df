"""The lists of users that roles take as variables: `mysql_users`, `mariadb_users` and their like.

The items look alike in the well-known roles (geerlingguy.mysql, bertvv.mariadb, HanXHX.mysql, fauust.mariadb):
name or user, host or hosts, password, priv or privileges, state; an absent host is `localhost` in all of them. Roles of
one's own may differ: where their tasks say so, theirs counts.
"""

import re

from grantlint.model import Account, Authentication, Credential, Fault, Grant, Secrecy
from grantlint.model.location import Implied, Source, Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.lists.left_out import granted_to, host_defaults
from grantlint.reader.formats.ansible.lists.takers import TaskFiles
from grantlint.reader.formats.ansible.modules.accounts import DEFAULT_HOST, Custom, declared, privileges_of
from grantlint.reader.formats.ansible.modules.fields import Fields, hide_secrets
from grantlint.reader.formats.ansible.servers import Key, Servers
from grantlint.reader.formats.ansible.values.nodes import Value, entries, is_null, is_opaque, repeated_keys
from grantlint.reader.formats.ansible.values.resolution import follow
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.leaf.secrets import is_name
from grantlint.reader.tree.surroundings import as_written
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, span_of

_LIST_NAME = re.compile(r"(?:\w+__)?(?:mysql|mariadb)(?:_server)?__?(?:(?:[a-z]+_)?users(?:_\w+)?|replication_user)\Z")
_IN_TEXT = re.compile(r"(?:mysql|mariadb)(?:_server)?__?(?:(?:[a-z]+_)?users|replication_user)|_root_p(?:ass|wd)")
_WORDS = ("_users", "_replication_user", "_root_p")  # one is in whatever that finds
_ROOT_PASSWORD = re.compile(r"\w*(?:mysql|mariadb)_(?:\w*_)?root_(?:pass(?:word|wd)?|pwd)\Z")
_DEBOPS = "mariadb__"  # debops.mariadb takes an absent host from its variable mariadb__client
_REPLICATION = "_replication_user"  # geerlingguy and fauust take an absent host for %

_OF_GRANTS = frozenset({"priv", "privs", "privileges", "grants"})
_IDENTITY = ("name", "user", "username")
_OF_AN_ACCOUNT = frozenset(
    {
        "host",
        "hosts",
        "password",
        "priv",
        "privs",
        "privileges",
        "grants",
        "encrypted",
        "append_privs",
        "tls_requires",
        "state",
        "plugin",
        "database",
    },
)


_OF_THE_SYSTEM = frozenset({"shell", "uid", "gid", "groups"})


class UserList(NamedTuple):
    """A list of users, met in the file and not yet read. `files`: of the tasks that may go over it."""

    name: str
    value: Value
    scope: Scope | FileScope
    server: Key
    files: TaskFiles = TaskFiles()


def may_hold_lists(text: str) -> bool:
    """Whether any user list can be in the text."""
    return "\\" in text or (any(word in text for word in _WORDS) and _IN_TEXT.search(text) is not None)


def is_list_name(name: str) -> bool:
    """Whether a variable of this name is a list of accounts."""
    return _LIST_NAME.match(name) is not None


def root_of(name: str, node: Node, source: Source) -> Account | None:
    """Return root as a role sets its password of a variable, `mysql_root_password`. None for another variable.

    What the variable takes from elsewhere is None as well.
    """
    if not _ROOT_PASSWORD.match(name) or not isinstance(node, ScalarNode) or is_opaque(node):
        return None
    if not node.value or "{{" in node.value or is_null(node):
        return None
    span = span_of(source, node)
    source.hide(span.start, span.end)
    authentication = Authentication(None, Credential(Secrecy.PLAIN, span))
    return Account(Implied("root", *span), Implied(DEFAULT_HOST, *span), span, authentication, amends=True)


def read_list(users: UserList, servers: Servers) -> None:
    """Add the accounts of a user list. A list of mappings, a mapping by user, or one mapping."""
    node, source = users.value
    if any(name in entries(node) for name in _IDENTITY):
        _read_item(users.value, entries(node), users, servers)
        return
    if isinstance(node, SequenceNode):
        for item in node.value:
            _read_item(Value(item, source), entries(item), users, servers)
    elif isinstance(node, MappingNode):
        servers.faults += [duplicate_key(key, source) for key in repeated_keys(node)]
        last = {key.value: (key, item) for key, item in node.value if isinstance(key, ScalarNode)}
        for key, item in last.values():
            if isinstance(item, MappingNode):
                found = entries(item)
                if not any(name in found for name in _IDENTITY):
                    found["name"] = key
                _read_item(Value(item, source), found, users, servers)


def _read_item(item: Value, found: dict[str, Node], users: UserList, servers: Servers) -> None:
    named = next((found[name] for name in _IDENTITY if name in found), None)
    if isinstance(named, MappingNode):
        return  # it describes the argument `name`, as meta/argument_specs.yml does
    if named is None or not _is_account(found):
        _follow_item(item, users, servers)
        return
    source = item.source
    hide_secrets(found, source)
    if len(item.node.value) > len(found):
        servers.faults += [duplicate_key(key, source) for key in repeated_keys(item.node)]
    grants = () if _OF_GRANTS & found.keys() else _granted(item, users)
    _add(Fields(found, source, users.scope), span_of(source, named), users, servers, grants)


def _is_account(found: dict[str, Node]) -> bool:
    """Whether an item is an account of the database, not one of the operating system."""
    return not found.keys().isdisjoint(_OF_AN_ACCOUNT) and found.keys().isdisjoint(_OF_THE_SYSTEM)


def _follow_item(item: Value, users: UserList, servers: Servers) -> None:
    """Read an item that is a variable: `- "{{ app_account }}"`."""
    node = item.node
    if not isinstance(node, ScalarNode) or "{{" not in node.value:
        return
    found = follow(item, users.scope)
    if isinstance(found, Value) and isinstance(found.node, MappingNode):
        _read_item(found, entries(found.node), users, servers)
    else:
        _add(Fields({"name": node, "host": node}, item.source, users.scope), item.span, users, servers)


def _default_host(users: UserList) -> str | None:
    if _DEBOPS in users.name:
        return None
    if users.name.endswith(_REPLICATION):
        return "%"
    defaults = host_defaults(users.files)
    if users.files.unread or len(defaults) > 1:
        return None
    return next(iter(defaults), DEFAULT_HOST)


def _granted(item: Value, users: UserList) -> tuple[Grant, ...]:
    """Return what the tasks grant to an item that names no privileges itself."""
    unread = users.files.unread
    if unread:
        unknown = Unresolved(f"what tasks of the role grant, as {as_written(unread.path)} {unread.unread}", *item.span)
        return (Grant((unknown,), unknown, item.span),)
    found = granted_to(users.name, users.files)
    if not found:
        return ()
    priv, variable = found[0]
    if variable is None or len({(one.priv.node.value, one.variable) for one in found}) > 1:
        unknown = Unresolved("tasks of the role put the grants together", *priv.span)
        return (Grant((unknown,), unknown, priv.span),)
    fields = Fields({"priv": priv.node}, priv.source, Scope({variable: item}, users.scope))
    return privileges_of(fields, Custom(None))[0]


def _add(fields: Fields, span: Span, users: UserList, servers: Servers, grants: tuple[Grant, ...] = ()) -> None:
    found = declared(fields, span, Custom(_default_host(users)))
    servers.faults += found.faults
    for made in found.made:
        each = made._replace(account=made.account._replace(grants=grants)) if grants else made
        servers.add(users.server, each, by_task=False)
    if found.removed:
        servers.of(users.server).remove(found.removed, None)


def duplicate_key(key: ScalarNode, source: Source) -> Fault:
    """Return the fault of an account's repeated key."""
    return Fault(
        "duplicate-key",
        f"{f'`{key.value}`' if is_name(key.value) else 'a key'} is written twice; Ansible takes the last",
        span_of(source, key),
        "Leave one of them.",
    )
