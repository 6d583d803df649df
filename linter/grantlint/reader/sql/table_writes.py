"""Writes to the grant tables as what they do to accounts and grants, as far as literals say it.

Source: the columns of mysql.user and mysql.db in the manuals of MySQL and MariaDB.
"""

import re

from grantlint.reader.sql.ledger import Key, Ledger, NetAccount, NetGrant
from grantlint.reader.sql.statements import (
    Account,
    Authentication,
    Cell,
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
EVERY_HOST = "every host that the user has on the server"
_WHO = frozenset({"user", "host", "db"})
Row = dict[str, Cell]


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


def _account(user: Cell, host: Cell) -> Account | None:
    if not isinstance(user, Name) or not isinstance(host, Name):
        return None
    return Account(user, host, min(user.start, host.start), max(user.end, host.end), quoted=True)


def _authenticate(account: NetAccount, row: Row) -> None:
    """Note the plugin and the password or hash that a row has."""
    plugin = row.get("plugin")
    named = plugin if isinstance(plugin, Name) and plugin.text else None
    secrets = [cell for cell in row.values() if isinstance(cell, Secret)]
    proof = next((one for one in secrets if not one.empty), secrets[0] if secrets else None)
    if proof is not None or named is not None:
        place = (proof.start, proof.end) if proof is not None else (account.start, account.end)
        account.authentication = (Authentication(named, proof, *place),)


def _grant(write: TableWrite, row: Row, account: Account, ledger: Ledger) -> None:
    """Note the columns with `Y` as a grant on everything, or on the database of the row."""
    given: list[Privilege] = []
    option: Place | None = None
    for column, value in row.items():
        if column.endswith("_priv") and isinstance(value, Name) and value.text.upper() == "Y":
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
    if not isinstance(database, Name):
        return None
    return Target("", database, None, "db.*", database.start, database.end)


def _delete(write: TableWrite, ledger: Ledger) -> None:
    ledger.removals += 1
    if any(condition.operator == "?" or condition.column not in _WHO for condition in write.where):
        if ledger.grants if write.table == "db" else ledger.accounts:
            _cannot_tell("deletes", write, ledger)
        return
    if write.table == "db":
        for key, grants in ledger.grants.items():
            if _matches(key, write.where):
                named = {grant for grant in grants if _of_database(grant, write.where)}
                if ledger.takes_all((write.start, write.end), [grant.start for grant in named]):
                    grants[:] = [grant for grant in grants if grant not in named]
        return
    for key in [key for key in (*ledger.accounts, *ledger.roles) if _matches(key, write.where)]:
        made = ledger.accounts.get(key) or [ledger.roles[key]]
        if not ledger.takes_all((write.start, write.end), [one.start for one in made]):
            continue
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


def _cannot_tell(verb: str, write: TableWrite, ledger: Ledger) -> None:
    why = f"which rows it {verb} is not told by literals"
    ledger.unclear.append(("statement", why, write.start, write.end))


def _update(write: TableWrite, ledger: Ledger) -> None:
    """Follow an UPDATE whose WHERE names accounts by literals, or that moves them to another user or host."""
    known = {one.column: one.values[0] for one in write.where if one.operator == "=" and len(one.values) == 1}
    told = len(known) == len(write.where) and known.keys() <= _WHO
    matched = [key for key in ledger.accounts if told and _matches(key, write.where)]
    if write.table == "db" or not told or not (matched or "user" in known):
        _cannot_tell("changes", write, ledger)
    elif matched:
        for key in matched:
            _change(ledger.accounts[key][-1].account, write, ledger)
    else:
        user = known["user"]
        host = known.get("host") or Name(EVERY_HOST, user.start, user.end, unresolved=True)
        _change(Account(user, host, user.start, user.end, quoted=True), write, ledger)


def _change(old: Account, write: TableWrite, ledger: Ledger) -> None:
    """Change one account; one that the file does not make counts as declared by the UPDATE."""
    changes = write.changes or {}
    new = _account(changes.get("user", old.user), changes.get("host", old.host))
    if new is None:
        _cannot_tell("changes", write, ledger)
        return
    if ledger.key(new) != ledger.key(old):
        ledger.rename(old, new, new.start, new.end)
    account = ledger.changed(new, new.start, new.end)
    _authenticate(account, changes)
    _grant(write, changes, account.account, ledger)
