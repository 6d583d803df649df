"""Kubernetes objects as YAML nodes: fields by their path, each as text with its place."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from grantlint.model.location import Flag, Implied, Located, Source, Span, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import cast
from grantlint.reader.yaml.blanking import MARK, brought_lines, may_be_filled
from grantlint.reader.yaml.mapping import entries
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, is_plain, span_of

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE, _FALSE = frozenset({"true", "True", "TRUE"}), frozenset({"false", "False", "FALSE"})
_SUBSTITUTED = re.compile(r"\$\{[^}]*\}|\$\([A-Za-z_][\w.-]*\)")
"""What Flux, envsubst and kustomize put in before the object is applied."""
_END = Pattern(r"\n---")


class Object:
    """An object, or a part of one."""

    __slots__ = ("fields", "node", "source")

    def __init__(self, node: Node, source: Source) -> None:
        self.node = node
        self.source = source
        self.fields = fields_of(node)

    @property
    def span(self) -> Span:
        """The place of its kind, used for absent fields."""
        kind = self.fields.get("kind")
        return span_of(self.source, kind) if kind is not None else span_of(self.source, self.node)

    @property
    def is_open(self) -> bool:
        """Whether a template may add fields to `spec`. What is not written may be there then."""
        brought = brought_lines(self.source)
        if not brought:
            return False
        spec, ends = self.fields.get("spec"), _ends_of_documents(self.source)
        start = span_of(self.source, self.node if spec is None else spec).start
        first, end = bisect_left(brought, start), bisect_left(ends, start)
        return first < len(brought) and (end == len(ends) or brought[first] < ends[end])

    def may_be_filled(self, field: str) -> bool:
        """Return whether a template may add content to a field. Or stands for all that it holds."""
        node = self.fields.get(field)
        return node is not None and may_be_filled(self.source, node, empty=is_null(node))

    def absent(self, value: str) -> Text:
        """Return the default value of an absent field."""
        if self.is_open:
            return Unresolved("a template may say it", *self.span)
        return Implied(value, *self.span)

    def at(self, *path: str) -> Node | None:
        """Return the node at a path of keys. None where there is none or it is null."""
        node: Node | None = self.node
        for key in path:
            node = fields_of(node).get(key) if node is not None else None
        return None if node is None or is_null(node) else node

    def part(self, *path: str) -> "Object | None":
        """Return the object at a path."""
        node = self.at(*path)
        return Object(node, self.source) if isinstance(node, MappingNode) else None

    def parts(self, *path: str) -> list["Object"]:
        """Return the objects of the list at a path."""
        node = self.at(*path)
        if not isinstance(node, SequenceNode):
            return []
        return [Object(item, self.source) for item in _items(node) if isinstance(item, MappingNode)]

    def word(self, *path: str) -> str:
        """Return a text that is known, '' for any other."""
        text = self.text(*path)
        return text.value if isinstance(text, Located) else ""

    def text(self, *path: str) -> Text | None:
        """Return the text at a path; None where there is none."""
        node = self.at(*path)
        return None if node is None else text_of(node, self.source)

    def texts(self, *path: str) -> list[Text]:
        """Return the texts of the list at a path. One that stands for all where it is no list."""
        node = self.at(*path)
        if isinstance(node, SequenceNode):
            return [text_of(item, self.source) for item in _items(node) if not is_null(item)]
        return [] if node is None else [text_of(node, self.source)]

    def flag(self, *path: str) -> Flag | None:
        """Return whether a field is true. Unresolved where it is neither true nor false."""
        text = self.text(*path)
        if not isinstance(text, Located):
            return text
        if text.value in _TRUE or text.value in _FALSE:
            return Located(text.value in _TRUE, *text.span)
        return Unresolved("neither true nor false", *text.span)


@lru_cache(maxsize=4)  # each object asks, and a list of them is one document
def _ends_of_documents(source: Source) -> tuple[int, ...]:
    return tuple([found.start() for found in _END.finditer(source.text)])


def text_of(node: Node, source: Source) -> Text:
    """Return a node as text. Unresolved where a template or a tag makes it, or where it is no scalar."""
    span = span_of(source, node)
    if not isinstance(node, ScalarNode):
        return Unresolved("not a text", *span)
    if MARK in node.value or _SUBSTITUTED.search(node.value):
        written = " ".join(source.text[span.start : span.end].split())
        return Unresolved("a template", *span, "" if _has_loops(source) else f"{source.path}|{written}")
    if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
        return Unresolved(f"the tag {node.tag}", *span)
    return Located(node.value, *span)


@lru_cache(maxsize=4)
def _has_loops(source: Source) -> bool:
    """Whether a template may have loops, in which the same words stand for other values in each turn."""
    return "range" in source.text or "{%" in source.text


def is_null(node: Node) -> bool:
    """Whether nothing is written, or null."""
    return isinstance(node, ScalarNode) and is_plain(node) and node.value in _NULLS


def fields_of(node: Node) -> dict[str, Node]:
    """Return the fields of a mapping. The last of a repeated one counts; those that `<<` merges replace none."""
    if not isinstance(node, MappingNode):
        return {}
    return {name: entry.value for name, entry in entries(node).items()}


def objects_in(node: Node, source: Source, seen: set[int] | None = None) -> Iterator[Object]:
    """Yield the objects in a document.

    They have apiVersion and kind: the root, those of a List, those in other objects.

    A CustomResourceDefinition says what objects may be like, and is none. What aliases repeat is looked at once.
    """
    seen = set() if seen is None else seen
    if id(node) in seen:
        return
    if not isinstance(node, ScalarNode):
        seen.add(id(node))
    if isinstance(node, SequenceNode):
        for item in _items(node):
            yield from objects_in(item, source, seen)
    elif isinstance(node, MappingNode):
        fields = fields_of(node)
        kind = fields.get("kind")
        if isinstance(kind, ScalarNode) and "apiVersion" in fields:
            if kind.value == "CustomResourceDefinition":
                return
            yield Object(node, source)
        for name, inner in fields.items():
            if name not in {"apiVersion", "kind", "metadata", "status"} and not isinstance(inner, ScalarNode):
                yield from objects_in(inner, source, seen)


def _items(node: SequenceNode) -> list[Node]:
    return cast("list[Node]", node.value)
