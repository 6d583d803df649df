"""The arguments of one account, as the builder of accounts asks for them: by name, resolved, with their places."""

from collections.abc import Mapping

from grantlint.location import Flag, Located, Source, Span, Text, Unresolved
from grantlint.reader.ansible.resolution import Written, follow, text_of, unresolved, written
from grantlint.reader.ansible.values import Item, Omitted, Unknown, Value, is_null
from grantlint.reader.ansible.variables import FileScope, Scope
from grantlint.reader.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

_YES = frozenset({"yes", "true", "on", "1", "y", "t", "1.0"})
_NO = frozenset({"no", "false", "off", "0", "n", "f", "0.0"})

_SECRET_WORDS = ("password", "passwd", "token", "secret", "auth_string", "hash_string", "private_key")
_SECRET_NAMES = frozenset({"pass", "pw", "pwd", "salt"})
_NO_SECRETS = frozenset({"update_password", "password_expire", "password_expire_interval", "password_option"})


def is_secret(name: str) -> bool:
    """Whether a value of this name is for nobody to see."""
    if name in _NO_SECRETS:
        return False
    lowered = name.lower()
    return lowered in _SECRET_NAMES or any(word in lowered for word in _SECRET_WORDS)


def hide_secrets(mapping: Mapping[str, Node], source: Source) -> None:
    """Hide the values of all secrets of a mapping from reports."""
    for name, node in mapping.items():
        if is_secret(name):
            source.hide(node.start_mark.index, node.end_mark.index)


class Fields:
    """Named values with the scope that their templates are read in."""

    __slots__ = ("nodes", "scope", "source")

    def __init__(self, nodes: Mapping[str, Node], source: Source, scope: Scope | FileScope) -> None:
        self.nodes = nodes
        self.source = source
        self.scope = scope

    def value(self, *names: str) -> Value | None:
        """Return what is written for the first of the names, or None where none is or it is null."""
        for name in names:
            node = self.nodes.get(name)
            if node is not None and not is_null(node):
                return Value(node, self.source)
        return None

    def item(self, *names: str) -> Item | Unknown | None:
        """Return a value with its variable followed; None also where it turns out omitted or null."""
        value = self.value(*names)
        return None if value is None else self.item_of(value)

    def text(self, *names: str) -> Text | None:
        """Return a value as text."""
        value = self.value(*names)
        if value is None:
            return None
        node = value.node
        if isinstance(node, ScalarNode) and not node.tag and "{" not in node.value:
            return Located(node.value, *value.span)
        return self._text(value)

    def _text(self, value: Value) -> Text | None:
        found = self.item_of(value)
        if found is None:
            return None
        if isinstance(found, Unknown):
            return unresolved(found.reason, value)
        text = text_of(found, self.scope)
        return None if isinstance(text, Omitted) else text

    def item_of(self, value: Value) -> Item | Unknown | None:
        """Return what a value stands for; None where it is omitted or null."""
        found = follow(value, self.scope)
        if isinstance(found, Omitted) or (isinstance(found, Value) and is_null(found.node)):
            return None
        return found

    def flag(self, name: str) -> Flag | None:
        """Return a boolean, in any of the words that Ansible takes for one."""
        text = self.text(name)
        if text is None or isinstance(text, Unresolved):
            return text
        word = text.value.lower()
        if word not in _YES | _NO:
            return Unresolved("no boolean", *text.span)
        return Located(word in _YES, *text.span)

    def written(self, *names: str) -> Written | Unresolved | None:
        """Return a value as text with the place of each character; mappings and lists as the `priv` that they mean."""
        value = self.value(*names)
        if value is None:
            return None
        found = self.item_of(value)
        if found is None:
            return None
        if isinstance(found, Unknown):
            return unresolved(found.reason, value)
        text = self._joined(found, value.span)
        return None if isinstance(text, Omitted) else text

    def _joined(self, item: Item, span: Span) -> Written | Unresolved | Omitted:
        """Join `{target: privileges}` and `[item, item]` as the module and the roles do."""
        if isinstance(item, list):
            return self._glued(item, "/", span)
        if isinstance(item, Value) and isinstance(item.node, SequenceNode):
            return self._glued([Value(node, item.source) for node in item.node.value], "/", item.span)
        if isinstance(item, dict) or isinstance(item.node, MappingNode):
            return self._from_mapping(item, span)
        return written(item, self.scope)

    def _from_mapping(self, item: Item, span: Span) -> Written | Unresolved:
        if not isinstance(item, Value):
            return unresolved("a mapping that a loop put together", item, span)
        texts: list[Written] = []
        for key, node in item.node.value:
            target = written(Value(key, item.source), self.scope)
            inner = Value(node, item.source)
            privileges = self._privileges(inner)
            if not isinstance(target, Written) or not isinstance(privileges, Written):
                return target if isinstance(target, Unresolved) else unresolved("a Jinja template", inner)
            texts.append(Written.join((target, privileges), ":", item.span))
        return Written.join(texts, "/", item.span)

    def _privileges(self, inner: Value) -> Written | Unresolved | Omitted:
        found = self.item_of(inner)
        if isinstance(found, Value) and isinstance(found.node, SequenceNode):
            return self._glued([Value(node, found.source) for node in found.node.value], ",", found.span)
        return written(inner, self.scope)

    def _glued(self, items: list[Item], glue: str, span: Span) -> Written | Unresolved:
        texts: list[Written] = []
        for item in items:
            text = written(item, self.scope)
            if isinstance(text, Unresolved):
                return text
            if isinstance(text, Written):
                texts.append(text)
        return Written.join(texts, glue, span)
