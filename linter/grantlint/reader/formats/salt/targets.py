"""What a grant of Salt is on (salt/modules/mysql.py, __grant_generate and quote_identifier).

`database` is cut at its last dot. Unless `escape` is false both parts get backquotes, and in `db.*` each `_` of the
database a backslash, so that it is that database alone. The versions of Salt differ in what becomes of a `%`.
"""

from grantlint.model import Fault, GrantTarget
from grantlint.model.location import Flag, Located, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.targets import Targets, some_database

_ANY = "*"
_NO_NAME = "with escape: False this is no name: it stands without backquotes in what Salt sends, and is refused"
_QUOTE = "Leave escape out, or write backquotes around the names."
_NAME = r"(?:\*|`(?:[^`]|``)+`|[\w$\u0080-\uffff]+)"
_BY_ITSELF = Pattern(rf"{_NAME}\.{_NAME}")


def target_of(database: Text, escape: Flag | None, faults: list[Fault]) -> GrantTarget | None:
    """Return the target that Salt's statement has after ON. None where the database has no dot, and so no table."""
    if isinstance(database, Unresolved):
        return some_database(database)
    name, dot, table = database.value.rpartition(".")
    if not dot:
        return None
    if isinstance(escape, Unresolved):
        return Unresolved("it is not known whether names are escaped", *escape.span)
    if escape and not escape.value:
        return _as_it_stands(database, faults)
    if table == _ANY and name != _ANY:
        if "%" in name:
            return Unresolved("the versions of Salt differ in what they make of a %", *database.span)
        name = name.replace("_", r"\_")
    return Targets(faults).named(name, table, database.span)


def _as_it_stands(database: Located[str], faults: list[Fault]) -> GrantTarget | None:
    if _BY_ITSELF.fullmatch(database.value):
        return Targets(faults).parsed(database.value.replace("%%", "%"), database.span)
    faults.append(Fault("syntax-error", _NO_NAME, database.span, _QUOTE))
    return None
