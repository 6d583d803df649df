"""The columns of the grant tables in the order of the tables, for rows that are written without naming them.

Source: scripts/mysql_system_tables.sql of MySQL 5.5 to 9.7 and MariaDB 10.0 to 12.0. All of them have the privileges
in one order, newer ones behind older ones; `user` has a password before them up to MySQL 5.6 and in MariaDB.
"""

from collections.abc import Sequence

from grantlint.reader.sql.syntax.tokens.token import STRING, TEMPLATE, Token

_GIVEN = (
    "select insert update delete create drop reload shutdown process file grant references index alter show_db super "
    "create_tmp_table lock_tables execute repl_slave repl_client create_view show_view create_routine alter_routine "
    "create_user event trigger create_tablespace delete_history"
)
_GIVEN_ON_DATABASE = (
    "select insert update delete create drop grant references index alter create_tmp_table lock_tables create_view "
    "show_view create_routine alter_routine execute event trigger delete_history show_create_routine"
)
_LIMITS = (
    "ssl_type ssl_cipher x509_issuer x509_subject max_questions max_updates max_connections max_user_connections "
    "plugin authentication_string password_expired"
)
_LATER_MYSQL = "password_last_changed password_lifetime account_locked create_role_priv drop_role_priv"
_LATER_MARIADB = "is_role default_role max_statement_time"
_ALIKE = {
    "global_priv": "host user priv",
    "tables_priv": "host db user table_name grantor timestamp table_priv column_priv",
    "columns_priv": "host db user table_name column_name timestamp column_priv",
    "procs_priv": "host db user routine_name routine_type grantor proc_priv timestamp",
    "proxies_priv": "host user proxied_host proxied_user with_grant grantor timestamp",
    "global_grants": "user host priv with_grant_option",
    "roles_mapping": "host user role admin_option",
    "role_edges": "from_host from_user to_host to_user with_admin_option",
    "default_roles": "host user default_role_host default_role_user",
}
_FLAGS = frozenset({"Y", "N"})


def columns_in_order(table: str, row: Sequence[Sequence[Token]], text: str) -> list[str]:
    """Return the known columns, in order, of a row that names none."""
    if table in _ALIKE:
        return _ALIKE[table].split()
    first = ["host", "user"] if table == "user" else ["host", "db", "user"]
    if table == "user" and len(row) > len(first) and not _is_flag(row[len(first)], text):
        first.append("password")
    given = (_GIVEN if table == "user" else _GIVEN_ON_DATABASE).split()
    flags = _run_of_flags(row[len(first) :], text)
    if flags > len(given):
        return first[:3]  # a server that nobody knows yet
    columns = [*first, *[f"{privilege}_priv" for privilege in given[:flags]]]
    if table == "user":
        later = _LATER_MARIADB if "password" in first else _LATER_MYSQL
        columns += [*_LIMITS.split(), *later.split()]
    return columns


def _run_of_flags(values: Sequence[Sequence[Token]], text: str) -> int:
    for number, value in enumerate(values):
        if not _is_flag(value, text):
            return number
    return len(values)


def _is_flag(value: Sequence[Token], text: str) -> bool:
    if len(value) != 1:
        return False
    kind, start, end, _ = value[0]
    return kind == TEMPLATE or (kind == STRING and text[start + 1 : end - 1].upper() in _FLAGS)
