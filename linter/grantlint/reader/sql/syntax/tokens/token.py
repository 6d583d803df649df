"""A token of SQL, and the kinds that there are."""

from types import MappingProxyType

from grantlint.platform.record import NamedTuple

END = 0  # after the last token
WORD = 1  # a bare word: a keyword or a name
NAME = 2  # bare, and no keyword whatever it spells: 1db, db1 in db1.t, select in db1.select
QUOTED_NAME = 3  # `x`, and "x" under ANSI_QUOTES
STRING = 4


AT = 5  # @ right before a quoted host
HOST = 6  # @ with the bare host after it, which may be empty
INTEGER = 7


NUMBER = 8  # with a point or an exponent, or too long for 64 bits
HEX = 9  # 0x1F
HEX_STRING = 10  # x'1F'
MARK = 11  # an operator or any other character
ODD = 12  # what no account statement takes: N'x', b'1', _utf8, @@x
TEMPLATE = 13  # a name with {{ x }}, ${X}, <%= x %> or @@X@@ in it
UNCLOSED = 14  # /* without its end

DEPTH_AFTER = MappingProxyType({"(": 1, ")": -1})
"""What a word adds to the depth of parentheses."""


class Token(NamedTuple):
    """A token at text[start:end]. `word` is the upper-case word of a WORD, the character of a MARK, else empty."""

    kind: int
    start: int
    end: int
    word: str


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
