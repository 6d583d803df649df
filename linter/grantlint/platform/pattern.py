"""Regular expressions that are compiled when they are first used.

Readers have dozens, most runs use a few, and compiling them all was a twentieth of a start.
"""

import re
from collections.abc import Iterator
from types import TracebackType

from grantlint.platform.regex import compiled
from grantlint.platform.typed import cast


class LateCompiled:
    """A whole compiled expression, made when it is first used.

    Each of its methods is looked for once: what is called from then on is the expression's own.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):  # as copy and pickle ask
            raise AttributeError(name)
        found: object = getattr(compiled(self._pattern, self._flags), name)
        setattr(self, name, found)
        return found


def Pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:  # noqa: N802 - it stands for the class of what it returns
    """Return an expression that is compiled when first used."""
    return cast("re.Pattern[str]", LateCompiled(pattern, flags))


class LinePattern:
    """A pattern of one line that holds one of some words.

    No other line is looked at.
    """

    __slots__ = ("_pattern", "_words")

    def __init__(self, words: tuple[str, ...], text: str) -> None:
        self._words = words
        self._pattern = Pattern(text, re.MULTILINE)

    def in_a_line_of(self, text: str) -> bool:
        """Return whether a line of a text holds a match."""
        for word in self._words:
            at = text.find(word)
            while at >= 0:
                end = text.find("\n", at) + 1 or len(text)
                if self._pattern.search(text, text.rfind("\n", 0, at) + 1, end):
                    return True
                at = text.find(word, end)
        return False

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in a text."""
        return self._pattern.finditer(text)


class compiled_late:  # noqa: N801 - used as a function
    """While entered, `re.compile` compiles at the first use. Enter it around the import of a library alone."""

    def __enter__(self) -> None:
        self._compile = re.compile
        re.compile = LateCompiled  # type: ignore[assignment]  # what a library takes for it

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        re.compile = self._compile
