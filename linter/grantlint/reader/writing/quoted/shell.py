"""The quotes of a shell script, and of scripts that stand in it or in the strings of other files."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.script import Piece, Script
from grantlint.reader.formats.shell.statements import is_script
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quotes import HERE_DOCUMENT, SHELL_ANSI, SHELL_DOUBLE, SHELL_SINGLE, Quotes

_IN_SHELL = {"single": SHELL_SINGLE, "double": SHELL_DOUBLE, "ansi": SHELL_ANSI, "here": HERE_DOCUMENT}
_DEEPEST = 4  # scripts within scripts


def quoted_at(source: Source, offset: int) -> Quoted | None:
    """Return a script's quotes around a place of it. None where there are none."""
    quotes = quotes_within(source, 0, Passage(source.text, range(len(source.text))), offset)
    return Quoted(offset, offset, quotes) if quotes else None


def quotes_of(source: Source, start: int, passage: Passage | None, offset: int) -> tuple[Quotes, ...]:
    """Return the quotes around a place in a script in a string. () where the string holds none."""
    return quotes_within(source, start, passage, offset) if passage is not None and is_script(passage) else ()


@lru_cache(maxsize=64)
def _scripts(source: Source, start: int) -> dict[str, "_Shell"]:
    """Return a cache for the script at an offset of a source."""
    del source, start
    return {}


def quotes_within(source: Source, start: int, passage: Passage, offset: int) -> tuple[Quotes, ...]:
    """Return the quotes around a place in a script, outermost first. Those of scripts within it as well."""
    known = _scripts(source, start)
    if "script" not in known:
        known["script"] = _Shell(passage)
    return tuple(known["script"].quotes_at(offset, 0))


class _Shell:
    """A script with its quoted pieces in order; those that hold scripts themselves are read when they are asked."""

    def __init__(self, passage: Passage) -> None:
        script = Script(passage)
        for _ in script:
            pass
        self._pieces = sorted(script.quoted, key=_start)
        self._inner: dict[int, _Shell | None] = {}

    def quotes_at(self, offset: int, depth: int) -> Iterator[Quotes]:
        """Yield the quotes around a place of the file, the outermost first."""
        index = bisect_right(self._pieces, offset, key=_start) - 1
        if index < 0 or self._pieces[index].inner.at[-1] < offset:
            return
        piece = self._pieces[index]
        yield _IN_SHELL[piece.kind]
        if depth < _DEEPEST:
            if index not in self._inner:
                self._inner[index] = _Shell(piece.inner) if is_script(piece.inner) else None
            inner = self._inner[index]
            if inner is not None:
                yield from inner.quotes_at(offset, depth + 1)


def _start(piece: Piece) -> int:
    return piece.inner.at[0]
