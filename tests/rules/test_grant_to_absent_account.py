"""When a grant to an account that nothing declares is told of, and what becomes of it."""

import pytest

from grantlint import Installation, Problem, Server, ServerSettings
from grantlint.access import parse_target
from grantlint.model.location import Source
from grantlint.reader.sql import document as sql
from grantlint.servers.grouping import group
from grantlint_rules.accounts.grant_to_absent_account import check

SCRIPT = "CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.0.3.7';"


def problems(script: str, target: str = "mysql-8.4") -> list[Problem]:
    (declared,) = group(sql.read(Source("init.sql", script)))
    return list(check(Server(declared, Installation(parse_target(target), ServerSettings.of(declared.facts)))))


@pytest.mark.parametrize(
    ("target", "consequence"),
    [
        ("mysql-8.4", "GRANT gets ERROR 1410 on mysql-8.4"),
        ("mysql-5.7", "GRANT gets ERROR 1133 on mysql-5.7"),
        ("mariadb-11.8", "GRANT gets ERROR 1133 on mariadb-11.8"),
        ("mysql-5.6", "GRANT makes it on mysql-5.6, without a password"),
    ],
)
def test_what_becomes_of_the_grant_is_told_for_the_server(target: str, consequence: str) -> None:
    (problem,) = problems(SCRIPT, target)
    assert problem.message == "nothing declared here makes 'app'@'10.0.3.7', which a grant names; there is 'app'@'10.%'"
    assert problem.witness == f"unless it was made elsewhere, {consequence}"


@pytest.mark.parametrize(
    "script",
    [
        "GRANT SELECT ON shop.* TO app@'10.0.3.7';",
        "CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO web@'10.0.3.7';",
        "CREATE USER app@'Web1.Example.com'; GRANT SELECT ON shop.* TO app@'web1.example.COM';",
        "CREATE USER app@'{{ host }}', app@'10.%'; GRANT SELECT ON shop.* TO app@'10.0.3.7';",
        "CREATE USER '{{ user }}'@'10.0.3.7', app@'10.%'; GRANT SELECT ON shop.* TO app@'10.0.3.7';",
        "CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'{{ host }}';",
        "CREATE USER root@'10.%'; GRANT ALL ON *.* TO root@localhost;",
        "CREATE USER app@'10.%'; CREATE ROLE app@'%'; GRANT SELECT ON shop.* TO app;",
        "CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.0.3.7'; REVOKE SELECT ON shop.* FROM app@10.0.3.7;",
    ],
)
def test_what_may_exist_is_not_said_to_be_absent(script: str) -> None:
    assert problems(script) == []


def test_an_account_of_unknown_user_at_another_host_is_another_one() -> None:
    assert problems("CREATE USER '{{ user }}'@'10.9.%'; " + SCRIPT)
