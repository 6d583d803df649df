"""Variables of Ansible in the SQL of a task: what a role or an inventory says of them, where that is one literal."""

import re
from collections.abc import Iterator, Sequence

from grantlint.model.location import Located, Source
from grantlint.reader.formats.ansible.values.nodes import Value, is_opaque, scalar
from grantlint.reader.formats.ansible.values.resolution import follow
from grantlint.reader.formats.ansible.values.templates import is_template
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.leaf.variables import Binding, Variables, names_in
from grantlint.reader.yaml.nodes import ScalarNode, span_of


class OfTree(Variables):
    """The variables defined by the files around a file. They are looked for when a statement names one."""

    def __init__(self, source: Source) -> None:
        self._scope = FileScope(source)
        self._text = source.text

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the values that a text names."""
        del offset
        if "{{" not in text:
            return ({},)
        values = {name: self._literal(name) for name in names_in(text)}
        return ({name: value for name, value in values.items() if value is not None},)

    def _literal(self, name: str) -> Located[str] | None:
        if re.search(rf"^[ \t-]*['\"]?{re.escape(name)}['\"]?[ \t]*:", self._text, re.MULTILINE) is not None:
            return None  # the task or its play may set it
        found = self._scope.find(name)
        node = found.node if isinstance(found, Value) else None
        if not isinstance(found, Value) or not isinstance(node, ScalarNode) or not node.value or "{{" in node.value:
            return None
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            return None
        return Located(node.value, *span_of(found.source, node))


class OfTask(Variables):
    """The variables that a task sees. There is a binding for each turn of its loop that differs."""

    def __init__(self, source: Source, scopes: Sequence[Scope | FileScope]) -> None:
        self._source = source
        self._scopes = scopes

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the values that a text names, turn by turn."""
        del offset
        if "{{" not in text:
            return ({},)
        names = sorted(names_in(text))
        found: list[Binding] = []
        for scope in self._scopes:
            binding = dict(self._values(names, scope))
            if binding not in found:
                found.append(binding)
        return found

    def _values(self, names: Sequence[str], scope: Scope | FileScope) -> Iterator[tuple[str, Located[str]]]:
        for name in names:
            found = follow(Value(scalar(f"{{{{ {name} }}}}", 0, 0), self._source), scope)
            node = found.node if isinstance(found, Value) else None
            if not isinstance(found, Value) or not isinstance(node, ScalarNode) or (node.tag and is_opaque(node)):
                continue
            if node.value and not is_template(node.value):
                yield name, Located(node.value, *span_of(found.source, node))
