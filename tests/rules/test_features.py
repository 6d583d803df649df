"""A rule that names a feature has nothing to say about what lacks it: held in the examples of all rules."""

from collections.abc import Iterable

import pytest

from grantlint import Account, HostValue, Problem, ServerSettings
from grantlint.access import Installation, host_value, parse_target
from grantlint.access.product.releases import SERIES
from grantlint.lint.engine.questions import Questions
from grantlint.lint.rule import AccountCheck, EachAccount, EachGrant, EachHost, GrantCheck, HostCheck
from grantlint.lint.values import GrantValue
from grantlint.testing import findings
from grantlint_rules.catalogue import RULES

NAMING = [(rule, rule.check) for rule in RULES if isinstance(rule.check, EachAccount) and rule.check.has is not None]
TEXTS = [text for rule in RULES for text in (*rule.bad, *rule.good)]


def test_they_say_the_same_when_they_are_asked_about_every_account() -> None:
    rules = [rule._replace(stronger_than=()) for rule, _ in NAMING]
    asked_of_all = [
        rule._replace(check=EachAccount(check.check)) for rule, (_, check) in zip(rules, NAMING, strict=True)
    ]
    told: set[str] = set()
    for text in TEXTS:
        of_all = [(finding.rule, finding.message) for finding in findings(text, asked_of_all)]
        assert [(finding.rule, finding.message) for finding in findings(text, rules)] == of_all
        told |= {rule for rule, _ in of_all}
    assert told == {rule.name for rule in rules}


def test_most_accounts_are_asked_about_by_no_rule() -> None:
    asked: list[str] = []

    def noting(name: str) -> AccountCheck:
        def check(_account: Account, _settings: ServerSettings) -> Iterable[Problem]:
            asked.append(name)
            return ()

        return check

    rules = [rule._replace(check=check._replace(check=noting(rule.name))) for rule, check in NAMING]
    users = "".join(f"  - {{user: u{number}, host: 10.0.0.{number}}}\n" for number in range(1, 201))
    assert not findings(f"users:\n{users}  - {{user: root, host: '%'}}\n", rules)
    assert sorted(asked) == ["any-host", "any-host-all-privileges", "root-remote"]


GRANTS = [(rule, rule.check) for rule in RULES if isinstance(rule.check, EachGrant)]


def test_rules_say_the_same_of_grants_when_they_are_asked_about_every_one_as_every_product() -> None:
    rules = [rule for rule, check in GRANTS if check.having or check.alike]
    asked_of_all = [rule._replace(check=EachGrant(check.check)) for rule, check in GRANTS if rule in rules]
    assert rules
    for text in TEXTS:
        told, of_all = (
            [(one.rule, one.message, one.servers) for one in findings(text, each)] for each in (rules, asked_of_all)
        )
        assert told == of_all


def test_grants_are_asked_about_once_for_products_that_read_names_alike() -> None:
    asked: list[tuple[str, str]] = []

    def noting(name: str) -> GrantCheck:
        def check(grant: GrantValue, _installation: Installation) -> Iterable[Problem]:
            asked.append((name, grant.scope.database))
            return [Problem(name)]

        return check

    rules = [rule._replace(check=check._replace(check=noting(rule.name))) for rule, check in GRANTS]
    text = "users:\n  - {user: app, host: 10.0.3.7, grants: [{privileges: [SELECT], target: 'shop.*'}, DATABASE]}\n"
    for database, times in (("shop", 0), ("shop_eu", 1)):
        asked.clear()
        findings(text.replace("DATABASE", f"{{privileges: [SELECT], target: '{database}.*'}}"), rules)
        assert asked == [("grant-underscore-unescaped", database)] * times
    asked.clear()
    partly = text.replace("DATABASE", "{privileges: [SELECT], target: 'shop_eu.*'}")
    findings(f"server: {{settings: {{partial_revokes: true}}}}\n{partly}", rules)
    assert asked == [("grant-underscore-unescaped", "shop_eu")] * 2


PLAIN = (
    "0.0.0.0",  # noqa: S104 - a host value
    "255.255.255.255", "10.0.3.7", "52.94.236.248", "127.0.0.1", "172.17.0.9", "169.254.0.1",
    "0.%", "10.%", "52.%", "172.17.%", "255.255.%", "172.17.0.%", "52.94.236.%", "192.168.%", "192.168.7.9",
    "localhost", "db1.example.com", "a1b2c3d4e5f6", "com", "DB-1.Example.COM", "a-.b",
)  # fmt: skip
HOSTS = [(rule, rule.check) for rule in RULES if isinstance(rule.check, EachHost)]


@pytest.mark.parametrize("text", PLAIN)
def test_what_a_rule_says_of_a_plain_host_value_it_is_asked_about(text: str) -> None:
    settings = ServerSettings.of([])
    values = [host_value(text, parse_target(series.name).traits) for series in SERIES]
    asked = Questions([rule for rule, _ in HOSTS], None).of_host(text)
    names = {rule.name for rule, _, _ in (*asked.once, *asked.each)}
    for rule, (check, having, *_) in HOSTS:
        is_asked = rule.name in names or (having and having.isdisjoint(text))
        assert is_asked or not any(True for value in values for _ in check(value, settings))


def test_of_plain_host_values_few_rules_are_asked() -> None:
    asked: list[tuple[str, str]] = []

    def noting(name: str) -> HostCheck:
        def check(host: HostValue, _settings: ServerSettings) -> Iterable[Problem]:
            asked.append((host.text, name))
            return ()

        return check

    rules = [rule._replace(check=check._replace(check=noting(rule.name))) for rule, check in HOSTS]
    assert not findings("users:\n  - {user: app, hosts: [10.0.3.7, 10.0.%]}\n", rules)
    assert sorted({*asked}) == [
        ("10.0.%", "network-broad"),
        ("10.0.%", "public-address"),
        ("10.0.3.7", "public-address"),
    ]
