"""`when` that looks at the item of a loop: decided where a look at the item is enough, else the account is open."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Unresolved

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

TASK = """
- mysql_user: {{name: "{{{{ item.user }}}}", host: x, priv: "{{{{ item.db }}}}.*:ALL"}}
  loop:
    - {{user: a, db: shop, type: mysql, nested: {{kind: 'yes'}}, size: 5, flag: yes, far: "{{{{ where }}}}", none: }}
    - {{user: b, db: mail, type: h2}}
  when: {when}
"""
BOTH, FIRST, SECOND = ["a@x: ALL ON shop.*", "b@x: ALL ON mail.*"], ["a@x: ALL ON shop.*"], ["b@x: ALL ON mail.*"]


@pytest.mark.parametrize(
    ("when", "declared"),
    [
        ("item.type == 'mysql'", FIRST),
        ('item.type == "mysql"', FIRST),
        ("item.type=='mysql'", FIRST),
        ("item['type'] == 'mysql'", FIRST),
        ("(item.type == 'mysql')", FIRST),
        ("item.type != 'mysql'", SECOND),
        ("item.type is defined and item.type == 'mysql'", FIRST),
        ("(item.type is defined) and (item.type != 'mysql')", SECOND),
        ("((item.type is defined and item.user != 'b') and item.type == 'mysql')", FIRST),
        ("[item.type is defined, item.type == 'h2']", SECOND),
        ("item.nested is defined", FIRST),
        ("item.nested is not defined", SECOND),
        ("item.nested is undefined", SECOND),
        ("item.none is defined", FIRST),
        ("item.nested.kind is defined and item.nested.kind == 'yes'", FIRST),
        ("item.type | default('mysql') == 'h2'", SECOND),
        ("item.state | default('present') == 'present'", BOTH),
        ("item is defined", BOTH),
        ("item.nested is defined and item.size == 'x'", []),
        ("item.type == 'h2' and item.size | int > 3", SECOND[:0]),
        ("make_users", BOTH),
        ("make_users and item.type == 'h2'", SECOND),
        ("make_users or item_is == 'x'", BOTH),
        ("kind == 'item'", BOTH),
        ("yes", BOTH),
        ("item.type == 'mysql' and inventory_hostname == item.user", FIRST),
        ("item.user == inventory_hostname", BOTH),
        ("inventory_hostname in groups[item.type]", BOTH),
    ],
)
def test_what_a_look_at_the_item_tells_is_decided(accounts: Shown, when: str, declared: list[str]) -> None:
    named = [one for one in accounts(TASK.format(when=when if when[0] == "[" else f">-\n    {when}")) if one[0] != "?"]
    assert named == declared


@pytest.mark.parametrize(
    "when",
    [
        "item.size > 3",
        "item.type in ['mysql', 'h2']",
        "item.type == 'mysql' or make_all",
        "not item.type == 'mysql'",
        "item.size == '5' and item.user == 'a'",
        "item.flag == 'yes' and item.user == 'a'",
        "item.far == 'b' and item.user == 'a'",
        "item.far is defined and item.user == 'a'",
        "item.user == 'a' and item.state == 'present'",
        "item.user == 'a' and item.flag",
        "item.user == 'a' and item.flag | bool",
        "item.user == 'a' and item.type | bool == 'mysql'",
        "item.user == 'a' and other == item.type",
        "item.user == 'a' and (item.size > 3 and make_all)",
        "inventory_hostname in groups[item.type] or item.size > 3",
        "not inventory_hostname == item.user",
        "item.user == 'a' and lookup('env', '{{ item.user }}')",
    ],
)
def test_what_only_a_run_can_tell_leaves_the_account_open(reading: Reading, when: str) -> None:
    (found,) = reading(TASK.format(when=f">-\n    {when}"))
    assert found.accounts
    for account in found.accounts:
        assert isinstance(account.user, Unresolved)
        assert isinstance(account.host, Unresolved)
        assert "when" in account.user.reason
        assert not any(isinstance(grant.target, Located) for grant in account.grants)
        assert account.authentication is None


def test_an_item_that_when_rules_out_has_no_faults(reading: Reading) -> None:
    task = """
        - mysql_user: {{name: "{{{{ item.user }}}}", priv: "{{{{ item.priv }}}}"}}
          loop: [{{user: a, priv: 'a.*:ALL', type: mysql}}, {{user: b, priv: ALL, type: h2}}]
          when: {when}
    """
    assert [found.faults for found in reading(task.format(when="item.type == 'mysql'"))] == [[]]
    assert [found.faults for found in reading(task.format(when="item.type | length > 2"))] == [[]]
    assert [len(found.faults) for found in reading(task.format(when="item.type is defined"))] == [1]


def test_the_variable_of_a_loop_may_have_another_name(accounts: Shown) -> None:
    text = """
        - mysql_user: {name: app, host: "{{ place.host }}"}
          loop: [{host: a, old: no}, {host: b}]
          loop_control: {loop_var: place, index_var: number}
          when: %s
    """
    assert accounts(text % "place.old is not defined") == ["app@b"]
    assert accounts(text % "item.old is not defined") == ["app@a", "app@b"]
    assert accounts(text % "number > 0") == ["?@?", "?@?"]


def test_a_removal_that_a_run_decides_is_counted_and_takes_nothing_away(reading: Reading) -> None:
    text = """
        - mysql_user: {name: app, host: a}
        - mysql_user: {name: app, host: "{{ item }}", state: absent}
          loop: [a, b]
          when: item %s
    """
    (found,) = reading(text % "!= gone")
    assert (len(found.accounts), found.removals) == (1, 2)
    (found,) = reading(text % "!= 'a'")
    assert (len(found.accounts), found.removals) == (1, 1)


def test_roles_and_settings_that_a_run_decides_are_open(reading: Reading) -> None:
    text = """
        - mysql_role: {name: "{{ item }}"}
          loop: [reader]
          when: item in wanted
        - mysql_variables: {variable: local_infile, value: "{{ item }}"}
          loop: ["on"]
          when: item in wanted
    """
    (found,) = reading(text)
    assert isinstance(found.roles[0].name, Unresolved)
    assert found.server is not None
    assert isinstance(found.server.settings["local_infile"], Unresolved)


def test_items_of_a_loop_that_nobody_knows_are_open_too(reading: Reading) -> None:
    text = (
        "- mysql_user: {name: root, host: '{{ item.host }}'}\n  loop: '{{ somewhere }}'\n  when: item.host is defined\n"
    )
    (found,) = reading(text)
    assert [(type(one.user), type(one.host)) for one in found.accounts] == [(Unresolved, Unresolved)]
    assert len(found.not_checked) == 1


def test_what_a_block_with_a_condition_takes_away_stays(accounts: Shown) -> None:
    text = """
        - when: monitoring
          block:
            - mysql_user: {name: watch, host: 10.0.0.1, priv: '*.*:PROCESS'}
            - mysql_user: {name: once, host: 10.0.0.1, priv: '*.*:PROCESS'}
            - mysql_user: {name: once, host: 10.0.0.1, state: absent}
        - when: not monitoring
          block:
            - mysql_user: {name: watch, host: 10.0.0.1, state: absent}
    """
    assert accounts(text) == ["watch@10.0.0.1: PROCESS ON *.*"]


@pytest.mark.parametrize("tags", ["never", "[never, cleanup]", "cleanup,never"])
def test_what_has_to_be_asked_for_takes_nothing_away(accounts: Shown, tags: str) -> None:
    made = "- mysql_user: {name: app, host: x, priv: 'a.*:ALL'}\n"
    gone = "- mysql_user: {name: app, host: x, state: absent}\n  tags: "
    assert accounts(f"{made}{gone}{tags}\n") == ["app@x: ALL ON a.*"]
    assert accounts(f"{made}{gone}[always]\n") == []


def test_a_role_is_not_taken_away_by_a_task_that_may_not_run(reading: Reading) -> None:
    (found,) = reading("- mysql_role: {name: dev}\n- mysql_role: {name: dev, state: absent}\n  when: old")
    assert (len(found.roles), found.removals, found.steps) == (1, 1, [])


@pytest.mark.parametrize("task", ["mysql_query: {query: DROP USER a@x}", "shell: mysql -e 'DROP USER a@x'"])
def test_sql_of_a_task_that_may_not_run_is_under_its_condition(reading: Reading, task: str) -> None:
    (found,) = reading(f"- when: old\n  block:\n    - {task}\n- {task}")
    assert [len(step.under) for step in found.steps] == [1, 0]


@pytest.mark.parametrize(
    ("when", "declared"),
    [
        ("user_name != root_name", ["?@?"]),
        ("root_name != user_name", ["?@?"]),
        ("user_name == other_name", ["?@?"]),
        ("user_name == root_name", ["root@%"]),
        ("user_name != other_name and make_users", ["root@%"]),
        ("user_name != root_name and make_users", ["?@?"]),
        ("user_name != root_name or make_users", ["root@%"]),
        ("user_name != unknown_name", ["root@%"]),
        ("other_name == root_name", ["root@%"]),
        ("size == number", ["root@%"]),
    ],
)
def test_a_user_whom_when_rules_out_is_not_made(accounts: Shown, when: str, declared: list[str]) -> None:
    """Who takes the task for another user sets the variable; under the name that the files have there is nobody."""
    text = f"""
        - hosts: db
          vars: {{user_name: root, root_name: 'root', other_name: app, number: 5, size: '5'}}
          tasks:
            - mysql_user: {{name: "{{{{ user_name }}}}", host: '%'}}
              when: {when}
    """
    assert accounts(text) == declared
