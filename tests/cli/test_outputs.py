"""Reports into files: whole or not at all, several in one run."""

import json
import os
import stat
from pathlib import Path

import pytest

from .conftest import Run

OPEN = "users:\n  - user: app\n    host: '%'\n"


@pytest.fixture
def bad(here: Path) -> Path:
    """Write a file with a finding."""
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    return here


def test_several_outputs_come_of_one_run(bad: Path, grantlint: Run) -> None:
    ran = grantlint("--output", "concise", "-o", "json:out.json", "--output=text:out.txt", "x.yml")
    assert ran.status == 1
    assert ran.out.startswith("x.yml:3:11: warning[any-host]: ")
    assert json.loads((bad / "out.json").read_text())["findings"][0]["rule"] == "any-host"
    assert (bad / "out.txt").read_text().startswith("warning[any-host]: ")
    assert sorted(os.listdir(bad)) == ["out.json", "out.txt", "x.yml"], "nothing is left beside them"


def test_a_report_in_a_file_is_written_for_a_tree_without_accounts(here: Path, grantlint: Run) -> None:
    assert grantlint("--allow-empty", "--output", "text:out.txt").out == ""
    assert "no findings\n" in (here / "out.txt").read_text()


def test_a_file_takes_no_colours_of_the_terminal(bad: Path, grantlint: Run) -> None:
    ran = grantlint("--color", "always", "--output", "text", "--output", "concise:out.txt", "x.yml")
    assert "\x1b[1;33m" in ran.out
    assert "\x1b" not in (bad / "out.txt").read_text()


def test_a_file_that_is_there_keeps_its_permissions_and_its_links(bad: Path, grantlint: Run) -> None:
    (bad / "real").mkdir()
    real = bad / "real/out.json"
    real.write_text("old")
    real.chmod(0o640)
    (bad / "link.json").symlink_to(real)
    assert grantlint("--output", "json:link.json", "x.yml").status == 1
    assert (bad / "link.json").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_text().startswith('{"version"')


def test_a_full_disk_leaves_the_file_of_an_earlier_run(
    bad: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bad / "out.json").write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28), handle)

    monkeypatch.setattr(os, "fsync", full)
    ran = grantlint("--output", "concise", "--output", "json:out.json", "x.yml")
    assert (ran.status, "any-host" in ran.out) == (2, True)
    assert ran.err == ("grantlint: out.json cannot be written: No space left on device; nothing of it is there\n")
    assert (bad / "out.json").read_text() == "old"
    assert sorted(os.listdir(bad)) == ["out.json", "x.yml"]


@pytest.mark.usefixtures("bad")
def test_a_device_and_a_pipe_stay_what_they_are(process: Run) -> None:
    before = os.stat("/dev/null").st_mode
    assert process("--output", "json:/dev/null", "x.yml").status == 1
    assert os.stat("/dev/null").st_mode == before
    assert '{"version"' in process("--output", "json:/dev/stdout", "x.yml").out


@pytest.mark.usefixtures("bad")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--output jsn", "no output is named 'jsn'; did you mean json?"),
        ("--format xyz", "no output is named 'xyz'; there are text, "),
        ("--output json:", "--output json: names no file behind the colon"),
        ("--output json:gone/x.json", "--output json:gone/x.json: there is no folder gone"),
        ("--output json:.", "--output json:.: . is a folder"),
        ("--output json:a --output text:a", "two outputs are for the file a"),
        ("--output json --output text", "json and text cannot share standard output"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(arguments: str, sentence: str, grantlint: Run) -> None:
    ran = grantlint(*arguments.split(), "no-such-file")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"grantlint: {sentence}")


@pytest.mark.usefixtures("bad")
def test_colours_are_asked_for_or_forced(grantlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b" not in grantlint("x.yml").out
    assert "\x1b[1;33mwarning" in grantlint("--color", "always", "x.yml").out
    assert "\x1b]8;" not in grantlint("--color", "always", "x.yml").out, "links are for terminals"
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;33mwarning" in grantlint("x.yml").out
    assert "\x1b" not in grantlint("--color", "never", "x.yml").out
    assert "\x1b" not in grantlint("--no-color", "x.yml").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in grantlint("x.yml").out


VARIABLES = ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD")


@pytest.mark.parametrize(
    ("variable", "value", "sign"),
    [
        ("GITHUB_ACTIONS", "true", "::warning file=x.yml,line=3,"),
        ("TF_BUILD", "True", "##vso[task.logissue type=warning;"),
    ],
)
def test_a_build_server_is_told_as_it_wants_it_beside_the_text(
    variable: str, value: str, sign: str, bad: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bad.is_dir()
    assert sign not in grantlint("x.yml").out
    monkeypatch.setenv(variable, value)
    said = grantlint("x.yml").out
    assert said.startswith("warning[any-host]: ")
    assert f"\n{sign}" in said
    assert sign not in grantlint("--output", "text", "x.yml").out, "who asks for an output gets that"


def test_gitlab_gets_its_report_in_a_file_but_not_of_a_hook(
    bad: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITLAB_CI", "true")
    report = bad / "gl-code-quality-report.json"
    grantlint("--scope", ".", "x.yml")
    assert not report.exists()
    assert grantlint("x.yml").out.startswith("warning[any-host]: ")
    assert json.loads(report.read_text())[0]["check_name"] == "any-host"


def test_a_page_of_what_is_fixed_has_the_accounts(bad: Path, grantlint: Run) -> None:
    grantlint("--fix", "--output", "html:out.html", "x.yml")
    assert "<td>&#x27;app&#x27;</td><td>&#x27;%&#x27;</td>" in (bad / "out.html").read_text()
