"""Passwords in items of a loop, which Ansible prints unless it is told not to."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named

LOOPED = """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: "{{ item.name }}"
        password: "{{ item.password }}"
      loop: "{{ users }}"
"""
IN_A_BLOCK = """\
- no_log: true
  block:
    - mysql_user: {name: "{{ u.name }}", password: "{{ u.password | quote }}"}
      with_items: "{{ users }}"
      loop_control: {loop_var: u}
"""
WRITTEN = """\
- mysql_user: {name: "{{ item.name }}", password: "{{ item.password }}"}
  with_items:
    - {name: sonar, password: sonar}
"""
"""Everybody who reads the file knows the password: what a run prints is no news."""


def lines_told(text: str) -> list[int]:
    source = Source("site.yml", text)
    faults = [fault for part in format_named("ansible").read(source) for fault in part.faults]
    return [source.position(fault.span.start)[0] for fault in faults if fault.rule == "password-printed"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (LOOPED, [5]),
        (LOOPED + "      no_log: true\n", []),
        (LOOPED + "      no_log: '{{ hide }}'\n", []),
        (LOOPED + "      no_log: false\n", [5]),
        (LOOPED + "      loop_control: {label: '{{ item.name }}'}\n", []),
        (LOOPED + "      loop_control: {index_var: i}\n", [5]),
        (LOOPED.replace("- hosts: db", "- hosts: db\n  no_log: yes"), []),
        (LOOPED.replace("{{ item.password }}", "{{ vault_password }}"), []),
        (LOOPED.replace("{{ item.password }}", "{{ passwords[item.name] }}"), []),
        (LOOPED.replace("      loop:", "      loop_is_not:"), []),
        (IN_A_BLOCK, []),
        (IN_A_BLOCK.replace("no_log: true", "name: accounts"), [3]),
        ("- mysql_user: name={{ item.name }} password={{ item.password }}\n  with_items: '{{ users }}'\n", [1]),
        (WRITTEN, []),
        (WRITTEN.replace("password: sonar", "password: '{{ secret }}'"), [1]),
        (WRITTEN.replace("  with_items:", "  with_items:\n    - '{{ another }}'"), [1]),
    ],
)
def test_a_password_of_an_item_is_told_where_nothing_keeps_it_out(text: str, lines: list[int]) -> None:
    assert lines_told(text) == lines
