"""Tables of `grantlint table`, word by word.

`GOLDENS=update pytest tests/cli/test_table.py` writes them anew: read the diff before you commit it.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from .conftest import Run

HERE = Path(__file__).parent / "table"
GOLDENS = HERE / "goldens"
RUNS = {
    "manual-1": "manual-1.yml --server mysql-5.6.24 --server mysql-8.4 --server mariadb-11.8",
    "manual-2": "manual-2.yml",
    "all-nine": "all-nine.yml --server mysql-5.6.24,mysql-9.7,mariadb-10.11",
    "order": "order.yml --server mysql-8.4,mariadb-11.8",
    "order-json": "order.yml --server mysql-8.4 --format json",
    "assumed": "order.yml",
    "by-address": "by-address.yml",
    "single": "single.yml",
    "steps": "steps.sql --server mysql-8.4,mariadb-11.8",
    "steps-json": "steps.sql --server mysql-8.4 --format json",
    "nothing-declared": "notes.txt",
    "help": "--help",
}


@pytest.fixture
def files(here: Path) -> Path:
    """Go to a folder with the policies of this folder."""
    shutil.copytree(HERE / "files", here, dirs_exist_ok=True)
    (here / "notes.txt").write_text("No account stands here.\n", encoding="utf-8")
    return here


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("name", RUNS)
def test_a_table_is_what_it_was_before(name: str, grantlint: Run) -> None:
    ran = grantlint("table", *RUNS[name].split())
    said = f"$ grantlint table {RUNS[name]}\n{ran.out}--- standard error\n{ran.err}--- exit status {ran.status}\n"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("GOLDENS") == "update":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_run() -> None:
    assert {golden.stem for golden in GOLDENS.iterdir()} == {*RUNS}


@pytest.mark.usefixtures("files")
def test_the_first_example_of_the_manual_is_sorted_as_it_prints_it(grantlint: Run) -> None:
    (server,) = json.loads(grantlint("table", "manual-1.yml", "--format", "json").out)["servers"]
    assert [(row["host"], row["user"], row["place"]) for row in server["rows"]] == [
        ("localhost", "root", 1),
        ("localhost", "", 2),
        ("%", "root", 3),
        ("%", "jeffrey", 3),
    ]
