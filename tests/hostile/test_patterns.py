"""Expressions that look over lines try each line in one way: with two, deep indentation takes them forever."""

from pathlib import Path

import pytest

import grantlint
from grantlint.reader.formats.puppet import module_version
from grantlint.reader.formats.yaml_scripts.sign import claims

LINES = "".join(f"        key-{number}: value\n" for number in range(60))


@pytest.mark.parametrize("between", ["", "\n", "        \n", "\r\n"])
def test_a_long_block_below_the_name_of_a_chart_is_looked_through(between: str) -> None:
    block = LINES.replace("\n", f"\n{between}")
    assert not claims("config.yaml", f"db:\n  root: x\nmysql:\n{block}end: 1\n  root:\n")


def test_a_short_one_is_of_a_chart() -> None:
    assert claims("values.yaml", "mysql:\n  image:\n    tag: '8'\n\n  root:\n    password: x\n")


def test_fixtures_that_name_no_release_are_looked_through() -> None:
    assert module_version._FILES[".fixtures.yml"].search(f"  mysql:\n{LINES}  end: 1\n") is None  # noqa: SLF001


@pytest.mark.parametrize("file", sorted(Path(grantlint.__file__).parent.rglob("*.py")), ids=lambda file: file.stem)
def test_no_line_of_a_repeated_group_is_cut_in_two_ways(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert r"(?:[ \t]+[^\n]*\n" not in text
    assert r"(?:\s+[^\n]*\n" not in text
    assert r"(?:\s*[^\n]*\n" not in text
