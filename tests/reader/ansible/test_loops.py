"""Loops over literal lists are unrolled; any other loop has one turn, unresolved and counted."""

from collections.abc import Callable

import pytest

from grantlint.location import Located, Unresolved
from grantlint.model import Declarations

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
        "with_nested: [somewhere, [a]]",
    ],
)
def test_any_other_loop_is_one_unresolved_account_and_counted(reading: Reading, loop: str) -> None:
    (found,) = reading(f"- mysql_user: {{name: app, host: '{{{{ item }}}}'}}\n  {loop}\n")
    (account,) = found.accounts
    assert isinstance(account.user, Located)
    assert isinstance(account.host, Unresolved)
    assert [item.what for item in found.not_checked] == ["accounts of a loop"]


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
    assert accounts(task.format(append="")) == ["app@%: ALL ON a.*", "app@%: ALL ON b.*"]


def test_a_product_of_long_lists_is_not_unrolled(reading: Reading) -> None:
    numbers = ", ".join(str(number) for number in range(300))
    text = f"- mysql_user: {{name: app, host: '{{{{ item.0 }}}}'}}\n  with_nested: [[{numbers}], [{numbers}]]\n"
    (found,) = reading(text)
    assert len(found.accounts) == 1
    assert found.not_checked
