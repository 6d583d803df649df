"""JSON of Terraform's as nodes with places: YAML takes it as it is, but for halves of characters."""

import re
from collections.abc import Iterable, Iterator, Mapping

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.platform.typed import cast
from grantlint.reader.formats.terraform.values import BOOL, NULL, NUMBER, STRING, Items, Members, Scalar, Value
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents, span_of

SHOWN = frozenset(
    ("user", "name", "host", "role", "roles", "database", "table", "privileges", "priv_type", "columns", "grant")
)
"""The attributes of accounts whose values are no secrets."""

_KINDS = {"null": NULL, "true": BOOL, "false": BOOL}
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")

Fields = Mapping[str, Node]


def roots(source: Source) -> Iterator[Node | Fault]:
    """Yield the root nodes of a text. A fault where it is no JSON."""
    readable = Source(source.path, _SURROGATE.sub(r"\\ufffd", source.text))
    for root in documents(readable):
        if isinstance(root, Fault):
            yield root._replace(span=Span(source, root.span.start, root.span.end))
        else:
            yield root


def fields_of(node: Node | None) -> Fields:
    """Return the members of an object by name; none of anything else."""
    return {key.value: value for key, value in members(node)}


def members(node: Node | None) -> list[tuple[ScalarNode, Node]]:
    """Return the members of an object as written. Repeated ones as well."""
    pairs = cast("list[tuple[Node, Node]]", node.value) if isinstance(node, MappingNode) else []
    return [(key, value) for key, value in pairs if isinstance(key, ScalarNode)]


def elements(node: Node | None) -> list[Node]:
    """Return the elements of an array; none of anything else."""
    return cast("list[Node]", node.value) if isinstance(node, SequenceNode) else []


def objects(node: Node | None) -> list[MappingNode]:
    """Return an object, or the objects of an array."""
    inside = elements(node) if isinstance(node, SequenceNode) else [node]
    return [each for each in inside if isinstance(each, MappingNode)]


def word(node: Node | None) -> str:
    """Return a string, number or name as written. '' for anything else."""
    return node.value if isinstance(node, ScalarNode) else ""


def value_of(source: Source, node: Node) -> Value:
    """Return a node as a value."""
    span = span_of(source, node)
    if isinstance(node, ScalarNode):
        if node.style == '"':
            return Scalar(node.value, STRING, *span)
        return Scalar(node.value, _KINDS.get(node.value, NUMBER), *span)
    if isinstance(node, SequenceNode):
        return Items([value_of(source, each) for each in elements(node)], *span)
    keys = {key.value: Scalar(key.value, STRING, *span_of(source, key)) for key, _ in members(node)}
    return Members({name: value_of(source, each) for name, each in fields_of(node).items()}, keys, *span)


def hide_all_but(source: Source, shown: Iterable[Span]) -> None:
    """Hide a text outside of the shown spans. They are surely no secret."""
    at = 0
    for span in sorted(set(shown), key=lambda each: each.start):
        source.hide(at, span.start)
        at = max(at, span.end)
    source.hide(at, len(source.text))
