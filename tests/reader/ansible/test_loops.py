"""Loops over literal lists are unrolled; any other loop has one turn, unresolved and counted."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Unresolved

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("loop", "host"),
    [
        ("loop: [a, b]", "{{ item }}"),
        ("with_items: [a, b]", "{{ item }}"),
        ("with_items: [[a], [b]]", "{{ item }}"),
        ("with_items: ['{{ both }}']", "{{ item }}"),
        ("with_items: both", "{{ item }}"),
        ("with_nested: [one, both]", "{{ item.1 }}"),
        ("with_items: [a, b]", "{{ item | default('x') }}"),
        ("with_items: '{{ both }}'", "{{ item }}"),
        ("with_list: [a, b]", "{{ item }}"),
        ("with_flattened: [[a], b]", "{{ item }}"),
        ("loop: '{{ both }}'", "{{ item }}"),
        ("loop: '{{ both | default([]) }}'", "{{ item }}"),
        ("loop: [{h: a}, {h: b}]", "{{ item.h }}"),
        ("loop: [{h: a}, {h: b}]", "{{ item['h'] }}"),
        ("loop: [[x, a], [x, b]]", "{{ item.1 }}"),
        ("loop: [[x, a], [x, b]]", "{{ item[1] }}"),
        ("with_nested: [[x], [a, b]]", "{{ item.1 }}"),
        ("with_cartesian: [[x], '{{ both }}']", "{{ item.1 }}"),
        ("with_nested: [[x], '{{ both }}']", "{{ item[1] }}"),
        ("with_together: [[x, y], [a, b]]", "{{ item.1 }}"),
        ("with_dict: {x: {h: a}, y: {h: b}}", "{{ item.value.h }}"),
        ("with_dict: {a: 1, b: 2}", "{{ item.key }}"),
        ("with_dict: '{{ of_hosts }}'", "{{ item.key }}"),
        ("loop: '{{ of_hosts | dict2items }}'", "{{ item.key }}"),
        ("with_subelements: [[{n: x, hosts: [a, b]}], hosts]", "{{ item.1 }}"),
        ("with_subelements: ['{{ nested }}', hosts]", "{{ item.1 }}"),
        ("loop: \"{{ nested | subelements('hosts') }}\"", "{{ item.1 }}"),
        ("loop: '{{ one | product(both) | list }}'", "{{ item.1 }}"),
        ("loop: [a, b]\n      loop_control: {loop_var: h}", "{{ h }}"),
    ],
)
def test_a_literal_loop_is_unrolled(accounts: Shown, loop: str, host: str) -> None:
    text = f"""
- hosts: db
  vars:
    both: [a, b]
    one: [x]
    of_hosts: {{a: , b: }}
    nested: [{{n: x, hosts: [a, b]}}]
  tasks:
    - mysql_user: {{name: app, host: "{host}"}}
      {loop}
"""
    assert accounts(text) == ["app@a", "app@b"]


def test_the_parts_of_an_item_have_the_places_where_they_are_written(reading: Reading) -> None:
    text = """
- mysql_user: {name: "{{ item.name }}", host: "{{ item.host }}", priv: "{{ item.priv }}"}
  loop:
    - {name: app, host: 10.%, priv: 'a.*:ALL/b.*:SELECT'}
