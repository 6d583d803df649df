"""What holds whatever the files leave open, and the accounts that only grants make."""

import pytest

from grantlint.access import Client, Installation, Server, ServerSettings, parse_target
from grantlint.access.server.login import fate, has_sure_session
from grantlint.model.location import Source
from grantlint.reader.sql import document as sql
from grantlint.servers.grouping import group

APP = Client.tcp("10.0.3.7")


def server_of(script: str, target: str = "mysql-8.4", **values: str) -> Server:
    (declared,) = group(sql.read(Source("init.sql", script)))
    return Server(declared, Installation(parse_target(target), ServerSettings(values, frozenset())))


@pytest.mark.parametrize(
    ("target", "sql_mode", "there"),
    [
        ("mysql-5.6.24", "", True),
        ("mysql-5.6.24", "strict_trans_tables,no_auto_create_user", False),
        ("mariadb-10.1.6", "", True),
        ("mysql-5.7", "", False),
        ("mysql-8.4", "", False),
        ("mariadb-10.11", "", False),
    ],
)
def test_a_bare_grant_makes_the_account_where_the_server_makes_it(target: str, sql_mode: str, *, there: bool) -> None:
    server = server_of("CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.0.3.7';", target, sql_mode=sql_mode)
    rows = server.table.decide("app", APP).rows
    assert [row.host for row in rows] == ["10.0.3.7" if there else "10.%"]
    assert server.is_made_by_grant(server.declaration_of(rows[0])) is there


@pytest.mark.parametrize(
    ("script", "sure"),
    [
        ("CREATE USER app@'10.%';", True),
        ("CREATE USER app@'10.%'; CREATE USER app@'10.9.0.1';", True),
        ("CREATE USER app@'10.%'; CREATE USER app@'{{ host }}';", False),
        ("CREATE USER app@'10.%'; CREATE USER web@'{{ host }}';", True),
        ("CREATE USER app@'10.%'; CREATE USER '{{ user }}'@'%';", True),
        ("CREATE USER app@'10.%'; CREATE USER '{{ user }}'@'10.0.3.7';", False),
        ("CREATE USER app@'10.%'; GRANT SELECT ON *.* TO app@'10.0.3.7';", False),
        ("CREATE USER app@'10.%'; GRANT SELECT ON *.* TO app@'10.9.0.1';", True),
        ("CREATE USER app@'10.%'; CREATE ROLE '{{ role }}'@'10.0.3.7';", False),
    ],
)
def test_a_winner_is_sure_if_nothing_that_is_open_can_come_before(script: str, *, sure: bool) -> None:
    assert server_of(script).certainty.of_winner("app", APP) is sure


def test_the_accounts_of_an_installation_may_come_before() -> None:
    server = server_of("CREATE USER root@'%', app@'%';")
    assert not server.certainty.of_winner("root", Client.socket())
    assert not server.certainty.of_winner("app", Client.socket())
    assert server.certainty.of_winner("root", APP)
    declared = server_of("CREATE USER root@'%', root@localhost;")
    assert declared.certainty.of_winner("root", Client.socket())


@pytest.mark.parametrize(
    ("script", "sure"),
    [
        ("CREATE USER app@'10.9.%';", True),
        ("CREATE USER app@'{{ host }}';", False),
        ("CREATE USER app@'10.9.%'; GRANT SELECT ON *.* TO web@'10.0.3.%';", False),
    ],
)
def test_a_refusal_is_sure_if_nothing_that_is_open_lets_the_client_in(script: str, *, sure: bool) -> None:
    server = server_of(script)
    assert server.certainty.of_refusal(APP) is sure
    assert server.certainty.of_winner("app", APP) is sure


@pytest.mark.parametrize(
    ("script", "sure"),
    [
        ("GRANT SELECT ON shop.* TO app@'10.%';", True),
        ("GRANT {{ what }} ON shop.* TO app@'10.%';", False),
        ("GRANT SELECT ON {{ db }}.* TO app@'10.9.%';", False),
        ("GRANT SELECT ON {{ db }}.* TO web@'10.%';", True),
        ("GRANT '{{ role }}' TO app@'10.%';", False),
    ],
)
def test_a_session_is_sure_if_its_grants_are_known(script: str, *, sure: bool) -> None:
    server = server_of(f"CREATE USER app@'10.%'; {script}")
    assert has_sure_session(server, server.accounts[0], APP) is sure


def test_nobody_is_said_to_be_logged_in_as_a_locked_account() -> None:
    server = server_of("CREATE USER app@'10.%' ACCOUNT LOCK;")
    (account,) = server.accounts
    assert fate(server, account, "app", APP) == "gets ERROR 3118 as 'app'@'10.%': the account is locked"
    assert not has_sure_session(server, account, APP)
