from pathlib import Path

import pytest

import grantlint_rules
from grantlint import Rule
from grantlint.testing import Example, examples_of

PACK = Path(grantlint_rules.__file__).parent
FILES = [file for file in PACK.glob("*/*.py") if file.name != "__init__.py"]


@pytest.mark.parametrize("example", examples_of(grantlint_rules.RULES), ids=str)
def test_a_rule_reports_what_its_example_expects(example: Example) -> None:
    example.check()


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_can_fire_and_can_keep_quiet(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    assert all(f"expect: {rule.name}" in text or f", {rule.name}" in text for text in rule.bad)
    assert not any("expect:" in text for text in rule.good)


def test_every_rule_file_is_in_the_pack_under_its_own_name() -> None:
    assert sorted(file.stem.replace("_", "-") for file in FILES) == sorted(rule.name for rule in grantlint_rules.RULES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_file_says_first_what_then_checks_then_holds_the_rule(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.lstrip("r").startswith(f'"""{file.stem.replace("_", "-")}: ')
    assert text.index("def check(") < text.index("\nRULE = Rule(")


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_the_words_of_a_rule_are_sentences(rule: Rule) -> None:
    assert not rule.summary.endswith(".")
    assert rule.help[0].isupper()
    assert rule.help.endswith(".") or rule.help.endswith("`.*")
    assert len(rule.rationale.split()) > 25, "say why it matters"


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_topic_and_no_control_number_that_nobody_checked(rule: Rule) -> None:
    topics = {"hosts", "networks", "accounts", "precedence", "grants", "secrets", "server"}
    controls = {"cis-5.1", "dev-sec-db-04", "dev-sec-db-06", "dev-sec-db-07", "dev-sec-db-08"}
    assert topics & {*rule.tags}
    assert topics | controls >= {*rule.tags}
