import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from grantlint.cli.main import main
from grantlint.testing import expected
from grantlint_rules import RULES

POLICIES = Path(__file__).parents[2] / "policies"
MISTAKES = sorted(
    file for file in (POLICIES / "mistakes").iterdir() if file.suffix in {".yml", ".sql", ".sh", ".tf", ".pp"}
)


PEDANTIC = sorted((POLICIES / "mistakes/pedantic").iterdir())


def _report(*arguments: str | Path) -> tuple[int, dict]:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["check", "--no-config", "--format", "json", *map(str, arguments)])
    assert not err.getvalue()
    return status, json.loads(out.getvalue())


@pytest.mark.e2e  # a folder: git lists it
def test_the_fleet_is_clean() -> None:
    status, report = _report(POLICIES / "fleet")
    assert report["findings"] == []
    assert status == 0


def _found(*arguments: str | Path) -> dict[str, list[tuple[int, str]]]:
    status, report = _report(*arguments)
    assert status == 1
    found: dict[str, list[tuple[int, str]]] = {}
    for finding in report["findings"]:
        found.setdefault(Path(finding["path"]).name, []).append((finding["line"], finding["rule"]))
    return found


@pytest.fixture(scope="module")
def all_mistakes() -> dict[str, list[tuple[int, str]]]:
    return _found(*MISTAKES)


@pytest.fixture(scope="module")
def all_pedantry() -> dict[str, list[tuple[int, str]]]:
    return _found("--profile", "pedantic", *PEDANTIC)


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.name)
def test_a_mistake_reports_exactly_what_it_says(file: Path, all_mistakes: dict) -> None:
    assert sorted(all_mistakes.get(file.name, [])) == expected(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", PEDANTIC, ids=lambda file: file.name)
def test_what_a_higher_profile_finds_is_reported_in_it(file: Path, all_pedantry: dict) -> None:
    assert sorted(all_pedantry.get(file.name, [])) == expected(file.read_text(encoding="utf-8"))


def test_each_rule_has_a_mistake(all_mistakes: dict, all_pedantry: dict) -> None:
    names = {rule.name for rule in RULES}
    reported = (*all_mistakes.values(), *all_pedantry.values())
    assert names - {rule for lines in reported for _, rule in lines} == set()
