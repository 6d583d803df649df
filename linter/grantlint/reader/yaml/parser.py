"""The parsers of YAML: libyaml's, or PyYAML's own in Python where libyaml is missing.

Both are without tag resolution, which is a third of the time and not wanted: `NO` and `0123` are text here. Both
give the same events, nodes and offsets; a plain scalar's style is "" from one and None from the other. Both raise
YAMLError alone, and TooDeepError, a kind of it, before a tree gets deeper than MAX_DEPTH.
"""

import re
from operator import is_

from grantlint.platform.typed import Protocol, cast
from grantlint.reader.yaml.library import (
    Composer,
    Event,
    Node,
    Reader,
    Scanner,
    ScannerError,
    YAMLError,
    YamlParser,
)

try:
    from yaml._yaml import CParser
except ImportError:  # a PyYAML built without libyaml
    CParser = None  # type: ignore[assignment,misc]  # the name is tested before it is used


class Parser(Protocol):
    """A parser of one text, asked for events or for nodes."""

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
        """Release the parser's resources."""
        ...


MAX_DEPTH = 200
"""Levels of lists and mappings that are read; real files stay under 30.

libyaml 0.2.6 refuses 1,000, older ones compose recursively in C and die near 50,000, and so does Python near 500.
"""


class TooDeepError(YAMLError):
    """A tree is deeper than MAX_DEPTH."""


_FEW = 64
_INDENTED = re.compile(rf"\n[ \t?:\-]{{{_FEW}}}")
_BREAKS = ("\r", "\x85", "\u2028", "\u2029")  # beside the usual one


def is_shallow(text: str) -> bool:
    """Whether a text cannot nest deeper than MAX_DEPTH. No parser counts then.

    A bracket makes a level, or two where a pair stands in a list; a column among blanks and indicators at the start of
    a line makes one, or two where a list stands below a key.
    """
    return (
        2 * text.count("[") + text.count("{") < _FEW
        and _INDENTED.search("\n" + text) is None
        and not any(mark in text for mark in (_BREAKS[:1] if text.isascii() else _BREAKS))
    )


class _Shallow:
    """Leaves nodes without an explicit tag untagged. There is nothing to resolve on the way down nor up."""

    brink = False
    descend_resolver, ascend_resolver = is_, bool  # functions in C: a sixth of a composition less than our own

    def resolve(self, kind: type[Node], value: object, implicit: object) -> None:
        """No tag from the value."""


class _Counting:
    """The same, and no node is composed in a tree deeper than MAX_DEPTH."""

    level = 0
    brink = False
    """Whether something stood below MAX_DEPTH; scalars may, and only events tell them."""

    def descend_resolver(self, parent: Node | None, index: object) -> None:  # noqa: ARG002 - the composers' own hook
        """Count a level on the way down."""
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


class PythonParser(_Counting, Reader, Scanner, YamlParser, Composer):
    """PyYAML's parser in Python, an order of magnitude slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        YamlParser.__init__(self)
        Composer.__init__(self)

    def fetch_more_tokens(self) -> None:
        """Scan the next tokens. A number that is too large for Python is an error as any other."""
        try:
            super().fetch_more_tokens()
        except (ValueError, OverflowError) as error:
            raise ScannerError(None, None, "found a number that is too large", self.get_mark()) from error


if CParser is None:

    def parser(text: str) -> Parser:
        """Return a parser of the text, in Python."""
        return PythonParser(text)

else:

    class ShallowParser(_Shallow, CParser):
        """libyaml's parser."""

    class CountingParser(_Counting, CParser):
        """libyaml's parser, for what may nest too deep."""

    def parser(text: str) -> Parser:
        """Return a parser of the text, libyaml's."""
        kind = ShallowParser if is_shallow(text) else CountingParser
        return cast("Parser", kind(text))  # the stubs let get_event return None


def start_of(marked: Event | Node) -> int:
    """Return the offset at which an event or a node begins. Both parsers mark every one."""
    return marked.start_mark.index  # type: ignore[union-attr]  # the stubs do not know that


def end_of(marked: Event | Node) -> int:
    """Return the offset at which an event or a node ends."""
    return marked.end_mark.index  # type: ignore[union-attr]  # as above
