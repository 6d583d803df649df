"""Writes to the grant tables as steps: which rows, and what they say, as far as literals tell.

Source: the columns of mysql.user and mysql.db in the manuals of MySQL and MariaDB.
"""

from grantlint.location import Located, Span, Text
from grantlint.model import Authentication, Grant, GrantedPrivilege, GrantTarget
from grantlint.model import step as m
from grantlint.model.privilege import USAGE, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.reader.sql.steps.described import credential
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.syntax.statements import Cell, Name, Secret, TableWrite

_PRIVILEGES = {
    "show_db_priv": "SHOW DATABASES",
    "create_tmp_table_priv": "CREATE TEMPORARY TABLES",
    "lock_tables_priv": "LOCK TABLES",
    "repl_slave_priv": "REPLICATION SLAVE",
    "repl_client_priv": "REPLICATION CLIENT",
    "create_view_priv": "CREATE VIEW",
    "show_view_priv": "SHOW VIEW",
    "create_routine_priv": "CREATE ROUTINE",
    "alter_routine_priv": "ALTER ROUTINE",
    "create_user_priv": "CREATE USER",
    "create_tablespace_priv": "CREATE TABLESPACE",
    "create_role_priv": "CREATE ROLE",
    "drop_role_priv": "DROP ROLE",
    "delete_history_priv": "DELETE HISTORY",
}
Row = dict[str, Cell]


def written(write: TableWrite, leaves: Leaves) -> m.Act:
    """Return a write as a step; one that moves accounts to where no literal tells is unclear."""
    changes = write.changes
    if write.verb in {"INSERT", "REPLACE"} and not write.rows:
        return m.Unclear("statement", "which rows it writes is not told by literals")
    if changes is not None and any(changes.get(column, "") is None for column in ("user", "host")):
        return m.Unclear("statement", "which rows it changes is not told by literals")
    where = tuple([m.Condition(one.column, one.operator, _values(one.values, leaves)) for one in write.where])
    rows = tuple([_row(row, write, leaves) for row in write.rows])
    changed = _row(changes, write, leaves) if changes is not None else None
    columns: set[str] = {*(changes or ()), *(one.column for one in where)}
    columns.update(name for row in write.rows for name in row)
    return m.WriteTable(write.verb, write.table, rows, changed, where, frozenset(columns))


def _values(values: tuple[Name, ...], leaves: Leaves) -> tuple[Text, ...]:
    return tuple([leaves.text(value, prefix="in WHERE ") for value in values])


def _row(row: Row, write: TableWrite, leaves: Leaves) -> m.TableRow:
    user, host = row.get("user"), row.get("host")
    names = [cell for cell in (user, host) if isinstance(cell, Name)]
    span = leaves.span(write.start, write.end)
    if names:
        span = leaves.span(min(cell.start for cell in names), max(cell.end for cell in names))
    return m.TableRow(
        leaves.text(user) if isinstance(user, Name) else None,
        leaves.text(host, prefix="@") if isinstance(host, Name) else None,
        span,
        _authentication(row, leaves),
        _grant(row, write, span, leaves),
    )


def _authentication(row: Row, leaves: Leaves) -> Authentication | None:
    """Return the plugin and the password or hash that a row has."""
    plugin = row.get("plugin")
    named = leaves.text(plugin) if isinstance(plugin, Name) and plugin.text else None
    secrets = [cell for cell in row.values() if isinstance(cell, Secret)]
    proof = next((one for one in secrets if not one.empty), secrets[0] if secrets else None)
    if proof is None and named is None:
        return None
    return Authentication(named, credential(leaves, proof) if proof is not None else None)


def _grant(row: Row, write: TableWrite, span: Span, leaves: Leaves) -> Grant | None:
    """Return the columns with `Y` as a grant on everything, or on the database of the row."""
    given: list[GrantedPrivilege] = []
    option = None
    for column, value in row.items():
        if column.endswith("_priv") and isinstance(value, Name) and value.text.upper() == "Y":
            if column == "grant_priv":
                option = Located(True, leaves.source, value.start, value.end)  # noqa: FBT003 - the value located
            else:
                given.append(Located(Privilege(_privilege(column)), leaves.source, value.start, value.end))
    if option is not None and not given:
        given.append(Located(Privilege(USAGE), *option.span))
    target = _target(row, write, span, leaves)
    if not given or target is None:
        return None
    return Grant(tuple(given), target, leaves.span(write.start, write.end), option)


def _privilege(column: str) -> str:
    return _PRIVILEGES.get(column) or column.removesuffix("_priv").upper().replace("_", " ")


def _target(row: Row, write: TableWrite, span: Span, leaves: Leaves) -> GrantTarget | None:
    if write.table != "db":
        return Located(Scope(Level.GLOBAL), *span)
    database = row.get("db")
    if not isinstance(database, Name):
        return None
    name = leaves.text(database, prefix="database ")
    return Located(Scope(Level.DATABASE, name.value), *name.span) if isinstance(name, Located) else name
