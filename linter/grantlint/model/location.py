"""Where a value was written: the text of a file, spans in it, and values that keep their span.

Spans are two character offsets. Lines and columns are worked out only for what is shown: a run over a
hundred thousand accounts that finds nothing never counts a line.
"""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from itertools import accumulate

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)

REPEATED = 100_000
"""Values that a file may have made again of what is written once, by aliases, loops and the like, before its length
counts: an item of a list for every account, a turn for every task."""
_LARGE = 1 << 20  # characters
_BETWEEN = 1 << 12  # characters between two marks
_EACH = 8  # characters of a file that let it repeat one value more


_REFERENCE = Pattern(
    r"\$\{[A-Za-z_](?:[\w.]|::){0,60}|\$[A-Za-z_](?:\w|::){0,60}|\{\{-?[ \t]*[.$A-Za-z_][\w.$]{0,60}"
    r"|<%=[ \t]*[@A-Za-z_][\w.@]{0,60}|%\{[A-Za-z_](?:[\w.]|::){0,60}|\{[A-Z][A-Z0-9_]{1,60}"
    r"|\A[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,8}\Z"
)
_CLOSED_BY = {"${": "}", "{{": " }}", "<%=": " %>", "%{": "}", "{": "}"}
_AROUND = "'\" \t-}%>"  # quotes, and what ends a reference
UNSHOWN = "…"
NOT_KNOWN = "(not known)"
"""What stands for a value of which not even a variable's name may be told."""


