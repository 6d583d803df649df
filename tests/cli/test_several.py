"""Paths with different configurations: each judged, fixed and recorded by its own, in one report."""

import json
from pathlib import Path

import pytest

from runs import Run

from .test_changed_since import commit, git

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


def test_fixes_are_made_as_each_configuration_has_it(roots: Path, grantlint: Run) -> None:
    for name in ("one", "two", "three"):
        (roots / name / "p.yml").write_text("users:\n- {user: b, host: 10.0.0.1/24}\n", encoding="utf-8")
    shown = grantlint("--diff", "--unsafe-fixes", "one", "two", "three")
    assert shown.status == 1
    assert [line for line in shown.out.splitlines() if line.startswith("+")] == [
        "+++ b/one/p.yml",
        "+- {user: b, host: 10.0.0.0/24}",
        "+++ b/two/p.yml",
        "+- {user: b, host: 10.0.0.0/255.255.255.0}",
        "+++ b/three/p.yml",
        "+- {user: b, host: 10.0.0.0/255.255.255.0}",
    ]
    assert shown.err == "grantlint: --fix would fix 2 x cidr-unsupported, 1 x netmask-host-bits\n"
    ran = grantlint("--fix", "--unsafe-fixes", "one", "two", "three")
    assert ran.status == 0
    assert ran.out.count("fixed: 2 x cidr-unsupported, 1 x netmask-host-bits, in one/p.yml, two/p.yml,") == 1
    assert "10.0.0.0/24" in (roots / "one/p.yml").read_text("utf-8")
    assert "10.0.0.0/255.255.255.0" in (roots / "two/p.yml").read_text("utf-8")


def test_a_diff_says_what_it_would_take_to_fix_more(roots: Path, grantlint: Run) -> None:
    (roots / "one/p.yml").write_text("users:\n- {user: b, host: 10.0.0.1/24}\n", encoding="utf-8")
    assert grantlint("--diff", "one").err == "grantlint: --fix would fix nothing; 1 more with --unsafe-fixes\n"


@pytest.mark.parametrize("words", [("--fix",), ("--diff",), ("--add-ignores", "OPS-1"), ("baseline",)])
def test_nothing_is_written_where_one_configuration_is_wrong(
    words: tuple[str, ...], roots: Path, grantlint: Run
) -> None:
    (roots / "two/grantlint.toml").write_text('ignore = ["any-hots"]\n', encoding="utf-8")
    ran = grantlint(*words, "one", "two")
    assert ran.status == 2
    assert "did you mean 'any-host'?" in ran.err
    assert [(roots / name / "p.yml").read_text("utf-8") for name in ("one", "two")] == [POLICY, POLICY]
    assert not [*roots.rglob("*baseline*")]


def test_comments_silence_what_each_configuration_reports(roots: Path, grantlint: Run) -> None:
    ran = grantlint("--add-ignores", "OPS-1", "one", "two", "three")
    assert ran.status == 0
    assert "ignore[anonymous-account] OPS-1" in (roots / "one/p.yml").read_text("utf-8")
    assert "any-host" not in (roots / "one/p.yml").read_text("utf-8")
    assert "ignore[any-host] OPS-1" in (roots / "two/p.yml").read_text("utf-8")
    assert told_of(grantlint, "one", "two", "three")[0] == []


def test_a_baseline_is_recorded_for_each_configuration(roots: Path, grantlint: Run) -> None:
    with (roots / "two/grantlint.toml").open("a", encoding="utf-8") as file:
        file.write('baseline = "known.json"\n')
    ran = grantlint("baseline", "one", "two", "three")
    assert ran.status == 0
    known = "2 findings recorded, 2 of them new; 0 entries gone"
    assert ran.out.splitlines()[0] == "grantlint-baseline.json: 1 finding recorded, 1 of them new; 0 entries gone"
    assert f"two/known.json: {known}" in ran.out.splitlines()
    assert told_of(grantlint, "--baseline", "grantlint-baseline.json", "one", "three")[0] == []
    assert told_of(grantlint, "two")[0] == []
    (roots / "two/p.yml").write_text("users:\n- {user: a, host: '%'}\n", encoding="utf-8")
    pruned = grantlint("baseline", "--prune", "two", "three", "--baseline", "two/known.json")
    assert "1 entry of 2 taken out: nothing is found there any more" in pruned.out


def test_a_baseline_of_a_newer_version_leaves_the_others_alone(roots: Path, grantlint: Run) -> None:
    with (roots / "two/grantlint.toml").open("a", encoding="utf-8") as file:
        file.write('baseline = "known.json"\n')
    newer = '{"version": 2, "findings": []}'
    (roots / "two/known.json").write_text(newer, encoding="utf-8")
    ran = grantlint("baseline", "one", "two")
    assert ran.status == 2
    assert "newer grantlint" in ran.err
    assert (roots / "two/known.json").read_text("utf-8") == newer
    assert not (roots / "grantlint-baseline.json").exists()


