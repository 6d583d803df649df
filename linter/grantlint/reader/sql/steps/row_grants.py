"""The grants in a row of a grant table: its columns with `Y` or sets of privileges, and its target.

Source: the grant tables in the manuals of MySQL and MariaDB; asked of servers, whose GRANT writes these rows.
"""

from grantlint.model import Grant, GrantedPrivilege, GrantTarget, SomeDatabase
from grantlint.model.location import Flag, Located, Span
from grantlint.model.privilege import PROXY, USAGE, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.syntax.records.parts import Cell, Name
from grantlint.reader.sql.syntax.records.statements import TableWrite

Row = dict[str, Cell]
_PRIVILEGES = {
    "show_db_priv": "SHOW DATABASES",
    "create_tmp_table_priv": "CREATE TEMPORARY TABLES",
    "repl_slave_priv": "REPLICATION SLAVE",
    "repl_client_priv": "REPLICATION CLIENT",
    "delete_versioning_rows_priv": "DELETE HISTORY",
}
_IN_SETS = {"DELETE VERSIONING ROWS": "DELETE HISTORY"}
_SETS = {"tables_priv": "table_priv", "columns_priv": "column_priv", "procs_priv": "proc_priv"}
_OPTIONS = {"global_grants": "with_grant_option", "proxies_priv": "with_grant"}
_YES = frozenset({"Y", "1"})


def granted(row: Row, write: TableWrite, span: Span, leaves: Leaves) -> Grant | None:
    """Return the grant in a row, None if it grants nothing."""
    target = _target(row, write.table, span, leaves)
    if target is None:
        return None
    option: Flag | None = None
    given: list[GrantedPrivilege] = []
    for cell, name in _named(row, write.table, span):
        if name == "GRANT":
            option = Located(True, leaves.source, *cell)  # noqa: FBT003 - the value located
        else:
            columns = _columns(row) if write.table == "columns_priv" else ()
            given.append(Located(Privilege(name, columns), leaves.source, *cell))
    if option is not None and not given:
        given.append(Located(Privilege(USAGE), *option.span))
    return Grant(tuple(given), target, leaves.span(write.start, write.end), option) if given else None


def _named(row: Row, table: str, span: Span) -> list[tuple[tuple[int, int], str]]:
    """Return the privileges of a row with their places. GRANT is the grant option."""
    option = row.get(_OPTIONS.get(table, ""))
    handed = [((option.start, option.end), "GRANT")] if isinstance(option, Name) and option.text.upper() in _YES else []
    if table == "proxies_priv":
        return [((span.start, span.end), PROXY), *handed]
    if table == "global_grants":
        held = row.get("priv")
        return [((held.start, held.end), held.text.upper()), *handed] if isinstance(held, Name) else []
    if table in _SETS:
        held = row.get(_SETS[table])
        if not isinstance(held, Name):
            return []
        place = (held.start, held.end)
        return [(place, name) for name in map(_in_set, held.text.split(",")) if name]
    return [
        ((value.start, value.end), _privilege(column))
        for column, value in row.items()
        if column.endswith("_priv") and isinstance(value, Name) and value.text.upper() == "Y"
    ]


def _in_set(word: str) -> str:
    """Return the privilege that a member of a set such as Table_priv stands for."""
    name = word.strip().upper()
    return _IN_SETS.get(name, name)


def _privilege(column: str) -> str:
    return _PRIVILEGES.get(column) or column.removesuffix("_priv").upper().replace("_", " ")


def _columns(row: Row) -> tuple[str, ...]:
    column = row.get("column_name")
    return (column.text,) if isinstance(column, Name) else ()


def _target(row: Row, table: str, span: Span, leaves: Leaves) -> GrantTarget | None:
    if table in {"user", "global_grants"}:
        return Located(Scope(Level.GLOBAL), *span)
    if table == "proxies_priv":
        user, host = row.get("proxied_user"), row.get("proxied_host")
        if isinstance(user, Name) and isinstance(host, Name):
            return Located(Scope(Level.PROXY, name=user.text, host=host.text), *span)
        return None
    database = row.get("db")
    if not isinstance(database, Name):
        return None
    where = leaves.text(database, prefix="database ")
    if not isinstance(where, Located):
        return SomeDatabase.of(where) if table == "db" else where
    known = Located(Scope(Level.DATABASE, where.value), *where.span)
    return _object(row, table, where.value, leaves) if table != "db" else known


def _object(row: Row, table: str, database: str, leaves: Leaves) -> GrantTarget | None:
    """Return the table or routine that a row is about."""
    cell = row.get("routine_name" if table == "procs_priv" else "table_name")
    if not isinstance(cell, Name):
        return None
    name = leaves.text(cell, prefix="table ")
    if not isinstance(name, Located):
        return name
    kind = row.get("routine_type")
    if table != "procs_priv":
        return Located(Scope(Level.TABLE, database, name.value), *name.span)
    word = kind.text.upper() if isinstance(kind, Name) else "PROCEDURE"
    return Located(Scope(Level.ROUTINE, database, name.value, word), *name.span)
