"""A little of `make canaries` in every run of the tests."""

from pathlib import Path
from random import Random

import pytest

from grantlint.reader.files.formats import FORMATS, Format

from .canaries import CORE, Text, damaged, is_name, tellings, templates

PLACEHOLDER = "plac3holder"
EACH = 8


@pytest.mark.slow
@pytest.mark.parametrize("known", [known for known in FORMATS if known.name != "mycnf"], ids=lambda known: known.name)
def test_a_secret_with_damage_right_at_it_is_told_by_no_command(known: Format, tmp_path: Path) -> None:
    texts = sorted(templates(known, PLACEHOLDER))
    assert texts
    for number in range(EACH):
        dice = Random(number)  # noqa: S311 - dice
        text = damaged(dice, dice.choice(texts), (PLACEHOLDER,))
        for command, said in tellings(tmp_path, [text]):
            assert CORE.casefold() not in said.casefold() or is_name(tmp_path, text), (command, text)


def test_the_canary_would_be_seen(tmp_path: Path) -> None:
    text = Text("x.yml", f"users:\n  - user: {CORE}\n    host: '%'\n")
    told = [command for command, said in tellings(tmp_path, [text]) if CORE in said]
    assert {"table x.yml", "convert x.yml", "any finding on any line"} <= set(told)
    assert any(command.startswith("check --output=") for command in told)
    assert is_name(tmp_path, text)