OWN = """
from grantlint import Problem, Rule, Severity, each_host

def check(host, *rest):
    if host.text == "%":
        yield Problem("is wide")

RULE = Rule(name="wide", summary="x", rationale="x", help="x", severity=Severity.INFO,
            check=each_host(check), bad=(), good=())
"""


def test_who_asks_why_gets_the_configuration_of_the_paths(roots: Path, grantlint: Run) -> None:
    assert roots
    assert grantlint("why", "a", "--from", "10.0.0.1", "two").out.startswith("two/p.yml as mariadb-11.8: ")
    assert grantlint("why", "a", "--from", "10.0.0.1", "one").out.startswith("one/p.yml as mysql-8.4: ")
    ran = grantlint("why", "a", "--from", "10.0.0.1", "one", "two")
    assert (ran.status, "run them apart" in ran.err) == (2, True)


@pytest.mark.parametrize("words", [(), ("--fix",), ("baseline",)])
def test_a_path_in_another_with_its_own_configuration_is_refused(
    words: tuple[str, ...], roots: Path, grantlint: Run
) -> None:
    ran = grantlint(*words, "three", "one", ".")
    assert (ran.status, ran.out) == (2, "")
    assert "one (one/grantlint.toml) lies in . (none), which has another configuration: name one\n" in ran.err
    assert grantlint(*words, ".").status != 2
    assert grantlint(*words, "one", "one/p.yml").status != 2, "the same configuration"
    assert (roots / "two/p.yml").read_text("utf-8") == POLICY


def test_rules_of_others_run_for_each_configuration(roots: Path, process: Run) -> None:
    (roots / "checks").mkdir()
    (roots / "checks/wide.py").write_text(OWN, encoding="utf-8")
    found, summary = told_of(process, "--rules-dir", "checks", "one", "two")
    assert {path for path, rule in found if rule == "wide"} == {"one/p.yml", "two/p.yml"}
    assert ("one/p.yml", "any-host") not in found
    assert summary["crashed_rules"] == []


def test_standard_input_is_judged_by_the_configuration_of_its_name(roots: Path, process: Run) -> None:
    assert roots
    ran = process("--stdin-filename", "two/q.yml", "--output", "json", "one", "-", stdin=POLICY.encode())
    found = {(one["path"], one["rule"]) for one in json.loads(ran.out)["findings"]}
    assert ("two/q.yml", "any-host") in found
    assert ("one/p.yml", "any-host") not in found


@pytest.fixture
def repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make one repository whose folders have configurations of their own, with a commit on `main`."""
    monkeypatch.delenv("GRANTLINT_FAIL_ON")
    for name, said in (("one", 'ignore = ["any-host"]\n'), ("two", "")):
        (here / name).mkdir()
        (here / name / "p.yml").write_text(POLICY, encoding="utf-8")
        (here / name / "grantlint.toml").write_text(f'fail-on = "info"\n{said}', encoding="utf-8")
    git(here, "init", "-q", "-b", "main")
    commit(here)
    return here


@pytest.mark.e2e
def test_each_configuration_is_read_as_it_was(repository: Path, grantlint: Run) -> None:
    """The change weakens one and gives a folder of the other a new one: neither counts."""
    (repository / "two/grantlint.toml").write_text('fail-on = "never"\nignore = ["any-host"]\n', encoding="utf-8")
    (repository / "two/sub").mkdir()
    (repository / "two/sub/grantlint.toml").write_text("profile = 'correctness'\n", encoding="utf-8")
    (repository / "two/sub/q.yml").write_text("users:\n- {user: q, host: '%'}\n", encoding="utf-8")
    found, summary = told_of(grantlint, "--config-from", "main", "one", "two/p.yml", "two/sub")
    assert ("one/p.yml", "any-host") not in found
    assert {("two/p.yml", "any-host"), ("two/sub/q.yml", "any-host")} <= {*found}
    assert summary["configuration"] == "one/grantlint.toml, two/grantlint.toml"
    assert summary["touched"] == [
        "configuration two/grantlint.toml (fail-on, ignore): as at main, not as it is",
        "configuration two/sub/grantlint.toml: not at main, and not read",
    ]
    assert grantlint("--config-from", "main", "one", "two/p.yml", "two/sub").status == 1


@pytest.mark.e2e
def test_what_a_change_brings_is_told_of_each(repository: Path, grantlint: Run) -> None:
    more = f"{POLICY}- {{user: n, host: '%'}}\n"
    for name in ("one", "two"):
        (repository / name / "p.yml").write_text(more, encoding="utf-8")
    ran = grantlint("--changed-since", "main", "--output", "concise", "one", "two")
    assert [line.partition(": ")[0] for line in ran.out.splitlines() if "any-host]" in line] == ["two/p.yml:4:19"]
    assert "3 findings that were there before, not reported" in ran.out
