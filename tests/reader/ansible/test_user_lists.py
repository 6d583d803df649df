"""Lists of users that roles take, wherever variables stand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Unresolved

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

ITEM = "{name: app, host: 10.%, password: x, priv: 'app.*:ALL'}"
APP = ["app@10.%: ALL ON app.*"]


@pytest.mark.parametrize(
    "text",
    [
        f"mysql_users: [{ITEM}]",
        f"mariadb_users: [{ITEM}]",
        f"mysql_users_extra: [{ITEM}]",
        f"mysql_grants_users: [{ITEM}]",
        f"mariadb_users_list: [{ITEM}]",
        f"mariadb__dependent_users: [{ITEM}]",
        f"icinga_db__mariadb__dependent_users: [{ITEM}]",
        f"mariadb_server__users: [{ITEM}]",
        "mysql_users: {app: {host: 10.%, priv: 'app.*:ALL'}}",
        "mysql_users: [{user: app, host: 10.%, privileges: 'app.*:ALL'}]",
        "mysql_users: [{name: app, hosts: [10.%], priv: ['app.*:ALL']}]",
        "mysql_users: [{name: app, host: [10.%], priv: {'app.*': ALL}}]",
        f"mysql_replication_user: {ITEM}",
        f"mariadb_replication_user: [{ITEM}]",
        f"- hosts: db\n  vars: {{mysql_users: [{ITEM}]}}\n",
        f"- hosts: db\n  roles: [{{role: mysql, mysql_users: [{ITEM}]}}]\n",
        f"- hosts: db\n  roles: [{{role: mysql, vars: {{mysql_users: [{ITEM}]}}}}]\n",
        f"- include_role: {{name: mysql}}\n  vars: {{mysql_users: [{ITEM}]}}\n",
        f"- set_fact: {{mysql_users: [{ITEM}]}}\n",
        f"- block: []\n  vars: {{mysql_users: [{ITEM}]}}\n",
        f"all: {{hosts: {{db: {{mysql_users: [{ITEM}]}}}}}}",
        f"provisioner: {{inventory: {{group_vars: {{all: {{mysql_users: [{ITEM}]}}}}}}}}",
        f"base: [{ITEM}]\nmysql_users: '{{{{ base }}}}'",
        f"app: {ITEM}\nmysql_users: ['{{{{ app }}}}']",
        "u: app\nmysql_users: [{name: '{{ u }}', host: \"{{ h | default('10.%') }}\", priv: '{{ u }}.*:ALL'}]",
    ],
)
def test_a_list_is_read_wherever_it_stands(accounts: Shown, text: str) -> None:
    assert accounts(text) == APP


@pytest.mark.parametrize(
    "text",
    [
        "proxysql_mysql_users: [{name: app, password: x}]",
        "postgresql_users: [{name: app, password: x}]",
        "mysql_users: [app, bob]",
        "mysql_users: [{name: app}]",
        "mysql_users: [{name: deploy, shell: /bin/sh, state: present}]",
        "mysql_users: []",
        "mysql_users:",
        "mysql_users: 5",
        "mysql_user: {name: app, host: x}",
        "mysql_users_default_host: localhost",
    ],
)
def test_what_is_no_list_of_accounts_is_not_read(accounts: Shown, text: str) -> None:
    assert accounts(text) == []


def test_an_absent_host_is_what_the_role_makes_of_it(reading: Reading, accounts: Shown) -> None:
    assert accounts("mysql_users: [{name: a, password: x}]") == ["a@(localhost)"]
    assert accounts("mysql_replication_user: {name: a, password: x}") == ["a@(%)"]
    (found,) = reading("mariadb__users: [{name: a, password: x}]")
    assert isinstance(found.accounts[0].host, Unresolved)


def test_every_host_of_an_item_is_an_account(accounts: Shown) -> None:
    text = "mysql_users: [{name: a, hosts: [x, '{{ y }}', z], password: p}]"
    assert accounts(text) == ["a@x", "a@?", "a@z"]


def test_removed_items_are_counted(reading: Reading) -> None:
    (found,) = reading("mysql_users: [{name: a, state: absent}, {name: b, host: x, state: present}]")
    assert (len(found.accounts), found.removals) == (1, 1)


def test_a_role_that_writes_privileges_its_own_way_is_unresolved_not_at_fault(reading: Reading) -> None:
    (found,) = reading("mysql_users: [{name: a, db: shop, priv: ALL}]")
    assert found.faults == []
    (grant,) = found.accounts[0].grants
    assert isinstance(grant.target, Unresolved)


def test_a_list_that_only_jinja_can_make_is_counted(reading: Reading) -> None:
    (found,) = reading("mysql_users: '{{ a + b }}'\nmariadb_users: ['{{ somebody }}']")
    assert [item.what for item in found.not_checked] == ["accounts of a list"]
    assert isinstance(found.accounts[0].user, Unresolved)


def test_lists_of_different_hosts_are_different_servers(reading: Reading) -> None:
    text = "all: {hosts: {one: {mysql_users: [{name: a, host: x}]}, two: {mysql_users: [{name: a, host: x}]}}}"
    assert [len(found.accounts) for found in reading(text)] == [1, 1]


def test_a_task_over_a_list_of_its_own_file_knows_what_items_leave_out(accounts: Shown) -> None:
    text = """
        - hosts: db
          vars:
            mysql_users: [{name: a, password: x}, {name: b, password: y}]
          tasks:
            - mysql_user: {name: "{{ item.name }}", host: '%', password: "{{ item.password }}"}
              loop: "{{ mysql_users }}"
    """
    assert accounts(text) == ["a@%", "b@%"]


def test_a_list_of_another_file_is_read_only_where_it_stands(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "tasks/main.yml": """
            - mysql_user: {name: "{{ item.name }}", host: "{{ item.host }}"}
              with_items: "{{ mysql_users }}"
            - mysql_user: {name: "{{ item.name }}", host: "{{ item.host }}"}
              with_items: "{{ app_accounts }}"
        """,
        "defaults/main.yml": "mysql_users: [{name: a, host: x}]\napp_accounts: [{name: b, host: y}]\n",
        ".git/config": "",
    }
    assert accounts("tasks/main.yml", tree=tree, at=tmp_path) == ["b@y"]
    assert accounts("defaults/main.yml", tree=tree, at=tmp_path) == ["a@x"]


def test_a_list_that_is_empty_by_default_is_for_others_to_fill_and_counted(reading: Reading, tmp_path: Path) -> None:
    tree = {
        "tasks/main.yml": "- mysql_user: {name: '{{ item.name }}'}\n  loop: '{{ mysql_users }}'\n",
        "defaults/main.yml": "mysql_users: []\n",
        ".git/config": "",
    }
    (found,) = reading("tasks/main.yml", tree=tree, at=tmp_path)
    assert not any(isinstance(account.user, Located) for account in found.accounts)
    assert "empty by default" in found.not_checked[0].why


def test_the_tasks_of_a_role_say_what_an_absent_host_is(accounts: Shown, tmp_path: Path) -> None:
    task = (
        "- mysql_user: {name: '{{ item.name }}', host: \"{{ item.host | default('%') }}\"}\n  loop: '{{ mysql_users }}'"
    )
    tree = {
        "roles/db/tasks/users.yml": task,
        "roles/db/defaults/main.yml": "mysql_users: [{name: a, password: x}]\n",
        "roles/other/defaults/main.yml": "mysql_users: [{name: a, password: x}]\n",
        ".git/config": "",
    }
    assert accounts("roles/db/defaults/main.yml", tree=tree, at=tmp_path) == ["a@%"]
    assert accounts("roles/other/defaults/main.yml", tree=tree, at=tmp_path) == ["a@(localhost)"]
    tree["roles/db/tasks/more.yml"] = task.replace("%", "localhost")
    assert accounts("roles/db/defaults/main.yml", tree=tree, at=tmp_path) == ["a@?"]


ROLE_TASK = """
- mysql_user:
    name: "{{{{ {item}.name }}}}"
    password: "{{{{ {item}.password }}}}"
    priv: {priv}
  {loop}
