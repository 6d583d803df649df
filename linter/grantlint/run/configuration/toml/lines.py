"""On which line a key of TOML stands. tomllib does not say; this reads only what it has taken."""

import re
from collections.abc import Iterator, Mapping

from grantlint.platform.pattern import Pattern

Path = tuple[str | int, ...]
"""Keys from the outermost on; a number, from 0, for one of several tables: `("path", 1, "globs")`."""

_BARE_OR_QUOTED = r"[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'"
_KEY = Pattern(_BARE_OR_QUOTED)
_KEYS = Pattern(rf"(?:{_BARE_OR_QUOTED})(?:[ \t]*\.[ \t]*(?:{_BARE_OR_QUOTED}))*")
_BLANK = Pattern(r"(?:[ \t\r\n]|#[^\n]*)*")
_PIECE = Pattern(
    r'"""(?:\\.|(?!""").)*"{3,5}'
    r"|'''(?:(?!''').)*'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[][{}\n]"
    r"|[^][{}\n#\"']+",
    re.DOTALL,
)


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line of each key and table, from 1.

    What stands inside a value has none of its own.
    """
    found: dict[Path, int] = {}
    line, before = 1, 0
    for path, start in _statements(text):
        line += text.count("\n", before, start)
        before = start
        for end in range(1, len(path) + 1):
            found.setdefault(path[:end], line)
    return found


def _statements(text: str) -> Iterator[tuple[Path, int]]:
    """Yield the path of each header and each key with the offset at which it begins."""
    table: Path = ()
    numbers: dict[Path, int] = {}
    offset = _after(_BLANK, text, 0)
    while offset < len(text):
        start, brackets = offset, len(text[offset : offset + 2]) - len(text[offset : offset + 2].lstrip("["))
        at = _after(_BLANK, text, offset + brackets) if brackets else offset
        keys = _KEYS.match(text, at)
        if keys is None:
            return
        names = tuple(map(_name, _KEY.findall(keys[0])))
        if brackets:
            table = _within(names[:-1], numbers)
            table = (*table, names[-1])
            if brackets > 1:
                numbers[table] = numbers.get(table, -1) + 1
            table = (*table, numbers[table]) if table in numbers else table
            yield table, start
        else:
            yield (*table, *names), start
        offset = _after(_BLANK, text, _end_of_statement(text, keys.end()))


def _within(names: Path, numbers: Mapping[Path, int]) -> Path:
    """Return the path of a table in a header.

    Of several tables it is the last one.
    """
    path: Path = ()
    for name in names:
        path = (*path, name)
        if path in numbers:
            path = (*path, numbers[path])
    return path


def _end_of_statement(text: str, offset: int) -> int:
    depth = 0
    while offset < len(text):
        piece = _PIECE.match(text, offset)
        if piece is None:
            return len(text)
        if piece[0] == "\n" and depth <= 0:
            return offset
        depth += (piece[0] in {"[", "{"}) - (piece[0] in {"]", "}"})
        offset = piece.end()
    return offset


def _after(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return match.end() if match else offset


def _name(written: str) -> str:
    if written.startswith('"') and "\\" in written:
        import tomllib  # noqa: PLC0415 - only for such a key

        return str(tomllib.loads(f"key = {written}")["key"])
    return written.strip("\"'") if written[0] in "\"'" else written
