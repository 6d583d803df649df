"""Account statements that scripts seldom hold, good and bad, for the random scripts of scripts.py."""

from collections.abc import Mapping, Sequence
from random import Random

from grantlint.access import Target

_ROLES_SINCE, _IF_EXISTS_SINCE = (8, 0), (8, 0, 30)  # of MySQL


def rarer(dice: Random, target: Target, accounts: Sequence[str], roles: Sequence[str]) -> str:
    """Return a statement about some of the accounts, as statements name them, and roles."""
    one, other, third = (dice.choice(accounts) for _ in range(3))
    found = [
        f"RENAME USER {one} TO {other}, {dice.choice(accounts)} TO {third}",
        f"GRANT PROXY ON {one} TO {other}{dice.choice(('', ' WITH GRANT OPTION'))}",
        f"REVOKE PROXY ON {one} FROM {other}",
        f"DROP USER {one}, {other}",
        f"CREATE USER {one}, {other}",
        f"CREATE USER {one}, {other}, {third}",
        f"ALTER USER {one} IDENTIFIED BY 'x1', {other} IDENTIFIED BY 'x2'",
    ]
    if target.traits.atomic_statements or target.product == "mariadb":  # 5.6 looks both at the table and in its memory
        found.append(f"DELETE FROM mysql.db WHERE user = {one.split('@')[0]}")
    if target.product == "mariadb":
        found += _of_mariadb(dice, accounts, roles)
    elif target.version >= _ROLES_SINCE:
        found += _of_mysql(dice, target, accounts, roles)
    return dice.choice(found)


def row_write(dice: Random, target: Target, accounts: Sequence[tuple[str, str]]) -> str:
    """Return a write to a grant table, of a row that is there or not; FLUSH PRIVILEGES is to come behind it."""
    user, host = dice.choice(accounts)
    verb, of = dice.choice(("INSERT", "INSERT IGNORE", "REPLACE")), f"user = '{user}' AND host = '{host}'"
    cells = {"Host": host, "User": user, "Select_priv": "Y"}
    found = [
        _row(verb, "db", {**cells, "Db": "stdb"}),
        _row(verb, "db", {**cells, "Db": "stdb", "Insert_priv": "Y", "Grant_priv": "Y"}),
        f"DELETE FROM mysql.tables_priv WHERE {of}",
    ]
    if target.product == "mysql":  # MariaDB's mysql.user is a view
        found.append(f"UPDATE mysql.user SET {dice.choice(('Super_priv', 'Grant_priv'))} = 'Y' WHERE {of}")
    if not target.traits.atomic_statements and target.product == "mysql":  # later tables want more columns
        found.append(_row(verb, "user", {**cells, "ssl_cipher": "", "x509_issuer": "", "x509_subject": ""}))
    return dice.choice(found)


def _row(verb: str, table: str, cells: Mapping[str, str]) -> str:
    return f"{verb} INTO mysql.{table} ({', '.join(cells)}) VALUES ({', '.join(map(repr, cells.values()))})"


def _of_both(dice: Random, accounts: Sequence[str], roles: Sequence[str]) -> list[str]:
    one, role, other = dice.choice(accounts), dice.choice(roles), dice.choice(roles)
    return [
        f"CREATE ROLE {roles[0]}, {roles[1]}",
        f"DROP ROLE {other}, {role}",
        f"GRANT {role} TO {dice.choice((one, other))} WITH ADMIN OPTION",
        f"GRANT {role} TO {other}",
        f"REVOKE {role} FROM {other}",
        f"RENAME USER {role} TO {dice.choice((one, other))}",
        f"DROP USER {role}",
        f"DROP USER IF EXISTS {role}, {one}",
        f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {role}",
        f"ALTER USER {one} ACCOUNT {dice.choice(('LOCK', 'UNLOCK'))}",
        f"CREATE USER IF NOT EXISTS {one}, {dice.choice(accounts)}",
    ]


def _of_mariadb(dice: Random, accounts: Sequence[str], roles: Sequence[str]) -> list[str]:
    one, role = dice.choice(accounts), dice.choice(roles)
    return [
        *_of_both(dice, accounts, roles),
        f"CREATE OR REPLACE ROLE {role}",
        f"CREATE ROLE {role} WITH ADMIN {one}",
        f"REVOKE ADMIN OPTION FOR {role} FROM {one}",
        f"GRANT BINLOG ADMIN, SELECT ON *.* TO {one}",
        f"GRANT SELECT ON *.* TO {role} WITH GRANT OPTION",
        f"GRANT SELECT ON stdb.* TO {one} IDENTIFIED BY 'x4', {dice.choice(accounts)} IDENTIFIED BY 'x5'",
    ]


def _of_mysql(dice: Random, target: Target, accounts: Sequence[str], roles: Sequence[str]) -> list[str]:
    one, other, role = dice.choice(accounts), dice.choice(accounts), dice.choice(roles)
    found = [
        *_of_both(dice, accounts, roles),
        f"GRANT {roles[0]}, {roles[1]} TO {one}, {other}",
        f"REVOKE {roles[0]}, {roles[1]} FROM {one}",
        f"GRANT {one} TO {other}",
        f"REVOKE {one} FROM {other}",
        f"SET DEFAULT ROLE {dice.choice(('ALL', 'NONE', role))} TO {one}, {other}",
        f"CREATE USER {one} DEFAULT ROLE {role}",
        f"CREATE USER {one}, {other} DEFAULT ROLE {', '.join(roles)}",
        f"ALTER USER {one} DEFAULT ROLE {dice.choice(('ALL', 'NONE', role))}",
        f"GRANT BACKUP_ADMIN, SELECT ON *.* TO {one}{dice.choice(('', ' WITH GRANT OPTION'))}",
        f"REVOKE BACKUP_ADMIN ON *.* FROM {one}",
        f"SET PASSWORD FOR {role} = 'x2'",
        f"DROP ROLE {one}",
        f"ALTER USER IF EXISTS {one}, {role} ACCOUNT LOCK",
    ]
    if target.version >= _IF_EXISTS_SINCE:
        found += [
            f"REVOKE IF EXISTS SELECT ON stdb.* FROM {one}, {other} IGNORE UNKNOWN USER",
            f"REVOKE IF EXISTS {role} FROM {one}",
            f"REVOKE IF EXISTS {role} FROM {one} IGNORE UNKNOWN USER",
            f"REVOKE {role} FROM {one}, {other} IGNORE UNKNOWN USER",
            f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {one}, {other} IGNORE UNKNOWN USER",
        ]
    return found
