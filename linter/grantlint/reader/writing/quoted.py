"""Which quotes a place of a file is in, for those who want to say what to write there."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, cast

from grantlint.model.location import Source
from grantlint.reader.formats.puppet.language.lexer import DOUBLE, SINGLE, Token, string_of, tokens_of
from grantlint.reader.formats.puppet.scripts import passage_of as puppet_passage
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.script import Piece, Script
from grantlint.reader.formats.shell.statements import is_script
from grantlint.reader.formats.yaml_scripts.document import passage_of
from grantlint.reader.writing.quotes import (
    BARE,
    HCL_DOUBLE,
    HERE_DOCUMENT,
    PUPPET_DOUBLE,
    PUPPET_SINGLE,
    SHELL_ANSI,
    SHELL_DOUBLE,
    SHELL_SINGLE,
    YAML_DOUBLE,
    YAML_SINGLE,
    Quotes,
)
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.library import Mark, ScalarEvent, YAMLError
from grantlint.reader.yaml.nodes import ScalarNode, value_span
from grantlint.reader.yaml.parser import end_of, parser, start_of

_IN_YAML = {"'": YAML_SINGLE, '"': YAML_DOUBLE}
_IN_SHELL = {"single": SHELL_SINGLE, "double": SHELL_DOUBLE, "ansi": SHELL_ANSI, "here": HERE_DOCUMENT}
_IN_PUPPET = {SINGLE: PUPPET_SINGLE, DOUBLE: PUPPET_DOUBLE}
_NO_STRINGS = frozenset({"sql", "mycnf"})
_LITERAL = "|"  # the one style of YAML that keeps line breaks
_DEEPEST = 4  # scripts within scripts


class Quoted(NamedTuple):
    """The string or bare text that a place is in: its bounds, quotes included, and all quotes, the outermost first."""

    start: int
    end: int
    quotes: tuple[Quotes, ...]
    is_folded: bool = False  # whether its line breaks are none of its value


def quoted_at(source: Source, offset: int) -> Quoted | None:
    """Return what a place of a source is quoted in; None where it stands in the file as it is, or nobody can tell."""
    name = source.path.lower()
    if source.format in _NO_STRINGS:
        return None
    if source.format == "shell":
        quotes = _shell_quotes(source, 0, Passage(source.text, range(len(source.text))), offset)
        return Quoted(offset, offset, quotes) if quotes else None
    if name.endswith((".tf", ".tofu")):
        return _of_hcl(source, offset)
    if name.endswith(".pp"):
        return _of_puppet(source, offset)
    return _of_yaml(source, offset)


def _of_yaml(source: Source, offset: int) -> Quoted | None:
    readable, scalars = _scalars(source)
    index = bisect_right(scalars, offset, key=start_of) - 1
    if index < 0 or end_of(scalars[index]) < offset:
        return None
    scalar = scalars[index]
    _, start, end = value_span(source, start_of(scalar), end_of(scalar))
    passage = passage_of(scalar, source, readable)
    quotes: tuple[Quotes, ...] = ()
    if passage is not None and is_script(passage):
        quotes = _shell_quotes(source, start, passage, offset)
    in_yaml = _IN_YAML.get(scalar.style or "", BARE)
    return Quoted(start, end, (in_yaml, *quotes), is_folded=scalar.style != _LITERAL)


@lru_cache(maxsize=4)
def _scalars(source: Source) -> tuple[Source, list[ScalarNode]]:
    """Return the scalars of a source in order, and the source that they were read from, its templates made blank."""
    readable = Source(source.path, blanked(source.text)) if has_templates(source.text) else source
    found: list[ScalarNode] = []
    events = parser(readable.text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, ScalarEvent):
                found.append(ScalarNode("", event.value, _mark(event.start_mark), _mark(event.end_mark), event.style))
    except YAMLError:
        pass  # what stands before the fault was read, and more is not asked for
    finally:
        events.dispose()
    return readable, found


def _mark(mark: object) -> Mark | None:
    return cast("Mark | None", mark)  # the stubs know two kinds of marks, and nodes with one


def _of_hcl(source: Source, offset: int) -> Quoted | None:
    """Return the string whose opening quote is at a place: values are told with their quotes."""
    text = source.text
    if not text.startswith('"', offset):
        return None
    end = offset + 1
    while end < len(text) and text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    return Quoted(offset, end + 1, (HCL_DOUBLE,))


def _of_puppet(source: Source, offset: int) -> Quoted | None:
    tokens = _tokens(source)
    index = bisect_right(tokens, offset, key=lambda token: token.start) - 1
    if index < 0 or tokens[index].end <= offset or tokens[index].kind not in _IN_PUPPET:
        return None
    token = tokens[index]
    passage = puppet_passage(string_of(source, token, ""))
    quotes = _shell_quotes(source, token.start, passage, offset) if is_script(passage) else ()
    return Quoted(token.start, token.end, (_IN_PUPPET[token.kind], *quotes))


@lru_cache(maxsize=4)
def _tokens(source: Source) -> list[Token]:
    return tokens_of(source.text).tokens


@lru_cache(maxsize=64)
def _scripts(source: Source, start: int) -> dict[str, "_Shell"]:
    """Return a place for the script that begins at an offset of a source, to be read once."""
    del source, start
    return {}


def _shell_quotes(source: Source, start: int, passage: Passage, offset: int) -> tuple[Quotes, ...]:
    """Return the quotes of a script, and of those that stand in it, around a place of the file."""
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
