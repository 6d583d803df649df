r"""SQL without its quoting, at the same offsets as in the file.

What a backslash or quote has left open becomes blank, but never within a word or string: those are moved together,
to where they begin. `\"web\"@\"%\"` becomes ` "web"  @"%"  `.
"""

import re

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.shell.passage import Passage

_TOKEN = Pattern(
    r"""(?P<string>'(?:[^'\\]++|\\.|'')*+'|"(?:[^"\\]++|\\.|"")*+"|`[^`]*+`)
    |(?P<comment>--(?=\s)[^\n]*+|\#[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)
    |(?P<word>\$\{[^}\n]*+\}[\w$]*+|[^\s'"`@.,;()=*$/#-]++|[$\-][\w$]*+)
    |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)


class Aligned(NamedTuple):
    """A text at an offset of the file, each character in place."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)


def aligned(passage: Passage) -> Aligned:
    """Return a passage laid out at the file's offsets."""
    at, text = passage.at, passage.text
    start, size = at[0], at[-1] - at[0] + 1
    if size == len(text):
        return Aligned(start, text)
    laid = [" "] * size
    sign = -1
    for found in _TOKEN.finditer(text):
        place = at[found.start()] - start
        if sign >= 0:
            laid[place - 1] = "@"  # the server wants the host right behind it
        sign = place if found[0] == "@" else -1
        if sign < 0:
            laid[place : place + len(found[0])] = found[0]
    if sign >= 0:
        laid[sign] = "@"
    return Aligned(start, "".join(laid))
