"""A declaration, statement or comment taken out of a file, with the lines that it leaves empty."""

import re
from collections.abc import Iterator
from typing import cast

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents, span_of
from grantlint.reader.yaml.parser import end_of, start_of

_END = re.compile(r"[ \t]*;?")
_BLANK = re.compile(r"[ \t]*(?:\r?\n|\Z)")
_STATEMENT = re.compile(r"(?:create|grant|flush|drop)\s", re.IGNORECASE)
_COMMENT = ("#", "--", "//", ";", "/*", "{#", "<%#", "<%-#", "{{")
_DASH = re.compile(r"[ \t]*-[ \t]+\Z")
_LISTS = frozenset({"policy", "ansible"})
"""Formats in which an item of a list is a declaration."""


def removal(item: Span) -> Edit | None:
    """Return the edit that takes something out; None where it does not stand alone at its place."""
    source, start, _ = item
    if source.text.startswith(_COMMENT, start) or _STATEMENT.match(source.text, start):
        return _of_words(item)
    return _of_list(item) if source.format in _LISTS else None


def _of_words(item: Span) -> Edit:
    """Take words out with the `;` behind them, and with their lines where nothing else is on them."""
    source, start, end = item
    text = source.text
    found = _END.match(text, end)
    end = found.end() if found else end
    line = text.rfind("\n", 0, start) + 1
    rest = _BLANK.match(text, end)
    if rest is not None and not text[line:start].strip():
        return Edit(Span(source, line, rest.end()), "")
    if rest is not None:  # the end of a line: no blanks are left there
        start = line + len(text[line:start].rstrip(" \t"))
    while text[end : end + 1] in {" ", "\t"}:
        end += 1
    return Edit(Span(source, start, end), "")


def _of_list(place: Span) -> Edit | None:
    """Take the innermost item of a list out that a place is in; the only one of a list stays."""
    source = place.source
    readable = Source(source.path, blanked(source.text)) if has_templates(source.text) else source
    found: tuple[SequenceNode, Node] | None = None
    for root in documents(readable):
        if isinstance(root, Node) and start_of(root) <= place.start < end_of(root):
            for found in _around(root, place.start):  # noqa: B007 - the last is the innermost
                pass
    if found is None or len(cast("list[Node]", found[0].value)) == 1:
        return None
    sequence, item = found
    span = span_of(readable, item)
    return _of_flow(source, span) if sequence.flow_style else _of_block(source, span)


def _around(node: Node, offset: int) -> Iterator[tuple[SequenceNode, Node]]:
    """Yield the lists around a place, each with its item there, the outermost first."""
    while not isinstance(node, ScalarNode):
        if isinstance(node, MappingNode):
            children = [child for pair in cast("list[tuple[Node, Node]]", node.value) for child in pair]
        else:
            children = cast("list[Node]", node.value)
        inside = next((child for child in children if start_of(child) <= offset < end_of(child)), None)
        if inside is None:
            return
        if isinstance(node, SequenceNode):
            yield node, inside
        node = inside


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
