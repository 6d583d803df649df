"""Words as a comment beside a line of a file: in the comment signs of what stands there, and in its quotes."""

import re
from collections.abc import Iterator, Mapping, Sequence

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.reader.writing.quoted.place import quoted_at
from grantlint.reader.writing.quotes import Quotes, write

_STATEMENT = re.compile(
    r"\s*(?:create|grant|alter|insert|replace|update|set|revoke|drop|flush|identified|require|on|to)\b", re.IGNORECASE
)
_WITHOUT = (".json",)
_GENERATIONS = 4  # lines further out above which it may stand
LINE, ITEM, FILE = "line", "item", "file"


def comments_for(place: Span, words: Mapping[str, str]) -> Iterator[Edit]:
    """Yield edits that put a comment about a place, nearest first. Nothing where the format has no comments.

    words: by what the comment speaks of: the LINE, an ITEM or the FILE.
    """
    source = place.source
    if source.path.lower().endswith(_WITHOUT):
        return
    line, _ = source.position(place.start)
    if line == 1 and source.text.startswith("#!"):
        yield _below_first(source, words[FILE])
        return
    start, end = source.line_bounds(line)
    text = source.text[start:end]
    first = start + len(text) - len(text.lstrip())
    quoted = quoted_at(source, first)  # of a shell it tells no bounds, and what is between its quotes alone
    inside = quoted if quoted is not None and (quoted.start < first or source.format == "shell") else None
    quotes: Sequence[Quotes] = inside.quotes if inside is not None else ()
    sign = _sign(source, text, is_text=bool(quotes))
    if not _goes_on(source, line - 1) and not (inside is not None and inside.is_folded):
        yield _above(source, line, write(f"{sign} {words[LINE]}", quotes))
        if not text.endswith("\\"):
            yield Edit(Span(source, end, end), write(f"  {sign} {words[LINE]}", quotes))
    for outer in _outer_lines(source, line):
        if not _goes_on(source, outer - 1):
            yield _above(source, outer, f"{_sign(source, '', is_text=False)} {words[ITEM]}")


def _sign(source: Source, text: str, *, is_text: bool) -> str:
    is_sql = source.format == "sql" or (is_text and _STATEMENT.match(text))
    return "--" if is_sql else "#"


def _goes_on(source: Source, line: int) -> bool:
    """Return whether a line goes on in the next by a backslash at its end."""
    return line > 0 and source.text[slice(*source.line_bounds(line))].endswith("\\")


def _above(source: Source, line: int, words: str) -> Edit:
    start, end = source.line_bounds(line)
    text = source.text[start:end]
    indentation = text[: len(text) - len(text.lstrip())]
    return Edit(Span(source, start, start), f"{indentation}{words}{line_break(source)}")


def _below_first(source: Source, words: str) -> Edit:
    _, end = source.line_bounds(1)
    return Edit(Span(source, end, end), f"{line_break(source)}{_sign(source, '', is_text=False)} {words}")


def line_break(source: Source) -> str:
    """Return the line break of a file, that of its first line.

    More of a large file, looked through for each of its findings, took hours.
    """
    text = source.text
    return "\r\n" if text.startswith("\r\n", text.find("\n", 0, 1 << 16) - 1) else "\n"


def _outer_lines(source: Source, line: int) -> Iterator[int]:
    """Yield the lines that a line stands below by its indentation, from the nearest on."""
    depth = _depth(source, line)
    found = 0
    for above in range(line - 1, 0, -1):
        if found >= _GENERATIONS or not depth:
            return
        shallower = _depth(source, above)
        if shallower < depth:
            depth = shallower
            found += 1
            yield above


def _depth(source: Source, line: int) -> int:
    """Return how far a line is indented; a blank line is as far in as can be."""
    start, end = source.line_bounds(line)
    text = source.text[start:end]
    return len(text) - len(text.lstrip()) if text.strip() else 1 << 30
