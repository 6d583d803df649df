"""What several folders of tests need, what an everyday run leaves out, and how hypothesis runs.

No deadline, since machines are slow at times; the same examples every time in CI, new ones elsewhere: a failure
found there becomes a test of its own.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings  # noqa: TID251 - the profile

from forks import Forks

os.environ["GRANTLINT_FAIL_ON"] = "info"  # tests ask for findings of any kind, but for tests/cli/test_threshold.py
os.environ["SOURCE_DATE_EPOCH"] = "1796000000"  # 2026-11-30: goldens name the day
for variable in ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(variable, None)  # what a run prints depends on them

PROJECT = Path(__file__).parents[1]
_STARTING = {"forks", "build_wheel"}
"""Fixtures that start programs."""


def pytest_configure(config: pytest.Config) -> None:
    """Leave nothing out of what is named; where slow tests are, let hypothesis draw a tenth of the examples."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        config.option.markexpr = config.option.markexpr.replace(" and not e2e and not slow", "")
    everyday = "not slow" in config.option.markexpr
    settings.register_profile(
        "here",
        max_examples=10 if everyday else 100,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=bool(os.environ.get("CI")),
    )
    settings.load_profile("here")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a fixture that starts a program."""
    for item in items:
        if isinstance(item, pytest.Function) and not _STARTING.isdisjoint(item.fixturenames):
            item.add_marker("e2e")


class _Programs:
    """Refuses to start one where the test does not say that it does: an everyday run is to stay short."""

    def __init__(self) -> None:
        self.test = ""

    def __call__(self, event: str, _: object) -> None:
        """Hear of all that Python does."""
        if self.test and event == "subprocess.Popen":
            pytest.fail(f"{self.test} starts a program: mark it e2e")


_programs = _Programs()
sys.addaudithook(_programs)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Tell which test runs."""
    starts = any(item.get_closest_marker(name) for name in ("e2e", "live"))
    _programs.test = "" if starts else item.nodeid
    return (yield)


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
