"""Comments that silence rules, as they stand in a text, whatever its language.

`# grantlint: ignore[rule, rule] until 2027-01-31 reason` at the end of a finding's line, or on a line of its own above
it; `ignore-item[...]` for a statement, or a line and what is indented below it; `ignore-file[...]` anywhere in a file.
A comment begins with `#`, `--`, `//` or `;`, or stands in `/* */`, `{# #}`, `<%# %>` or `{{/* */}}`.
"""

from collections.abc import Iterator

from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

LINE, ITEM, FILE = "ignore", "ignore-item", "ignore-file"
VERBS = (LINE, ITEM, FILE)

_COMMENT = Pattern(
    r"(?:\#-?|--|//|/\*|;)[ \t]*grantlint:[ \t]*(?P<verb>[\w-]*)(?:\[(?P<names>[^\]\n]*)\])?[ \t]*(?P<rest>[^\r\n]*)"
)
UNTIL = Pattern(r"\buntil[ \t]+(?P<date>\d[\w./-]*)[ \t]*")
DATE = Pattern(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
_QUOTED = Pattern(r"(?<!\w)'[^']*'?|\"[^\"]*\"?|`[^`]*`?")
_FAR = 2000  # characters that a comment of several lines may go on
_LONGEST = 200  # characters of a reason that are kept


class Bounds(NamedTuple):
    """A comment with its signs.

    content_end: where its words end on its first line; is_whole: whether its end is seen.
    """

    span: Span
    content_end: int
    is_whole: bool


class Comment(NamedTuple):
    """A comment that is meant for grantlint. names: each with its place; None where it has no brackets.

    until: the last day of which it speaks, '' where it names none; is_dated: whether that is a date.
    """

    verb: str
    names: tuple[tuple[str, Span], ...] | None
    reason: str
    until: str
    is_dated: bool
    bounds: Bounds


def comments(source: Source) -> Iterator[Comment]:
    """Yield the comments of a source meant for grantlint, in order."""
    text = source.text
    end = 0
    for match in _COMMENT.finditer(text):
        start = match.start()
        if start < end or (text[start] == ";" and text[text.rfind("\n", 0, start) + 1 : start].strip()):
            continue  # inside of the comment before, or behind a statement
        bounds = bounds_of(source, start, match.end())
        end = bounds.span.end
        rest = text[match.start("rest") : max(match.start("rest"), bounds.content_end)]
        until = UNTIL.search(rest)
        date = until["date"].rstrip(".,;") if until else ""
        if until:
            rest = rest[: until.start()] + rest[until.end() :]
        names = None if match["names"] is None else _names(source, match.start("names"), match["names"])
        yield Comment(match["verb"], names, _reason(rest), date, bool(DATE.match(date)), bounds)


def _names(source: Source, at: int, written: str) -> tuple[tuple[str, Span], ...]:
    names: list[tuple[str, Span]] = []
    for piece in written.split(","):
        name = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        at += len(piece) + 1
        names.append((name, Span(source, start, start + len(name))))
    return tuple(names)


def _reason(rest: str) -> str:
    """Return the reason of a comment without its quoted parts.

    A comment is prose, and what is quoted may be a secret.
    """
    reason = _QUOTED.sub("…", rest.strip().lstrip(":- \t").rstrip())
    return reason if len(reason) <= _LONGEST else reason[:_LONGEST] + "…"


class _Kind(NamedTuple):
    """A kind of comment: what stands right before its sign, and the sign that ends it."""

    before: tuple[str, ...]
    closing: str


_HASHES = (_Kind(("{",), "#}"), _Kind(("<%-", "<%"), "%>"))


def bounds_of(source: Source, start: int, end_of_line: int) -> Bounds:
    """Return the bounds of the comment with a sign at `start`."""
    text = source.text
    if text.startswith("/*", start):
        close = text.find("*/", start, start + _FAR)
        if close < 0:
            return Bounds(Span(source, start, end_of_line), end_of_line, is_whole=False)
        first, last = _in_braces(text, start, close + 2)
        return Bounds(Span(source, first, last), min(close, end_of_line), is_whole=True)
    for kind in _HASHES if text[start] == "#" else ():
        sign = next((one for one in kind.before if text.endswith(one, 0, start)), None)
        if sign is None:
            continue
        close = text.find(kind.closing, start, start + _FAR)
        if close < 0:
            return Bounds(Span(source, start - len(sign), end_of_line), end_of_line, is_whole=False)
        content_end = close - (text[close - 1] == "-")
        span = Span(source, start - len(sign), close + len(kind.closing))
        return Bounds(span, min(content_end, end_of_line), is_whole=True)
    return Bounds(Span(source, start, end_of_line), end_of_line, is_whole=True)


_OPENED = Pattern(r"\{\{(?:-[ \t]+|-)?[ \t]*\Z")
_CLOSED = Pattern(r"[ \t]*-?\}\}")
_NEAR = 8  # characters between the braces of Go's templates and the comment


def _in_braces(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a block comment, with the braces of Go's templates around it."""
    near = max(start - _NEAR, 0)
    opened = _OPENED.search(text, near, start)
    closed = _CLOSED.match(text, end) if opened else None
    return (opened.start(), closed.end()) if opened and closed else (start, end)
