"""The `when` of tasks around scripts, where it asks which server it is."""

from collections.abc import Iterable
from typing import cast

from grantlint.model.location import Source
from grantlint.model.step import Branch, Path
from grantlint.reader.leaf.versions import asks_for_version
from grantlint.reader.sql.steps.steps import Around
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


def whens(roots: Iterable[Node], source: Source) -> Around:
    """Return the conditions around an offset of a file."""
    found: list[tuple[int, int, Branch]] = []
    if "when:" in source.text:
        for root in roots:
            found += _within(root, source)
    found.sort(key=lambda one: one[:2])

    def around(place: int) -> Path:
        return tuple([branch for start, end, branch in found if start <= place < end])

    return around


def _within(root: Node, source: Source) -> Iterable[tuple[int, int, Branch]]:
    """Yield the bounds of the mappings below a node that have such a condition, and the condition."""
    seen: set[int] = set()
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            nodes += cast("list[Node]", node.value)
        if not isinstance(node, MappingNode):
            continue
        for key, value in cast("list[tuple[Node, Node]]", node.value):
            nodes.append(value)
            start, end = value.start_mark.index, value.end_mark.index
            is_when = isinstance(key, ScalarNode) and key.value == "when"
            if is_when and asks_for_version(source.text[start:end]):
                yield node.start_mark.index, node.end_mark.index, Branch(source, start, 0, by_version=True)
