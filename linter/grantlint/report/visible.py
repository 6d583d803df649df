"""Text from files and file names, made safe for a terminal: what would steer it is shown, never sent."""

import re

from grantlint.pattern import Pattern

_STEERING = Pattern(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1: among them the escape that begins a colour, a title, a cursor move
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # zero width, line breaks, and turns of the writing direction
    "\ud800-\udfff]"  # what stands in a file name for a byte that is no UTF-8
)


def visible(text: str) -> str:
    r"""Return a text with each control character as its escape.

    >>> print(visible("a\x1b[31mb\u202ec\n"))
    a\x1b[31mb\u202ec\n
    """
    return text if text.isascii() and text.isprintable() else _STEERING.compiled.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return repr(match[0])[1:-1]


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - a megabyte that few lines need

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
