"""What makes a run fail: how bad, how many, and what was not checked."""

from pathlib import Path

import pytest

from .conftest import Run

WARNING = "users:\n  - user: app\n    host: '%'\n  - user: web\n    host: '%'\n"  # two of any-host
INFO = "users:\n  - user: app\n    host: '2001:0DB8::1'\n"
UNCHECKED = "- mysql_user: name={{ who }} host=10.0.0.1\n"


@pytest.fixture(autouse=True)
def _as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRANTLINT_FAIL_ON")


@pytest.fixture
def status(here: Path, grantlint: Run) -> Run:
    (here / "warning.yml").write_text(WARNING, encoding="utf-8")
    (here / "unchecked.yml").write_text(UNCHECKED, encoding="utf-8")
    (here / "info.toml").write_text("[severity]\nany-host = 'info'\n", encoding="utf-8")
    (here / "error.toml").write_text("[severity]\nany-host = 'error'\n", encoding="utf-8")
    return grantlint


@pytest.fixture
def two(here: Path, grantlint: Run) -> Run:
    """Return a run in a folder of two configurations, each with files in which two findings are."""
    for name in ("one", "other"):
        (here / name).mkdir()
        (here / name / "grantlint.toml").write_text('fail-on = "warning"\nmax-findings = 2\n', encoding="utf-8")
        (here / name / "warning.yml").write_text(WARNING, encoding="utf-8")
    return grantlint


def test_the_callers_number_is_for_the_paths_of_all_configurations(two: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ("one/warning.yml", "other/warning.yml")
    assert two("--max-findings=4", *paths).status == 0
    ran = two("--max-findings=3", *paths)
    assert (ran.status, ran.err) == (1, "grantlint: 4 findings are more than the 3 of --max-findings\n")
    assert two("--max-findings=3", "one").status == 0
    monkeypatch.setenv("GRANTLINT_MAX_FINDINGS", "3")
    assert two(*paths).status == 1


def test_the_number_of_a_configuration_is_for_its_own_paths(two: Run, here: Path) -> None:
    paths = ("one/warning.yml", "other/warning.yml")
    assert two(*paths).status == 0
    (here / "one" / "grantlint.toml").write_text('fail-on = "warning"\nmax-findings = 1\n', encoding="utf-8")
    assert two(*paths).status == 1


@pytest.mark.parametrize(
    ("level", "failing"),
    [("", "error"), ("--fail-on=error", "error"), ("--fail-on=warning", "error warning"),
     ("--fail-on=info", "error warning info"), ("--fail-on=never", ""), ("--exit-zero --fail-on=info", "")],
)  # fmt: skip
def test_a_run_fails_for_findings_as_bad_as_it_takes(level: str, failing: str, status: Run) -> None:
    for severity in ("error", "warning", "info"):
        config = () if severity == "warning" else ("--config", f"{severity}.toml")
        ran = status(*level.split(), *config, "warning.yml")
        assert f"{severity}[any-host]" in ran.out, "it is reported all the same"
        assert ran.status == (severity in failing.split()), (severity, level)


def test_some_findings_may_pass_and_one_more_is_told(status: Run) -> None:
    assert status("--fail-on=warning", "--max-findings=2", "warning.yml").status == 0
    ran = status("--fail-on=warning", "--max-findings=1", "warning.yml")
    assert (ran.status, ran.err) == (1, "grantlint: 2 findings are more than the 1 of --max-findings\n")
    assert status("--max-findings=0", "warning.yml").status == 0, "they are no errors"


def test_what_was_not_checked_fails_where_that_is_asked_for(status: Run) -> None:
    assert status("unchecked.yml").status == 0
    ran = status("--fail-on-unchecked", "unchecked.yml")
    assert (ran.status, ran.err) == (
        1, "grantlint: 1 value was not checked, and --fail-on-unchecked wants all of them to be\n",
    )  # fmt: skip
    assert status("--fail-on-unchecked", "--exit-zero", "unchecked.yml").status == 0
    assert status("--fail-on-unchecked", "warning.yml").status == 0


def test_the_environment_says_it_and_the_command_line_comes_first(status: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRANTLINT_FAIL_ON", "warning")
    assert status("warning.yml").status == 1
    assert status("--fail-on=error", "warning.yml").status == 0
    monkeypatch.setenv("GRANTLINT_MAX_FINDINGS", "2")
    assert status("warning.yml").status == 0
    assert status("--max-findings=0", "warning.yml").status == 1
    monkeypatch.setenv("GRANTLINT_FAIL_ON", "errors")
    ran = status("warning.yml")
    assert (ran.status, ran.err) == (
        2, "grantlint: GRANTLINT_FAIL_ON takes one of error, warning, info, never, not 'errors'\n",
    )  # fmt: skip


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "²", "9" * 5000])
def test_a_number_that_is_none_is_misuse(number: str, status: Run) -> None:
    ran = status(f"--max-findings={number}", "warning.yml")
    assert ran.status == 2
    assert ran.err.startswith("grantlint: --max-findings takes a number from 0, not '")


def test_a_crash_misuse_and_nothing_to_check_are_no_findings(here: Path, status: Run) -> None:
    (here / "empty").mkdir()
    assert status("--exit-zero", "empty").status == 4
    assert status("--exit-zero", "gone").status == 2
