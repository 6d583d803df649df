"""The `when` of tasks around scripts, where it asks which server it is."""

from collections.abc import Iterable

from grantlint.model.location import Source
from grantlint.model.step import Branch
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.reader.leaf.stretches import Stretches
from grantlint.reader.leaf.truth import holds
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


def never_run(roots: Iterable[Node], source: Source) -> list[tuple[int, int]]:
    """Return where mappings stand whose `when` is a literal that never holds."""
    if "when:" not in source.text:
        return []
    return [(one.start, one.end) for root in roots for one in _conditional(root) if _never_holds(one.when)]


def _never_holds(when: Node) -> bool:
    nodes = cast("list[Node]", when.value) if isinstance(when, SequenceNode) else [when]
    return any(isinstance(node, ScalarNode) and holds(node.value) is False for node in nodes)


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


class _When(NamedTuple):
    """A mapping with a `when`, and where it begins and ends."""

    start: int
    end: int
    when: Node


def _within(root: Node, source: Source) -> Iterable[_Mapping]:
    """Yield the mappings below a node whose condition asks which server it is."""
    for one in _conditional(root):
        branch = branch_by_version(source, one.when.start_mark.index, one.when.end_mark.index)
        if branch is not None:
            yield _Mapping(one.start, one.end, branch)


def _conditional(root: Node) -> Iterable[_When]:
    """Yield the mappings below a node that have a `when`."""
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
            if isinstance(key, ScalarNode) and key.value == "when":
                yield _When(node.start_mark.index, node.end_mark.index, value)
