"""Each rule that says what a server does says by what that is shown: docs/claims.md."""

import re
from pathlib import Path

import pytest

import grantlint_rules
from grantlint import Profile, Rule

PROJECT = Path(__file__).parents[2]
FACTS = set(re.findall(r"^\| ([A-L]\d+) \|", (PROJECT / "docs/facts.md").read_text(encoding="utf-8"), re.MULTILINE))
CLAIMS = dict(
    re.findall(r"^\| `([\w-]+)` \| (.*) \|$", (PROJECT / "docs/claims.md").read_text(encoding="utf-8"), re.MULTILINE)
)
LIVE = PROJECT / "tests/live"
NAMES_AN_ERROR = re.compile(r"\berrors? \d{4}|\bERROR \d{4}")


def test_each_rule_is_in_the_table_and_no_other() -> None:
    assert list(CLAIMS) == sorted(rule.name for rule in grantlint_rules.RULES)


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_what_it_says_of_servers_is_shown_somewhere(rule: Rule) -> None:
    shown = CLAIMS[rule.name]
    facts = set(re.findall(r"\b[A-L]\d+\b", shown.partition(";")[0]))
    tests = re.findall(r"`(test_\w+\.py)`", shown)
    assert facts <= FACTS
    assert all((LIVE / name).is_file() for name in tests)
    told = f"{rule.rationale} {rule.help}"
    if rule.profile is Profile.CORRECTNESS or NAMES_AN_ERROR.search(told):
        assert facts or tests or "manual" in shown or ".py" in shown or ".go" in shown or "User Guide" in shown, shown


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_a_fact_that_its_words_cite_is_in_its_row(rule: Rule) -> None:
    cited = {number for part in re.findall(r"facts: ([A-L]\d[A-K\d, ]*)", rule.rationale) for number in part.split(",")}
    assert {one.strip() for one in cited if one.strip()} <= set(re.findall(r"\b[A-L]\d+\b", CLAIMS[rule.name]))


def test_a_live_test_that_names_a_fact_names_one_that_is_there_and_the_other_way_round() -> None:
    asked = (LIVE / "test_claims.py").read_text(encoding="utf-8")
    for line in re.findall(r'"""(.*facts .*)"""', asked):
        names, _, numbers = line.partition(": facts ")
        cited = set(re.findall(r"[A-L]\d+", numbers))
        assert cited
        assert cited <= FACTS, line
        for name in names.split(", "):
            assert "`test_claims.py`" in CLAIMS[name] or CLAIMS[name].count("test_"), name
    for name, shown in CLAIMS.items():
        if "`test_claims.py`" in shown:
            assert name in asked, name
