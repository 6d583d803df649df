"""The one place where PyYAML is used: YAML as nodes with offsets, never as Python values.

Scalars stay as written (`NO`, `0123` and `1e3` are text); quoting and explicit tags (`!vault`) are kept in the
node, everything else has no tag. Nothing is constructed, so no tag can run anything. Offsets are characters of
`Source.text`, which must hold no byte order mark (libyaml does not count one).
"""

import re
from collections.abc import Iterator

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from grantlint.location import Source, Span
from grantlint.model import Fault

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "documents", "is_plain", "span_of"]

MAX_DEPTH = 200
"""Levels of nesting that are read; real files stay under 30. libyaml's composer recurses in C and dies near 50,000."""

_DEEP_BLOCK = re.compile(rf"^[ ?:\-]{{{MAX_DEPTH}}}", re.MULTILINE)


class Parser(CParser):
    """libyaml's parser and composer without tag resolution, which is a third of the time and not wanted."""

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        """Nothing to resolve on the way down."""

    def ascend_resolver(self) -> None:
        """Nor on the way up."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> None:
        """Leave a node without an explicit tag without a tag."""


def documents(source: Source) -> Iterator[Node | Fault]:
    """Yield the root node of each document, and a syntax-error fault where the text stops being YAML."""
    text = source.text
    try:
        if _may_be_deep(text):
            too_deep = _depth_fault(source)
            if too_deep:
                yield too_deep
                return
        parser = Parser(text)
        try:
            while parser.check_node():
                node = parser.get_node()
                if node is not None:
                    yield node
        finally:
            parser.dispose()
    except YAMLError as error:
        yield _syntax_fault(source, error)


def span_of(source: Source, node: Node) -> Span:
    """Return where a node stands, quotes included and trailing line breaks of a block left out."""
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, ScalarNode) or node.style in {"|", ">"}:
        end = start + len(source.text[start:end].rstrip())
    return Span(source, start, end)


def is_plain(node: ScalarNode) -> bool:
    """Whether a scalar is unquoted and untagged, so that YAML 1.1 would read `no` or `12` as something else."""
    return node.style is None and node.tag is None


def _may_be_deep(text: str) -> bool:
    """Rule out deep nesting cheaply: a block level takes a column, a flow level a bracket."""
    return text.count("[") + text.count("{") > MAX_DEPTH or _DEEP_BLOCK.search(text) is not None


def _depth_fault(source: Source) -> Fault | None:
    """Count the levels by events, which libyaml gives without recursion."""
    parser = Parser(source.text)
    depth = 0
    try:
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    at = event.start_mark.index
                    message = f"the document nests more than {MAX_DEPTH} levels deep"
                    return Fault(
                        "syntax-error",
                        message,
                        Span(source, at, at + 1),
                        "Flatten it, or leave the file out.",
                    )
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
    finally:
        parser.dispose()
    return None


_PLAIN_WORDS = (
    ("found character '%'", "a value may not begin with % unless it stands in quotes", "Quote it: '%'."),
    ("found character '\\t'", "a tab stands where YAML allows only spaces", "Indent with spaces."),
    (
        "that cannot start any token",
        "a value may not begin with this character unless it stands in quotes",
        "Quote the value.",
    ),
    (
        "undefined alias",
        "a value that begins with * is an alias, and no anchor has this name",
        "Quote the value if the * is part of it: '*.*'.",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "a value that begins with * or & is an alias or an anchor",
        "Quote the value if the character is part of it: '*.*'.",
    ),
    (
        "mapping values are not allowed",
        "a second `: ` stands on the line",
        "Quote the value, or mend the indentation.",
    ),
    ("could not find expected ':'", "a key without a `:`", "Write `key: value`, or mend the indentation."),
    (
        "did not find expected key",
        "the indentation or a quote is off: a key was expected here",
        "Line the key up with its neighbours; close the quote or bracket above.",
    ),
    (
        "did not find expected '-' indicator",
        "the indentation is off: a `- ` was expected here",
        "Line the item up with its neighbours.",
    ),
    ("found unexpected end of stream", "a quote or bracket is opened and never closed", "Close it."),
)


def _syntax_fault(source: Source, error: YAMLError) -> Fault:
    """Say in plain words what libyaml says, at the character where it stopped."""
    at, said = 0, str(error)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        at = min((mark.index if mark else 0) or 0, len(source.text))
        said = str(error.problem or error.context or "unreadable")
    elif hasattr(error, "position"):  # ReaderError: a character that YAML forbids
        at = min(int(error.position), len(source.text))
        said = "a control character that YAML forbids"
    for sign, message, remedy in _PLAIN_WORDS:
        if sign in said:
            return Fault("syntax-error", f"not valid YAML: {message}", Span(source, at, at + 1), remedy)
    return Fault(
        "syntax-error",
        f"not valid YAML: {said}",
        Span(source, at, at + 1),
        "Mend the syntax; nothing after it was read.",
    )
