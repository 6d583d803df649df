"""What a grant of Salt is on (salt/modules/mysql.py, __grant_generate and quote_identifier).

`database` is cut at its last dot. Unless `escape` is false both parts get backquotes, and in `db.*` each `_` of the
database a backslash, so that it is that database alone. The versions of Salt differ in what becomes of a `%`.
"""

import re

from grantlint.location import Flag, Located, Text, Unresolved

_PLAIN_NAME = re.compile(r"(?!\d+\Z)(?:[0-9A-Za-z_$]|\\_)+\Z")
_ANY = "*"


def target_of(database: Text, escape: Flag | None) -> Text | None:
    """Return what the statement has after ON; None where the database has no dot, and so no table."""
    if isinstance(database, Unresolved):
        return database
    name, dot, table = database.value.rpartition(".")
    if not dot:
        return None
    if isinstance(escape, Unresolved):
        return Unresolved("it is not known whether names are escaped", *escape.span)
    if escape and not escape.value:
        return Located(database.value.replace("%%", "%"), *database.span)
    if name != _ANY:
        if table == _ANY and "%" in name:
            return Unresolved("the versions of Salt differ in what they make of a %", *database.span)
        name = _quoted(name.replace("_", r"\_") if table == _ANY else name)
    if table != _ANY:
        table = _quoted(table)
    return Located(f"{name}.{table}", *database.span)


def _quoted(name: str) -> str:
    """Return a name as SQL has it; without backquotes where they change nothing, for people to read."""
    return name if _PLAIN_NAME.match(name) else "`" + name.replace("`", "``") + "`"