"""
    (account,) = reading(text)[0].accounts
    second = account.grants[1]
    pieces = (account.user, account.host, second.target, second.privileges[0])
    assert [piece.source.text[piece.start : piece.end] for piece in pieces] == ["app", "10.%", "b.*", "SELECT"]


@pytest.mark.parametrize(
    "loop",
    [
        "loop: '{{ somewhere }}'",
        "with_items: '{{ groups[\"web\"] }}'",
        "with_items: '{{ somewhere | map(attribute=\"x\") | list }}'",
        "with_inventory_hostnames: [all]",
        "with_sequence: start=1 end=3",
        'loop: \'{{ query("inventory_hostnames", "all") }}\'',
        "loop: {a: b}",
        "loop: 5",
        "with_nested: ['{{ somewhere }}', [a]]",
        "with_subelements: x",
        "with_dict: [a]",
        "with_items: somewhere",
        "with_items: groups['web']",
        "with_items: groups.web",
        "with_items: root_hosts.stdout_lines",
        "with_items: found.results",
        "with_nested: [root_hosts.stdout_lines, [a]]",
        "with_nested: [somewhere, [a]]",
    ],
)
def test_any_other_loop_is_one_unresolved_account_and_counted(reading: Reading, loop: str) -> None:
    (found,) = reading(f"- mysql_user: {{name: app, host: '{{{{ item }}}}'}}\n  {loop}\n")
    (account,) = found.accounts
    assert isinstance(account.user, Located)
    assert isinstance(account.host, Unresolved)
    assert [item.what for item in found.not_checked] == ["accounts of a loop"]


def test_a_bare_text_that_may_be_a_host_is_one(accounts: Shown) -> None:
    text = "- mysql_user: {name: app, host: '{{ item }}'}\n  with_items: [db1.example.com, results.example.com]\n"
    assert accounts(text) == ["app@db1.example.com", "app@results.example.com"]


def test_an_empty_loop_declares_nothing(reading: Reading) -> None:
    assert reading("- mysql_user: {name: app, host: '{{ item }}'}\n  loop: []\n") == []


def test_an_unresolved_item_among_literal_ones_stays_one(accounts: Shown) -> None:
    text = """
        - mysql_user: {name: root, host: "{{ item }}"}
          with_items: ["{{ ansible_fqdn }}", 127.0.0.1, "::1"]
    """
    assert accounts(text) == ["root@?", "root@127.0.0.1", "root@::1"]


def test_the_same_lines_in_several_turns_are_one_account(accounts: Shown) -> None:
    text = """
        - mysql_user: {name: app, host: "{{ item.0 }}", priv: 'a.*:ALL'}
          with_nested: [[a, b], [1, 2]]
    """
    assert accounts(text) == ["app@a: ALL ON a.*", "app@b: ALL ON a.*"]


def test_turns_that_append_add_up_and_turns_that_replace_do_not(accounts: Shown) -> None:
    task = """
        - mysql_user: {{name: app, host: '%', priv: '{{{{ item }}}}.*:ALL'{append}}}
          loop: [a, b]
    """
    assert accounts(task.format(append=", append_privs: yes")) == ["app@%: ALL ON a.*; ALL ON b.*"]
    assert accounts(task.format(append="")) == ["app@%: ALL ON b.*"]


def test_a_product_of_long_lists_is_not_unrolled(reading: Reading) -> None:
    numbers = ", ".join(str(number) for number in range(300))
    text = f"- mysql_user: {{name: app, host: '{{{{ item.0 }}}}'}}\n  with_nested: [[{numbers}], [{numbers}]]\n"
    (found,) = reading(text)
    assert len(found.accounts) == 1
    assert found.not_checked


USERS = "{name: '{{ item.name }}', host: '{{ item.host }}', priv: 'app.*:ALL'}"
EMPTY_BY_DEFAULT = [
    "with_subelements: ['{{ users | default([]) }}', hosts]",
    "with_subelements: ['{{ users }}', hosts]",
    "loop: \"{{ users | subelements('hosts') }}\"",
    "with_nested: ['{{ users }}', [a]]",
    "with_nested: [[a], '{{ users | default([]) }}']",
    "with_cartesian: [[a], users]",
    "loop: '{{ one | product(users) | list }}'",
    "with_together: [[a], '{{ users }}']",
    "with_items: ['{{ users }}']",
    "with_items: ['{{ users | default([]) }}', '{{ nobody }}']",
    "with_flattened: ['{{ users }}']",
    "with_dict: '{{ nobody }}'",
    "with_dict: '{{ nothing | default({}) }}'",
    "with_list: '{{ users }}'",
]


@pytest.mark.parametrize("loop", EMPTY_BY_DEFAULT)
def test_a_list_that_is_empty_by_default_is_for_others_to_fill(reading: Reading, loop: str) -> None:
    variables = "users: []\n    nobody: {}\n    one: [x]"
    text = f"- hosts: db\n  vars:\n    {variables}\n  tasks:\n  - mysql_user: {USERS}\n    {loop}\n"
    found = reading(text)
    assert {item.why for one in found for item in one.not_checked} == {
        "a list that is empty by default, for others to fill"
    }
    assert not any(isinstance(account.user, Located) for one in found for account in one.accounts)


def test_of_several_lists_the_one_that_has_items_is_unrolled(reading: Reading, accounts: Shown) -> None:
    text = """
        - mysql_user: {name: app, host: "{{ item | default('localhost') }}"}
          with_items: [a, "{{ more | default([]) }}"]
    """
    assert accounts(text) == ["app@a", "app@?"]
    assert len(reading(text)[0].not_checked) == 1


def test_the_lists_of_elements_are_empty_where_the_file_says_so(accounts: Shown, reading: Reading) -> None:
    task = "- mysql_user: {name: '{{ item.0.name }}', host: '{{ item.1 }}'}\n  with_subelements: [%s, hosts]\n"
    assert reading(task % "[{name: a, hosts: []}]") == []
    assert accounts(task % "[{name: a, hosts: '{{ more | default([]) }}'}, {name: b, hosts: [x]}]") == ["?@?", "b@x"]
    assert accounts(task % "['{{ somebody }}']") == ["?@?"]


@pytest.mark.parametrize("loop", ["with_nested: [[], [a]]", "with_dict: {}", "with_together: []", "with_items: [[]]"])
def test_what_is_written_empty_into_a_loop_declares_nothing(reading: Reading, loop: str) -> None:
    assert reading(f"- mysql_user: {USERS}\n  {loop}\n") == []
