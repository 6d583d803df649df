"""Help on one screen, and the right neighbour of what is misspelt."""

from pathlib import Path

import pytest

from grantlint.cli.main import COMMANDS
from runs import Run

LINES, COLUMNS = 25, 80


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_fits_a_screen_and_names_every_command(option: str, grantlint: Run) -> None:
    ran = grantlint(option)
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= COLUMNS
    words = {word.strip(",:()`") for line in lines for word in line.split()}
    assert {*COMMANDS} <= words | {"check"}


@pytest.mark.parametrize("arguments", [("--help-all",), ("check", "--help"), ("policies", "--help-all")])
def test_all_options_are_a_word_away(arguments: tuple[str, ...], grantlint: Run) -> None:
    ran = grantlint(*arguments)
    assert (ran.status, "--fail-on-unchecked" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("bseline",), "`grantlint baseline`"),
        (("test-rulez",), "`grantlint test-rules`"),
        (("expalin", "any-host"), "`grantlint explain`"),
        (("--ouptut", "json"), "--output"),
        (("--fail-onn", "error"), "--fail-on"),
        (("why", "app", "--frm", "10.0.3.7"), "--from"),
        (("table", "--sever", "mysql-8.4"), "--server"),
        (("--selct=any-host",), "--select"),
        (("lint", "."), "`grantlint check`"),
        (("fix", "."), "`grantlint --fix`"),
        (("list",), "`grantlint rules`"),
        (("--json",), "--output json"),
        (("--exclude", "x"), "`exclude` in grantlint.toml"),
        (("-f", "json"), "--output"),
    ],
)
def test_a_slip_gets_the_right_neighbour(arguments: tuple[str, ...], near: str, grantlint: Run) -> None:
    ran = grantlint(*arguments)
    assert (ran.status, f"did you mean {near}?" in ran.err) == (2, True), ran.err


def test_help_and_version_are_words_too(here: Path, grantlint: Run) -> None:
    assert grantlint("help").out == grantlint("--help").out
    assert grantlint("help", "why").out == grantlint("why", "--help").out
    assert grantlint("version").out == grantlint("--version").out
    (here / "help").mkdir()
    assert grantlint("help").status == 4, "a folder of that name is looked at"
