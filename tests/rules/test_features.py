"""A rule that names a feature has nothing to say about an account without it: held in the examples of all rules."""

from collections.abc import Iterable

from grantlint import Account, Problem, ServerSettings
from grantlint.lint.rule import AccountCheck, EachAccount
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
