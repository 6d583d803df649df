"""A shell script to its pipelines: their words, and their here-documents. Nothing is expanded or evaluated.

Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.7.4 Here-Document; `<<<` and
$'...' are Bash's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from grantlint.platform.record import NamedTuple
from grantlint.platform.regex import compiled
from grantlint.reader.formats.shell.passage import (
    EXPANSION,
    Passage,
    in_ansi_quotes,
    in_double_quotes,
    in_here_document,
    joined,
    unquoted,
)

_BETWEEN = compiled(
    r"""(?P<blank>(?:[ \t\r]|\\\r?\n)++)
    |(?P<comment>\#[^\n]*+)
    |(?P<newline>\n)
    |(?P<string><<<)
    |(?P<here><<(?P<tabs>-?)[ \t]*+(?P<mark>(?:'[^'\n]*+'|"[^"\n]*+"|\\.|[^\s'"\\<>|&;()`]++)++))
    |(?P<writes>[0-9]?>>?\|?(?![&(])|&>>?)
    |(?P<redirects>[0-9]*[<>]&[0-9-]?|<(?!\())
    |(?P<pipe>\|&?(?!\|))
    |(?P<end>\|\||&&|;;?&?|&)
    |(?P<open>[<>]?\()
    |(?P<close>\))""",
    re.VERBOSE,
)
_PART = compiled(
    rf"""(?P<single>'[^']*+')
    |(?P<ansi>\$'(?:[^'\\]++|\\.)*+')
    |(?P<expansion>{EXPANSION})
    |(?P<open>\$\()
    |(?P<double>\$?")
    |(?P<escaped>\\.)
    |(?P<bare>[^\s'"\\$`;&|<>()]++|['$`\\])""",
    re.VERBOSE | re.DOTALL,
)
_HEAD = 12  # words that tell what a command is
_DOUBLE = compiled(rf"(?:[^\"\\$`]++|\\.|{EXPANSION}|\$(?!\()|`)*+", re.DOTALL)


class Word(NamedTuple):
    """A word as a program gets it. Its bounds are those in the script."""

    passage: Passage
    start: int
    end: int
    quoted: bool


class Piece(NamedTuple):
    """A quoted piece or an unquoted here-document, as the program gets it."""

    kind: str  # single, double, ansi or here
    inner: Passage


class Pipeline:
    """Commands with `|` between them: words, here-documents, and where the output goes."""

    __slots__ = ("captured", "documents", "heads", "literals", "words", "writes")

    def __init__(self, *, captured: bool) -> None:
        self.words: list[Word] = []
        self.documents: list[Passage] = []
        self.literals: list[tuple[int, int]] = []  # where in the file quotes keep the shell from putting anything in
        self.writes = False
        self.heads: list[int] = []  # where among the words each command behind a `|` begins
        self.captured = captured  # within $(...), or with a here-document of another command


class _Mark(NamedTuple):
    """A here-document that is announced on a line and begins with the next."""

    pipeline: Pipeline
    end: str
    tabs: bool  # before its end
    quoted: bool


class _Lines:
    """The lines of a text by content, for quick look-ups."""

    def __init__(self, text: str) -> None:
        self._whole: dict[str, list[int]] = {}
        self._indented: dict[str, list[int]] = {}
        at = 0
        for line in text.split("\n"):
            said = line.rstrip(" \t\r")
            self._whole.setdefault(said, []).append(at)
            self._indented.setdefault(said.lstrip(" \t"), []).append(at)
            at += len(line) + 1

    def first(self, said: str, after: int, *, indented: bool) -> int | None:
        """Return where the first such line begins, at or behind an offset. `indented`: whether it may be."""
        starts = (self._indented if indented else self._whole).get(said, [])
        at = bisect_left(starts, after)
        return starts[at] if at < len(starts) else None


class Script:
    """A script, read from top to bottom; iterate it for its pipelines."""

    def __init__(self, passage: Passage) -> None:
        self._whole = passage
        self._text = passage.text
        self._at: int = 0
        self._open: list[bool] = []  # for each open parenthesis whether it stands in double quotes
        self._marks: list[_Mark] = []
        self._pipeline = Pipeline(captured=False)
        self._done: list[Pipeline] = []
        self.quoted: list[Piece] = []  # so far
        self._unclosed = False  # a double quote that nothing closes, and so none does that follows
        self._lines: _Lines | None = None

    def __iter__(self) -> Iterator[Pipeline]:
        """Yield the pipelines in the order in which they end."""
        size = len(self._text)
        while self._at < size:
            found = _BETWEEN.match(self._text, self._at)
            if found is None:
                self._word()
                continue
            self._at = found.end()
            kind = found.lastgroup
            if kind == "newline":
                self._next(kind)
                self._documents()
                yield from self._done
                self._done.clear()
            elif kind in {"end", "open", "close"}:
                self._next(kind)
            elif kind == "pipe":
                self._pipeline.heads.append(len(self._pipeline.words))
            elif kind == "writes":
                self._pipeline.writes = True
            elif found["here"]:
                self._announce(found)
        self._next("end")
        yield from self._done

    def _next(self, kind: str | None) -> None:
        self._done.append(self._pipeline)
        if kind == "open":
            self._open.append(False)
        in_quotes = kind == "close" and bool(self._open) and self._open.pop()
        self._pipeline = Pipeline(captured=bool(self._open))
        if in_quotes:
            self._rest_of_quotes()

    def _announce(self, found: re.Match[str]) -> None:
        mark = found["mark"]
        bare = re.sub(r"['\"\\]", "", mark)
        self._marks.append(_Mark(self._pipeline, bare.rstrip(" \t\r"), bool(found["tabs"]), bare != mark))

    def _documents(self) -> None:
        """Read the here-documents that the line announced; what has no end is none."""
        for mark in self._marks:
            end = self._end_of(mark)
            if end is None:
                continue
            raw = self._whole.part(self._at, end)
            document = raw if mark.quoted else in_here_document(raw)
            mark.pipeline.documents.append(document)
            if not mark.quoted:
                self._note("here", document)
            elif document.text:
                mark.pipeline.literals.append((document.at[0], document.at[-1]))
            self._at = self._text.index(mark.end, end) + len(mark.end)
        self._marks.clear()

    def _end_of(self, mark: _Mark) -> int | None:
        """Return where the line begins that ends a here-document: as the shell wants it, else as another file may."""
        self._lines = self._lines or _Lines(self._text)
        end = None if mark.tabs else self._lines.first(mark.end, self._at, indented=False)
        return self._lines.first(mark.end.lstrip(" \t"), self._at, indented=True) if end is None else end

    def _word(self) -> None:
        """Read a word and go behind it."""
        start, parts, quoted = self._at, list[Passage](), False
        size = len(self._text)
        while self._at < size:
            found = _PART.match(self._text, self._at)
            if found is None:
                break
            first, self._at = self._at, found.end()
            kind = found.lastgroup
            raw = self._whole.part(first, self._at)
            if kind == "double" and not self._unclosed:
                quoted = True
                inner, more = self._double()
                parts.append(inner)
                if more:
                    break
            elif kind == "open":
                self._add(start, first, parts, quoted=quoted)
                self._nested(in_quotes=False)
                return
            else:
                quoted = quoted or kind in {"single", "ansi"} or (kind == "escaped" and raw.text[1] == " ")
                parts.append(_unquoted(kind, raw))
                if kind in {"single", "ansi"}:
                    self._note(kind, parts[-1])
                if kind == "single" and parts[-1].text:
                    self._pipeline.literals.append((parts[-1].at[0], parts[-1].at[-1]))
        if self._at == start:  # cannot be: what no part takes stands between words
            self._at += 1
        self._add(start, self._at, parts, quoted=quoted)
        if self._text.startswith("$(", self._at) and quoted:
            self._at += 2
            self._nested(in_quotes=True)

    def _double(self) -> tuple[Passage, bool]:
        """Return what stands in double quotes from here, and whether commands interrupt it."""
        first = self._at
        found = _DOUBLE.match(self._text, first)
        end = found.end() if found is not None else first
        self._at = end
        inner = in_double_quotes(self._whole.part(first, end))
        self._note("double", inner)
        if self._text.startswith("$(", end):
            return inner, True
        if end == len(self._text):  # never closed: no string at all
            self._at, self._unclosed = first, True
            return Passage("", ()), False
        self._at = end + 1
        return inner, False

    def _note(self, kind: str, inner: Passage) -> None:
        if inner.text:
            self.quoted.append(Piece(kind, inner))

    def _rest_of_quotes(self) -> None:
        start = self._at
        inner, more = self._double()
        self._add(start, self._at, [inner], quoted=True)
        if more:
            self._at += 2
            self._nested(in_quotes=True)

    def _nested(self, *, in_quotes: bool) -> None:
        """Begin commands within a word: they are a pipeline of their own, and so is what follows them."""
        self._open.append(in_quotes)
        words = self._pipeline.words
        self._done.append(self._pipeline)
        self._pipeline = Pipeline(captured=True)
        self._pipeline.words = [word for word in words[:_HEAD] if not word.quoted]  # `mysql -e "$(cat <<EOF`

    def _add(self, start: int, end: int, parts: list[Passage], *, quoted: bool) -> None:
        self._pipeline.words.append(Word(joined(parts), start, end, quoted))


def _unquoted(kind: str | None, raw: Passage) -> Passage:
    size = len(raw.text)
    if kind == "single":
        return raw.part(1, size - 1)
    if kind == "ansi":
        return in_ansi_quotes(raw.part(2, size - 1))
    if kind == "escaped":
        return Passage("", ()) if raw.text[1] == "\n" else raw.part(1, size)
    return unquoted(raw) if kind == "expansion" else raw
