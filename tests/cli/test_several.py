"""Paths with different configurations: each judged by its own, in one report."""

import json
from pathlib import Path

import pytest

from runs import Run

POLICY = "users:\n- {user: a, host: '%'}\n- {user: '', host: '%'}\n"


@pytest.fixture
def roots(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write three repositories: two with a configuration, one without."""
    monkeypatch.delenv("GRANTLINT_FAIL_ON")
    for name in ("one", "two", "three"):
        (here / name / ".git").mkdir(parents=True)
        (here / name / "p.yml").write_text(POLICY, encoding="utf-8")
    (here / "one/grantlint.toml").write_text('server = ["mysql-8.4"]\nignore = ["any-host"]\n', encoding="utf-8")
    (here / "two/grantlint.toml").write_text('server = ["mariadb-11.8"]\nfail-on = "never"\n', encoding="utf-8")
    return here


def told_of(run: Run, *arguments: str) -> "tuple[list[tuple[str, str]], dict[str, object]]":
    """Return path and rule of each finding, and the summary."""
    told = json.loads(run("--output", "json", *arguments).out)
    return [(one["path"], one["rule"]) for one in told["findings"]], told["summary"]


def test_each_path_is_judged_by_its_own_configuration(roots: Path, grantlint: Run) -> None:
    assert roots
    found, summary = told_of(grantlint, "one", "two", "three")
    alone = [told_of(grantlint, name) for name in ("one", "three", "two")]
    assert found == [each for some, _ in alone for each in some]
    assert ("one/p.yml", "any-host") not in found
    assert ("two/p.yml", "any-host") in found
    for key in ("files", "accounts", "servers", "errors", "warnings", "spoken_for"):
        assert summary[key] == sum(int(str(part[key])) for _, part in alone), key
    assert summary["configuration"] == "one/grantlint.toml, two/grantlint.toml, none"
    assert summary["switched_off"] == ["ignore any-host (one/grantlint.toml)", "fail-on never (two/grantlint.toml)"]
    assert str(summary["judged_as"]).index("mysql-8.4") < str(summary["judged_as"]).index("mariadb-11.8")


def test_a_person_is_told_once_and_of_the_parts(roots: Path, grantlint: Run) -> None:
    assert roots
    ran = grantlint("one", "two")
    assert ran.out.count("2 files, 4 accounts, 2 servers") == 1
    assert "2 configurations: each judges its own paths" in ran.out


def test_each_threshold_holds_for_its_own_paths(roots: Path, grantlint: Run) -> None:
    (roots / "one/p.yml").write_text("users:\n- {user: a, host: 10.0.3.7}\n", encoding="utf-8")
    assert grantlint("one", "two").status == 0, "two never fails"
    assert grantlint("one", "two", "three").status == 1
    assert grantlint("--fail-on", "error", "one", "two").status == 1, "the command line goes before both"


def test_each_baseline_holds_for_its_own_paths(roots: Path, grantlint: Run) -> None:
    assert grantlint("baseline", "two", "--baseline", "two/known.json").status == 0
    with (roots / "two/grantlint.toml").open("a", encoding="utf-8") as file:
        file.write('baseline = "known.json"\n')
    found, summary = told_of(grantlint, "one", "two")
    assert {path for path, _ in found} == {"one/p.yml"}
    assert summary["baseline"] == {"file": "two/known.json", "known": 2, "gone": []}


def test_a_part_without_accounts_does_not_hide_the_others(roots: Path, grantlint: Run) -> None:
    (roots / "one/p.yml").unlink()
    assert grantlint("one", "three").status == 1
    (roots / "three/p.yml").unlink()
    nothing = grantlint("one", "three")
    assert nothing.status == 4
    assert "nothing to check" in nothing.err


@pytest.mark.parametrize("words", [("--fix",), ("--diff",), ("--add-ignores", "OPS-1")])
def test_what_writes_wants_one(words: tuple[str, ...], roots: Path, grantlint: Run) -> None:
    ran = grantlint(*words, "one", "two")
    assert ran.status == 2
    assert "run them apart" in ran.err
    assert (roots / "two/p.yml").read_text("utf-8") == POLICY


def test_rules_of_others_want_one(roots: Path, grantlint: Run) -> None:
    (roots / "checks").mkdir()
    ran = grantlint("--rules-dir", "checks", "one", "two")
    assert ran.status == 2
    assert "run apart where rules of others are loaded" in ran.err
