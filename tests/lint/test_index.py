"""A pack by its index: the same rules, imported one by one when they are asked."""

import pytest

import grantlint_rules
from grantlint import Rule
from grantlint.lint.index import as_index, indexed
from grantlint.lint.rule import Check
from grantlint_rules import catalogue

MODULE = "grantlint_rules.hosts.any_host"
RULE = next(rule for rule in catalogue.RULES if rule.name == "any-host")


def fields(check: Check) -> dict[str, object]:
    """Return what an adaptor holds, of a function only that it is there."""
    return {name: callable(value) or value for name, value in check._asdict().items()}


@pytest.mark.parametrize(
    ("listed", "rule"),
    [*zip(grantlint_rules.RULES, catalogue.RULES, strict=True)],
    ids=lambda rule: rule.name,
)
def test_the_index_holds_each_rule_whole(listed: Rule, rule: Rule) -> None:
    assert type(listed.check) is type(rule.check)
    assert fields(listed.check) == fields(rule.check)
    assert (listed.threshold and listed.threshold[:2]) == (rule.threshold and rule.threshold[:2])
    assert (listed.weigh is None) == (rule.weigh is None)
    assert listed._replace(check=rule.check, threshold=rule.threshold, weigh=rule.weigh) == rule


def test_what_is_listed_as_another_adaptor_is_told_when_it_is_asked() -> None:
    listed: dict[str, tuple[dict[str, object], ...]] = {}
    exec(as_index([(MODULE, RULE)]).replace("'EachAccount'", "'EachGrant'"), listed)  # noqa: S102 - our own words
    (rule,) = indexed(listed["ENTRIES"])
    with pytest.raises(TypeError, match=f"lists {MODULE} as EachGrant: write it anew"):
        list(rule.check.check(None, None))
