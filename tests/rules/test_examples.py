import re
from pathlib import Path

import pytest

import grantlint_rules
from grantlint import Rule, __version__
from grantlint.lint.controls import every_control
from grantlint.testing import Example, examples_of, format_name

PACK = Path(grantlint_rules.__file__).parent
TOPICS = {"hosts", "networks", "accounts", "precedence", "grants", "secrets", "server"}
FILES = [file for file in PACK.glob("*/*.py") if file.name != "__init__.py"]

IN_ONE_FORMAT = {
    "declared-host-refused": "the policy format alone declares clients",
    "declared-host-unheard": "the policy format alone declares clients",
    "default-role-not-granted": "Terraform alone has default roles apart from grants: of a policy it is a "
    "schema-error, of SQL a statement-rejected",
    "grant-declared-twice": "what Terraform's provider refuses; SQL and the others add one grant to the other",
    "privilege-blanks": "what Ansible's module makes of the text of priv; no other format splits one so",
}


@pytest.mark.parametrize("example", examples_of(grantlint_rules.RULES), ids=str)
def test_a_rule_reports_what_its_example_expects(example: Example) -> None:
    example.check()


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_can_fire_and_can_keep_quiet(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    assert all(f"expect: {rule.name}" in text or f", {rule.name}" in text for text in rule.bad)
    assert not any("expect:" in text for text in rule.good)


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_shows_its_mistake_in_two_formats_unless_one_alone_can_hold_it(rule: Rule) -> None:
    formats = {format_name(text) for text in rule.bad}
    assert (len(formats) == 1) == (rule.name in IN_ONE_FORMAT), formats


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
    assert rule.tags
    assert {*rule.tags} <= TOPICS
    assert {*rule.controls} <= {*every_control()}
    assert len(rule.controls) == len({*rule.controls})


@pytest.mark.parametrize("rule", grantlint_rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_is_stronger_than_rules_that_are_not_stronger_than_it(rule: Rule) -> None:
    weaker = [other for other in grantlint_rules.RULES if other.name in rule.stronger_than]
    assert len(weaker) == len(rule.stronger_than), "a rule of that name"
    assert not any(rule.name in other.stronger_than for other in (rule, *weaker))
    assert all(rule.profile <= other.profile for other in weaker), "who runs the weaker one runs this one"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_names_its_profile_confidence_and_version(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert all(f"\n    {field}=" in text for field in ("profile", "confidence", "since"))
    (since,) = re.findall(r'since="(\d+\.\d+\.\d+)"', text)
    assert tuple(map(int, since.split("."))) <= tuple(map(int, re.findall(r"\d+", __version__)))
