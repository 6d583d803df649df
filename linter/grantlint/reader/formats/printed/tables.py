"""Results of the grant tables: which table a result is of, by its columns, and its rows as a write of them."""

from collections.abc import Sequence

from grantlint.reader.formats.printed.results import Cell, Result
from grantlint.reader.sql.syntax.records import parts
from grantlint.reader.sql.syntax.records import statements as s
from grantlint.reader.sql.syntax.statements.tables import PASSWORD_COLUMNS, is_open

_BY_COLUMNS = (
    ("role_edges", frozenset({"from_user", "to_user"})),
    ("default_roles", frozenset({"user", "default_role_user"})),
    ("global_grants", frozenset({"user", "priv", "with_grant_option"})),
    ("global_priv", frozenset({"user", "host", "priv"})),
    ("columns_priv", frozenset({"user", "db", "table_name", "column_name", "column_priv"})),
    ("tables_priv", frozenset({"user", "db", "table_name", "table_priv"})),
    ("procs_priv", frozenset({"user", "db", "routine_name", "proc_priv"})),
    ("proxies_priv", frozenset({"user", "proxied_user"})),
    ("roles_mapping", frozenset({"user", "role"})),
    ("db", frozenset({"user", "db"})),
    ("user", frozenset({"user", "host"})),
)
_NONE = "NULL"
_HARMLESS = frozenset({"max_questions", "max_updates", "max_connections", "max_user_connections", "timestamp"})


def table_of(columns: Sequence[str]) -> str | None:
    """Return the grant table of a result's columns. None where it is of none."""
    lower = frozenset(_plain(column) for column in columns)
    return next((table for table, needed in _BY_COLUMNS if needed <= lower), None)


def _plain(column: str) -> str:
    return column.rpartition(".")[2].strip("`").lower()


def write_of(result: Result, table: str) -> s.TableWrite:
    """Return a result's rows as a statement that writes them. What may be a secret is among its `texts`."""
    columns = [_plain(column) for column in result.columns]
    rows = tuple(
        {column: _cell(column, cell) for column, cell in zip(columns, row, strict=True)} for row in result.rows
    )
    cells = [(column, cell) for row in result.rows for column, cell in zip(columns, row, strict=True)]
    hidden = tuple(
        (cell.start, cell.end) for column, cell in cells if not (is_open(column, table) or column in _HARMLESS)
    )
    places = [place for _, cell in cells for place in (cell.start, cell.end)] or [0]
    # A server prints what it has read, nearly always: no GRANT behind it is refused for a row that it has not.
    return s.TableWrite(min(places), max(places), "INSERT", table, rows, texts=hidden, may_be_there=True)


def _cell(column: str, cell: Cell) -> parts.Cell:
    if column in PASSWORD_COLUMNS:
        return parts.Secret("hash", cell.start, cell.end, empty=cell.text in {"", _NONE})
    if cell.text == _NONE and column not in {"user", "host", "db"}:
        return None
    return parts.Name(cell.text, cell.start, cell.end)
