"""Statements that write rows of tables which are no grant tables: most of a dump, and passed over by one expression.

A statement that is not plain, such as one with a template, is left to be cut into tokens.
"""

import re
from functools import lru_cache

from grantlint.platform.regex import compiled
from grantlint.reader.sql.syntax.statements.grant_tables import GRANT_TABLES

_LETTERS = frozenset("IiRr")  # that INSERT and REPLACE begin with
_GRANT_TABLES = "|".join(sorted(map(str.lower, GRANT_TABLES)))
_INITIALS = "".join(sorted({letter for name in GRANT_TABLES for letter in (name[0].lower(), name[0].upper())}))
# What dumps write comes first, as it is: to compare without regard to case takes three times as long.
_HEAD = (
    r"(?:INSERT|(?i:INSERT|REPLACE))\s++(?:INTO|(?:(?i:IGNORE|LOW_PRIORITY|DELAYED|HIGH_PRIORITY)\s++)*+(?i:INTO))\s++"
    rf"(?!`?(?=[{_INITIALS}])(?i:{_GRANT_TABLES})(?:`|\b))(?:`[^`]*+`|\w++)\s*+"
    r"(?=\(|VALUES\b|(?i:VALUES?|SELECT|SET)\b)"
)


def behind_rows(text: str, position: int, delimiter: str, stop: int, *, templates: bool) -> int:
    """Return where the plain row-writing statements that begin here end. The position itself where none begins.

    No statement behind `stop` is looked at.
    """
    if text[position : position + 1] not in _LETTERS:
        return position
    found = _rows(delimiter, templates=templates).match(text, position, stop)
    return position if found is None else found.end()


@lru_cache(maxsize=16)
def _rows(delimiter: str, *, templates: bool) -> re.Pattern[str]:
    first = re.escape(delimiter[0])
    brace = r"|[{<$](?![{%#(])" if templates else ""  # what begins no template
    other = r"{<$" if templates else ""
    plain = rf"[^'\"`#\-/\\${other}{first}]*+"  # `$$` begins a string of MySQL's
    parts = (
        rf"'[^'\\{other}]*+(?:(?:''|\\.{brace})[^'\\{other}]*+)*+'",
        rf'"(?:[^"\\{other}]++|""|\\.{brace})*+"',
        rf"`[^`{other}]*+`",
        r"-(?!-)",
        *([brace[1:]] if templates else ()),
    )
    statement = rf"{_HEAD}{plain}(?:(?:{'|'.join(parts)}){plain})*+{re.escape(delimiter)}\s*+"
    return compiled(f"(?:{statement})++", re.DOTALL)
