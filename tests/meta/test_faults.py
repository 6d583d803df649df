"""Every name that a finding may have can be looked up."""

import re
from pathlib import Path

from grantlint.lint.faults import FAULT_NAMES
from grantlint.lint.registry import rule_set

LINTER = Path(__file__).parents[2] / "linter/grantlint"
RAISED = re.compile(
    r"""(?:\bFault|\bfault|_fault)\(\s*f?["']([a-z-]+)["']|^[A-Z_]*RULE = ["']([a-z-]+)["']""", re.MULTILINE
)


def test_every_fault_that_the_code_makes_is_in_the_list_and_the_other_way_round() -> None:
    made = {
        name
        for file in LINTER.rglob("*.py")
        for names in RAISED.findall(file.read_text(encoding="utf-8"))
        for name in names
        if name
    }
    assert made == FAULT_NAMES


def test_no_rule_has_the_name_of_a_fault() -> None:
    assert not FAULT_NAMES & {rule.name for rule in rule_set()}
