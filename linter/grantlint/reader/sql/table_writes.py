"""Writes to the grant tables as what they do to accounts and grants, as far as literals say it.

Source: the columns of mysql.user and mysql.db in the manuals of MySQL and MariaDB.
"""

import re

from grantlint.reader.sql.ledger import Key, Ledger, NetAccount, NetGrant
from grantlint.reader.sql.statements import (
    Account,
    Authentication,
    Condition,
    Name,
    Place,
    Privilege,
    Secret,
    TableWrite,
    Target,
)

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
_PASSWORDS = ("password", "authentication_string", "auth_string")
_WHO = frozenset({"user", "host", "db"})
Row = dict[str, Name | None]


def write_table(write: TableWrite, ledger: Ledger) -> None:
    """Apply a write to mysql.user, global_priv or db; others change no account and no grant that is kept here."""
    ledger.secrets.extend(write.texts)
    if write.table not in {"user", "global_priv", "db"}:
        return
    if write.verb == "DELETE":
        _delete(write, ledger)
    elif write.verb == "UPDATE":
        _update(write, ledger)
    else:
        for row in write.rows:
            _insert(write, row, ledger)


def _insert(write: TableWrite, row: Row, ledger: Ledger) -> None:
    account = _account(row.get("user"), row.get("host"))
    if account is None:
        ledger.unclear.append(("account", "the row's user and host are no literals", write.start, write.end))
        return
    if write.table == "db":
        _grant(write, row, account, ledger)
        return
    made = ledger.make(account, account.start, account.end, replace=write.verb == "REPLACE")
    _authenticate(made, row)
    _grant(write, row, account, ledger)


def _account(user: Name | None, host: Name | None) -> Account | None:
    if user is None or host is None:
        return None
    return Account(user, host, min(user.start, host.start), max(user.end, host.end), quoted=True)


def _authenticate(account: NetAccount, row: Row) -> None:
    """Note the plugin and the hash that a row has."""
    plugin = row.get("plugin")
    secret: Secret | None = None
    for column in _PASSWORDS:
        value = row.get(column)
        if value is not None and (value.text or secret is None):
            secret = Secret("hash", value.start, value.end, not value.text, unresolved=value.unresolved)
    if secret is not None or (plugin is not None and plugin.text):
        place = (secret.start, secret.end) if secret is not None else (account.start, account.end)
        account.authentication = (Authentication(plugin if plugin and plugin.text else None, secret, *place),)


def _grant(write: TableWrite, row: Row, account: Account, ledger: Ledger) -> None:
    """Note the columns with `Y` as a grant on everything, or on the database of the row."""
    given: list[Privilege] = []
    option: Place | None = None
    for column, value in row.items():
        if column.endswith("_priv") and value is not None and value.text.upper() == "Y":
            if column == "grant_priv":
                option = (value.start, value.end)
            else:
                given.append(Privilege(_privilege(column), value.start, value.end))
    if not given and option is None:
        return
    if option is not None and not given:
        given.append(Privilege("USAGE", *option))
    target = _target(write, row, account)
    if target is not None:
        grant = NetGrant(account, given, target, (write.start, write.end))
        grant.option = option
        ledger.grants.setdefault(ledger.key(account), []).append(grant)


def _privilege(column: str) -> str:
    return _PRIVILEGES.get(column) or column.removesuffix("_priv").upper().replace("_", " ")


def _target(write: TableWrite, row: Row, account: Account) -> Target | None:
    if write.table != "db":
        return Target("", None, None, "*.*", account.start, account.end)
    database = row.get("db")
    if database is None:
        return None
    return Target("", database, None, "db.*", database.start, database.end)


def _delete(write: TableWrite, ledger: Ledger) -> None:
    if any(condition.operator == "?" or condition.column not in _WHO for condition in write.where):
        ledger.unclear.append(("statement", "which rows it deletes is not told by literals", write.start, write.end))
        return
    ledger.removals += 1
    if write.table == "db":
        for key, grants in ledger.grants.items():
            if _matches(key, write.where):
                grants[:] = [grant for grant in grants if not _of_database(grant, write.where)]
        return
    for key in [key for key in (*ledger.accounts, *ledger.roles) if _matches(key, write.where)]:
        ledger.accounts.pop(key, None)
        ledger.roles.pop(key, None)
        grants = ledger.grants.get(key, [])
        grants[:] = [grant for grant in grants if grant.target is not None and grant.target.every != "*.*"]


def _matches(key: Key, where: tuple[Condition, ...]) -> bool:
    """Whether the row of an account is among those that WHERE names."""
    cells = {"user": key[0], "host": key[1]}
    return all(_holds(cells[one.column], one) for one in where if one.column in cells)


def _of_database(grant: NetGrant, where: tuple[Condition, ...]) -> bool:
    target = grant.target
    if target is None or target.every != "db.*" or target.database is None:
        return False
    name = target.database.text
    return all(_holds(name, one) for one in where if one.column == "db")


def _holds(cell: str, condition: Condition) -> bool:
    texts = [value.text.lower() for value in condition.values]
    cell = cell.lower()
    if condition.operator in {"=", "IN"}:
        return cell in texts
    if condition.operator in {"!=", "NOT IN"}:
        return cell not in texts
    like = re.sub(r"\\?.", lambda found: _LIKE.get(found[0]) or re.escape(found[0][-1]), texts[0], flags=re.DOTALL)
    return (re.fullmatch(like, cell, re.DOTALL) is not None) is (condition.operator == "LIKE")


_LIKE = {"%": ".*", "_": "."}


def _update(write: TableWrite, ledger: Ledger) -> None:
    """Follow an UPDATE whose WHERE names accounts by literals, or that moves them to another user or host."""
    changes = write.changes or {}
    known = {one.column: one.values[0] for one in write.where if one.operator == "=" and len(one.values) == 1}
    told = len(known) == len(write.where) and known.keys() <= _WHO
    matched = [key for key in ledger.accounts if told and _matches(key, write.where)]
    if write.table == "db" or not told or not (matched or known.keys() >= {"user"}):
        ledger.unclear.append(("statement", "which rows it changes is not told by literals", write.start, write.end))
        return
    user, host = changes.get("user", known.get("user")), changes.get("host", known.get("host"))
    moves = "user" in changes or "host" in changes
    if not matched:
        _declared(write, _account(user, host), changes, ledger)
    for key in matched:
        old = ledger.accounts[key][-1].account
        new = _account(user or old.user, host or old.host)
        if moves and new is not None:
            ledger.rename(old, new, new.start, new.end)
        for account in ledger.accounts.get(ledger.key(new) if moves and new is not None else key, ()):
            _authenticate(account, changes)
            _grant(write, changes, account.account, ledger)


def _declared(write: TableWrite, account: Account | None, changes: Row, ledger: Ledger) -> None:
    """Count an account that the UPDATE names in full, and the file does not make, as declared by it."""
    if account is None:
        ledger.unclear.append(
            ("statement", "which accounts it changes is not told by literals", write.start, write.end)
        )
        return
    made = ledger.make(account, account.start, account.end)
    _authenticate(made, changes)
    _grant(write, changes, account, ledger)
