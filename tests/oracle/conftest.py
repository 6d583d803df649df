"""Runs of `python -m grantlint.oracle`, in this process and in one of their own."""

from pathlib import Path

import pytest

from forks import Forks
from grantlint.cli.main import guarded
from grantlint.oracle.__main__ import run as answer
from runs import Ran, Run, in_a_process


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def oracle(here: Path, capfd: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001 - runs in that folder
    """Ask in this process."""

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        status = guarded(answer, arguments)
        said = capfd.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture
def process(here: Path, forks: Forks) -> Run:  # noqa: ARG001 - runs in that folder
    """Ask in a process of its own."""
    return in_a_process("grantlint.oracle", forks)
