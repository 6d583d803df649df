"""The `when` of tasks around scripts, where it asks which server it is."""

from collections.abc import Iterable
from typing import cast

from grantlint.model.location import Source
from grantlint.model.step import Branch
from grantlint.platform.record import NamedTuple
from grantlint.reader.leaf.stretches import Stretches
from grantlint.reader.leaf.versions import branch_by_version
from grantlint.reader.sql.steps.steps import Around
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


class _Mapping(NamedTuple):
    """A mapping with a condition, and where it begins and ends."""

    start: int
    end: int
    branch: Branch


def whens(roots: Iterable[Node], source: Source) -> Around:
    """Return the conditions around an offset of a file."""
    found: list[_Mapping] = []
    if "when:" in source.text:
        for root in roots:
            found += _within(root, source)
    return _stretches(sorted(found, key=lambda one: (one.start, -one.end))).around


def _stretches(found: Iterable[_Mapping]) -> Stretches:
    """Return the conditions by place; a mapping lies in another or apart from it."""
    stretches = Stretches()
    around: list[_Mapping] = []
    for one in found:
        while around and around[-1].end <= one.start:
            _leave(around, stretches)
        around.append(one)
        stretches.begin(one.start, tuple([each.branch for each in around]))
    while around:
        _leave(around, stretches)
    return stretches


def _leave(around: list[_Mapping], stretches: Stretches) -> None:
    left = around.pop()
    stretches.begin(left.end, tuple([each.branch for each in around]))


def _within(root: Node, source: Source) -> Iterable[_Mapping]:
    """Yield the mappings below a node that have such a condition."""
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
            if not isinstance(key, ScalarNode) or key.value != "when":
                continue
            branch = branch_by_version(source, value.start_mark.index, value.end_mark.index)
            if branch is not None:
                yield _Mapping(node.start_mark.index, node.end_mark.index, branch)
