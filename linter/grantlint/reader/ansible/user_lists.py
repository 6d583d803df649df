"""The lists of users that roles take as variables: `mysql_users`, `mariadb_users` and their like.

The items look alike in the well-known roles (geerlingguy.mysql, bertvv.mariadb, HanXHX.mysql, fauust.mariadb):
name or user, host or hosts, password, priv or privileges, state; an absent host is `localhost` in all of them.
"""

import re
from typing import NamedTuple

from grantlint.location import Source
from grantlint.model import Declarations, Fault
from grantlint.reader.ansible.accounts import add_account
from grantlint.reader.ansible.fields import Fields, hide_secrets
from grantlint.reader.ansible.resolution import follow
from grantlint.reader.ansible.servers import Key
from grantlint.reader.ansible.values import Value, entries, repeated_keys
from grantlint.reader.ansible.variables import FileScope, Scope
from grantlint.reader.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, span_of

LIST_NAME = re.compile(
    r"(?:mysql|mariadb)_(?:grants_)?users(?:_(?:list|default|defaults|extra|base|common|host|group|all|present|absent))?\Z"
)
_IN_TEXT = re.compile(r"(?:mysql|mariadb)_(?:grants_)?users")

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
    },
)


class UserList(NamedTuple):
    """A list of users, met in the file and not yet read."""

    value: Value
    scope: Scope | FileScope
    server: Key


def may_hold_lists(text: str) -> bool:
    """Whether any user list can be in the text."""
    return _IN_TEXT.search(text) is not None


def is_list_name(name: str) -> bool:
    """Whether a variable of this name is a list of accounts."""
    return LIST_NAME.match(name) is not None


def read_list(users: UserList, into: Declarations) -> None:
    """Add the accounts of a list of mappings, or of a mapping from user names to mappings."""
    node, source = users.value
    if isinstance(node, SequenceNode):
        for item in node.value:
            _read_item(Value(item, source), entries(item), users.scope, into)
    elif isinstance(node, MappingNode):
        for key, item in node.value:
            if isinstance(item, MappingNode) and isinstance(key, ScalarNode):
                found = entries(item)
                if not any(name in found for name in _IDENTITY):
                    found["name"] = key
                _read_item(Value(item, source), found, users.scope, into)


def _read_item(item: Value, found: dict[str, Node], scope: Scope | FileScope, into: Declarations) -> None:
    named = next((found[name] for name in _IDENTITY if name in found), None)
    if named is None or found.keys().isdisjoint(_OF_AN_ACCOUNT):
        _follow_item(item, scope, into)
        return
    source = item.source
    hide_secrets(found, source)
    if len(item.node.value) > len(found):
        into.faults += [duplicate_key(key, source) for key in repeated_keys(item.node)]
    add_account(Fields(found, source, scope), span_of(source, named), into, strict=False)


def _follow_item(item: Value, scope: Scope | FileScope, into: Declarations) -> None:
    """Read an item that is a variable: `- "{{ app_account }}"`."""
    node = item.node
    if not isinstance(node, ScalarNode) or "{{" not in node.value:
        return
    found = follow(item, scope)
    if isinstance(found, Value) and isinstance(found.node, MappingNode):
        _read_item(found, entries(found.node), scope, into)
    else:
        add_account(Fields({"name": node, "host": node}, item.source, scope), item.span, into, strict=False)


def duplicate_key(key: ScalarNode, source: Source) -> Fault:
    """Say that a key of one account stands there twice."""
    return Fault(
        "duplicate-key",
        f"`{key.value}` is written twice; Ansible takes the last",
        span_of(source, key),
        "Leave one of them.",
    )
