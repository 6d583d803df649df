"""The one place where PyYAML's parsers are named: libyaml's, or PyYAML's own in Python where libyaml is missing.

Both are without tag resolution, which is a third of the time and not wanted: `NO` and `0123` are text here. Both
give the same events, nodes and offsets; a plain scalar's style is "" from one and None from the other. Both raise
YAMLError alone, and TooDeepError, a kind of it, before a tree gets deeper than MAX_DEPTH.
"""

from typing import Protocol, cast

from yaml.composer import Composer
from yaml.error import Mark, YAMLError
from yaml.events import Event
from yaml.nodes import Node
from yaml.parser import Parser as YamlParser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

try:
    from yaml._yaml import CParser
except ImportError:  # a PyYAML built without libyaml
    CParser = None  # type: ignore[assignment,misc]  # the name is tested before it is used


class Parser(Protocol):
    """A parser at the start of a text, to be asked for events or for nodes."""

    @property
    def brink(self) -> bool:
        """Whether a node was composed that may be too deep."""
        ...

    def check_event(self, *choices: type[Event]) -> bool:
        """Return whether there is a next event."""
        ...

    def get_event(self) -> Event:
        """Return the next event."""
        ...

    def check_node(self) -> bool:
        """Return whether there is a next document."""
        ...

    def get_node(self) -> Node | None:
        """Return the root node of the next document."""
        ...

    def dispose(self) -> None:
        """Let go of what the parser holds."""
        ...


MAX_DEPTH = 200
"""Levels of lists and mappings that are read; real files stay under 30.

libyaml 0.2.6 refuses 1,000, older ones compose recursively in C and die near 50,000, and so does Python near 500.
"""


class TooDeepError(YAMLError):
    """A tree is deeper than MAX_DEPTH."""


class _Untagged:
    """A node without an explicit tag stays without a tag; none is composed in a tree deeper than MAX_DEPTH."""

    level = 0
    brink = False
    """Whether something stood below MAX_DEPTH, of which only an event tells whether it is a scalar, which may."""

    def descend_resolver(self, parent: Node | None, index: object) -> None:  # noqa: ARG002 - the composers' own hook
        """Count a level on the way down; there is nothing to resolve."""
        self.level += 1
        if self.level > MAX_DEPTH:
            self.brink = True
            if self.level > MAX_DEPTH + 1:
                raise TooDeepError

    def ascend_resolver(self) -> None:
        """Count it off on the way up."""
        self.level -= 1

    def resolve(self, kind: type[Node], value: object, implicit: object) -> None:
        """No tag from the value."""


class PythonParser(_Untagged, Reader, Scanner, YamlParser, Composer):
    """PyYAML's parser in Python, an order of magnitude slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        YamlParser.__init__(self)
        Composer.__init__(self)

    def fetch_more_tokens(self) -> None:
        """Scan on; a number that Python has no character or integer for is an error as any other."""
        try:
            super().fetch_more_tokens()
        except (ValueError, OverflowError) as error:
            raise ScannerError(None, None, "found a number that is too large", self.get_mark()) from error


if CParser is None:

    def parser(text: str) -> Parser:
        """Return a parser of the text, in Python."""
        return PythonParser(text)

else:

    class LibyamlParser(_Untagged, CParser):
        """libyaml's parser."""

    def parser(text: str) -> Parser:
        """Return a parser of the text, libyaml's."""
        return cast("Parser", LibyamlParser(text))  # the stubs let get_event return None


def start_of(marked: Event | Node) -> int:
    """Return the offset at which an event or a node begins; both parsers mark every one."""
    return cast("Mark", marked.start_mark).index


def end_of(marked: Event | Node) -> int:
    """Return the offset at which an event or a node ends."""
    return cast("Mark", marked.end_mark).index
