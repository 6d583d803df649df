"""What an Ansible value is before anybody asks for its text: nodes with the file that they stand in."""

from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TypeAlias
from grantlint.reader.yaml import mapping
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, mark_at, span_of


class Value(NamedTuple):
    """A node and the file that it was written in."""

    node: Node
    source: Source

    @property
    def span(self) -> Span:
        """Where the node stands."""
        return place(self.source, self.node)


def place(source: Source, node: Node) -> Span:
    """Return the span of a node. The marks say it for all but block scalars."""
    if isinstance(node, ScalarNode) and node.style not in _BLOCKS:
        return Span(source, node.start_mark.index, node.end_mark.index)
    return span_of(source, node)


class Unknown(NamedTuple):
    """A value that only a run could know, and why."""

    reason: str


class Omitted:
    """`default(omit)`: the argument is as good as not written."""


Item: TypeAlias = Value | list["Item"] | dict[str, "Item"]
"""A value as written, or a list or mapping that a loop put together from such values."""

OMIT = Omitted()
ABSENT = frozenset({"", "~", "null", "Null", "NULL"})
_BLOCKS = frozenset({"|", ">"})
_LITERAL_TAGS = frozenset({"", "!", "!unsafe", "tag:yaml.org,2002:str"})


def scalar(text: str, start: int, end: int) -> ScalarNode:
    """Return a node for a piece of a string."""
    return ScalarNode("", text, mark_at(start), mark_at(end))


def is_null(node: Node) -> bool:
    """Whether the node is YAML's null: nothing written, `~` or `null`."""
    return isinstance(node, ScalarNode) and not node.style and not node.tag and node.value in ABSENT


def is_opaque(node: Node) -> bool:
    """Whether a tag makes the value differ from its text. `!vault` and `!env` do."""
    return (node.tag or "") not in _LITERAL_TAGS and not node.tag.startswith("tag:yaml.org,2002:")


def entries(node: Node) -> dict[str, Node]:
    """Return a mapping's values by key, `<<` merged in. The last of a repeated key wins, as in Ansible.

    Anything but a mapping has no entries.
    """
    if not isinstance(node, MappingNode):
        return {}
    found: dict[str, Node] = {}
    merges = False
    for key, value in node.value:
        if isinstance(key, ScalarNode):
            if key.value == "<<" and not key.style:
                merges = True
            else:
                found[key.value] = value
    return {name: entry.value for name, entry in mapping.entries(node).items()} if merges else found


def elements(value: Value) -> list[Value]:
    """Return a list's elements; anything else has none."""
    return [Value(node, value.source) for node in value.node.value] if isinstance(value.node, SequenceNode) else []


def repeated_keys(node: Node) -> list[ScalarNode]:
    """Return the repeated keys of a mapping, at their later places."""
    seen: set[str] = set()
    again: list[ScalarNode] = []
    for key, _ in node.value if isinstance(node, MappingNode) else ():
        if isinstance(key, ScalarNode) and key.value != "<<":
            if key.value in seen:
                again.append(key)
            seen.add(key.value)
    return again


def member(item: Item, key: str) -> Item | None:
    """Return `item.key`, `item['key']` or `item.0`. None where there is no such thing."""
    if isinstance(item, Value):
        if isinstance(item.node, SequenceNode) and _is_index(key, len(item.node.value)):
            return Value(item.node.value[int(key)], item.source)
        found = entries(item.node).get(key)
        return None if found is None else Value(found, item.source)
    if isinstance(item, dict):
        return item.get(key)
    return item[int(key)] if _is_index(key, len(item)) else None


def _is_index(key: str, length: int) -> bool:
    return key.isdecimal() and len(key) < 10 and int(key) < length  # noqa: PLR2004 - Python reads no endless numbers
