"""`--config-from`: the configuration and the baseline of the base of a change, which the change cannot touch."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from .conftest import Run

pytestmark = pytest.mark.e2e

BAD = "users:\n  - user: app\n    host: '%'\n"
BASE = "fail-on = 'info'\nselect = ['any-host']\nexclude = ['vendor']\n"


def git(*words: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], check=True, capture_output=True, env=environment)


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_dot_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def base(here: Path) -> Path:
    """Go to a repository whose commit `base` has a configuration."""
    git("init", "-q", "-b", "base")
    write(grantlint_dot_toml=BASE, p__a_dot_yml=BAD)
    git("add", ".")
    git("commit", "-q", "-m", "base")
    git("checkout", "-q", "-b", "change")
    return here


def told(run: Run, *words: str) -> dict[str, object]:
    data: dict[str, object] = json.loads(run("--format", "json", "--config-from", "base", *words).out)
    summary = data["summary"]
    assert isinstance(summary, dict)
    return {**summary, "findings": data["findings"]}


@pytest.mark.usefixtures("base")
def test_nothing_that_the_change_says_of_the_gate_counts(grantlint: Run) -> None:
    """The change excludes its own file, ignores the rule and fails for nothing."""
    write(grantlint_dot_toml="fail-on = 'never'\nignore = ['any-host']\nexclude = ['vendor', 'p']\n", p__b_dot_yml=BAD)
    git("add", ".")
    git("commit", "-q", "-m", "change")
    assert grantlint().status == 4, "by its own word there is nothing to look at"
    ran = grantlint("--config-from", "base", "--output", "concise")
    assert ran.status == 1
    assert ran.out.count("any-host") >= 2
    touched = "configuration grantlint.toml (exclude, fail-on, ignore, select): as at base, not as it is"
    assert ran.out.splitlines()[-2:] == [
        touched,
        "configuration: grantlint.toml (--config-from base): select any-host; exclude vendor",
    ]
    summary = told(grantlint)
    assert summary["configuration_named_by"] == "--config-from base"
    assert summary["touched"] == [
        "configuration grantlint.toml (exclude, fail-on, ignore, select): as at base, not as it is"
    ]
    assert 'select = ["any-host"]  # grantlint.toml:2\n' in grantlint("config", "--config-from", "base").out


@pytest.mark.usefixtures("base")
def test_a_readme_is_read_as_it_was(grantlint: Run) -> None:
    """The change calls its repository a demo, in which findings are infos."""
    write(README_dot_md="# Demo of the shop\n", p__b_dot_yml=BAD)
    git("add", ".")
    git("commit", "-q", "-m", "change")
    assert "info[any-host]" in grantlint("--isolated", "--output", "concise").out
    ran = grantlint("--config-from", "base", "--output", "concise")
    assert ran.status == 1
    assert "info[any-host]" not in ran.out


def test_a_configuration_that_the_change_adds_or_takes_away_does_not_count(base: Path, grantlint: Run) -> None:
    write(p__grantlint_dot_toml="ignore = ['any-host']\n")
    ran = grantlint("--config-from", "base", "p")
    assert ran.status == 1
    assert "configuration p/grantlint.toml: not at base, and not read" in ran.out.splitlines()
    (base / "p/grantlint.toml").unlink()
    (base / "grantlint.toml").unlink()
    ran = grantlint("--config-from", "base")
    assert ran.status == 1
    assert "configuration grantlint.toml: as at base, though it is none now" in ran.out.splitlines()
    write(grantlint_dot_toml="exclude = [\n")
    ran = grantlint("--config-from", "base")
    assert ran.status == 1
    assert "configuration grantlint.toml (which is broken: " in ran.out


def test_the_baseline_is_that_of_the_base(base: Path, grantlint: Run) -> None:
    write(grantlint_dot_toml=f"{BASE}baseline = 'known.json'\n")
    assert grantlint("baseline").status == 0
    git("add", ".")
    git("commit", "-q", "-m", "known")
    git("branch", "-f", "base")
    assert grantlint("--config-from", "base").status == 0
    write(p__b_dot_yml=BAD)
    assert grantlint("baseline").status == 0
    assert grantlint().status == 0, "the change has recorded its own finding"
    ran = grantlint("--config-from", "base")
    assert ran.status == 1
    assert "baseline known.json (1 entries more, 0 fewer): as at base, not as it is" in ran.out.splitlines()
    (base / "known.json").unlink()
    assert "baseline known.json: as at base, though it is gone now" in grantlint("--config-from", "base").out
    assert (
        "there is no baseline other.json at base" in grantlint("--config-from", "base", "--baseline", "other.json").err
    )


@pytest.mark.usefixtures("base")
def test_comments_that_the_change_adds_are_named(grantlint: Run) -> None:
    old = "  # grantlint: ignore[any-host] an old reason\n"
    write(p__a_dot_yml=BAD.rstrip() + old)
    git("commit", "-q", "-am", "known")
    git("branch", "-f", "base")
    write(p__a_dot_yml="# moved by a line\n" + BAD.rstrip() + old)
    assert told(grantlint)["touched"] == []
    write(p__b_dot_yml=BAD.rstrip() + "  # grantlint: ignore[any-host] a new reason\n")
    assert told(grantlint)["touched"] == ["1 suppression is not at base, and heeded: p/b.yml:3"]


def test_it_says_the_same_from_any_folder(base: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(grantlint_dot_toml="ignore = ['any-host']\n")
    monkeypatch.chdir(base / "p")
    for path in (".", "..", str(base), "a.yml"):
        ran = grantlint("--config-from", "base", path)
        assert (ran.status, "any-host" in ran.out) == (1, True), path
        assert "configuration ../grantlint.toml (" in ran.out or f"configuration {base}" in ran.out


@pytest.mark.parametrize("name", ["nowhere", "--output=MARK", "-h", "base:grantlint.toml", ""])
def test_a_revision_that_there_is_not_is_told(name: str, base: Path, grantlint: Run) -> None:
    ran = grantlint(f"--config-from={name}")
    if not name:
        assert ran.status == 1, "an empty name is none"
        return
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"grantlint: --config-from {name}: the repository {base} has no such revision\n")
    assert not (base / "MARK").exists()


def test_outside_of_a_repository_there_is_no_revision(here: Path, grantlint: Run) -> None:
    ran = grantlint("--config-from", "main")
    assert ran == (2, "", f"grantlint: --config-from main needs a git repository: {here} lies in none\n")


def test_a_link_of_the_base_is_not_followed_and_no_program_of_the_repository_runs(base: Path, grantlint: Run) -> None:
    (base / "grantlint.toml").unlink()
    (base / "grantlint.toml").symlink_to("p/a.yml")
    git("add", ".")
    git("commit", "-q", "-m", "link")
    for name, value in (("core.fsmonitor", f"touch {base}/MARK"), ("core.pager", f"touch {base}/MARK"),
                        ("filter.x.smudge", f"touch {base}/MARK")):  # fmt: skip
        git("config", name, value)
    write(_dot_gitattributes="* filter=x diff=x\n")
    ran = grantlint("--config-from", "change")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "grantlint: grantlint.toml was a symbolic link at change and is not read\n"
    assert not (base / "MARK").exists()


@pytest.mark.usefixtures("base")
def test_rule_files_that_the_base_names_wait_for_the_caller(grantlint: Run) -> None:
    write(grantlint_dot_toml="\n\nrules-dir = 'checks'\n")
    git("commit", "-q", "-am", "rules")
    write(grantlint_dot_toml="")
    assert "grantlint.toml:3:1: error[rules-not-loaded]" in grantlint("-q", "--config-from", "change").out
