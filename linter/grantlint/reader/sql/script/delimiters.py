"""What ends a statement in a file: the delimiter outside of quotes, which the client's DELIMITER command changes."""

import re
from functools import lru_cache

from grantlint.platform.pattern import Pattern
from grantlint.platform.regex import compiled

_LINE = Pattern(r"[^\n]*\n?")


_DELIMITER = Pattern(r"[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s]+))")


def new_delimiter(text: str, end: int, current: str) -> tuple[str, int]:
    """Return the delimiter that a DELIMITER command sets, and the offset behind. That is the next line's beginning."""
    found = _DELIMITER.match(text, end)
    after = end_of_line(text, end)
    if found is None or found.end() > after:
        return current, after
    given = found[1] or found[2] or found[3]
    short = given.removesuffix(current)
    # MySQL's own test suite ends the command itself by the delimiter so far: `delimiter ||;`, `delimiter ;||`.
    meant = bool(short) and short != given and text.find(given, after) < 0 <= text.find(short, after)
    return short if meant else given, after


def end_of_line(text: str, position: int) -> int:
    """Return where the next line begins."""
    found = _LINE.match(text, position)
    return found.end() if found is not None else len(text)


@lru_cache(maxsize=16)
def passed_over(delimiter: str) -> re.Pattern[str]:
    """Return a pattern for the text before the next delimiter. Quotes and comments may hold the delimiter."""
    first = re.escape(delimiter[0])
    parts = (
        rf"[^'\"`#\-/\\{first}]++",
        r"'(?:[^'\\]++|''|\\.)*+(?:'|\\?\Z)",
        r'"(?:[^"\\]++|""|\\.)*+(?:"|\\?\Z)',
        r"`[^`]*+(?:`|\Z)",
        r"#[^\n]*+",
        r"--(?=[\x00-\x20\x7f]|\Z)[^\n]*+",
        r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)",
        rf"(?!{re.escape(delimiter)}).",
    )
    return compiled(f"(?:{'|'.join(parts)})*+", re.DOTALL)
