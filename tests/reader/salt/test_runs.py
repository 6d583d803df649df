"""What Salt runs of a file and what that leaves; `tests/live/test_salt.py` asks Salt itself."""

from textwrap import dedent

import pytest

from grantlint.access import parse_target
from grantlint.model.location import Source
from grantlint.reader.formats.salt.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels
from told import account_told

MYSQL, MARIADB = "mysql-9.7", "mariadb-10.11"
SHA2 = "    - password: Xk9wq2\n    - auth_plugin: caching_sha2_password\n"
OPEN = "    - allow_passwordless: True\n"
HASH = "    - password_hash: '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'\n"


def left(text: str, server: str = MYSQL) -> list[str]:
    """Return the accounts with their grants that a file leaves on a new server."""
    (panel,), *_ = panels(group(read(Source("init.sls", dedent(text)))), [parse_target(server)])
    (found,) = panel.servers
    return [account_told(account) for account in (found.stopped or found).declared.accounts]


def user(name: str, more: str = OPEN, host: str = "'%'") -> str:
    return f"{name}:\n  mysql_user.present:\n    - host: {host}\n{more}"


def grant(name: str, to: str = "app", privileges: str = "select", on: str = "shop.*", more: str = "") -> str:
    given = f"    - user: {to}\n    - host: '%'\n    - grant: {privileges}\n    - database: {on}\n"
    return f"{name}:\n  mysql_grants.present:\n{given}{more}"


@pytest.mark.parametrize(
    ("more", "server", "made"),
    [
        ("", MYSQL, 0),
        ("    - password: ''\n", MARIADB, 0),
        ("    - allow_passwordless: False\n", MARIADB, 0),
        ("    - allow_passwordless: '{{ free }}'\n", MARIADB, 1),
        ("    - password: '{{ word }}'\n", MARIADB, 1),
        ("    - unix_socket: True\n", MARIADB, 0),
        (SHA2, MYSQL, 1),
        (SHA2, MARIADB, 1),  # which is not sent the plugin
        (SHA2, "mysql-5.7", 1),
        (HASH, MYSQL, 0),
        (HASH, MARIADB, 1),
        (HASH + "    - auth_plugin: caching_sha2_password\n", MYSQL, 0),
    ],
)
def test_an_account_is_made_where_salt_and_the_server_make_it(more: str, server: str, made: int) -> None:
    assert left(user("other") + user("app", more), server) == ["other@%"] + ["app@%"] * made


def test_unix_socket_is_the_plugin_of_the_product() -> None:
    text = user("app", "    - unix_socket: True\n", "localhost") + user("other")
    assert left(text, MYSQL) == ["other@%"]
    assert left(text, MARIADB) == ["app@localhost", "other@%"]


