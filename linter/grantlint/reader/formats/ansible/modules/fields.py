"""The arguments of one account, as the builder of accounts asks for them: by name, resolved, with their places."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from grantlint.model.location import Flag, Located, Source, Text, Unresolved
from grantlint.reader.formats.ansible.values.nodes import ABSENT, Item, Omitted, Unknown, Value, elements, is_null
from grantlint.reader.formats.ansible.values.resolution import (
    TO_FILL,
    follow,
    is_null_variable,
    text_of,
    unresolved,
    written,
)
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.formats.ansible.values.written import Written
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_BLOCKS = frozenset({"|", ">"})
_YES = frozenset({"yes", "true", "on", "1", "y", "t", "1.0"})
_NO = frozenset({"no", "false", "off", "0", "n", "f", "0.0"})

_SECRET_WORDS = ("password", "passwd", "token", "secret", "auth_string", "hash_string", "private_key")
_SECRET_NAMES = frozenset({"pass", "pw", "pwd", "salt"})
_NO_SECRETS = frozenset({"update_password", "password_expire", "password_expire_interval", "password_option"})


@lru_cache(maxsize=1024)
def is_secret(name: str) -> bool:
    """Whether a value of this name is secret."""
    if name in _NO_SECRETS:
        return False
    lowered = name.lower()
    return lowered in _SECRET_NAMES or any(word in lowered for word in _SECRET_WORDS)


def hide_secrets(mapping: Mapping[str, Node], source: Source) -> None:
    """Hide the values of all secrets of a mapping from reports."""
    for name, node in mapping.items():
        if is_secret(name):
            source.hide(node.start_mark.index, node.end_mark.index)


def may_be(flag: Flag | None) -> bool:
    """Return whether a boolean that is written is or may be true."""
    return isinstance(flag, Unresolved) or (flag is not None and flag.value)


class Fields:
    """Named values with the scope that their templates are read in."""

    __slots__ = ("nodes", "scope", "source")

    def __init__(self, nodes: Mapping[str, Node], source: Source, scope: Scope | FileScope) -> None:
        self.nodes = nodes
        self.source = source
        self.scope = scope

    def value(self, *names: str) -> Value | None:
        """Return the value of the first of these names. None where none is written or it is null."""
        for name in names:
            node = self.nodes.get(name)
            if node is not None and not is_null(node):
                return Value(node, self.source)
        return None

    def item(self, *names: str) -> Item | Unknown | None:
        """Return a value with its variable resolved. None also where it turns out omitted or null."""
        value = self.value(*names)
        return None if value is None else self.item_of(value)

    def text(self, *names: str) -> Text | None:
        """Return a value as text."""
        for name in names:
            node = self.nodes.get(name)
            if node is None:
                continue
            if isinstance(node, ScalarNode) and not node.tag and "{" not in node.value:
                if node.value in ABSENT and not node.style:
                    continue
                if node.style not in _BLOCKS:
                    return Located(node.value, self.source, node.start_mark.index, node.end_mark.index)
            return self._text(Value(node, self.source))
        return None

    def one_text(self, name: str) -> Text | None:
        """Return a value that is text without any template, or None."""
        node = self.nodes.get(name)
        plain = isinstance(node, ScalarNode) and "{" not in node.value
        return self.text(name) if plain else None

    def _text(self, value: Value) -> Text | None:
        found = self.item_of(value)
        if found is None:
            return None
        if isinstance(found, Unknown):
            return unresolved(found.reason, value)
        text = text_of(found, self.scope)
        return None if isinstance(text, Omitted) else text

    def item_of(self, value: Value) -> Item | Unknown | None:
        """Return the item that a value stands for. None where it is omitted, or null as it stands."""
        found = follow(value, self.scope)
        if isinstance(found, Omitted):
            return None
        if is_null_variable(found, value):
            return TO_FILL
        if isinstance(found, Value) and is_null(found.node):
            return None
        if isinstance(found, Value) and found.node.value == "" and found.source is not self.source:
            return TO_FILL
        return found

    def flag(self, name: str) -> Flag | None:
        """Return a boolean, in any of Ansible's spellings. Unresolved for other words."""
        text = self.text(name)
        if text is None or isinstance(text, Unresolved):
            return text
        word = text.value.lower()
        if word not in _YES | _NO:
            return Unresolved("no boolean", *text.span)
        return Located(word in _YES, *text.span)

    def written(self, *names: str) -> Written | Unresolved | None:
        """Return a value as text with the place of each character. Mappings and lists as the `priv` that they mean."""
        value = self.value(*names)
        return None if value is None else self.written_of(value)

    def written_of(self, value: Value) -> Written | Unresolved | None:
        """Return a value as `written` does."""
        node = value.node
        if isinstance(node, ScalarNode) and not node.tag and "{" not in node.value:
            return Written.of(node, value.source)
        found = self.item_of(value)
        if found is None:
            return None
        if isinstance(found, Unknown):
            return unresolved(found.reason, value)
        text = self._joined(found, value)
        return None if isinstance(text, Omitted) else text

    def _joined(self, item: Item, value: Value) -> Written | Unresolved | Omitted:
        """Join `{target: privileges}` and `[item, item]` as the module and the roles do."""
        if isinstance(item, list):
            return self._glued(item, "/", value)
        if isinstance(item, dict):
            return unresolved("a mapping that a loop put together", value)
        if isinstance(item.node, SequenceNode):
            return self._glued(elements(item), "/", item)
        return self._from_mapping(item) if isinstance(item.node, MappingNode) else written(item, self.scope)

    def _from_mapping(self, item: Value) -> Written:
        grants: list[Written] = []
        for key, node in item.node.value:
            found = self.item_of(Value(node, item.source))
            privileges = (
                self._glued(elements(found), ",", item)
                if isinstance(found, Value) and isinstance(found.node, SequenceNode)
                else self._part(Value(node, item.source), item)
            )
            grants.append(Written.join((self._part(Value(key, item.source), item), privileges), ":", item.span))
        return Written.join(grants, "/", item.span)

    def _glued(self, items: Sequence[Item], glue: str, place: Value) -> Written:
        return Written.join([self._part(item, place) for item in items], glue, place.span)

    def _part(self, item: Item, place: Value) -> Written:
        text = written(item, self.scope)
        if isinstance(text, Written):
            return text
        return Written.opaque(item if isinstance(item, Value) else place)
