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


def _report(*paths: Path) -> tuple[int, dict]:
    done = subprocess.run(
        [sys.executable, "-m", "grantlint", "--no-config", "--format", "json", *map(str, paths)],
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


@pytest.fixture(scope="module")
def all_mistakes() -> dict[str, list[tuple[int, str]]]:
    status, report = _report(POLICIES / "mistakes")
    assert status == 1
    found: dict[str, list[tuple[int, str]]] = {}
    for finding in report["findings"]:
        found.setdefault(Path(finding["path"]).name, []).append((finding["line"], finding["rule"]))
    return found


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.name)
def test_a_mistake_reports_exactly_what_it_says(file: Path, all_mistakes: dict) -> None:
    assert sorted(all_mistakes.get(file.name, [])) == expected(file.read_text(encoding="utf-8"))


def test_each_rule_has_a_mistake(all_mistakes: dict) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grantlint", "rules", "--format", "json"], capture_output=True, text=True, check=True
    )
    names = {rule["name"] for rule in json.loads(done.stdout)["rules"]}
    assert names - {rule for reported in all_mistakes.values() for _, rule in reported} == set()
