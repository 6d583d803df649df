"""YAML rewritten in the usual style, so that words tell the format of any file.

Keys and values stand there as what they mean, each on a line of its own: without quotes, escapes, tags, anchors, `?`
and braces. What an alias repeats is not written again. Never read for what it declares: no place in it is the file's.
"""

from grantlint.reader.yaml.library import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
    YAMLError,
)
from grantlint.reader.yaml.parser import MAX_DEPTH, parser

_SHORT = 200  # characters of a value that stand for an alias of it


def outline(text: str) -> str:
    """Return a YAML text rewritten line by line. As far as it is YAML, and '' where it is none from the start."""
    writer = _Writer()
    events = parser(text)
    try:
        while type(event := events.get_event()) is not StreamEndEvent and writer.depth <= MAX_DEPTH:
            writer.take(event)
    except (YAMLError, RecursionError):
        pass  # whoever reads the file says so
    finally:
        events.dispose()
    return "\n".join((*writer.lines, ""))


class _Level:
    """An open list or mapping: its indentation, whether a key is next."""

    __slots__ = ("indent", "is_mapping", "wants_key")

    def __init__(self, indent: str, *, is_mapping: bool) -> None:
        self.indent = indent
        self.is_mapping = is_mapping
        self.wants_key = is_mapping


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._levels: list[_Level] = []
        self._begun = ""  # a line that goes on with the next node
        self._anchored: dict[str, str] = {}

    @property
    def depth(self) -> int:
        """How many lists and mappings are open."""
        return len(self._levels)

    def take(self, event: Event) -> None:
        """Write the next event of a file."""
        if isinstance(event, NodeEvent):  # most of them
            self._node(event)
        elif isinstance(event, CollectionEndEvent):
            if self._begun.strip():
                self._end("")
            self._levels.pop()
        elif isinstance(event, DocumentStartEvent):
            self._anchored.clear()
            self._begun = ""

    def _node(self, event: NodeEvent) -> None:
        level = self._levels[-1] if self._levels else None
        is_key = level is not None and level.wants_key
        if level is not None and level.is_mapping:
            level.wants_key = not level.wants_key
        if isinstance(event, CollectionStartEvent):
            self._open(level, is_key=is_key, is_mapping=isinstance(event, MappingStartEvent))
            return
        words = self._words(event)
        if is_key and level is not None:
            key = words if words.isalnum() else " ".join(words.split())
            self._begun = f"{self._begun or level.indent}{key}:"
        elif level is not None and level.is_mapping:
            self._end(f" {words}")
        else:
            self._begun = self._begun or (level.indent if level else "")
            self._end(f"- {words}" if level else words)

    def _words(self, event: NodeEvent) -> str:
        if isinstance(event, AliasEvent):
            return self._anchored.get(event.anchor or "", "*")
        words = event.value.strip() if isinstance(event, ScalarEvent) else ""
        if "\n" in words or "\r" in words:
            words = f"| {' '.join(words.split())}"
        if event.anchor and len(words) <= _SHORT:
            self._anchored[event.anchor] = words
        return words

    def _open(self, level: _Level | None, *, is_key: bool, is_mapping: bool) -> None:
        if level is None:
            self._levels.append(_Level("", is_mapping=is_mapping))
        elif level.is_mapping:
            self._begun = f"{level.indent}?" if is_key else self._begun
            self._end("")
            self._levels.append(_Level(f"{level.indent}  ", is_mapping=is_mapping))
        else:
            self._begun = f"{self._begun or level.indent}- "
            self._levels.append(_Level(f"{level.indent}  ", is_mapping=is_mapping))

    def _end(self, words: str) -> None:
        self.lines.append(f"{self._begun}{words}")
        self._begun = ""
