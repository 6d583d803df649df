"""What of a playbook is run behind a task that a server refuses; `tests/live/test_ansible.py` asks Ansible itself."""

from textwrap import dedent, indent

import pytest

from grantlint.access import parse_target
from grantlint.model.location import Source
from grantlint.reader.formats.ansible.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels
from told import account_told

FIRST = "- mysql_user: {name: first, priv: 'shop.*:PROCESS/stock.*:SELECT'}\n"  # 1221 everywhere
NEXT = "- mysql_user: {name: next}\n"
BROKEN = "{name: first, priv: 'shop.*:PROCESS'}"


def left(text: str, server: str = "mysql-9.7") -> list[str]:
    """Return the accounts with their grants that a playbook leaves on a new server."""
    (panel,), *_ = panels(group(read(Source("site.yml", dedent(text)))), [parse_target(server)])
    (found,) = panel.servers
    return [account_told(account) for account in (found.stopped or found).declared.accounts]


def play(*tasks: str, above: str = "") -> str:
    return f"- hosts: db\n{above}  tasks:\n{indent(''.join(tasks), '    ')}"


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        (play(FIRST, NEXT), ["first@(localhost)"]),
        (play(FIRST.replace("\n", "\n  ignore_errors: true\n"), NEXT), ["first@(localhost)", "next@(localhost)"]),
        (play(FIRST.replace("\n", "\n  failed_when: false\n"), NEXT), ["first@(localhost)", "next@(localhost)"]),
        (play(FIRST.replace("\n", "\n  ignore_errors: '{{ often }}'\n"), NEXT), ["first@(localhost)"]),
        (play(FIRST, NEXT, above="  ignore_errors: yes\n"), ["first@(localhost)", "next@(localhost)"]),
        (
            play(FIRST.replace("\n", "\n  ignore_errors: no\n"), NEXT, above="  ignore_errors: yes\n"),
            ["first@(localhost)"],
        ),
        (play(FIRST) + play(NEXT), ["first@(localhost)"]),  # a host that failed has no part in later plays
    ],
)
def test_a_refused_task_ends_the_playbook_unless_it_is_told_to_go_on(text: str, accounts: list[str]) -> None:
    assert left(text) == accounts


@pytest.mark.parametrize(
    ("more", "accounts"),
    [
        ("", ["first@(localhost)"]),
        ("  rescue:\n    - debug: {msg: it failed}\n", ["first@(localhost)", "next@(localhost)"]),
        ("  always:\n    - mysql_user: {name: always}\n", ["first@(localhost)", "always@(localhost)"]),
        (
            "  rescue:\n    - debug: {msg: it failed}\n  always:\n    - mysql_user: {name: always}\n",
            ["first@(localhost)", "always@(localhost)", "next@(localhost)"],
        ),
        ("  ignore_errors: true\n", ["first@(localhost)", "inside@(localhost)", "next@(localhost)"]),
    ],
)
def test_a_block_ends_alone_where_it_has_a_rescue(more: str, accounts: list[str]) -> None:
    block = f"- block:\n    - mysql_user: {BROKEN}\n    - mysql_user: {{name: inside}}\n{more}"
    assert left(play(block, NEXT)) == accounts


def test_what_always_follows_is_not_run_where_the_play_has_ended_before_its_block() -> None:
    block = "- block:\n    - mysql_user: {name: inside}\n  always:\n    - mysql_user: {name: always}\n"
    assert left(play(FIRST, block)) == ["first@(localhost)"]


def test_the_other_turns_of_a_loop_are_run() -> None:
    task = "- mysql_user: {name: '{{ item }}', priv: '{{ item }}.*:PROCESS'}\n  loop: [one, other]\n"
    assert left(play(task, NEXT)) == ["one@(localhost)", "other@(localhost)"]


def test_a_task_that_some_servers_refuse_ends_the_playbook_there_alone() -> None:
    text = play("- mysql_user: {name: first, priv: '*.*:BACKUP_ADMIN'}\n", NEXT)
    assert "next@(localhost)" in left(text, "mysql-9.7")
    assert "next@(localhost)" not in left(text, "mysql-5.7")


@pytest.mark.parametrize(
    ("tasks", "accounts"),
    [
        ("priv: 'a.*:GRANT'", ["app@(localhost)"]),  # of a new account the module sends `GRANT ON`, which is 1064
        (
            "priv: '*.*:SELECT'}\n- mysql_user: {name: app, priv: '*.*:GRANT'",
            ["app@(localhost): USAGE ON *.* +GRANT", "app@(localhost)"],
        ),
        ("priv: 'a.*:SELECT,REQUIRESSL'", ["app@(localhost)"]),
        ("priv: 'a.*:ALL/b.t:SELECT(c)'", ["app@(localhost)"]),
    ],
)
def test_what_the_module_sends_is_refused(tasks: str, accounts: list[str]) -> None:
    assert left(play(f"- mysql_user: {{name: app, {tasks}}}\n")) == accounts


@pytest.mark.parametrize(
    ("first", "grants"),
    [
        ("a.*:SELECT", ["app@(localhost): SELECT ON a.*"]),  # the new target is granted first, and refused
        (
            "a.*:USAGE",
            ["app@(localhost): USAGE ON a.*; ALL ON a.*"],
        ),  # of which the server has kept nothing, so that it is new
    ],
)
def test_targets_that_the_account_has_come_behind_the_new_ones(first: str, grants: list[str]) -> None:
    text = play(
        f"- mysql_user: {{name: app, priv: '{first}'}}\n", "- mysql_user: {name: app, priv: 'a.*:ALL/b.*:FILE'}\n"
    )
    assert left(text)[:1] == grants
