"""Whole runs, word by word. `GOLDENS=update pytest tests/cli` writes them anew: read the diff before you commit it."""

import os
import sys
from pathlib import Path

import pytest

from grantlint.report.findings.outputs import OUTPUTS

from .conftest import Run

GOLDENS = Path(__file__).parent / "goldens"
RUNS = {
    "text": "--select any-host,plain-text-password fleet",
    "quiet": "--quiet --select any-host,plain-text-password fleet",
    "declarations": "convert --to json fleet broken.yml",
    "broken": "--select any-host broken.yml",
    "other-server": "--select any-host --server mariadb-11.8 --server mysql-8.0 fleet/shop.yml",
    "nothing": "notes.txt",
    "no-such-path": "flete",
    "no-such-option": "--selct any-host fleet",
    "no-such-rule": "--select any-hots fleet",
    "no-such-rule-page": "rule any-hots",
    "help": "--help",
    "help-all": "--help-all",
}


RUNS |= {name: f"--output {name} --select any-host,plain-text-password fleet" for name in OUTPUTS if name not in RUNS}


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("name", RUNS)
def test_a_run_prints_what_it_printed_before(name: str, grantlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795996800")  # some outputs name the day
    if name.startswith("help") and sys.version_info >= (3, 13):
        pytest.skip("argparse of Python 3.13 writes the names of an option in another way")
    ran = grantlint(*RUNS[name].split())
    said = f"$ grantlint {RUNS[name]}\n{ran.out}--- standard error\n{ran.err}--- exit status {ran.status}\n"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("GOLDENS") == "update":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert {golden.stem for golden in GOLDENS.iterdir()} == {*RUNS}
