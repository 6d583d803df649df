"""Releases of Helm that Terraform installs: `set` and `values` as the values that a chart is given.

Source: the registry's page of helm_release (hashicorp/helm): blocks up to 2.x, lists of objects since.
"""

from collections.abc import Iterator

from grantlint.model import Declarations
from grantlint.model.location import Located
from grantlint.reader.formats.terraform.attributes import text_of
from grantlint.reader.formats.terraform.module.instance import Instance
from grantlint.reader.formats.terraform.values import Items, Members, Scalar, Value, entries_of
from grantlint.reader.images.charts.values import accounts_of
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, documents_within, mark_at

_SETS = ("set", "set_sensitive")
_UNKNOWN = "${}"
"""What stands for a value that is not known: the readers of charts take it for a template."""


def released(instance: Instance) -> Iterator[Declarations]:
    """Yield what the chart of a release declares.

    Read are values that stand in this file.
    """
    chart = text_of(instance, "chart")
    if not isinstance(chart, Located):
        return
    source = instance.span.source
    root = MappingNode("", [], mark_at(instance.span.start), mark_at(instance.span.end))
    values = instance.value("values")
    for each in values.values if isinstance(values, Items) else ():
        for node in _documents(each):
            _merge(root, node)
    for name, value in _sets(instance):
        if value.span.source is source:
            _merge(root, _nested(name, value))
    yield from accounts_of(root, chart.value, source)


def _sets(instance: Instance) -> Iterator[tuple[Scalar, Value]]:
    """Yield the names and values that are set one by one."""
    for kind in _SETS:
        for block in instance.blocks(kind):
            yield from _pair(block.value("name"), block.value("value"))
        listed = instance.value(kind)
        for item in listed.values if isinstance(listed, Items) else ():
            if isinstance(item, Members):
                yield from _pair(item.values.get("name"), item.values.get("value"))


def _pair(name: Value | None, value: Value | None) -> Iterator[tuple[Scalar, Value]]:
    if isinstance(name, Scalar) and value is not None and "[" not in name.text:
        yield name, value


def _nested(name: Scalar, value: Value) -> MappingNode:
    """Return the mapping of a name with points, such as `auth.rootPassword`."""
    at, end = mark_at(name.start), mark_at(value.end)
    node: Node = _node(value)
    for key in reversed(name.text.split(".")):
        node = MappingNode("", [(ScalarNode("", key, at, mark_at(name.end)), node)], at, end)
    return node if isinstance(node, MappingNode) else MappingNode("", [], at, end)


def _node(value: Value) -> Node:
    start, end = mark_at(value.start), mark_at(value.end)
    if isinstance(value, Members):
        pairs = [(_node(key), _node(inner)) for key, inner in entries_of(value)]
        return MappingNode("", pairs, start, end)
    return ScalarNode("", value.text if isinstance(value, Scalar) else _UNKNOWN, start, end, '"')


def _documents(value: Value) -> Iterator[MappingNode]:
    """Yield the values of an item of `values`: an object that is encoded, or YAML in a heredoc."""
    if isinstance(value, Members):
        node = _node(value)
        if isinstance(node, MappingNode):
            yield node
        return
    source, start, end = value.span
    text = source.text[start:end]
    if text.startswith("<<") and "\n" in text.rstrip():
        first, last = start + text.index("\n") + 1, start + text.rstrip().rindex("\n") + 1
        yield from (root for root in documents_within(source, first, last) if isinstance(root, MappingNode))


def _merge(into: MappingNode, other: MappingNode) -> None:
    """Put the pairs of a mapping over those of another, as Helm does."""
    known = {key.value: node for key, node in into.value if isinstance(key, ScalarNode)}
    for key, node in other.value:
        inside = known.get(key.value)
        if isinstance(inside, MappingNode) and isinstance(node, MappingNode):
            _merge(inside, node)
        else:
            into.value = [*into.value, (key, node)]
