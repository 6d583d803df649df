"""A text as a client leaves it on a screen: results, statements, and what else stands between them."""

import re
from collections.abc import Iterator, Sequence

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.printed.results import (
    EDGE,
    ROW_HEAD,
    Cell,
    Line,
    Result,
    boxed,
    in_ascii,
    separated,
    tabbed,
    unescaped,
    vertical,
)

PROMPT = Pattern(
    r"""[ \t]*(?:(?:mysql|MariaDB[ ]\[[^\]\n]*\]|MySQL(?:[ ]\[[^\]\n]*\]|[ \t][^>\n]*?(?:SQL|JS|Py)[ \t]?)?)>
    |[^\s|'"`;>][^|'"`;>\n]{0,60}>(?=[ \t]*(?:SHOW|SELECT|GRANT|DENY|CREATE|ALTER|SET|USE)\b))[ \t]*""",
    re.VERBOSE,
)
"""What stands before a statement that somebody types: the clients' own prompts, or any that a verb follows."""

_CONTINUED = re.compile(r"[ \t]*(?:->|'>|\">|`>|\.\.\.>?)[ \t]?")
STATEMENT = re.compile(
    r"[ \t]*(?:GRANT|DENY|REVOKE|CREATE[ \t]+(?:OR[ \t]+REPLACE[ \t]+)?(?:USER(?![ \t]+for[ \t])|ROLE)"
    r"|ALTER[ \t]+USER|DROP[ \t]+(?:USER|ROLE)"
    r"|RENAME[ \t]+USER|SET[ \t]+(?:DEFAULT[ \t]+ROLE|PASSWORD)|FLUSH[ \t]+PRIVILEGES)\b",
    re.IGNORECASE,
)
_EXPORTED = re.compile(r"\"?(?:user|host)\"?[,;]", re.IGNORECASE)
_SHOWN = re.compile(r"(?:Grants for\b|Create User\Z|CREATE USER for\b)", re.IGNORECASE)
# MySQL up to 5.7 shows a quote within a name as it is.
_BARE_QUOTES = re.compile(r"(?P<before> TO )'(?P<user>.*)'@'(?P<host>[^'\n]*)'")
_ENDS = re.compile(r"(?:;|\\[gG])[ \t]*\Z")
_ERROR = re.compile(r"[ \t]*ERROR[ \t]+\d+")
_BANNER = re.compile(r"Server version:[ \t]+(?P<version>(?P<number>\d+\.\d+\.\d+)\S*)")


class Statement(NamedTuple):
    """An account statement at text[start:end] of the remaining text. `shown`: the server printed it."""

    start: int
    end: int
    shown: bool


class Query(NamedTuple):
    """A typed query. It is read only to know whether it asked for all rows."""

    text: str
    start: int
    end: int


class Banner(NamedTuple):
    """The client's line that names its server."""

    version: Cell
    number: str


Block = Result | Statement | Query | Banner


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, without their line breaks."""
    found: list[Line] = []
    start = 0
    for line in text.split("\n"):
        ends = line.endswith("\r")
        found.append(Line(line.removesuffix("\r"), start, "\r\n" if ends else "\n"))
        start += len(line) + 1
    return found


def shows_statements(columns: Sequence[str]) -> bool:
    """Return whether a result is of SHOW GRANTS or SHOW CREATE USER."""
    return any(_SHOWN.match(column) for column in columns)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in order."""
    lines = lines_of(text)
    at = 0
    while at < len(lines):
        found, behind = _block(lines, at)
        yield from found
        at = max(behind, at + 1)


def _block(lines: Sequence[Line], at: int) -> tuple[list[Block], int]:
    line = lines[at]
    if EDGE.search(line.text) is not None:
        return [], at + 1
    box = boxed(lines, at)
    if box is not None:
        return _told(box[0]), box[1]
    if ROW_HEAD.search(line.text) is not None:
        result, behind = vertical(lines, at)
        return _told(result), behind
    prompt = PROMPT.match(line.text)
    return _typed(lines, at, prompt.end()) if prompt is not None else _plain(lines, at)


def _plain(lines: Sequence[Line], at: int) -> tuple[list[Block], int]:
    """Return what a line says by itself, or as the head of a result by tabs."""
    line = lines[at]
    banner = _BANNER.search(line.text)
    if banner is not None:
        start, end = banner.span("version")
        return [Banner(Cell(banner["version"], line.start + start, line.start + end), banner["number"])], at + 1
    if STATEMENT.match(line.text):
        start = line.start + len(line.text) - len(line.text.lstrip())
        text = _ENDS.sub("", line.text).rstrip()
        return [Statement(start, line.start + len(text), shown=True)], at + 1
    if "\t" in line.text or _EXPORTED.match(line.text):
        result, behind = (tabbed if "\t" in line.text else separated)(lines, at)
        return _told(result), behind
    return [], at + 1


def _told(result: Result) -> list[Block]:
    """Return a result, or the statements that it is made of."""
    if not shows_statements(result.columns):
        return [result]
    shown = [cell for row in result.rows for cell in row if STATEMENT.match(cell.text)]
    return [Statement(cell.start, cell.end, shown=True) for cell in shown]


def _typed(lines: Sequence[Line], at: int, begin: int) -> tuple[list[Block], int]:
    """Return what somebody typed at a prompt, up to its end; nothing where the server answered with an error."""
    first, number = lines[at], at
    start = first.start + begin
    last = first.text[begin:]
    while not _ENDS.search(last) and number + 1 < len(lines) and _CONTINUED.match(lines[number + 1].text):
        number += 1
        last = lines[number].text
    end = lines[number].start + len(_ENDS.sub("", lines[number].text).rstrip())
    behind = number + 1
    while behind < len(lines) and lines[behind].text.strip() == first.text[begin:].strip() != "":
        behind += 1  # terminals that echo
    if not STATEMENT.match(first.text[begin:]):
        return [Query(" ".join(line.text for line in lines[at : number + 1]), start, end)], behind
    if behind < len(lines) and _ERROR.match(lines[behind].text):
        return [], behind
    return [Statement(start, max(start, end), shown=False)], behind


def plain(text: str) -> str:
    """Return a text with batch mode's escapes in statements undone. Each line stays in its place."""
    text = in_ascii(text)
    if "\\" not in text or "\n| " in text or "\n+-" in text:
        return text
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _plain_line(line: str) -> str:
    if "\\\\" not in line and "\\t" not in line:
        return line
    return unescaped(line).ljust(len(line)) if STATEMENT.match(line) else line


def only_statements(text: str, kept: Sequence[Statement]) -> str:
    """Return a text with all but its statements made blank. Each statement is ended, every offset the same."""
    parts: list[str] = []
    at = 0
    for one in kept:
        statement = text[one.start : one.end]
        told = _BARE_QUOTES.sub(_in_backticks, statement) if one.shown else _joined(statement)
        parts += [_blank(text[at : one.start], end=bool(at)), told]
        at = one.end
    return "".join((*parts, _blank(text[at:], end=bool(at))))


def _in_backticks(found: re.Match[str]) -> str:
    if "'" not in found["user"].replace("\\'", "") or "`" in found[0]:
        return found[0]
    return f"{found['before']}`{found['user']}`@`{found['host']}`"


def _blank(text: str, *, end: bool) -> str:
    kept = re.sub(r"[^\n]", " ", text)
    return f";{kept[1:]}" if end and kept else kept


def _joined(text: str) -> str:
    """Return a statement of several lines without the prompts in it."""
    return re.sub(r"(?<=\n)[ \t]*(?:->|'>|\">|`>)", lambda found: " " * len(found[0]), text)
