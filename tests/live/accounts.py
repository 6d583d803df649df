"""Put an account table into a real server, connect to it, and say where the model differs."""

from collections.abc import Iterable
from typing import NamedTuple

from grantlint.access import AccountTable, Client, Decision, Target
from live.cases import ADMINISTRATOR, Case
from live.servers import LiveServer, Said

_SYSTEM = "User IN ('root', 'mariadb.sys', 'mysql.sys', 'mysql.session', 'mysql.infoschema') AND Host = 'localhost'"
_TABLES = {
    "mariadb": ("global_priv", "db", "tables_priv", "columns_priv", "procs_priv"),
    "mysql": ("user", "db", "tables_priv", "columns_priv", "procs_priv"),
}


class Measured(NamedTuple):
    """What a server said to a case: the accounts that it took, and what each client got."""

    accounts: list[tuple[str, str]]
    said: list[Said]


def literal(text: str) -> str:
    """Return a text as a string literal of SQL."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def account(user: str, host: str) -> str:
    """Return an account as statements name it."""
    return f"{literal(user)}@{literal(host)}"


def clearing(target: Target) -> list[str]:
    """Return statements that leave the system's own accounts only."""
    deletes = [f"DELETE FROM mysql.{table} WHERE NOT ({_SYSTEM})" for table in _TABLES[target.product]]
    if target.product == "mariadb":
        deletes.append("DELETE FROM mysql.roles_mapping")
    elif target.traits.roles:
        deletes += [f"DELETE FROM mysql.{table}" for table in ("role_edges", "default_roles")]
        deletes.append(f"DELETE FROM mysql.global_grants WHERE NOT ({_SYSTEM})")
    return [*deletes, "FLUSH PRIVILEGES"]


def measure(server: LiveServer, case: Case, clients: Iterable[tuple[str, str]] | None = None) -> Measured:
    """Return what the server says to the clients of a case, or to other ones."""
    assert server.skip_name_resolve == case["skip_name_resolve"]
    rows = case["accounts"][1:]
    clear = clearing(server.target)
    make = [_making(server.target, case, user, host) for user, host in rows]
    flush = [] if case["rows_made_by"] == "create" else ["FLUSH PRIVILEGES"]
    sessions = [(user, source, ()) for user, source in (case["clients"] if clients is None else clients)]
    got, said = server.ask([*clear, *make, *flush], sessions, case["names"])
    failed = [(statement, error) for statement, error in zip(clear, got[: len(clear)], strict=True) if error]
    assert not failed, failed
    made = got[len(clear) : len(clear) + len(make)]
    taken = [row for row, error in zip(rows, made, strict=True) if error is None]
    return Measured([ADMINISTRATOR, *taken], said)


def _making(target: Target, case: Case, user: str, host: str) -> str:
    if case["rows_made_by"] != "insert":
        return f"CREATE USER {account(user, host)}"
    if target.product == "mariadb":
        rights = '{"access":0,"plugin":"mysql_native_password","authentication_string":""}'
        return f"INSERT INTO mysql.global_priv VALUES ({literal(host)}, {literal(user)}, {literal(rights)})"
    values = f"{literal(host)}, {literal(user)}, {literal(target.traits.default_plugin)}, '', '', '', ''"
    columns = "Host, User, plugin, authentication_string, ssl_cipher, x509_issuer, x509_subject"
    return f"INSERT INTO mysql.user ({columns}) VALUES ({values})"


def table_of(server: LiveServer, case: Case, accounts: list[tuple[str, str]]) -> AccountTable:
    """Return the model of what the server holds."""
    return AccountTable(
        server.target,
        accounts,
        skip_name_resolve=case["skip_name_resolve"],
        rows_made_by=case["rows_made_by"],
    )


def client_of(case: Case, source: str) -> Client:
    """Return the client at a source of the case."""
    return Client.socket() if source == "socket" else Client.tcp(source, case["names"].get(source))


def agrees(decision: Decision, said: Said) -> bool:
    """Return whether the server did what was decided; where rows tie, one of them."""
    if said.error is not None:
        return decision.error == said.error
    return said.current_user in {f"{row.user}@{row.host}" for row in decision.rows}


def differences(server: LiveServer, case: Case, measured: Measured) -> list[tuple[str, str]]:
    """Return the clients to whom the server says something else than the model."""
    table = table_of(server, case, measured.accounts)
    asked = zip(case["clients"], measured.said, strict=True)
    return [
        (user, source)
        for (user, source), said in asked
        if not agrees(table.decide(user, client_of(case, source)), said)
    ]


def smallest(server: LiveServer, case: Case, client: tuple[str, str]) -> str:
    """Return the difference at a client, with all accounts left out that it does not need."""

    def wrong(accounts: list[tuple[str, str]]) -> Case | None:
        tried: Case = {**case, "accounts": accounts, "clients": [client]}
        return tried if differences(server, tried, measure(server, tried)) else None

    found = wrong(case["accounts"])
    for row in case["accounts"][1:]:
        smaller = wrong([kept for kept in found["accounts"] if kept != row]) if found else None
        found = smaller or found
    if found is None:
        return f"{case['id']}: {client} differed once and did not again"
    return _told(server, found, measure(server, found))


def _told(server: LiveServer, case: Case, measured: Measured) -> str:
    (said,) = measured.said
    ((user, source),) = case["clients"]
    client = client_of(case, source)
    table = table_of(server, case, measured.accounts)
    decision = table.decide(user, client)
    setting = f"skip_name_resolve={int(case['skip_name_resolve'])}"
    lines = [
        f"{server.target.label}, {setting}, rows made by {case['rows_made_by']}, case {case['id']}",
        f"  client   {user!r} from {client}",
        f"  server   {said.error or said.current_user}",
        f"  model    {decision.error or ' or '.join(map(str, decision.rows))}",
        *(f"  account  {row} rank {row.rank}: {table.explain(row, user, client)} ({row.place})" for row in table.rows),
    ]
    return "\n".join(lines)
