"""YAML as nodes with offsets, never as Python values.

Scalars stay as written (`NO`, `0123` and `1e3` are text); quoting and explicit tags (`!vault`) are kept in the
node, everything else has no tag. Nothing is constructed, so no tag can run anything. Offsets are characters of
`Source.text`, which must hold no byte order mark (libyaml does not count one).
"""

from collections.abc import Iterator
from itertools import islice

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import cast
from grantlint.reader.yaml.faults import ExpansionLimit, alias_fault, endless_fault
from grantlint.reader.yaml.library import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingNode,
    Mark,
    Node,
    NodeEvent,
    ScalarNode,
    SequenceNode,
    YAMLError,
)
from grantlint.reader.yaml.nesting import depth_fault, too_deep, unreadable
from grantlint.reader.yaml.parser import MAX_DEPTH, end_of, parser, start_of

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode"]
__all__ += ["documents", "documents_within", "is_plain", "mark_at", "span_of"]

FEW_ALIASES = 20
"""So many aliases cannot repeat a file more than some thousand times: 3 * 3 * ... of twenty is 3 ** 6 * 2."""

_ALIAS = Pattern(r"(?<![^\s,\[{:])\*[\w-]")
_PROPERTIES = Pattern(r"(?:[&!][^\s,\[\]{}]*\s*)*")


def documents(source: Source) -> Iterator[Node | Fault]:
    """Yield each document's root node, and a syntax-error fault where YAML ends."""
    told = 0
    try:
        for root in _roots(source, source.text):
            told += 1
            yield root
    except YAMLError as error:
        from grantlint.reader.yaml.slips.anchors import (  # noqa: PLC0415 - most files have no slip
            REFUSED_BY,
            gives_twice,
            told_apart,
        )

        if not gives_twice(error) or source.format in REFUSED_BY:
            yield unreadable(source, error)
            return
        try:
            yield from islice(_roots(source, told_apart(source.text)), told, None)
        except YAMLError as further:
            yield unreadable(source, further)


def _roots(source: Source, text: str) -> Iterator[Node | Fault]:
    """Yield what is composed of a text that differs from the source's in names of anchors at most."""
    if _may_explode(text):
        fault = _explosion(source)
        if fault:
            yield fault
            return
    aliases = "&" in text and _ALIAS.search(text) is not None
    nodes = parser(text)
    try:
        while nodes.check_node():
            node = nodes.get_node()
            if node is None:
                continue
            fault = too_deep(source, end_of(node)) if nodes.brink else None
            if fault is None and aliases:
                fault = _repeating(source, node)
            yield fault or node
            if nodes.brink and fault:
                return
    finally:
        nodes.dispose()


def documents_within(source: Source, start: int, end: int) -> Iterator[Node]:
    """Yield the root nodes of documents in a part of a source. Offsets are those of the whole source.

    What is no YAML there ends them.
    """
    for root in documents(Source(source.path, source.text[start:end])):
        if isinstance(root, Fault):
            return
        moved: set[int] = set()
        pending: list[Node] = [root]
        while pending:
            node = pending.pop()
            if id(node) not in moved:
                moved.add(id(node))
                node.start_mark, node.end_mark = mark_at(start_of(node) + start), mark_at(end_of(node) + start)
                pending += [] if isinstance(node, ScalarNode) else _children(node)
        yield root


def mark_at(index: int) -> Mark:
    """Return a mark that stands for an offset alone."""
    return Mark("", index, 0, 0, None, 0)


def _repeating(source: Source, root: Node) -> Fault | None:
    """Return the fault of aliases that nest too deep or contain themselves."""
    above: set[int] = set()
    levels: dict[int, int] = {}  # of what has been looked through: how many there are from there down
    pending: list[tuple[Node, bool]] = [(root, False)]
    while pending:
        node, left = pending.pop()
        if left:
            above.discard(id(node))
            levels[id(node)] = 1 + max((levels.get(id(child), 0) for child in _children(node)), default=0)
            if len(above) + levels[id(node)] > MAX_DEPTH:
                return depth_fault(source, start_of(node))
        elif id(node) in above:
            return endless_fault(span_of(source, node))
        elif id(node) not in levels and not isinstance(node, ScalarNode):
            above.add(id(node))
            pending.append((node, True))
            pending += [(child, False) for child in _children(node)]
        elif len(above) + levels.get(id(node), 0) > MAX_DEPTH:
            return depth_fault(source, start_of(node))
    return None


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for pair in cast("list[tuple[Node, Node]]", node.value):
            yield from pair
    else:
        yield from cast("list[Node]", node.value)


def span_of(source: Source, node: Node) -> Span:
    """Return the span of a node's value, quotes included. Anchor, tag and what follows a block are left out."""
    start, last = start_of(node), node
    while not isinstance(last, ScalarNode):
        following = _last_child(last)
        if following is None or start_of(following) <= start_of(last):  # an alias: its node stands further up
            break
        last = following
    return value_span(source, start, end_of(last))


def _last_child(node: Node) -> Node | None:
    """Return the last node of a block collection. libyaml ends a block only where the next token begins."""
    if isinstance(node, MappingNode):
        pairs = cast("list[tuple[Node, Node]]", node.value)
        return pairs[-1][1] if pairs and not node.flow_style else None
    items = cast("list[Node]", node.value)
    return items[-1] if items and not cast("SequenceNode", node).flow_style else None


def value_span(source: Source, start: int, end: int) -> Span:
    """Return a value's span without anchor, tag and trailing line breaks."""
    text = source.text
    if start < end:
        if text[start] in "&!":
            found = _PROPERTIES.match(text, start, end)
            start = found.end() if found else start
        if text[end - 1] in " \n\r\t":
            end = start + len(text[start:end].rstrip())
    return Span(source, start, end)


def is_plain(node: ScalarNode) -> bool:
    """Whether a scalar is unquoted and untagged. YAML 1.1 would read such a `no` or `12` as no text."""
    return not node.style and cast("str | None", node.tag) is None


def _may_explode(text: str) -> bool:
    """Rule out alias bombs cheaply."""
    return text.count("*") > FEW_ALIASES < sum(1 for _ in _ALIAS.finditer(text))


def _explosion(source: Source) -> Fault | None:
    """Count the nodes that aliases repeat, by events, which take no recursion."""
    events = parser(source.text)
    limit = ExpansionLimit()
    opened: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, CollectionEndEvent):
                anchor, before = opened.pop()
                if anchor:
                    sizes[anchor] = limit.nodes - before
                continue
            if not isinstance(event, NodeEvent):
                continue
            if isinstance(event, AliasEvent):
                if not limit.repeat(sizes.get(event.anchor or "", 1)):
                    return alias_fault(source, start_of(event), end_of(event))
                continue
            if isinstance(event, CollectionStartEvent):
                opened.append((event.anchor, limit.nodes))
                if len(opened) > MAX_DEPTH:
                    return depth_fault(source, start_of(event))
            limit.nodes += 1
    finally:
        events.dispose()
    return None
