"""Runs of `python -m grantlint.oracle`, in this process and in one of their own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from grantlint.cli.main import guarded
from grantlint.oracle.__main__ import run as answer


class Ran(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


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
def process(here: Path) -> Run:
    """Ask in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "grantlint.oracle", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
            cwd=here,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
