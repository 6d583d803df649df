"""A key added to a mapping of YAML, behind the key that is known or, where its value has several lines, before it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, cast

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.reader.writing.adding.words import Words
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents
from grantlint.reader.yaml.parser import end_of, start_of

_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?=\r?\n|\Z)")
_BEFORE = re.compile(r"[ \t]*(?:- +)*\Z")


class _Pair(NamedTuple):
    """A key with its value, the mapping that it is in, and what that is the value of."""

    key: Node
    value: Node
    mapping: MappingNode
    within: str


def added(words: Words, place: Span, whole: Span) -> Edit | None:
    """Return the edit that adds a key around a place, or None.

    It is None where the key is there, or the mapping is not the one that takes it.
    """
    del whole
    source = place.source
    pair = next((one for one in _pairs_of(source) if _holds(one, place)), None)
    if pair is None or not pair.within.endswith(words.within) or words.key in _keys(pair.mapping):
        return None
    end = end_of(pair.value)
    if pair.mapping.flow_style:
        return Edit(Span(source, end, end), f", {words.text}")
    text, start = source.text, start_of(pair.key)
    line = text.rfind("\n", 0, start) + 1
    if not _BEFORE.match(text, line, start):
        return None
    indent = " " * (start - line)
    newline = "\r\n" if "\r\n" in text else "\n"
    rest = _REST.match(text, end)
    if rest is not None and "\n" not in text[start:end]:
        return Edit(Span(source, rest.end(), rest.end()), f"{newline}{indent}{words.text}")
    if text[line:start].strip():  # behind the dash of an item there is no line before it
        return None
    return Edit(Span(source, start, start), f"{words.text}{newline}{indent}")


def _holds(pair: _Pair, place: Span) -> bool:
    return start_of(pair.key) <= place.start < max(end_of(pair.value), end_of(pair.key))


def _keys(mapping: MappingNode) -> set[str]:
    pairs = cast("list[tuple[Node, Node]]", mapping.value)
    return {key.value for key, _ in pairs if isinstance(key, ScalarNode)}


@lru_cache(maxsize=1)  # findings come file by file
def _pairs_of(source: Source) -> list[_Pair]:
    """Return all pairs of a file, the inner ones before those around them."""
    readable = Source(source.path, blanked(source.text)) if has_templates(source.text) else source
    found = [pair for root in documents(readable) if isinstance(root, Node) for pair in _pairs_in(root)]
    found.reverse()
    return found


def _pairs_in(root: Node) -> Iterator[_Pair]:
    waiting: list[tuple[Node, str]] = [(root, "")]
    seen: set[int] = set()  # an alias stands for what is there already
    while waiting:
        node, within = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            waiting += [(child, within) for child in cast("list[Node]", node.value)]
        if isinstance(node, MappingNode):
            for key, value in cast("list[tuple[Node, Node]]", node.value):
                yield _Pair(key, value, node, within)
                waiting.append((value, key.value if isinstance(key, ScalarNode) else ""))
