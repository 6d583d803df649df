"""What is surely wrong is a fault with a place; odd shapes are passed over and never an exception."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.model import Declarations
from grantlint.model.location import Located, Source, Unresolved
from grantlint.reader.formats.ansible import tasks
from grantlint.reader.formats.ansible.document import read

Reading = Callable[..., list[Declarations]]


def faults(found: list[Declarations]) -> list[tuple[str, str, str]]:
    return [
        (fault.rule, fault.span.source.text[fault.span.start : fault.span.end], fault.message)
        for declarations in found
        for fault in declarations.faults
    ]


def test_an_unknown_argument_names_its_nearest(reading: Reading) -> None:
    (found,) = reading("- mysql_user: {name: app, pasword: x}")
    (fault,) = found.faults
    assert (fault.rule, fault.message, fault.help) == (
        "schema-error",
        "mysql_user has no argument pasword",
        "Did you mean password?",
    )


def test_a_call_without_name_is_a_fault(reading: Reading) -> None:
    assert faults(reading("- mysql_user: {host: x}")) == [("schema-error", "mysql_user", "mysql_user has no name")]
    assert faults(reading("- mysql_role: {priv: 'a.*:ALL'}")) == [
        ("schema-error", "mysql_role", "mysql_role has no name")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- mysql_user: '{{ arguments }}'",
        "- mysql_user: {host: x}\n  args: '{{ arguments }}'",
        "- mysql_user: host=x {{ more }}",
    ],
)
def test_where_a_template_may_hold_the_name_it_is_not_checked(reading: Reading, text: str) -> None:
    (found,) = reading(text)
    assert found.faults == []
    assert [item.what for item in found.not_checked] == ["account"]


def test_a_key_written_twice_is_a_fault_and_the_last_counts(reading: Reading) -> None:
    found = reading("- mysql_user:\n    name: a\n    host: x\n    name: b\n")
    assert faults(found) == [("duplicate-key", "name", "`name` is written twice; Ansible takes the last")]
    user = found[0].accounts[0].user
    assert isinstance(user, Located)
    assert user.value == "b"
    assert [rule for rule, _, _ in faults(reading("mysql_users: [{name: a, host: x, host: y}]"))] == ["duplicate-key"]
    assert faults(reading("- mysql_user: {name: a}\n  when: x\n  when: y\n")) == []


@pytest.mark.parametrize(
    ("priv", "place"),
    [("ALL", "ALL"), ("a.*:ALL/SELECT", "SELECT"), ("[a.*:ALL, SELECT]", "[a.*:ALL, SELECT]"), ("''", "''")],
)
def test_a_priv_that_the_module_cannot_take_is_a_fault(reading: Reading, priv: str, place: str) -> None:
    ((rule, text, _),) = faults(reading(f"- mysql_user: {{name: app, priv: {priv}}}"))
    assert (rule, text) == ("schema-error", place)


def test_broken_yaml_is_a_fault_and_what_stands_before_it_is_read(reading: Reading) -> None:
    found = reading("- mysql_user: {name: app}\n---\n- mysql_user: {name: app, host: %}\n")
    assert [rule for rule, _, _ in faults(found)] == ["syntax-error"]
    assert len(found[0].accounts) == 1


def test_a_statement_inside_a_block_scalar_is_no_template_of_yaml(reading: Reading) -> None:
    text = "- set_fact:\n    x: >-\n      {% if a %}\n        B\n      {% endif %}\n- mysql_user: {name: app}\n"
    (found,) = reading(text)
    assert (len(found.accounts), found.faults) == (1, [])


@pytest.mark.parametrize(
    "text",
    [
        "- mysql_user:",
        "- mysql_user: []",
        "- mysql_user: [a, b]",
        "- mysql_user: 5",
        "- mysql_user: {name: [a]}",
        "- mysql_user: {name: {a: b}, host: {c: d}, priv: 5, tls_requires: x, resource_limits: y, locked: z}",
        "- mysql_user: {name: a, password: [x], plugin: {y: z}, host: [[b]]}",
        "- mysql_user: {name: a, priv: {[x]: [y], {z: 1}: {w: 2}}}",
        "- mysql_user: {{ x }}",
        "- {? [a] : b, mysql_user: {? [c] : d, name: e}}",
        "- mysql_role: {name: a, members: 5}",
        "- mysql_role: {name: a, members: {b: c}}",
        "- mysql_user: {name: a}\n  loop:\n",
        "- mysql_user: {name: '{{ item }}'}\n  loop: [[], {}, '']\n",
        "- mysql_user: {name: '{{ item.x.y.z }}'}\n  loop: [{x: [1]}, {x: {y: 1}}]\n",
        "- action: 5\n- action: []\n- action: {module: []}\n- action:\n- local_action: ''\n",
        "- block: 5\n- block:\n- hosts: x\n  tasks: 5\n- hosts: [a]\n  roles: 5\n  vars: 5\n  vars_files: 5\n",
        "- 5\n- [a]\n- - - mysql_user: {name: a}\n",
        "mysql_users: {a: [b], c: {d: e}, f: }",
        "mysql_users: [[], 5, {}, {name: }, {name: [x], host: y}]",
        "mysql_users: {name: {host: x}}",
        "- mysql_user: {<<: 5, name: a}\n- mysql_user: {<<: [{name: b}, 5], host: c}\n",
        "- &a {mysql_user: {name: x}, block: [*a]}",
        "&a mysql_users: [*a]",
        "- mysql_user: {name: a, password: !vault [x]}",
        "5",
        "[]",
        "!!binary x",
    ],
)
def test_odd_shapes_raise_nothing(text: str) -> None:
    for found in read(Source("site.yml", text)):
        for account in found.accounts:
            assert isinstance(account.user, (Located, Unresolved))


def test_an_alias_bomb_ends(reading: Reading) -> None:
    text = "- &a\n  mysql_user: {name: app, host: '{{ x }}'}\n"
    for level in "bcdefghij":
        previous = chr(ord(level) - 1)
        text += f"- &{level}\n  block: [*{previous}, *{previous}, *{previous}, *{previous}, *{previous}, *{previous}]\n"
    assert [rule for rule, _, _ in faults(reading(text))] == ["syntax-error"]


def test_a_file_of_too_many_tasks_is_read_so_far_and_reported(
    reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "MAX_VISITS", 3)
    (found,) = reading("".join(f"- mysql_user: {{name: a{number}}}\n" for number in range(5)))
    assert len(found.accounts) == 3
    source = found.accounts[0].span.source
    assert [source.position(start)[0] for start, _ in source.unread] == [4]


def test_merge_keys_that_merge_one_another_end(reading: Reading) -> None:
    text = "x:\n  - &a {name: app}\n"
    for level in "bcdefghijklmnop":
        previous = chr(ord(level) - 1)
        text += f"  - &{level} {{<<: [*{previous}, *{previous}, *{previous}, *{previous}]}}\n"
    assert reading(f"{text}mysql_users: [{{<<: *p, host: x}}]") is not None


_WORDS = st.sampled_from(
    [
        "mysql_user", "mysql_role", "mysql_variables", "mysql_query", "mysql_users", "mariadb__users", "kolla_toolbox",
        "action", "local_action", "args", "module", "module_name", "module_args", "name=app", "x=y", "set_fact",
        "name", "user", "host", "hosts", "host_all", "password", "encrypted", "priv", "state", "absent", "members",
        "tls_requires", "resource_limits", "loop", "with_items", "with_nested", "with_dict", "with_subelements",
        "with_together", "vars", "block", "tasks", "roles", "when", "item", "<<", "%", "{%x%}", "a.*:ALL",
        "*.*:ALL,GRANT", "{{item}}", "{{item.0.x}}", "{{a|default('b')}}",
    ],
)  # fmt: skip
_TREES = st.recursive(
    st.one_of(_WORDS, st.none(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_WORDS, inner, max_size=6)),
    max_leaves=25,
)


def _as_yaml(tree: object) -> str:
    if isinstance(tree, list):
        return f"[{', '.join(_as_yaml(item) for item in tree)}]"
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{_as_yaml(key)}: {_as_yaml(value)}' for key, value in tree.items())}}}"
    if isinstance(tree, str):
        return '"' + "".join(c if c.isalnum() or c in " _.*:/,%{}|()=<-" or c == "'" else "x" for c in tree) + '"'
    return "" if tree is None else str(tree)


@examples(300)
@given(st.lists(st.dictionaries(_WORDS, _TREES, max_size=6), max_size=4) | st.dictionaries(_WORDS, _TREES, max_size=6))
def test_any_tree_is_read_without_an_exception_and_every_place_lies_in_the_text(tree: object) -> None:
    source = Source("site.yml", _as_yaml(tree))
    for found in read(source):
        for account in found.accounts:
            for text in (account.user, account.host):
                assert 0 <= text.start <= text.end <= len(source.text)
            for grant in account.grants:
                for text in (grant.target, *grant.privileges):
                    assert 0 <= text.start <= text.end <= len(source.text)


@examples(300)
@given(st.text(alphabet="- :{}[]mysql_user\n\"'|>&*!%aname=priv.#", max_size=120))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read(Source("site.yml", f"- mysql_user:\n    name: a\n{text}"))
