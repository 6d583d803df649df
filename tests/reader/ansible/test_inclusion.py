"""`include_vars`: what a task includes goes before what the files around say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations

Shown = Callable[..., list[str]]
Reading = Callable[..., list[Declarations]]

ACCOUNT = "    - mysql_user: {name: '{{ who }}', host: '{{ where }}'}\n"
BESIDE = {"group_vars/all.yml": "who: app\nwhere: localhost\n"}


def _play(*tasks: str) -> str:
    return "- hosts: db\n  tasks:\n" + "".join(f"    - {task}\n" for task in tasks) + ACCOUNT


@pytest.mark.parametrize(
    ("task", "file"),
    [
        ("include_vars: secrets.env", "secrets.env"),
        ("include_vars: more/users.json", "vars/more/users.json"),
        ("ansible.builtin.include_vars: {file: users}", "users"),
    ],
)
def test_what_a_task_includes_goes_before_what_stands_around(
    accounts: Shown, tmp_path: Path, task: str, file: str
) -> None:
    tree = {"site.yml": _play(task), **BESIDE, file: "where: '%'\n"}
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["app@%"]


@pytest.mark.parametrize(
    "task",
    [
        "{include_vars: open.yml, when: is_open}",
        "include_vars: '{{ env }}.yml'",
        "{include_vars: '{{ item }}', with_first_found: [a.yml]}",
        "{block: [{include_vars: open.yml}], when: is_open}",
        "include_vars: file=open.yml",
    ],
)
def test_what_may_be_included_makes_a_value_unknown(accounts: Shown, tmp_path: Path, task: str) -> None:
    tree = {"site.yml": _play(task), **BESIDE, "vars/open.yml": "where: '%'\n"}
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["app@?"]


def test_what_is_included_into_one_variable_sets_no_other(accounts: Shown, tmp_path: Path) -> None:
    tree = {"site.yml": _play("include_vars: {file: open.yml, name: opened}"), **BESIDE, "open.yml": "where: '%'\n"}
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["app@localhost"]


def test_a_role_finds_what_it_includes_in_its_vars(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "roles/db/tasks/main.yml": "- include_vars: debian.yml\n- mysql_user: {name: app, host: '{{ where }}'}\n",
        "roles/db/defaults/main.yml": "where: localhost\n",
        "roles/db/vars/debian.yml": "where: '%'\n",
    }
    assert accounts("roles/db/tasks/main.yml", tree=tree, at=tmp_path) == ["app@%"]


def test_another_play_has_included_nothing(accounts: Shown, tmp_path: Path) -> None:
    tree = {"site.yml": _play("include_vars: open.yml") + _play(), **BESIDE, "open.yml": "where: '%'\n"}
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["app@%", "app@localhost"]


@pytest.mark.parametrize(
    ("content", "shown", "why"),
    [
        (None, "app@localhost", "gone.yml is not in this tree"),
        ("$ANSIBLE_VAULT;1.1;AES256\n61\n", "app@localhost", "gone.yml is encrypted by ansible-vault"),
        ("- [\n", "?@?", "gone.yml is not valid YAML"),
    ],
)
def test_what_cannot_be_included_is_counted(
    reading: Reading, accounts: Shown, tmp_path: Path, content: str | None, shown: str, why: str
) -> None:
    tree = {"site.yml": _play("include_vars: gone.yml"), **BESIDE}
    tree |= {"gone.yml": content} if content else {}
    assert accounts("site.yml", tree=tree, at=tmp_path) == [shown]
    assert why in {each.why for found in reading("site.yml", tree=tree, at=tmp_path) for each in found.not_checked}