@pytest.mark.parametrize(
    ("text", "server", "accounts"),
    [
        (user("app", SHA2) + grant("g") + grant("h", on="stock.*"), MYSQL, ["app@%: SELECT ON stock.*"]),
        (
            user("app", SHA2) + grant("g") + grant("h", on="stock.*"),
            MARIADB,
            ["app@%: SELECT ON shop.*; SELECT ON stock.*"],
        ),
        (user("app", SHA2) + user("next") + grant("g"), MYSQL, ["app@%: SELECT ON shop.*"]),
        (user("app", SHA2) + "d:\n  mysql_database.present: []\n" + grant("g"), MYSQL, ["app@%: SELECT ON shop.*"]),
        (user("app") + grant("g"), MYSQL, ["app@%: SELECT ON shop.*"]),
        (user("app", SHA2 + OPEN) + grant("g"), MYSQL, ["app@%"]),
    ],
)
def test_what_stands_behind_a_password_that_salt_cannot_verify_fails(
    text: str, server: str, accounts: list[str]
) -> None:
    assert left(text, server) == accounts


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        (grant("g") + user("app"), ["app@%"]),
        (grant("g", more="    - require:\n      - mysql_user: app\n") + user("app"), ["app@%: SELECT ON shop.*"]),
        (grant("g", more="    - require:\n      - app\n") + user("app"), ["app@%: SELECT ON shop.*"]),
        (grant("g") + user("app", f"{OPEN}    - require_in:\n      - mysql_grants: g\n"), ["app@%: SELECT ON shop.*"]),
        (grant("g") + user("app", f"{OPEN}    - order: 1\n"), ["app@%: SELECT ON shop.*"]),
        (grant("g", more="    - order: last\n") + user("app"), ["app@%: SELECT ON shop.*"]),
        (user("a", "") + user("b", f"{OPEN}    - require:\n      - mysql_user: a\n") + user("c"), ["c@%"]),
        (
            user("a", "")
            + user("b", f"{OPEN}    - require:\n      - mysql_user: a\n")
            + user("c", f"{OPEN}    - watch:\n      - mysql_user: b\n"),
            [],
        ),
        (user("a", "    - failhard: True\n") + user("b"), []),
        (user("a") + user("b", f"{OPEN}    - onfail:\n      - mysql_user: a\n"), ["a@%"]),
        (user("a", HASH) + user("b", f"{OPEN}    - require:\n      - mysql_user: a\n"), []),
    ],
)
def test_states_run_in_turn_and_not_where_what_they_require_fails(text: str, accounts: list[str]) -> None:
    assert left(text) == accounts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (grant("g") + grant("h", more="    - grant_option: True\n"), ": SELECT ON shop.*"),
        (grant("g", more="    - grant_option: True\n"), ": SELECT ON shop.* +GRANT"),
        (
            grant("g") + grant("h", privileges="'select,insert'", more="    - grant_option: True\n"),
            ": SELECT ON shop.*; SELECT,INSERT ON shop.* +GRANT",
        ),
        (grant("g", privileges="'SELECT (a)'", on="shop.t") + grant("h", on="shop.t"), ": SELECT (a) ON shop.t"),
        (grant("g") + grant("h", on="'`shop`.*'"), ": SELECT ON shop.*"),
        (grant("g", privileges="[select, insert]"), ""),
        (grant("g", privileges="FLUSH_TABLES", on="'*.*'"), ""),
        (grant("g", privileges="'SELECT,ALL'"), ""),
        (grant("g", privileges="all"), ": ALL ON shop.*"),
        (grant("g", on="my-db.*", more="    - escape: False\n"), ""),
        (grant("g", on="'`my-db`.*'", more="    - escape: False\n"), ": SELECT ON `my-db`.*"),
        (grant("g", more="    - ssl_option: [{SSL: True}]\n"), ""),
    ],
)
def test_a_grant_is_what_salt_sends_and_the_server_takes(text: str, told: str) -> None:
    assert left(user("app") + text) == [f"app@%{told}"]


def test_only_who_has_all_that_a_state_names_loses_it() -> None:
    less = grant("less", privileges="'select,insert'").replace("present", "absent")
    assert left(user("app") + grant("g") + less) == ["app@%: SELECT ON shop.*"]
    assert left(user("app") + grant("g", privileges="'select,insert,update'") + less) == ["app@%: UPDATE ON shop.*"]


def test_tls_that_a_grant_asks_for_is_the_accounts_on_mariadb() -> None:
    text = user("app") + grant("g", more="    - ssl_option: [{X509: True}]\n")
    (panel,), *_ = panels(group(read(Source("init.sls", text))), [parse_target(MARIADB)])
    ((account,),) = [server.declared.accounts for server in panel.servers]
    assert [getattr(word, "value", "") for word in account.require] == ["X509"]


def test_sql_runs_where_its_state_stands() -> None:
    query = "q:\n  mysql_query.run:\n    - database: mysql\n    - query: \"{} 'app'@'%'\"\n"
    assert left(user("app") + query.format("DROP USER") + user("next")) == ["next@%"]
    assert left(query.format("DROP USER IF EXISTS") + user("app")) == ["app@%"]
    never = query.format("DROP USER") + "    - onlyif: 'false'\n"
    assert left(user("app") + never) == ["app@%"]
