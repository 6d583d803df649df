"""Privileges as people write them: case, blanks and column lists. Who knows which: access.privileges."""

import re
from functools import lru_cache

from grantlint.model.sql import identifier
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

ALL = "ALL"
GRANT_OPTION = "GRANT OPTION"
USAGE = "USAGE"  # no privilege: what a grant says that only makes an account
PROXY = "PROXY"

_SYNONYMS = {"ALL PRIVILEGES": ALL, "SHOW SCHEMAS": "SHOW DATABASES"}  # on every server (measured: grammar)


class Privilege(NamedTuple):
    """A privilege's name and the columns to which it is limited.

    The name is in upper case with single blanks.
    """

    name: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.columns:
            return self.name
        return f"{self.name} ({', '.join(map(_column, self.columns))})"


_PLAIN_NAME = Pattern(r"(?!\d+\Z)[0-9A-Za-z_$]+\Z", re.ASCII)


def _column(name: str) -> str:
    """Return a column as SQL has it.

    Backticks are left out where they change nothing, for people to read.
    """
    return name if _PLAIN_NAME.match(name) else identifier(name)


_WORDS = Pattern(r"[A-Z][A-Z_ ]{0,50}\Z")


def is_words(name: str) -> bool:
    """Whether a name could be a privilege's.

    Other text may be anything, and is quoted nowhere.

    >>> is_words("SELCT"), is_words("Q9X")
    (True, False)
    """
    return _WORDS.match(name) is not None


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """Return a privilege's name in its one spelling.

    That is upper case, single blanks, no quotes, and one name for synonyms.

    >>> normalise(" show   schemas "), normalise("'role_admin'"), normalise("all privileges")
    ('SHOW DATABASES', 'ROLE_ADMIN', 'ALL')
    """
    name = " ".join(name.split()).upper()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"`":
        name = name[1:-1]
    return _SYNONYMS.get(name, name)


@lru_cache(maxsize=4096)
def parse_privilege(text: str) -> Privilege:
    """Return the privilege that a text names, with its columns.

    >>> parse_privilege("select ( id, `full name` )")
    Privilege(name='SELECT', columns=('id', 'full name'))
    >>> parse_privilege("Lock  Tables").name
    'LOCK TABLES'
    """
    name, bracket, rest = text.partition("(")
    if not bracket:
        return Privilege(normalise(name))
    listed = _COLUMN.finditer(rest.rstrip().removesuffix(")"))
    columns = (one["bare"] or one["quoted"].replace("``", "`") for one in listed if one["bare"] or one["quoted"])
    return Privilege(normalise(name), tuple(columns))


_COLUMN = Pattern(r"\s*(?:`(?P<quoted>(?:[^`]|``)*)`|(?P<bare>[^,]*?))\s*(?:,|\Z)")


def split_privileges(text: str) -> tuple[str, ...]:
    """Return the privileges of a list, cut at the commas outside brackets.

    >>> split_privileges("SELECT (a, b), INSERT")
    ('SELECT (a, b)', 'INSERT')
    """
    pieces: list[str] = []
    depth = start = 0
    for offset, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "," and depth <= 0:
            pieces.append(text[start:offset])
            start = offset + 1
    pieces.append(text[start:])
    return tuple(piece.strip() for piece in pieces if piece.strip())