"""
USERS = "mysql_users: [{name: a, password: x, db: shop}, {name: b, password: y, priv: 'mail.*:ALL'}]\n"


@pytest.mark.parametrize(
    "place", ["roles/db/defaults/main.yml", "group_vars/all.yml", "inventories/x/host_vars/y/z.yml"]
)
@pytest.mark.parametrize(
    ("priv", "loop", "granted"),
    [
        ('"{{ item.db }}.*:ALL"', "with_items: mysql_users", (": ALL ON shop.*", ": ALL ON ?")),
        ('"{{ item.db }}.*:ALL"', "loop: '{{ mysql_users | default([]) }}'", (": ALL ON shop.*", ": ALL ON ?")),
        ('"*.*:SELECT"', "with_items: '{{ mysql_users }}'", (": SELECT ON *.*", ": SELECT ON *.*")),
        (
            "\"{{ item.priv | default('*.*:ALL') }}\"",
            "loop: '{{ mysql_users }}'",
            (": ALL ON *.*", ": ALL ON mail.*"),
        ),
        ('"{{ item.priv | default(omit) }}"', "loop: '{{ mysql_users }}'", ("", ": ALL ON mail.*")),
        ('"{{ item.databases | join }}"', "loop: '{{ mysql_users }}'", (": ? ON ?", ": ? ON ?")),
        ('"{{ item.db }}.*:ALL"', "with_items: '{{ mysql_users | sort }}'", (": ? ON ?", ": ALL ON mail.*")),
        ('"{{ item.db }}.*:ALL"', "with_items: '{{ other_mysql_users }}'", ("", ": ALL ON mail.*")),
    ],
)
def test_what_tasks_grant_to_items_is_seen(
    accounts: Shown, reading: Reading, tmp_path: Path, place: str, priv: str, loop: str, granted: tuple[str, str]
) -> None:
    tree = {
        "roles/db/tasks/main.yml": ROLE_TASK.format(item="item", priv=priv, loop=loop),
        place: USERS,
        ".git/config": "",
    }
    seen = [f"{user}@(localhost){grants}" for user, grants in zip("ab", granted, strict=True)]
    assert accounts(place, tree=tree, at=tmp_path) == seen
    found = reading("roles/db/tasks/main.yml", tree=tree, at=tmp_path)
    assert not any(item.what == "grants of a loop" for one in found for item in one.not_checked)


@pytest.mark.parametrize(
    ("item", "loop"),
    [
        ("u", "loop: '{{ mysql_users }}'\n  loop_control: {loop_var: u}"),
        ("item.0", "with_nested: ['{{ mysql_users }}', [x]]"),
        ("item.value", "with_dict: '{{ mysql_users }}'"),
    ],
)
def test_a_list_is_gone_over_as_the_task_does(accounts: Shown, tmp_path: Path, item: str, loop: str) -> None:
    listed = USERS if item != "item.value" else "mysql_users: {one: {name: a, db: shop}, two: {name: b, db: mail}}"
    tree = {
        "roles/db/tasks/main.yml": ROLE_TASK.format(item=item, priv=f'"{{{{ {item}.db }}}}.*:ALL"', loop=loop),
        "group_vars/all/users.yml": listed,
        ".git/config": "",
    }
    assert accounts("group_vars/all/users.yml", tree=tree, at=tmp_path)[0] == "a@(localhost): ALL ON shop.*"


CALL = """
- mysql_user:
    name: "{{ item.login }}"
    host: "{{ item.from | default(client_net) }}"
    priv: "{{ item.db }}.*:ALL"
  loop: "{{ mysql_users }}"
