"""docs/mistakes.md names rules and faults that there are, each rule once at least; shapes that rules' examples lack."""

import re
from pathlib import Path

import pytest

import grantlint_rules
from grantlint.lint.faults import FAULT_NAMES
from grantlint.lint.templates.catalogue import TEMPLATES
from grantlint.testing import findings

PAGE = (Path(__file__).parents[2] / "docs/mistakes.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (?!mistake|---)(.+?) \| (.+) \|$", PAGE, re.MULTILINE)
NAMES = {rule.name for rule in grantlint_rules.RULES}
OTHERS = {"append_privs: true", "localhost", "[[rule]]", "why", "mysql_grant", "priv", ".env"}
TASK = (
    "- hosts: db\n  tasks:\n    - community.mysql.mysql_user:\n        name: {user}\n        host: {host}\n"
    "        {more}\n"
)


def policy(host: str) -> str:
    return f"users:\n  - user: app\n    host: {host}\n    authentication: {{secret: vault:db/app}}\n"


def two(first: str, second: str) -> str:
    other = policy(second).removeprefix("users:\n").replace("app}", "other}")
    return f"server: {{product: mysql-9.7}}\n{policy(first)}{other}"


SHAPES = {
    "quotes in the value": (policy("\"'10.0.3.7'\""), policy("10.0.3.7"), "host-matches-nobody"),
    "a comment in the value": (policy('"10.0.3.7 # web"'), policy("10.0.3.7 # web"), "schema-error"),
    "a dot at the end": (policy("web.example.com."), policy("web.example.com"), "host-matches-nobody"),
    "_% is any host": (policy("'_%'"), policy("'10.%'"), "any-host"),
    "half of the internet": (policy("'1%'"), policy("'10.%'"), "public-network"),
    "the other half": (policy("0.0.0.0/128.0.0.0"), policy("10.0.0.0/255.0.0.0"), "public-network"),
    "an unquoted %": (
        TASK.format(user="app", host="%", more="password: '{{ x }}'"),
        TASK.format(user="app", host="'10.%'", more="password: '{{ x }}'"),
        "syntax-error",
    ),
    "an unquoted *": (
        TASK.format(user="app", host="10.0.3.7", more="priv: *.*:SELECT"),
        TASK.format(user="app", host="10.0.3.7", more="priv: '*.*:SELECT'"),
        "syntax-error",
    ),
    "a target twice": (
        TASK.format(user="app", host="10.0.3.7", more="priv: 'a.*:SELECT/a.*:INSERT'"),
        TASK.format(user="app", host="10.0.3.7", more="priv: 'a.*:SELECT/b.*:INSERT'"),
        "duplicate-key",
    ),
    "a blank in a block": (
        TASK.format(user="app", host="10.0.3.7", more="priv: >-\n          a.*: SELECT/\n          b.*:INSERT"),
        TASK.format(user="app", host="10.0.3.7", more="priv:\n          a.*: SELECT\n          b.*: INSERT"),
        "privilege-blanks",
    ),
    "a misspelt privilege": (
        TASK.format(user="app", host="10.0.3.7", more="priv: 'a.*:SELCT'"),
        TASK.format(user="app", host="10.0.3.7", more="priv: 'a.*:SELECT'"),
        "privilege-refused",
    ),
    "a number that YAML rewrites": (
        TASK.format(user="app", host="10.0.3.7", more="password: 0123"),
        TASK.format(user="app", host="10.0.3.7", more="password: '{{ x }}'"),
        "password-changed",
    ),
    "REQUIRE twice": (
        "CREATE USER app@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD REQUIRE SSL AND X509;\n",
        "CREATE USER app@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD REQUIRE SSL;\n",
        "syntax-error",
    ),
    "a shorter prefix": (two("10.0.0.0/8", "10.0.3.0/24"), two("10.0.0.0/8", "172.16.3.0/24"), "account-shadowed"),
}


def named(cell: str) -> set[str]:
    return {word for word in re.findall(r"`([^`]+)`", cell) if re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", word)} - OTHERS


def test_each_rule_is_some_mistake() -> None:
    said = {word for _, cell in ROWS for word in named(cell)}
    assert said - NAMES - FAULT_NAMES - {*TEMPLATES} == set()
    assert NAMES - said == set()


@pytest.mark.parametrize(("mistake", "cell"), ROWS)
def test_what_nothing_reports_has_a_reason(mistake: str, cell: str) -> None:
    assert named(cell) or "not reported: " in cell, mistake


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_reported_and_its_right_form_is_not(shape: str) -> None:
    bad, good, name = SHAPES[shape]
    rules = [rule for rule in grantlint_rules.RULES if rule.name == name]
    assert name in {finding.rule for finding in findings(bad, rules)}
    assert [finding.rule for finding in findings(good, rules)] == []
