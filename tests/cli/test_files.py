"""`grantlint files`: each file, what it is taken as, and why others are passed over."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from .conftest import Run

SQL = "CREATE USER 'app'@'10.%' IDENTIFIED BY 'x';\nGRANT SELECT ON shop.* TO 'app'@'10.%';\nDROP USER 'old'@'10.%';\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")


@pytest.fixture
def tree(here: Path) -> Path:
    write(
        here,
        db__users_dot_sql=SQL,
        compose_dot_yml="services: {db: {image: 'mysql:8.4', environment: {MYSQL_ROOT_PASSWORD: $P, MYSQL_USER: $U,"
        " MYSQL_PASSWORD: $Q}, command: --skip-name-resolve}}",
        policy_dot_yml="users:\n- user: app\n  host: '{{ h }}'\nroles:\n- role: r\n  grants: [{privileges: [SELECT], "
        "target: 'a.*'}]\n",
        broken_dot_yml="users: [{user: app\n",
        prose_dot_yml="title: the users of the village\n",
        empty_dot_yml="",
        notes_dot_txt="nothing",
        node_modules__x_dot_sql=SQL,
    )
    (here / "binary.sql").write_bytes(b"GRANT \xff\xfe\0")
    return here


@pytest.mark.usefixtures("tree")
def test_each_file_has_a_line_with_what_it_is_taken_as_or_why_not(grantlint: Run) -> None:
    ran = grantlint("files")
    lines = [line.split(None, 2) for line in ran.out.splitlines()]
    assert lines[:-2] == [
        ["binary.sql", "-", "no text, and no declarations in sight"],
        ["broken.yml", "policy", "1 fault"],
        ["compose.yml", "compose", "3 accounts, 2 grants, 1 setting, 1 unresolved"],
        ["db/users.sql", "sql", "1 account, 1 grant, 1 removal"],
        ["empty.yml", "-", "empty"],
        ["node_modules", "-", "in a folder named node_modules"],
        ["notes.txt", "-", "no format has files of this name"],
        ["policy.yml", "policy", "1 account, 1 grant, 1 role, 1 unresolved"],
        ["prose.yml", "-", "no account words in it"],
    ]
    assert ran.out.endswith(
        "\n4 files taken (compose 1, policy 2, sql 1), 5 passed over: 5 accounts, 4 grants, 2 unresolved\n"
    )
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.usefixtures("tree")
def test_the_list_for_machines_says_the_same(grantlint: Run) -> None:
    listed = json.loads(grantlint("files", "--format", "json").out)
    assert listed["version"] == 1
    assert listed["files"][2] == {
        "path": "db/users.sql", "format": "sql", "accounts": 1, "grants": 1, "roles": 0, "settings": 0, "removals": 1,
        "unresolved": 0, "faults": 0,
    }  # fmt: skip
    assert {"path": "notes.txt", "why": "no format has files of this name"} in listed["passed_over"]


def test_a_folder_without_files_is_listed_as_nothing(here: Path, grantlint: Run) -> None:
    ran = grantlint("files", str(here))
    assert ran == (0, "0 files taken, 0 passed over: 0 accounts, 0 grants, 0 unresolved\n", "")


def test_a_named_format_reads_every_file_as_that_format(here: Path, grantlint: Run) -> None:
    write(here, users_dot_txt=SQL)
    assert "users.txt  other  3 unresolved" in grantlint("files", "users.txt").out
    assert "sql  1 account, 1 grant, 1 removal" in grantlint("files", "--input-format", "sql", "users.txt").out
    checked = grantlint("check", "--select", "plain-text-password", "--input-format", "sql", "users.txt")
    assert (checked.status, "plain-text-password" in checked.out) == (1, True)


@pytest.mark.parametrize("command", ["files", "check"])
def test_a_format_that_does_not_exist_is_misuse(command: str, here: Path, grantlint: Run) -> None:
    ran = grantlint(command, "--input-format", "xml", str(here))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("grantlint: no format is named 'xml'; known: ansible, ")


def test_standard_input_goes_by_its_name(process: Run) -> None:
    ran = process("files", "-", "--stdin-filename", "a.sql", stdin=SQL.encode())
    assert ran.out.startswith("a.sql  sql  1 account")
    assert process("files", "--stdin-filename", "a.sql").status == 2


@pytest.mark.usefixtures("tree")
def test_what_the_configuration_excludes_is_told(here: Path, grantlint: Run) -> None:
    (here / "grantlint.toml").write_text('exclude = ["db/*"]\n', encoding="utf-8")
    assert "db/users.sql    -        excluded by the configuration" in grantlint("files").out


def test_help_tells_the_options(grantlint: Run) -> None:
    ran = grantlint("files", "--help")
    assert ran.status == 0
    assert "--input-format NAME" in ran.out
