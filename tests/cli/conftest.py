"""Runs of the command line: in this process where that is enough, else in one of their own."""

import shutil
from pathlib import Path

import pytest

from forks import Forks
from grantlint.cli.main import main
from runs import Ran, Run, in_a_process

FILES = Path(__file__).parent / "files"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder, outside every repository and without a terminal's habits."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")  # to which argparse breaks its help
    return tmp_path


@pytest.fixture
def files(here: Path) -> Path:
    """Go to a folder with the files of tests/cli/files."""
    shutil.copytree(FILES, here, dirs_exist_ok=True)
    return here


@pytest.fixture
def grantlint(here: Path, capfd: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001 - runs in that folder
    """Run the command line in this process."""

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        try:
            status = main(arguments)
        except SystemExit as leave:  # --help
            status = int(leave.code or 0)
        said = capfd.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture
def process(here: Path, forks: Forks) -> Run:  # noqa: ARG001 - runs in that folder
    """Run the command line in a process of its own."""
    return in_a_process("grantlint", forks)
