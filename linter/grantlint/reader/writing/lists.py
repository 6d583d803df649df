"""An item taken out of a list of a YAML file."""

import re
from bisect import bisect_right
from functools import lru_cache

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.reader.yaml.blanking import has_templates, readable_of
from grantlint.reader.yaml.nodes import MappingNode, Node, SequenceNode, documents, documents_within, span_of
from grantlint.reader.yaml.parser import end_of, start_of

_DASH = re.compile(r"[ \t]*-[ \t]+\Z")


def item_removed(place: Span) -> Edit | None:
    """Return the edit that removes the innermost list item around a place.

    None in no list; the only item of a list stays.
    """
    source = place.source
    alone = _among_dashes(place)
    if alone is not None:
        return _of_block(source, alone)
    found = _items_of(source).around(place.start)
    if found is None or len(cast("list[Node]", found.sequence.value)) == 1:
        return None
    item = span_of(source, found.node)
    return _of_flow(source, item) if found.sequence.flow_style else _of_block(source, item)


def _among_dashes(place: Span) -> Span | None:
    """Return an item that begins where a place does, between lines that begin others; None if nobody can tell.

    It is read by itself: to read the whole file again takes longer than all else, where accounts are many.
    """
    source, start, _ = place
    text = source.text
    line = text.rfind("\n", 0, start) + 1
    dash = text.find("-", line, start)
    if dash < 0 or not _DASH.match(text, line, start) or "\t" in text[line:start]:
        return None
    column = dash - line
    following = re.compile(rf"^ {{0,{column}}}(?=[^\s#])", re.MULTILINE).search(text, start)
    end = following.start() if following is not None else len(text)
    if not _is_dash(text, end, column) and not _is_dash(text, _line_before(text, line, column), column):
        return None
    if has_templates(text[line:end]):
        return None
    roots = [*documents_within(source, line, end)]
    if len(roots) != 1 or not isinstance(roots[0], SequenceNode):
        return None
    first, *others = cast("list[Node]", roots[0].value)
    return span_of(source, first) if not others and start_of(first) == start else None


def _is_dash(text: str, line: int, column: int) -> bool:
    return text[line : line + column + 2] == " " * column + "- "


def _line_before(text: str, line: int, column: int) -> int:
    """Return where the line begins that a line stands below: the last that is indented no deeper than a column."""
    while line > 0:
        line = text.rfind("\n", 0, line - 1) + 1
        words = text[line : line + column + 1].lstrip(" ")
        if words[:1].strip() and words[0] != "#":
            return line
    return 0


class _Item(NamedTuple):
    """An item of a list, and the number of the one that this list is in; -1 for none."""

    sequence: SequenceNode
    node: Node
    outer: int


class _Items:
    """All items of the lists of a file, in the order in which they begin."""

    def __init__(self, source: Source) -> None:
        self._items: list[_Item] = []
        self._starts: list[int] = []
        seen: set[int] = set()  # an alias stands for what is there already
        waiting: list[tuple[Node, SequenceNode | None, int]] = []
        waiting += [(root, None, -1) for root in documents(source) if isinstance(root, Node)]
        waiting.reverse()
        while waiting:
            node, sequence, outer = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if sequence is not None:
                self._items.append(_Item(sequence, node, outer))
                self._starts.append(start_of(node))
                outer = len(self._items) - 1
            if isinstance(node, MappingNode):
                pairs = cast("list[tuple[Node, Node]]", node.value)
                waiting += [(child, None, outer) for pair in reversed(pairs) for child in reversed(pair)]
            elif isinstance(node, SequenceNode):
                waiting += [(child, node, outer) for child in reversed(cast("list[Node]", node.value))]

    def around(self, offset: int) -> _Item | None:
        """Return the innermost item that a place is in."""
        number = bisect_right(self._starts, offset) - 1
        while number >= 0 and end_of(self._items[number].node) <= offset:
            number = self._items[number].outer
        return self._items[number] if number >= 0 else None


@lru_cache(maxsize=1)  # findings come file by file
def _items_of(source: Source) -> _Items:
    return _Items(readable_of(source))


def _of_block(source: Source, item: Span) -> Edit | None:
    text = source.text
    line = text.rfind("\n", 0, item.start) + 1
    end = text.find("\n", item.end)
    if not _DASH.match(text, line, item.start):
        return None
    return Edit(Span(source, line, len(text) if end < 0 else end + 1), "")


def _of_flow(source: Source, item: Span) -> Edit | None:
    text = source.text
    after = re.compile(r"\s*,[ \t]*").match(text, item.end)
    if after is not None:
        return Edit(Span(source, item.start, after.end()), "")
    before = text.rfind(",", 0, item.start)
    return Edit(Span(source, before, item.end), "") if not text[before + 1 : item.start].strip() else None
