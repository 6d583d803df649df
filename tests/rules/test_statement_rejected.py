"""What is reported of statements that are refused where several servers are in question."""

import pytest

import grantlint
from grantlint.access import parse_target
from grantlint.lint.engine import lint
from grantlint.lint.registry import rule_set
from grantlint.model.location import Source
from grantlint.reader.sql.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels

OLD_STYLE = """\
GRANT SELECT ON shop.* TO 'app'@'%' IDENTIFIED BY 'x';
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7' IDENTIFIED BY 'x';
GRANT INSERT ON shop.* TO 'app'@'10.0.3.9';
"""


def found(text: str, *servers: str) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return rule, line and servers of each finding."""
    source = Source("a.sql", text)
    judged, *_ = panels(group(read(source)), [parse_target(server) for server in servers])
    outcome = lint(judged, rule_set(()))
    assert not outcome.crashes
    return [(one.rule, source.position(one.span.start)[0], one.servers) for one in outcome.findings]


def test_each_server_says_what_it_refuses() -> None:
    rejected = [one for one in found(OLD_STYLE, "mysql-8.4", "mysql-5.7") if one[0] == "statement-rejected"]
    assert rejected == [("statement-rejected", line, ("mysql-8.4",)) for line in (1, 2)]


def test_what_is_refused_makes_no_account() -> None:
    absent = {one for one in found(OLD_STYLE, "mysql-5.7") if one[0] == "grant-to-absent-account"}
    assert absent == {("grant-to-absent-account", 3, ())}
    assert not [one for one in found(OLD_STYLE, "mysql-8.4") if one[0] == "grant-to-absent-account"]


def test_of_servers_that_are_assumed_those_count_that_refuse_least() -> None:
    absent = [one for one in found(OLD_STYLE) if one[0] == "grant-to-absent-account"]
    assert absent == [("grant-to-absent-account", 3, ("mariadb-10.11", "mariadb-11.8"))]


@pytest.mark.parametrize("server", ["mysql-8.4", "mariadb-10.11"])
def test_a_statement_is_reported_once(server: str) -> None:
    text = "CREATE USER a@h REQUIRE SSL; CREATE USER a@h REQUIRE SSL; GRANT SELECT ON d.* TO a@k;"
    rules = [rule for rule, _, _ in found(text, server)]
    of_statements = {"duplicate-account", "grant-to-absent-account", "statement-rejected", "statement-outdated"}
    assert sorted(rule for rule in rules if rule in of_statements) == ["duplicate-account", "grant-to-absent-account"]


def test_products_compare_the_accounts_that_both_have() -> None:
    text = (
        "CREATE USER app@'10.0.3.7' REQUIRE SSL; CREATE USER app@'%.example.com' REQUIRE SSL;"
        "CREATE USER app@'www.%' REQUIRE X509; GRANT SELECT ON d.* TO app@'other.example.com' IDENTIFIED BY 'x';"
    )
    assert "precedence-differs-by-server" in {rule for rule, _, _ in found(text, "mysql-8.4", "mariadb-11.8")}


BY_SOCKET = "CREATE USER 'app'@'localhost' IDENTIFIED WITH auth_socket"


@pytest.mark.parametrize(
    ("installs", "refused"),
    [
        ("apt install mysql-server certbot -y", False),
        ("sudo DEBIAN_FRONTEND=noninteractive apt-get -y install mysql-server", False),
        ("apt install mysql-client", True),
        ("yum install mysql-server", True),
        ("apt update; snap install mysql-server", True),
    ],
)
def test_a_script_that_installs_the_package_of_a_distribution_has_its_plugins(
    installs: str,
    refused: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    script = f'#!/bin/sh\n{installs}\nmysql -e "{BY_SOCKET}"\n'
    rules = {found.rule for found in grantlint.lint(text=script, filename="a.sh").findings}
    assert ("statement-rejected" in rules) is refused
