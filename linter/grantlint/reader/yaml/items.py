"""YAML as light nodes, one item at a time, for files too large for a tree.

A scalar is the parser's own event: it has the text, the quoting, the tag and both offsets. Aliases and merge keys
(`<<`) are resolved here, and each value keeps the place where it is written.
"""

from collections.abc import Callable, Iterator

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.reader.leaf.secrets import is_name
from grantlint.reader.yaml.faults import ExpansionLimit, alias_fault, undefined_alias
from grantlint.reader.yaml.library import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from grantlint.reader.yaml.nesting import depth_fault
from grantlint.reader.yaml.nodes import value_span
from grantlint.reader.yaml.parser import MAX_DEPTH, Parser, end_of, start_of

Scalar = ScalarEvent
UNQUOTED_TEMPLATE = "{{ }}"
"""Stands in `tag` for a `{{ name }}` without quotes, which YAML takes for a mapping within a mapping."""

STR_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_OWN_TAGS = frozenset({"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


class Mapping:
    """A mapping: values and key events by key text. Those of merged mappings come last."""

    __slots__ = ("anchored", "end", "fields", "keys", "start", "tag")

    def __init__(self, start: int, tag: str | None) -> None:
        self.start = start
        self.end = start
        self.tag = tag
        self.fields: dict[str, Item] = {}
        self.keys: dict[str, Scalar] = {}
        self.anchored = False


class Sequence:
    """A list. `bound` is for whoever binds it, to bind a list once that many aliases repeat."""

    __slots__ = ("anchored", "bound", "end", "items", "start", "tag")

    def __init__(self, start: int, tag: str | None) -> None:
        self.start = start
        self.end = start
        self.tag = tag
        self.items: list[Item] = []
        self.anchored = False
        self.bound: object = None


Item = Scalar | Mapping | Sequence


class _Anchored(NamedTuple):
    """A value with an anchor: how many nodes it has, and how many levels of lists and mappings."""

    item: Item
    nodes: int
    levels: int


class Unreadable(Exception):  # noqa: N818 - what happened to the text, not to the program
    """The text cannot be read on; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Items:
    """Composes items from one file's events. Duplicate keys and keys that are no word go to `faults`."""

    def __init__(self, source: Source, parser: Parser) -> None:
        self.source = source
        self.next: Callable[[], Event] = parser.get_event
        self.faults: list[Fault] = []
        self._anchors: dict[str, _Anchored] = {}
        self._limit = ExpansionLimit()
        self._deepest = 0  # level so far, within the innermost value with an anchor

    def documents(self) -> Iterator[Event]:
        """Yield the first event of each document. The caller reads on to the end of that node."""
        while type(event := self.next()) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                self._anchors.clear()
                yield self.next()

    def compose(self, event: Event, depth: int) -> Item:
        """Return the node that an event begins. `depth`: its level, 1 for the root of the document.

        Raises Unreadable where nesting or aliases go beyond the limits or an alias has no anchor.
        """
        if type(event) is ScalarEvent:
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(event, 1, 0)
            return event
        if type(event) is AliasEvent:
            return self._aliased(event, depth)
        if depth > MAX_DEPTH:
            raise Unreadable(depth_fault(self.source, start_of(event)))
        if event.anchor:  # type: ignore[attr-defined]  # nothing but lists and mappings is left
            return self._anchored(cast("NodeEvent", event), depth)
        self._deepest = max(depth, self._deepest)
        node = self._mapping(event, depth) if type(event) is MappingStartEvent else self._sequence(event, depth)
        self._limit.nodes += 1
        return node

    def _anchored(self, event: NodeEvent, depth: int) -> Item:
        """Return a list or mapping, and note what its aliases will repeat."""
        nodes, deepest, self._deepest = self._limit.nodes, self._deepest, depth
        node = self._mapping(event, depth) if type(event) is MappingStartEvent else self._sequence(event, depth)
        self._limit.nodes += 1
        node.anchored = True
        self._anchors[event.anchor or ""] = _Anchored(node, self._limit.nodes - nodes, self._deepest - depth + 1)
        self._deepest = max(deepest, self._deepest)
        return node

    def _mapping(self, start: MappingStartEvent, depth: int) -> Mapping:
        following = self.next
        begin = start_of(start)
        node = Mapping(begin, None if start.tag in _OWN_TAGS else start.tag)
        fields, keys = node.fields, node.keys
        last: Event = start
        value: Item = node
        while True:
            event = following()
            if type(event) is ScalarEvent and not event.tag and not event.anchor:
                key: Scalar | None = event
            elif type(event) is MappingEndEvent:
                break
            else:
                key = self.key(event, depth)
            last = following()
            value = last if type(last) is ScalarEvent and not last.anchor else self.compose(last, depth + 1)
            if key is None or key.value in fields:
                self.add(node, key, value)
            else:
                fields[key.value] = value
                keys[key.value] = key
        self._limit.nodes += 2 * len(keys)
        node.end = end_of(event) if start.flow_style else _end(last, value)
        if "<<" in fields:
            self.merge(node)
        if self.source.text.startswith("{{", begin):
            self._template(node)
        return node

    def _sequence(self, start: Event, depth: int) -> Sequence:
        begun = cast("SequenceStartEvent", start)
        node = Sequence(start_of(begun), None if begun.tag in _OWN_TAGS else begun.tag)
        items, following = node.items, self.next
        last: Event = start
        while type(event := following()) is not SequenceEndEvent:
            items.append(event if type(event) is ScalarEvent and not event.anchor else self.compose(event, depth + 1))
            last = event
        node.end = end_of(event) if begun.flow_style else _end(last, items[-1])
        self._limit.nodes += len(items)
        return node

    def _aliased(self, alias: AliasEvent, depth: int) -> Item:
        start, end = start_of(alias), end_of(alias)
        anchored = self._anchors.get(alias.anchor or "")
        if anchored is None:
            raise Unreadable(undefined_alias(self.source, start, end))
        if not self._limit.repeat(anchored.nodes):
            raise Unreadable(alias_fault(self.source, start, end))
        self._deepest = max(self._deepest, depth + anchored.levels - 1)
        if self._deepest > MAX_DEPTH:
            raise Unreadable(depth_fault(self.source, start))
        return anchored.item

    def key(self, event: Event, depth: int) -> Scalar | None:
        """Return the key that an event begins. None, and a fault, for one that is no word.

        `depth`: of its mapping.
        """
        key = self.compose(event, depth + 1)
        if type(key) is ScalarEvent and (key.tag is None or key.tag in STR_TAGS):
            return key
        start, end = bounds(key)
        if not self.source.text.startswith("{{", max(start - 1, 0)):
            at = value_span(self.source, start, end)
            self.faults.append(Fault("schema-error", "a key must be a word", at, "Write `key: value`."))
        return None

    def add(self, node: Mapping, key: Scalar | None, value: Item) -> None:
        """Add a value to a mapping. The second of two equal keys is reported.

        A value that is overwritten or has no key is never looked at again, so it is hidden here.
        """
        if key is None:
            self.source.hide(*bounds(value))
            return
        if key.value in node.fields:
            self._duplicate(node, key)
        node.fields[key.value] = value
        node.keys[key.value] = key

    def _duplicate(self, node: Mapping, key: Scalar) -> None:
        first, at = node.keys.pop(key.value), start_of(key)
        line, _ = self.source.position(start_of(first))
        self.source.hide(*bounds(node.fields[key.value]))
        message = f"{f'`{key.value}`' if is_name(key.value) else 'a key'} is written twice: here and on line {line}"
        remedy = "Keep one; of two, most tools take the last without a word."
        self.faults.append(Fault("duplicate-key", message, Span(self.source, at, end_of(key)), remedy))

    def _template(self, node: Mapping) -> None:
        at = Span(self.source, node.start, node.end)
        message = "a template without quotes is a mapping to YAML"
        self.faults.append(Fault("schema-error", message, at, "Quote it: '{{ name }}'."))
        node.tag = UNQUOTED_TEMPLATE

    def merge(self, node: Mapping) -> None:
        """Add to a mapping what `<<` merges into it. Its own keys stay, and of several mappings the first wins."""
        if "<<" not in node.fields or node.keys["<<"].style:
            return
        key, merged = node.keys.pop("<<"), node.fields.pop("<<")
        for part in merged.items if isinstance(merged, Sequence) else (merged,):
            if not isinstance(part, Mapping):
                at = Span(self.source, start_of(key), end_of(key))
                self.source.hide(*bounds(part))
                remedy = "Write `<<: *name`, where &name stands at a mapping."
                self.faults.append(Fault("schema-error", "`<<` merges mappings only", at, remedy))
                continue
            if not self._limit.repeat(len(part.fields)):
                raise Unreadable(alias_fault(self.source, start_of(key), end_of(key)))
            for name, value in part.fields.items():
                if name not in node.fields:
                    node.fields[name] = value
                    node.keys[name] = part.keys[name]


def _end(event: Event, node: Item) -> int:
    """Return the end of a block, that of its last value. An alias there ends at itself."""
    if type(event) is ScalarEvent or type(event) is AliasEvent:
        return end_of(event)
    return bounds(node)[1]


def bounds(node: Item) -> tuple[int, int]:
    """Return the parser's offsets of a node's beginning and end."""
    if isinstance(node, ScalarEvent):
        return start_of(node), end_of(node)
    return node.start, node.end
