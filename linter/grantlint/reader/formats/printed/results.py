"""Results as the clients print them, as columns and cells with their places.

Source: what the clients of MySQL 9.7, MariaDB 10.11 and 11.8 printed (tests/reader/printed/).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

EDGE = Pattern(r"[ \t]*[+|][-+|:= \t]*-{2}[-+|:= \t]*[+|][ \t]*\Z")
ROW_HEAD = Pattern(r"[ \t]*\*{5,}[ \t]*\d+\. row[ \t]*\*{5,}[ \t]*\Z")
_FIELD = re.compile(r"[ \t]*(?P<column>\S.*?):(?: (?P<value>.*))?\Z")
_OVER = re.compile(r"\s*\Z|[ \t]*\d+ rows? in set\b|[^:|'\"]{0,60}>[ \t]")
_SEPARATED = re.compile(r"(?:(?<=\A)|(?<=[,;]))(?:\"(?P<quoted>(?:[^\"]|\"\")*)\"|(?P<bare>[^,;\"]*))(?=[,;]|\Z)")
_BROKEN = 20  # lines that one row may take
_BATCH = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "\\": "\\"}


_DRAWN = {
    **dict.fromkeys(range(0x2500, 0x2580), "+"),
    **dict.fromkeys(map(ord, "\u2502\u2503\u2551"), "|"),
    **dict.fromkeys(map(ord, "\u2500\u2501\u2550"), "-"),
}


def in_ascii(text: str) -> str:
    """Return a text with its boxes drawn in ASCII, character for character."""
    return text.translate(_DRAWN) if any(line in text for line in "\u2502\u2503\u2551") else text


class Cell(NamedTuple):
    """A value and its place, blanks around it left out."""

    text: str
    start: int
    end: int


class Line(NamedTuple):
    """A line without its break, where it begins, and how lines break."""

    text: str
    start: int
    between: str = "\n"


class Result(NamedTuple):
    """A query's result: column headings, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def boxed(lines: Sequence[Line], at: int) -> tuple[Result, int] | None:
    """Return the boxed result at line `at`, and the line behind it. None where there is no box; `at` is its head."""
    below = at + 1
    if below >= len(lines) or "|" not in lines[at].text or EDGE.search(lines[below].text) is None:
        return None
    edge = lines[below].text.rstrip()
    places = [place for place, sign in enumerate(edge) if sign in "+|"]
    head = _cells(lines[at], places)
    rows: list[tuple[Cell, ...]] = []
    number = below + 1
    while number < len(lines) and lines[number].text.lstrip().startswith("|"):
        line, behind = _row(lines, number)
        if EDGE.search(line.text) is None:
            rows.append(_cells(line, places))
        number = behind
    if number < len(lines) and EDGE.search(lines[number].text) is not None:
        number += 1
    return Result(tuple(cell.text for cell in head), tuple(row for row in rows if len(row) == len(head))), number


def _row(lines: Sequence[Line], at: int) -> tuple[Line, int]:
    """Return a row with the lines into which a value breaks it, and the line behind it."""
    text, number = lines[at].text, at + 1
    while not text.rstrip().endswith("|") and number < len(lines) and number < at + _BROKEN:
        text += lines[at].between + lines[number].text
        number += 1
    return Line(text, lines[at].start, lines[at].between), number


def _cells(line: Line, places: Sequence[int]) -> tuple[Cell, ...]:
    """Return the cells of a boxed line. Bars are those of the edge above; wide characters shift them from the right."""
    text = line.text.rstrip()
    width = places[-1] if places else 0
    shift = len(text) - 1 - width
    left = next((number for number, place in enumerate(places) if text[place : place + 1] != "|"), len(places))
    right = left
    while right < len(places) and not all(text[place + shift : place + shift + 1] == "|" for place in places[right:]):
        right += 1
    bars = [*places[:left], *(place + shift for place in places[right:])]
    if len(bars) != len(places):
        bars = [place for place, sign in enumerate(text) if sign == "|"]
    return tuple(_cell(text, first + 1, last, line.start) for first, last in pairwise(bars))


def _cell(text: str, first: int, last: int, offset: int) -> Cell:
    inner = text[first:last]
    start = first + len(inner) - len(inner.lstrip())
    stripped = inner.strip()
    return Cell(stripped, offset + start, offset + start + len(stripped))


def tabbed(lines: Sequence[Line], at: int) -> tuple[Result, int]:
    """Return the tab-separated result at line `at`, and the line behind it. `at` is its head."""
    columns = tuple(lines[at].text.split("\t"))
    rows: list[tuple[Cell, ...]] = []
    number = at + 1
    while number < len(lines) and lines[number].text.count("\t") == len(columns) - 1:
        rows.append(tuple(_by_tabs(lines[number])))
        number += 1
    return Result(columns, tuple(rows)), number


def separated(lines: Sequence[Line], at: int) -> tuple[Result, int]:
    """Return the exported result at line `at`, and the line behind it.

    `at` is its head.
    """
    head = [*_between(lines[at])]
    rows: list[tuple[Cell, ...]] = []
    number = at + 1
    while number < len(lines) and len(cells := [*_between(lines[number])]) == len(head):
        rows.append(tuple(cells))
        number += 1
    return Result(tuple(cell.text for cell in head), tuple(rows)), number


def _between(line: Line) -> Iterator[Cell]:
    """Yield what stands between commas or semicolons (RFC 4180); a line of another kind is one cell."""
    for found in _SEPARATED.finditer(line.text):
        name = "quoted" if found["quoted"] is not None else "bare"
        start, end = found.span(name)
        yield Cell(found[name].replace('""', '"'), line.start + start, line.start + end)


def _by_tabs(line: Line) -> Iterator[Cell]:
    start = line.start
    for piece in line.text.split("\t"):
        yield Cell(unescaped(piece), start, start + len(piece))
        start += len(piece) + 1


def unescaped(text: str) -> str:
    """Return a batch-mode text without its escapes."""
    if "\\" not in text:
        return text
    return _BATCH.sub(lambda found: _ESCAPES.get(found[1], found[0]), text)


def vertical(lines: Sequence[Line], at: int) -> tuple[Result, int]:
    r"""Return the `\G` result at line `at`, and the line behind it. It begins with a line of stars; rows may differ."""
    columns: dict[str, None] = {}
    rows: list[dict[str, Cell]] = []
    number = at
    while number < len(lines):
        line = lines[number]
        if ROW_HEAD.search(line.text) is not None:
            rows.append({})
        else:
            field = None if _OVER.match(line.text) else field_of(line)
            if field is None:
                break
            columns[field[0]] = None
            rows[-1][field[0]] = field[1]
        number += 1
    blank = Cell("NULL", lines[at].start, lines[at].start)
    cells = tuple(tuple(row.get(column, blank) for column in columns) for row in rows)
    return Result(tuple(columns), cells), number


def field_of(line: Line) -> tuple[str, Cell] | None:
    r"""Return the column and value on a line of `\G`. None where it is none."""
    found = _FIELD.match(line.text)
    if found is None:
        return None
    start, end = found.span("value") if found["value"] is not None else (len(line.text), len(line.text))
    return found["column"].strip(), Cell(line.text[start:end].rstrip(), line.start + start, line.start + end)
