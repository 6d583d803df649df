"""Runs of the real program over trees that somebody wrote to deceive it."""

from pathlib import Path

import pytest

from forks import Forks
from runs import Raw, Run, in_a_process, raw_in_a_process


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder outside every repository."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def process(here: Path, forks: Forks) -> Run:  # noqa: ARG001 - runs in that folder
    """Run the command line in a process of its own."""
    return in_a_process("grantlint", forks)


@pytest.fixture
def started(here: Path) -> Run:  # noqa: ARG001 - runs in that folder
    """Start the command line in an interpreter of its own, as one who types `python -m grantlint`."""
    return in_a_process("grantlint")


@pytest.fixture(scope="session")
def raw(forks: Forks) -> Raw:
    """Run the command line in a process of its own; what it prints, in bytes."""
    return raw_in_a_process("grantlint", forks)
