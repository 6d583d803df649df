"""Every command that a page shows is run: what a console shows is what is printed, all else ends as it should.

`GOLDENS=update` writes into the consoles what is printed.
"""

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from grantlint.cli.main import COMMANDS, SYNONYMS, main
from shown import PAGES, ROOT, Block, blocks, mentioned, named, transcript

NOT_RUN = {
    "python3 -m venv": "it installs from a registry; .ci/run runs it",
    "pip install": "grantlint is on no registry yet; tests/meta/test_packaging.py installs the wheel",
    "docker ": "it needs an engine; tests/ci lints the Dockerfile",
}
"""Commands that no test here runs, by how they begin, and why."""

PROGRAMS = f'grantlint() {{ "{sys.executable}" -m grantlint "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n'
PROGRAMS += 'pytest() { python -m pytest -q -p no:cacheprovider "$@"; }\n'
LEFT_OPEN = re.compile(r"\b[A-Z][A-Z]+\b|\.\.\.|\[")
SHELLS = {"sh", "bash"}


def environment() -> dict[str, str]:
    """Return the environment of a person at a terminal: nothing said for grantlint, no build server."""
    left = {name: value for name, value in os.environ.items() if not name.startswith(("GRANTLINT_", "PYTEST_", "GIT_"))}
    return {**left, "LC_ALL": "C.UTF-8"}


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line of a shell in a folder."""
    return subprocess.run(
        ["bash", "-c", PROGRAMS + command], cwd=folder, input="users: []\n", env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write what the commands speak of: a repository with policies, a playbook, statements, rules."""
    rule = next(block.text for block in blocks(ROOT / "docs/plugins.md") if block.language == "python")
    files = {
        "policies/shop.yml": "users:\n  - user: test1\n    host: '%'\n    authentication: {password: hunter2}\n",
        "ansible/site.yml": "- hosts: db\n  tasks:\n  - mysql_user: {name: a, host: '%', priv: 'shop.*:ALL'}\n",
        "grants.sql": "GRANT SELECT ON shop.* TO 'nobody'@'10.0.3.7';\n",
        "sql/users.sql": "CREATE USER 'app'@'10.0.3.%' IDENTIFIED VIA pam;\n",
        "checks/no_test_users.py": rule,
        "grantlint.toml": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    git = "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.com commit -qm begin"
    assert run(f"{git} && git update-ref refs/remotes/origin/main HEAD", tmp_path).returncode == 0
    return tmp_path


def consoles() -> list[Path]:
    """Return the pages that show what commands print."""
    return [page for page in PAGES if any(block.language == "console" for block in blocks(page))]


@pytest.mark.e2e
@pytest.mark.parametrize("page", consoles(), ids=named)
def test_a_console_shows_what_is_printed(page: Path, tmp_path: Path) -> None:
    """The commands find the files with titles of their page, or, where it has none, this repository."""
    found = blocks(page)
    titled = [block for block in found if block.title]
    for block in titled:
        (tmp_path / block.title).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / block.title).write_text(block.text, encoding="utf-8")
    shown = page.read_text(encoding="utf-8")
    true = shown
    for block in reversed([block for block in found if block.language == "console"]):
        printed = "".join(
            f"$ {command}\n{run(command, tmp_path if titled else ROOT).stdout}" for command, _ in transcript(block)
        )
        true = true[: block.start] + printed + true[block.end :]
    if os.environ.get("GOLDENS") == "update":
        page.write_text(true, encoding="utf-8")
    else:
        assert shown == true


def lines_of(block: Block) -> list[str]:
    """Return the commands of a block for a shell, or those that one of another language holds."""
    lines = re.sub(r"\\\n\s*", "", block.text).splitlines()
    if block.language in SHELLS:
        return [line for line in lines if line.strip() and not line.startswith("#")]
    held = [line.strip(" -").removeprefix("run: ") for line in lines]
    return [line for line in held if line.startswith(("grantlint ", "mkdir "))]


def for_shells() -> list[Block]:
    """Return the blocks with commands of which no page says what they print."""
    others = [block for page in PAGES for block in blocks(page) if block.language != "console" and not block.title]
    return [block for block in others if lines_of(block)]


@pytest.mark.e2e
@pytest.mark.parametrize("block", for_shells(), ids=lambda block: block.where)
def test_the_commands_of_a_block_end_as_they_should(block: Block, project: Path) -> None:
    for command in lines_of(block):
        if not command.startswith(tuple(NOT_RUN)):
            ran = run(command, project)
            assert ran.returncode in {0, 1}, (command, ran.stdout)
            assert "Traceback" not in ran.stdout


def whole() -> list[tuple[Path, str]]:
    """Return the commands in sentences that leave no word open, with a page on which each stands."""
    found = {command: page for page in PAGES for command in mentioned(page)}
    return [
        (page, command)
        for command, page in sorted(found.items())
        if command.startswith(("grantlint ", "pytest "))
        and not LEFT_OPEN.search(re.sub(r'"[^"]*"', "", command))
        and len(command.split()) > 2
    ]


@pytest.mark.e2e
@pytest.mark.parametrize(("page", "command"), whole(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_command_of_a_sentence_ends_as_it_should(page: Path, command: str, project: Path) -> None:
    ran = run(command, project)
    assert ran.returncode in {0, 1}, (named(page), ran.stdout)
    if "--rules-dir" in command:
        assert "no-test-users" in ran.stdout
        assert "^ begins with test" in ran.stdout


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_and_options_that_are_named_are_there(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where a word is left open."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in mentioned(page):
        words = re.sub(r'"[^"]*"', "", line).split()
        if words[0] == "make":
            assert {word for word in words[1:] if word.islower()} <= targets, line
        if words[0] != "grantlint" or len(words) == 1:
            continue
        command = words[1] if words[1] in {*COMMANDS, *SYNONYMS} else "check"
        if command == "check":
            assert words[1] == "check" or not words[1].isalpha(), f"{line}: no command"
        options = {word.partition("=")[0] for word in words[1:] if word.startswith("-") and word.strip("-")}
        with suppress(SystemExit):
            main([command, "--help-all" if command == "check" else "--help"])
        there = set(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", capsys.readouterr().out))
        assert options <= there | {"--help", "--help-all"}, line


def test_no_command_hides_from_the_tests() -> None:
    for page in PAGES:
        for block in blocks(page):
            if block.language not in {"console", *SHELLS}:
                assert not re.search(r"^\$ ", block.text, re.MULTILINE), f"{block.where}: call it a console"
            if block.language in {"", "text"}:
                assert not re.search(r"^(?:grantlint|python|make|pytest) ", block.text, re.MULTILINE), block.where


def test_every_reason_still_has_a_command() -> None:
    commands = [line for block in for_shells() for line in lines_of(block)] + [line for _, line in whole()]
    assert [start for start in NOT_RUN if not any(line.startswith(start) for line in commands)] == []
