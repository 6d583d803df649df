"""Variables of Ansible in the SQL of a task: what a role or an inventory says of them, where that is one literal."""

import re
from collections.abc import Sequence

from grantlint.model.location import Located, Source
from grantlint.reader.formats.ansible.values.nodes import Value
from grantlint.reader.formats.ansible.values.variables import FileScope
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
