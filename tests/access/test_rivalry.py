"""Accounts whose grants are not compared are those at which nothing is hidden and nothing leaks."""

import random

import pytest

from grantlint.access import Installation, Server, ServerSettings, parse_target
from grantlint.access.grants.table import GrantTable
from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read
from grantlint.servers.grouping import group
from grantlint_rules.privileges import database_grant_hidden, database_grant_leaks

HOSTS = ("10.0.0.7", "10.0.0.8", "10.0.%", "%", "localhost", "10.0.0.07", "web%")
TARGETS = ("shop.*", "Shop.*", r"`shop\_a`.*", "shop_a.*", "`shop%`.*", "shops.*", "a.b")
RIGHTS = ("SELECT", "INSERT", "SELECT, INSERT")


def server(text: str, product: str = "mysql-8.4") -> Server:
    (declared,) = group(read(Source("x.yml", text)))
    return Server(declared, Installation(parse_target(product), ServerSettings.of(declared.facts)))


def drawn(chance: random.Random) -> str:
    lines = ["users:"]
    for _ in range(chance.randint(1, 4)):
        hosts = chance.sample(HOSTS, chance.randint(1, 3))
        grants = [
            f"{{privileges: [{chance.choice(RIGHTS)}], target: '{chance.choice(TARGETS)}'}}"
            for _ in range(chance.randint(0, 3))
        ]
        user = chance.choice(("app", "app", "app", "web", "''"))
        lines.append(f"  - {{user: {user}, hosts: {hosts}, grants: [{', '.join(grants)}]}}")
    return "\n".join([*lines, ""])


@pytest.mark.slow
@pytest.mark.parametrize("product", ["mysql-8.4", "mariadb-11.8"])
def test_what_is_left_out_has_no_problem(product: str) -> None:
    chance = random.Random(product)  # noqa: S311 - cases, no secrets
    found = left_out = 0
    for _ in range(400):
        text = drawn(chance)
        few, every = server(text, product), server(text, product)
        every.census._rivalling = every.census._sharing = every.accounts  # noqa: SLF001 - as if nothing were left out
        for rule in (database_grant_hidden, database_grant_leaks):
            problems = [problem.message for problem in rule.check(every)]
            found += len(problems)
            assert [problem.message for problem in rule.check(few)] == problems, text
        left_out += len(every.accounts) - len(few.census.rivalling)
    assert found > 100
    assert left_out > 100


@pytest.mark.parametrize("grants", ["[SELECT], target: 'shop_{0}.*'", "[ALL], target: '`s\\_{0}`.*'"])
def test_one_user_at_thirty_addresses_fills_no_grant_table(grants: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[object] = []
    monkeypatch.setattr(GrantTable, "grant", lambda *_, **__: filled.append(1))
    hosts = [f"10.0.0.{number}" for number in range(1, 31)]
    given = ", ".join(f"{{privileges: {grants.format(number)}}}" for number in range(10))
    one = server(f"users:\n  - {{user: app, hosts: {hosts}, grants: [{given}]}}\n")
    assert not [*database_grant_hidden.check(one), *database_grant_leaks.check(one)]
    assert len(one.accounts) == 30
    assert not filled
