"""Answers of `grantlint why`, word by word: each error and each cause, both examples of the old manual, ties, roles.

`GOLDENS=update pytest tests/cli/test_why.py` writes them anew: read the diff before you commit it.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from .conftest import Run

HERE = Path(__file__).parent / "why"
GOLDENS = HERE / "goldens"
ALIASES = re.compile(r"(--[a-z]+) [A-Z]+, (-[a-z] [A-Z]+)")
RUNS = {
    "manual-1": "jeffrey --from localhost manual-1.yml",
    "manual-1-root": "root --from 198.51.100.20 manual-1.yml",
    "manual-2": "jeffrey --from thomas.loc.gov=144.155.166.177 manual-2.yml",
    "manual-2-elsewhere": "jeffrey --from whitehouse.gov manual-2.yml",
    "manual-2-nobody": "nobody --from whitehouse.gov manual-2.yml",
    "1130-address-changed": "app --from app-2 moved.yml",
    "1130-name-resolution": "app --from 10.0.3.7 nameless.yml",
    "1130-another-name": "app --from web1=10.0.3.7 nameless.yml",
    "1130-digits-dot": "app --from 1.web.example.com=10.0.3.7 nameless.yml",
    "1130-skip-name-resolve": "app --from 10.0.3.7 by-address.yml",
    "1130-skip-name-resolve-local": "app --from 127.0.0.1 by-address.yml",
    "1130-written-otherwise": "app --from 10.0.3.7 cidr.yml",
    "1130-single-address": "app --from 10.0.3.7 single.yml",
    "1045-user-case": "app --from 10.0.3.7 slips.yml",
    "1045-user-embeds-host": "cron --from 10.0.3.7 slips.yml",
    "1045-socket": "web --from socket slips.yml",
    "1045-short-name": "mail --from mail1.example.com=10.0.3.9 slips.yml",
    "1698-socket-plugin": "local --from 10.0.3.7 doors.yml",
    "1524-plugin-off": "old --from 10.0.3.7 doors.yml",
    "3118-locked": "locked --from 10.0.3.7 doors.yml",
    "3118-role": "reader --from 10.0.3.7 doors.yml",
    "4151-locked": "locked --from 10.0.3.7 --server mariadb-11.8 doors.yml",
    "conditions-x509": "shown --from 10.0.3.7 doors.yml",
    "conditions-limit": "batch --from 10.0.3.7 doors.yml",
    "conditions-sessions": "crew --from 10.0.3.7 doors.yml",
    "1862-expired": "first --from 10.0.3.7 doors.yml",
    "1820-expired": "first --from 10.0.3.7 --server mariadb-11.8 doors.yml",
    "conditions-socket": "local --from socket doors.yml",
    "tie": "app --from web1.example.com tie.yml",
    "roles": "app --from 10.0.3.7 roles.yml",
    "roles-asked": "app --from 10.0.3.7 --privilege select,insert,drop --database shop roles.yml",
    "grants": "app --from 10.0.3.7 grants.yml",
    "grants-elsewhere": "app --from 10.0.4.7 grants.yml -p PROCESS -p ALL -d shop",
    "grants-database": "app --from 10.0.3.7 --database shop grants.yml",
    "1044-database": "app --from 10.0.3.7 --database crm grants.yml",
    "all-of-a-level": "app --from 10.0.3.7 levels.yml -p 'SELECT, EVENT, SUPER, FILE, SHUTDOWN, GRANT OPTION, ALL'",
    "refused-grants": "batch --from 10.0.3.7 levels.yml -p 'SELECT, FILE, EVENT'",
    "partial-revokes": "app --from 10.0.3.7 --database shop_eu partial.yml",
    "partial-revokes-literal": "app --from 10.0.3.7 --database shopXeu partial.yml",
    "unread": "app --from 10.0.9.9 unread.yml",
    "any-server": "fred --from thomas.loc.gov=144.155.166.177 any-server.yml",
    "older-server": "fred --from thomas.loc.gov=144.155.166.177 --server mysql-5.6.24 any-server.yml",
    "several-servers": "app --from 10.0.3.7 moved.yml tie.yml",
    "servers-without-the-user": "jeffrey --from localhost moved.yml manual-1.yml roles.yml",
    "refused-grammar": "billing --from 10.0.9.5 --server mysql-8.0 --server mysql-5.7 steps.sql",
    "refused-other-host": "report --from socket -d sales --server mysql-8.0 --server mariadb-10.11 steps.sql",
    "refused-level": "monitor --from 10.0.9.8 -p PROCESS --server mysql-8.0 steps.sql",
    "not-flushed": "backup --from 10.0.9.9 --server mysql-8.0 --server mariadb-10.11 unflushed.sql",
    "not-flushed-rights": "backup --from socket --server mysql-5.7 unflushed.sql",
    "not-known": "late --from socket --server mysql-8.0 templated.sql",
    "replaced-privileges": "loader --from 10.0.9.7 -d stage --server mysql-8.0 tasks.yml",
    "json-refused": "report --from socket --format json --server mysql-8.0 steps.sql",
    "json-not-flushed": "backup --from 10.0.9.9 --format json --server mysql-8.0 unflushed.sql",
    "json": "app --from 10.0.3.7 --format json roles.yml nameless.yml",
    "json-asked": "app --from 10.0.3.7 --format json -p SELECT -p DROP -d shop roles.yml",
    "json-tie": "app --from web1.example.com --format json tie.yml",
    "no-client": "app moved.yml",
    "no-error": "'kaputt gegangen' moved.yml",
    "2003-deaf": "app --from 10.0.3.7 deaf.yml",
    "2003-unknown": "app --from 10.0.3.7 deaf-unknown.yml",
    "1290-read-only": "app --from 10.0.3.7 -d shop -p SELECT,INSERT held-back.yml",
    "3032-offline": "app --from 10.0.3.7 offline.yml",
    "pasted": "--user app --from localhost 1045 pasted.txt",
    "pasted-locked": "\"ERROR 3118 (HY000): Access denied for user 'app'@'172.17.0.1'. Account is locked.\" pasted.txt",
    "no-such-client": "app --from 10.0.3.256 moved.yml",
    "network-as-client": "app --from 10.0.3.0/24 moved.yml",
    "no-such-privilege": "app --from 10.0.3.7 -p SELEKT moved.yml",
    "no-such-server": "app --from 10.0.3.7 --server mysql-4 moved.yml",
    "nothing-declared": "app --from 10.0.3.7 notes.txt",
    "no-such-path": "app --from 10.0.3.7 mooved.yml",
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
def test_an_answer_is_what_it_was_before(name: str, grantlint: Run) -> None:
    ran = grantlint("why", *shlex.split(RUNS[name]))
    said = f"$ grantlint why {RUNS[name]}\n{ran.out}--- standard error\n{ran.err}--- exit status {ran.status}\n"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("GOLDENS") == "update":
        golden.write_text(said, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8")
    if name == "help":  # argparse of Python 3.13 writes `--database, -d NAME`, and breaks lines accordingly
        said, expected = (" ".join(ALIASES.sub(r"\1, \2", text).split()) for text in (said, expected))
    assert said == expected


def test_every_golden_belongs_to_a_run() -> None:
    assert {golden.stem for golden in GOLDENS.iterdir()} == {*RUNS}


@pytest.mark.parametrize(
    ("run", "status"),
    [
        ("manual-2", 0),
        ("1130-address-changed", 1),
        ("1044-database", 1),
        ("roles-asked", 1),
        ("tie", 1),
        ("all-of-a-level", 1),
        ("refused-grants", 1),
        ("several-servers", 1),
        ("no-client", 2),
        ("nothing-declared", 4),
    ],
)
@pytest.mark.usefixtures("files")
def test_the_status_says_whether_the_client_gets_what_it_wants(run: str, status: int, grantlint: Run) -> None:
    assert grantlint("why", *shlex.split(RUNS[run])).status == status