"""
LISTED = "mysql_users: [{login: a, db: shop, password: x}, {login: b, from: 10.%, db: shop, password: x}]"


@pytest.mark.parametrize(
    ("task", "at"),
    [
        ("roles/db/tasks/main.yml", "group_vars/all.yml"),
        ("roles/db/tasks/users/add.yml", "inventories/prod/group_vars/db/users.yml"),
        ("ansible/roles/db/tasks/main.yml", "ansible/host_vars/db1.yml"),
        ("playbooks/users.yml", "group_vars/all.yml"),
        ("site.yml", "group_vars/all.yml"),
        ("tasks/main.yml", "molecule/default/group_vars/all.yml"),
        ("tasks/main.yml", "molecule/default/converge.yml"),
    ],
)
def test_the_task_says_where_the_accounts_of_a_project_s_list_are(
    accounts: Shown, tmp_path: Path, task: str, at: str
) -> None:
    in_a_play = task.endswith(("users.yml", "site.yml"))
    defaults = os.path.normpath(os.path.join(os.path.dirname(task), *[".."] * task.count("users/"), "../defaults"))
    tree = {
        task: "- hosts: db\n  vars: {client_net: 10.9.%}\n  tasks:" + CALL.replace("\n", "\n  ") if in_a_play else CALL,
        f"{defaults}/main.yml" if not in_a_play else "x.yml": "client_net: 10.9.%\n",
        at: f"- hosts: db\n  vars:\n    {LISTED}\n" if at.endswith("converge.yml") else LISTED,
        ".git/config": "",
    }
    first, second = accounts(at, tree=tree, at=tmp_path)
    assert first == f"a@{'?' if in_a_play else '10.9.%'}: ALL ON shop.*"  # variables of a play are not looked up
    assert second == "b@10.%: ALL ON shop.*"


def test_a_role_that_is_not_read_leaves_open_what_the_items_leave_out(accounts: Shown, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    project = tmp_path / "project"
    (project / "roles").mkdir(parents=True)
    (project / "roles" / "db").symlink_to(tmp_path / "outside")
    tree = {"group_vars/all.yml": "mysql_users: [{name: a, password: x}]", ".git/config": ""}
    assert accounts("group_vars/all.yml", tree=tree, at=project) == ["a@?: ? ON ?"]


def test_tasks_that_grant_in_two_ways_leave_it_open(accounts: Shown, tmp_path: Path) -> None:
    loop = "loop: '{{ mysql_users }}'"
    first, second = (
        ROLE_TASK.format(item="item", priv=f"'{{{{ item.db }}}}.*:{what}'", loop=loop) for what in ("ALL", "SELECT")
    )
    tree = {
        "roles/db/tasks/main.yml": first,
        "roles/db/tasks/more.yml": f"- block: [{{debug: }}]\n  rescue:{second.replace(chr(10), chr(10) + '    ')}",
        "roles/db/defaults/main.yml": USERS,
        ".git/config": "",
    }
    assert accounts("roles/db/defaults/main.yml", tree=tree, at=tmp_path)[0] == "a@(localhost): ? ON ?"


@pytest.mark.parametrize(
    ("priv", "lost"),
    [
        ('"{{ item.db }}.*:ALL"', 1),
        ('"*.*:ALL"', 1),
        ("\"{{ item.priv | default('*.*:ALL') }}\"", 1),
        ("{'*.*': ALL}", 1),
        ("\"{{ item.priv | default('*.*:USAGE') }}\"", 0),
        ('"{{ item.privileges }}"', 0),
    ],
)
def test_a_task_over_a_list_from_elsewhere_says_that_its_grants_are_not_seen(
    reading: Reading, tmp_path: Path, priv: str, lost: int
) -> None:
    tree = {
        "ansible/roles/db/tasks/main.yml": ROLE_TASK.format(item="item", priv=priv, loop="loop: '{{ mysql_users }}'"),
        "inventories/x/group_vars/all.yml": USERS,
        ".git/config": "",
    }
    found = reading("ansible/roles/db/tasks/main.yml", tree=tree, at=tmp_path)
    assert [item.what for one in found for item in one.not_checked] == ["grants of a loop"] * lost


def test_of_a_user_that_is_written_twice_the_last_counts(reading: Reading, accounts: Shown) -> None:
    text = "mysql_users:\n  app: {host: 10.1.%, priv: 'a.*:ALL'}\n  app: {host: 10.2.%, priv: 'b.*:ALL'}\n"
    assert accounts(text) == ["app@10.2.%: ALL ON b.*"]
    assert [fault.rule for part in reading(text) for fault in part.faults] == ["duplicate-key"]


def test_what_describes_the_items_of_a_list_is_none(accounts: Shown) -> None:
    """meta/argument_specs.yml says of each argument of a role what it is."""
    text = """
        argument_specs:
          main:
            options:
              mysql_users:
                type: list
                elements: dict
                options:
                  name: {description: who logs in, type: str}
                  password: {description: what they type, type: str}
    """
    assert accounts(text) == []
