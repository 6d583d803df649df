"""Templates for build servers and build tools: their commands, run; the Dockerfile, linted."""

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
BAD = "users:\n  - user: app\n    host: '%'\n    authentication: {password: hunter2}\n"
"""A warning and an error, which fails a run at every threshold."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project with one bad account, and a `grantlint` on its path."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/shop.yml").write_text(BAD, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    installed = tmp_path / "bin/grantlint"
    installed.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grantlint "$@"\n', encoding="utf-8")
    installed.chmod(0o755)
    return tmp_path


def shell(project: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{project}/bin:{os.environ['PATH']}", **variables}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_job_of_gitlab_writes_the_reports_that_it_names(project: Path) -> None:
    job: dict[str, Any] = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text(encoding="utf-8"))["grantlint"]
    ran = shell(project, "\n".join(job["script"]), GITLAB_CI="true", **job["variables"])
    assert ran.returncode == 1, ran.stderr
    for report in job["artifacts"]["reports"].values():
        assert "any-host" in (project / report).read_text()


def test_the_steps_of_azure_log_and_write_what_they_publish(project: Path) -> None:
    steps: list[dict[str, Any]] = yaml.safe_load((ROOT / "ci/azure.yml").read_text(encoding="utf-8"))["steps"]
    (check,) = [step["bash"] for step in steps if step.get("displayName") == "Check the accounts"]
    ran = shell(project, check, TF_BUILD="True")
    assert ran.returncode == 1, ran.stderr
    assert "##vso[task.logissue type=warning;sourcepath=policies/shop.yml;" in ran.stdout
    (published,) = [
        step["inputs"]["testResultsFiles"] for step in steps if "PublishTestResults" in step.get("task", "")
    ]
    assert "any-host" in (project / published).read_text()


def test_the_target_of_make_checks(project: Path) -> None:
    (project / "Makefile").write_text(f"include {ROOT}/ci/grantlint.mk\n", encoding="utf-8")
    ran = shell(project, "make -s grantlint")
    assert (ran.returncode, "any-host" in ran.stdout) == (2, True), ran.stderr


def test_the_environment_of_tox_runs_a_command_that_there_is(project: Path) -> None:
    read = ConfigParser(interpolation=None)
    read.read(ROOT / "ci/tox.ini", encoding="utf-8")
    command = read["testenv:grantlint"]["commands"].replace("{posargs:policies/}", "policies/")
    assert shell(project, command).returncode == 1


@pytest.mark.skipif(not (found := shutil.which("hadolint", path=Path(sys.executable).parent)), reason="no hadolint")
def test_the_dockerfile_has_no_fault() -> None:
    done = subprocess.run([str(found), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
