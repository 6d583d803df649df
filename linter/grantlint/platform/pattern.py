"""A regular expression that is compiled when it is first used.

Readers have dozens, most runs use a few, and compiling them all was a twentieth of a start.
"""

import re
from collections.abc import Callable, Iterator
from sys import maxsize
from types import TracebackType

from grantlint.platform.regex import compiled


class Pattern:
    """A regular expression that is compiled when first used.

    It has the methods that are used here.
    """

    __slots__ = ("_compiled", "_flags", "_text")

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text = text
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        if self._compiled is None:
            self._compiled = compiled(self._text, self._flags)
        return self._compiled

    def match(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Match at a place in a text."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match a whole text."""
        return self.compiled.fullmatch(text)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Search in a part of a text."""
        return self.compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Return all matches in a part of a text."""
        return self.compiled.finditer(text, start, end)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace all matches."""
        return self.compiled.sub(replacement, text)

    def findall(self, text: str) -> list[str]:
        """Return the text of the one group in each match."""
        return self.compiled.findall(text)


class LinePattern(Pattern):
    """A pattern of one line that holds one of some words.

    No other line is looked at.
    """

    __slots__ = ("_words",)

    def __init__(self, words: tuple[str, ...], text: str) -> None:
        super().__init__(text, re.MULTILINE)
        self._words = words

    def in_a_line_of(self, text: str) -> bool:
        """Return whether a line of a text holds a match."""
        for word in self._words:
            at = text.find(word)
            while at >= 0:
                end = text.find("\n", at) + 1 or len(text)
                if self.search(text, text.rfind("\n", 0, at) + 1, end):
                    return True
                at = text.find(word, end)
        return False


_compile = re.compile  # itself, also while `compiled_late` is entered: a library may ask for a method at once


class LateCompiled:
    """A whole compiled expression, made when it is first used.

    It is for expressions of a library that a run may never use.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):  # as copy and pickle ask
            raise AttributeError(name)
        found: object = getattr(_compile(self._pattern, self._flags), name)
        setattr(self, name, found)
        return found


class compiled_late:  # noqa: N801 - used as a function
    """While entered, `re.compile` compiles at the first use. Enter it around the import of a library alone."""

    def __enter__(self) -> None:
        self._compile = re.compile
        re.compile = LateCompiled  # type: ignore[assignment]  # what a library takes for it

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        re.compile = self._compile
