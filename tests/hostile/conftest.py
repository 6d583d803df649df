"""Runs of the real program over trees that somebody wrote to deceive it."""

from pathlib import Path

import pytest

from runs import Run, in_a_process


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder outside every repository."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def process(here: Path) -> Run:  # noqa: ARG001 - runs in that folder
    """Run the command line in a process of its own."""
    return in_a_process("grantlint")
