import json
import subprocess
import sys
from pathlib import Path

import pytest

from grantlint.testing import expected

POLICIES = Path(__file__).parents[2] / "policies"
MISTAKES = sorted(
    file for file in (POLICIES / "mistakes").iterdir() if file.suffix in {".yml", ".sql", ".sh", ".tf", ".pp"}
)


PEDANTIC = sorted((POLICIES / "mistakes/pedantic").iterdir())


def _report(*arguments: str | Path) -> tuple[int, dict]:
    done = subprocess.run(
        [sys.executable, "-m", "grantlint", "--no-config", "--format", "json", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.returncode, json.loads(done.stdout)


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
    done = subprocess.run(
        [sys.executable, "-m", "grantlint", "rules", "--format", "json"], capture_output=True, text=True, check=True
    )
    names = {rule["name"] for rule in json.loads(done.stdout)["rules"]}
    reported = (*all_mistakes.values(), *all_pedantry.values())
    assert names - {rule for lines in reported for _, rule in lines} == set()