class Lines:
    """Where the lines of a large text begin.

    By marks that stand every few thousand characters: to note where each begins takes as long as reading the text, and
    is asked for a few. Lines and columns count from 1.
    """

    __slots__ = ("_begun", "_breaks", "_shown", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._shown = (0, 0, 0)  # the last line whose bounds were asked, and these
        breaks, begun = 0, 0
        self._breaks = [0]  # how many line breaks stand before each mark
        self._begun = [0]  # where the line begins in which each stands
        for at in range(0, len(text), _BETWEEN):
            breaks += text.count("\n", at, at + _BETWEEN)
            begun = text.rfind("\n", at, at + _BETWEEN) + 1 or begun
            self._breaks.append(breaks)
            self._begun.append(begun)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset."""
        mark = min(offset // _BETWEEN, len(self._breaks) - 1)
        at = mark * _BETWEEN
        begun = self._text.rfind("\n", at, offset) + 1 or self._begun[mark]
        return self._breaks[mark] + self._text.count("\n", at, offset) + 1, offset - begun + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Return the offsets of a line's start and end. The line break is excluded; raises IndexError for no line."""
        if line != self._shown[0]:  # one of a megabyte is not gone through for each finding in it
            start = self._start(line)
            end = self._text.find("\n", start)
            self._shown = line, start, len(self._text) if end < 0 else end
        return self._shown[1:]

    def _start(self, line: int) -> int:
        if not 1 <= line <= self._breaks[-1] + 1:
            raise IndexError(line)
        mark = bisect_right(self._breaks, line - 2) - 1  # the last one before the line break that the line follows
        at = mark * _BETWEEN
        for _ in range(line - 1 - self._breaks[mark]):
            at = self._text.find("\n", at) + 1
        return at if line > 1 else 0


class Source:
    """A file's text, its format, and what may be shown.

    `format`: '' where the path tells. `roots`: the real paths of the folders inside which files that it names are read;
    none for text that is in no file. `unread`: where a limit keeps it from being read, and which.
    """

    __slots__ = ("_lines", "_repeated", "_starts", "format", "path", "roots", "secrets", "shown", "text", "unread")

    def __init__(self, path: str, text: str, roots: tuple[str, ...] = ()) -> None:
        self.path = path
        self.text = text
        self.roots = roots
        self.format = ""
        self.secrets: list[tuple[int, int]] = []
        self.unread: dict[tuple[int, int], str] = {}
        self.shown: list[tuple[int, int]] = []
        self._starts: Sequence[int] | None = None
        self._lines: Lines | None = None
        self._repeated = 0

    def hide(self, start: int, end: int) -> None:
        """Mark text[start:end] as a secret: no report shows it."""
        if start < end:
            self.secrets.append((start, end))

    def leave_unread(self, start: int, end: int, limit: str) -> None:
        """Note that a limit keeps a part from being read.

        text[start:end] begins that part; `limit` says what is met, as a clause.
        """
        self.unread.setdefault((start, end), limit)

    def may_repeat(self, number: int) -> bool:
        """Return whether values may be copied again, and count them."""
        repeated = self._repeated + number
        if repeated > REPEATED + len(self.text) // _EACH:
            return False
        self._repeated = repeated
        return True

    def show(self, start: int, end: int) -> None:
        """Mark text[start:end] as safe to show.

        A report still hides what is marked as a secret as well.
        """
        if start < end:
            self.shown.append((start, end))

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column (in characters) of an offset."""
        if len(self.text) > _LARGE:
            return self._large().position(offset)
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line_bounds(self, line: int) -> tuple[int, int]:
        """Return the offsets of a line's start and end.

        Lines count from 1; the line break is excluded.
        """
        if len(self.text) > _LARGE:
            start, end = self._large().bounds(line)
        else:
            starts = self._line_starts()
            start = starts[line - 1]
            end = starts[line] - 1 if line < len(starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end

    def _line_starts(self) -> Sequence[int]:
        if self._starts is None:
            lines = self.text.split("\n")
            self._starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
        return self._starts

    def _large(self) -> Lines:
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines


class Span(NamedTuple):
    """text[start:end] of a source, in characters."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line, from 1, in which it begins."""
        return self.source.position(self.start)[0]

    @property
    def text(self) -> str:
        """What is written there."""
        return self.source.text[self.start : self.end]

    @property
    def where(self) -> str:
        """The path and the line in which it begins."""
        return f"{self.source.path}:{self.line}"


class Located(Generic[T_co]):
    """A value and the place where it was written."""

    __slots__ = ("end", "source", "start", "value")

    value: T_co

    def __init__(self, value: T_co, source: Source, start: int, end: int) -> None:
        self.value = value
        self.source = source
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """The place where the value was written."""
        return Span(self.source, self.start, self.end)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


class Implied(Located[T_co]):
    """A value that the format supplies, since nobody wrote it.

    Its span is that of the declaration that leaves it out. key: what says another value, such as a variable of an
    image; '' where nothing does, None where the format's own word for it does.
    """

    __slots__ = ("key",)

    def __init__(self, value: T_co, source: Source, start: int, end: int, key: str | None = None) -> None:
        super().__init__(value, source, start, end)
        self.key = key

    @property
    def is_given(self) -> bool:
        """Whether a tool chose it and no key changes it."""
        return self.key == ""


class Unresolved:
    """A value known only at run time, such as a template's.

    It is never guessed and always counted. `same` is equal for values that are surely equal though nobody knows them,
    such as two uses of one variable; '' where that cannot be said.
    """

    __slots__ = ("end", "reason", "same", "source", "start")

    def __init__(self, reason: str, source: Source, start: int, end: int, same: str = "") -> None:
        self.reason = reason
        self.same = same
        self.source = source
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """The place where the expression stands."""
        return Span(self.source, self.start, self.end)

    @property
    def identity(self) -> Hashable:
        """A key that is equal for surely equal values.

        Two values without `same` are never equal.
        """
        return (self.same or id(self),)

    @property
    def reference(self) -> str:
        """The variable that the value names, with … for the rest.

        The rest may be a secret.

        >>> text = "${DB_USER:-geheim}_app"
        >>> Unresolved("a variable", Source("x.sh", text), 0, len(text)).reference
        '${DB_USER}…'
        """
        text = self.source.text[self.start : self.end]
        found = _REFERENCE.search(text)
        if found is None:
            return NOT_KNOWN
        before, after = text[: found.start()].strip(_AROUND), text[found.end() :].strip(_AROUND)
        closing = next((closing for opening, closing in _CLOSED_BY.items() if found[0].startswith(opening)), "")
        return f"{UNSHOWN if before else ''}{found[0]}{closing}{UNSHOWN if after else ''}"

    def __repr__(self) -> str:
        return f"Unresolved({self.reason!r})"


Text = Located[str] | Unresolved
Flag = Located[bool] | Unresolved


def known(leaf: Text | None) -> str | None:
    """Return a text, None where nobody knows it or there is none."""
    return leaf.value if isinstance(leaf, Located) else None


def text_of(leaf: Text | None) -> str:
    """Return a text, '' where nobody knows it or there is none."""
    return leaf.value if isinstance(leaf, Located) else ""
