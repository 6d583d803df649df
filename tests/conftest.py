"""What several folders of tests need, and how hypothesis runs.

No deadline, since machines are slow at times; the same examples every time in CI, new ones elsewhere: a failure
found there becomes a test of its own.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from forks import Forks

settings.register_profile("everywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "everywhere")

os.environ["GRANTLINT_FAIL_ON"] = "info"  # tests ask for findings of any kind, but for tests/cli/test_threshold.py
os.environ["SOURCE_DATE_EPOCH"] = "1796000000"  # 2026-11-30: goldens name the day
for variable in ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(variable, None)  # what a run prints depends on them

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def build_wheel() -> Callable[[Path, Path], Path]:
    """Build a project's wheel with the hatchling that the tests run with: no environment of its own, no network."""

    def build(project: Path, into: Path) -> Path:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
        subprocess.run(command, cwd=project, check=True, capture_output=True, timeout=120)
        (wheel,) = into.glob("*.whl")
        return wheel

    return build


@pytest.fixture(scope="session")
def wheel(build_wheel: Callable[[Path, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this project."""
    return build_wheel(PROJECT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Load the program once, and fork it for each run."""
    with Forks() as forks:
        yield forks
