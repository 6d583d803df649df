"""A key added to a mapping of YAML, behind the key that is known or, where its value has several lines, before it."""

import re
from bisect import bisect_right
from functools import lru_cache

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.reader.writing.adding.words import Words
from grantlint.reader.writing.comment_lines import line_break
from grantlint.reader.yaml.blanking import readable_of
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents
from grantlint.reader.yaml.parser import end_of, start_of

_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?=\r?\n|\Z)")
_BEFORE = re.compile(r"[ \t]*(?:- +)*\Z")


class _Pair(NamedTuple):
    """A key with its value, the mapping that it is in, and what that is the value of.

    outer: the number of the pair that it is within; -1 for none.
    """

    key: Node
    value: Node
    mapping: MappingNode
    within: str
    outer: int


def added(words: Words, place: Span, whole: Span) -> Edit | None:
    """Return the edit that adds a key around a place, or None.

    It is None where the key is there, or the mapping is not the one that takes it.
    """
    del whole
    source = place.source
    pair = _pairs_of(source).around(place.start)
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
    newline = line_break(source)
    rest = _REST.match(text, end)
    if rest is not None and "\n" not in text[start:end]:
        return Edit(Span(source, rest.end(), rest.end()), f"{newline}{indent}{words.text}")
    if text[line:start].strip():  # behind the dash of an item there is no line before it
        return None
    return Edit(Span(source, start, start), f"{words.text}{newline}{indent}")


def _keys(mapping: MappingNode) -> set[str]:
    pairs = cast("list[tuple[Node, Node]]", mapping.value)
    return {key.value for key, _ in pairs if isinstance(key, ScalarNode)}


class _Pairs:
    """All pairs of a file, in the order in which they begin."""

    def __init__(self, source: Source) -> None:
        self._pairs: list[_Pair] = []
        self._starts: list[int] = []
        seen: set[int] = set()  # an alias stands for what is there already
        waiting: list[tuple[Node | _Pair, str, int]] = []
        waiting += [(root, "", -1) for root in documents(source) if isinstance(root, Node)]
        waiting.reverse()
        while waiting:
            one, within, outer = waiting.pop()
            if isinstance(one, _Pair):
                key = one.key.value if isinstance(one.key, ScalarNode) else ""
                waiting.append((one.value, key, len(self._pairs)))
                self._starts.append(start_of(one.key))
                self._pairs.append(one)
                continue
            if id(one) in seen:
                continue
            seen.add(id(one))
            if isinstance(one, SequenceNode):
                waiting += [(child, within, outer) for child in reversed(cast("list[Node]", one.value))]
            elif isinstance(one, MappingNode):
                pairs = cast("list[tuple[Node, Node]]", one.value)
                waiting += [(_Pair(key, value, one, within, outer), "", outer) for key, value in reversed(pairs)]

    def around(self, offset: int) -> _Pair | None:
        """Return the innermost pair that a place is in."""
        number = bisect_right(self._starts, offset) - 1
        while number >= 0:
            pair = self._pairs[number]
            if offset < max(end_of(pair.value), end_of(pair.key)):
                return pair
            number = pair.outer
        return None


@lru_cache(maxsize=1)  # findings come file by file
def _pairs_of(source: Source) -> _Pairs:
    return _Pairs(readable_of(source))
