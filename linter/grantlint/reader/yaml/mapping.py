"""A YAML mapping's values by key, with `<<` merged in, as every reader of YAML wants them."""

from collections.abc import Iterator

from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


class Entry:
    """A key and its value, both as nodes."""

    __slots__ = ("key", "value")

    def __init__(self, key: ScalarNode, value: Node) -> None:
        self.key = key
        self.value = value


def entries(node: Node | None) -> dict[str, Entry]:
    """Return a mapping's entries. Anything but a mapping has none.

    The last of a repeated key wins, be it `<<` itself, and of a list under `<<` the first: as in PyYAML up to 6.0.3.
    What is merged twice brings nothing new; where YAML is read, it is limited how often aliases may repeat a value.
    """
    found: dict[str, Entry] = {}
    seen: set[int] = set()
    pending = [node]
    while pending:
        source = pending.pop()
        if id(source) in seen:
            continue
        seen.add(id(source))
        if isinstance(source, SequenceNode):
            pending += reversed(source.value)
        elif isinstance(source, MappingNode):
            own: dict[str, Entry] = {}
            merged: list[Node] = []
            for key, value in source.value:
                if not isinstance(key, ScalarNode):
                    continue
                if key.value == "<<" and not key.style:
                    merged.append(value)
                else:
                    own[key.value] = Entry(key, value)
            for name, entry in own.items():
                found.setdefault(name, entry)
            pending += merged
    return found


def word_of(entry: Entry | None) -> str:
    """Return an entry's scalar as written. '' where there is none."""
    return entry.value.value if entry is not None and isinstance(entry.value, ScalarNode) else ""


def pairs_of(node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
    """Yield a mapping's keys and values, merged ones last. A repeated key comes each time."""
    own: set[str] = set()
    merges = False
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            continue
        if key.value == "<<" and not key.style:
            merges = True
        else:
            own.add(key.value)
            yield key, value
    for name, entry in entries(node).items() if merges else ():
        if name not in own:
            yield entry.key, entry.value


def is_null(node: Node) -> bool:
    """Whether the node is YAML's null: nothing written, `~` or `null`."""
    plain = isinstance(node, ScalarNode) and not node.style and not node.tag
    return plain and node.value in {"", "~", "null", "Null", "NULL"}
