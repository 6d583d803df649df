"""Writes to the grant tables as steps: which rows, and what they say, as far as literals tell.

Source: the columns of mysql.user and mysql.db in the manuals of MySQL and MariaDB.
"""

from grantlint.model import Authentication
from grantlint.model.location import Flag, Implied, Located, Text
from grantlint.model.step import acts as m
from grantlint.reader.sql.steps.described import credential
from grantlint.reader.sql.steps.global_priv import with_data
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.steps.row_grants import Row, granted
from grantlint.reader.sql.syntax.records.parts import Cell, Name, Secret
from grantlint.reader.sql.syntax.records.statements import TableWrite


def written(write: TableWrite, leaves: Leaves) -> m.Act:
    """Return a write to a grant table as a step. Unclear where no literal tells which rows it writes."""
    changes = write.changes
    if write.verb in {"INSERT", "REPLACE"} and not write.rows:
        return m.Unclear("statement", "which rows it writes is not told by literals")
    if changes is not None and any(changes.get(column, "") is None for column in ("user", "host")):
        return m.Unclear("statement", "which rows it changes is not told by literals")
    where = tuple([m.Condition(one.column, one.operator, _values(one.values, leaves)) for one in write.where])
    rows = tuple([_row(row, write, leaves) for row in write.rows])
    changed = _row(changes, write, leaves) if changes is not None else None
    columns: set[str] = {*(changes or ()), *(one.column for one in where)}
    columns.update(name for row in write.rows if write.names_columns for name in row)
    return m.WriteTable(write.verb, write.table, rows, changed, where, frozenset(columns), write.may_be_there)


def _values(values: tuple[Name, ...], leaves: Leaves) -> tuple[Text, ...]:
    return tuple([leaves.text(value, prefix="in WHERE ") for value in values])


def _row(row: Row, write: TableWrite, leaves: Leaves) -> m.TableRow:
    of_role = write.table == "role_edges"
    user, host = (row.get("to_user"), row.get("to_host")) if of_role else (row.get("user"), row.get("host"))
    names = [cell for cell in (user, host) if isinstance(cell, Name)]
    span = leaves.span(write.start, write.end)
    if names:
        span = leaves.span(min(cell.start for cell in names), max(cell.end for cell in names))
    found = m.TableRow(
        leaves.text(user) if isinstance(user, Name) else None,
        leaves.text(host, prefix="@") if isinstance(host, Name) else None,
        span,
        _authentication(row, leaves),
        granted(row, write, span, leaves),
        is_role=_says_yes(row.get("is_role")),
        locked=_flag(row.get("account_locked"), leaves),
        expired=_flag(row.get("password_expired"), leaves),
        role=_role(row, leaves),
        admin=_flag(row.get("admin_option") or row.get("with_admin_option"), leaves),
    )
    data = row.get("priv")
    return with_data(found, data, leaves) if write.table == "global_priv" and isinstance(data, Name) else found


def _role(row: Row, leaves: Leaves) -> m.AccountName | None:
    """Return the role that the row of a table of roles is about; MariaDB's have no host."""
    for user, host in (("role", ""), ("from_user", "from_host"), ("default_role_user", "default_role_host")):
        name, at = row.get(user), row.get(host)
        if isinstance(name, Name) and name.text:
            place = leaves.span(name.start, name.end)
            where = leaves.text(at, prefix="@") if isinstance(at, Name) else Implied("%", *place)
            return m.AccountName(leaves.text(name), where, place)
    return None


def _says_yes(cell: Cell) -> bool:
    return isinstance(cell, Name) and cell.text.upper() == "Y"


def _flag(cell: Cell, leaves: Leaves) -> Flag | None:
    if not isinstance(cell, Name) or not _says_yes(cell):
        return None
    return Located(True, leaves.source, cell.start, cell.end)  # noqa: FBT003 - the value located


def _authentication(row: Row, leaves: Leaves) -> Authentication | None:
    """Return the plugin and the password or hash that a row has."""
    plugin = row.get("plugin")
    named = leaves.text(plugin) if isinstance(plugin, Name) and plugin.text else None
    secrets = [cell for cell in row.values() if isinstance(cell, Secret)]
    proof = next((one for one in secrets if not one.empty), secrets[0] if secrets else None)
    if proof is None and named is None:
        return None
    return Authentication(named, credential(leaves, proof) if proof is not None else None)
