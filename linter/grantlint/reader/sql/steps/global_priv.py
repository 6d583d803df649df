"""The JSON in `mysql.global_priv` of MariaDB: what it says of the account of its row.

Source: the manual page of mysql.global_priv; the bits of `access` are those of sql/privilege.h since 10.5.2 (up to
DELETE HISTORY older ones have them too). Its passwords and hashes are hidden with the other texts of the row.
"""

import json
from collections.abc import Iterator

from grantlint.model import Authentication, Credential, Grant, Secrecy
from grantlint.model.location import Flag, Implied, Located, Span, Text
from grantlint.model.privilege import USAGE, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.model.step import acts as m
from grantlint.platform.typed import cast
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.syntax.records.parts import Name

_BITS = (
    "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "RELOAD", "SHUTDOWN", "PROCESS", "FILE", "GRANT",
    "REFERENCES", "INDEX", "ALTER", "SHOW DATABASES", "SUPER", "CREATE TEMPORARY TABLES", "LOCK TABLES", "EXECUTE",
    "REPLICATION SLAVE", "BINLOG MONITOR", "CREATE VIEW", "SHOW VIEW", "CREATE ROUTINE", "ALTER ROUTINE",
    "CREATE USER", "EVENT", "TRIGGER", "CREATE TABLESPACE", "DELETE HISTORY", "SET USER", "FEDERATED ADMIN",
    "CONNECTION ADMIN", "READ_ONLY ADMIN", "REPLICATION SLAVE ADMIN", "REPLICATION MASTER ADMIN", "BINLOG ADMIN",
    "BINLOG REPLAY", "SLAVE MONITOR", "SHOW CREATE ROUTINE",
)  # fmt: skip
_GRANT = _BITS.index("GRANT")
_PARTS = {"db": ("db",), "table": ("db", "table"), "column": ("db", "table", "column")}
_ROUTINES = frozenset({"function", "procedure", "package", "package body"})


def with_data(row: m.TableRow, data: Name, leaves: Leaves) -> m.TableRow:
    """Return a row with its JSON's facts added. The row as it is where that is no JSON object, or a template."""
    if data.unresolved:
        return row
    try:
        found: object = json.loads(data.text)
    except (ValueError, RecursionError):
        return row
    if not isinstance(found, dict):
        return row
    said = cast("dict[str, object]", found)
    place = row.span  # not that of the text, which is never shown
    role = said.get("default_role")
    return row._replace(
        authentication=_authentication(said, row, leaves.span(data.start, data.end)),
        grant=_grant(said.get("access"), row),
        denied=tuple(_denied(said.get("denies"), row)),
        is_role=said.get("is_role") is True,
        locked=_true(said.get("account_locked"), row),
        expired=_true(said.get("password_last_changed") == 0, row),
        role=None if not role else m.AccountName(Located(str(role), *place), Implied("%", *place), place),
    )


def _true(value: object, row: m.TableRow) -> Flag | None:
    return Located(True, *row.span) if value is True else None  # noqa: FBT003 - the value located


def _authentication(said: dict[str, object], row: m.TableRow, place: Span) -> Authentication:
    plugin = said.get("plugin")
    named: Text | None = None
    if isinstance(plugin, str) and plugin.replace("_", "").isalnum():
        named = Located(plugin, *row.span)
    form = Secrecy.HASH if said.get("authentication_string") else Secrecy.EMPTY
    return Authentication(named, Credential(form, place))


def _denied(denies: object, row: m.TableRow) -> Iterator[Grant]:
    """Yield what stands in `denies`; the server skips what is malformed (facts: M4)."""
    for entry in cast("list[object]", denies) if isinstance(denies, list) else ():
        if not isinstance(entry, dict):
            continue
        said = cast("dict[str, object]", entry)
        names, target = _names(said.get("bits")), _target(said)
        if not names or target is None:
            continue
        scope, columns = target
        denied = tuple([Located(Privilege(name, columns), *row.span) for name in names])
        yield Grant(denied, Located(scope, *row.span), row.span)


def _target(said: dict[str, object]) -> tuple[Scope, tuple[str, ...]] | None:
    """Return what an entry is on, with its columns."""
    kind = said.get("type")
    if kind == "global":
        return Scope(Level.GLOBAL), ()
    if kind in _ROUTINES:
        database, name = said.get("db"), said.get(str(kind))
        named = isinstance(database, str) and isinstance(name, str)
        return (Scope(Level.ROUTINE, str(database), str(name), str(kind).upper()), ()) if named else None
    parts = [said.get(part) for part in _PARTS.get(str(kind), ())]
    names = [part for part in parts if isinstance(part, str)]
    if not parts or len(names) < len(parts):
        return None
    if len(names) == 1:
        return Scope(Level.DATABASE, names[0]), ()
    return Scope(Level.TABLE, names[0], names[1]), tuple(names[2:])


def _names(bits: object) -> list[str]:
    """Return the privileges of a set of bits, GRANT OPTION left out."""
    if not isinstance(bits, int) or isinstance(bits, bool) or bits <= 0:
        return []
    return [name for bit, name in enumerate(_BITS) if bits >> bit & 1 and bit != _GRANT]


def _grant(access: object, row: m.TableRow) -> Grant | None:
    if not isinstance(access, int) or isinstance(access, bool) or access <= 0:
        return None
    names = _names(access)
    given = tuple([Located(Privilege(name), *row.span) for name in names or [USAGE]])
    option = _true(bool(access >> _GRANT & 1), row)
    return Grant(given, Located(Scope(Level.GLOBAL), *row.span), row.span, option)
