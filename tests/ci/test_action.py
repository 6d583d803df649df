"""The GitHub Action: its own steps, run as the shell that GitHub gives them would."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
BAD = "users:\n  - user: app\n    host: '%'\n    authentication: {password: hunter2}\n"
"""A warning and an error, which fails a run at every threshold."""


class Job:
    """A checkout with a runner's temporary folder in which grantlint is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temp = folder / "temp"
        (self.temp / "grantlint/bin").mkdir(parents=True)
        installed = self.temp / "grantlint/bin/grantlint"
        installed.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grantlint "$@"\n', encoding="utf-8")
        installed.chmod(0o755)
        (folder / "shop.yml").write_text(BAD, encoding="utf-8")

    def run(self, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the action with these inputs."""
        (asked,) = [one for one in ACTION["runs"]["steps"] if one["name"] == step]
        values = {name: str(of["default"]) for name, of in ACTION["inputs"].items()} | inputs
        known = {"runner.temp": str(self.temp), "github.action_path": str(ROOT)}
        known |= {f"inputs.{name}": value for name, value in values.items()}
        environment = {
            name: re.sub(r"\$\{\{ *(\S+) *\}\}", lambda match: known[match[1]], value)
            for name, value in asked["env"].items()
        }
        environment |= {
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", asked["run"]],
            cwd=self.folder, env={**os.environ, "GITHUB_ACTIONS": "true", **environment},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Make a checkout with one bad account."""
    return Job(tmp_path)


def test_the_findings_stand_beside_the_lines_in_the_summary_and_in_files(job: Job) -> None:
    ran = job.run("Check the accounts", sarif="out.sarif", comment="comment.md", args="--server=mysql-8.4\n--no-config")
    assert ran.returncode == 1, ran.stderr
    assert "::warning file=shop.yml,line=3," in ran.stdout
    assert "\x1b[1;33mwarning[any-host]" in ran.stdout
    assert (job.folder / "summary").read_text().startswith("<!-- grantlint -->\n## grantlint: 2 findings\n")
    assert (job.folder / "output").read_text() == "status=1\n"
    assert '"ruleId":"any-host"' in (job.folder / "out.sarif").read_text()
    assert "`any-host`" in (job.folder / "comment.md").read_text()


def test_paths_are_lines_and_nothing_of_them_runs(job: Job) -> None:
    (job.folder / "a b").mkdir()
    (job.folder / "a b/x.yml").write_text(BAD, encoding="utf-8")
    ran = job.run("Check the accounts", paths="a b\n$(touch evil); touch evil\n")
    assert ran.returncode == 2
    assert "touch evil" in ran.stderr
    assert not (job.folder / "evil").exists()
    assert "file=a b/x.yml" in job.run("Check the accounts", paths="a b").stdout


def test_no_input_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], "an input would be run as shell"
    assert {name for name, of in ACTION["inputs"].items() if not {"description", "default"} <= {*of}} == set()


def test_every_option_of_the_action_is_one_of_grantlint(job: Job) -> None:
    ran = job.run("Check the accounts", args="--no-such-option")
    assert (ran.returncode, "--no-such-option" in ran.stderr) == (2, True)
