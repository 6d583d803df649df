"""Conditions that are literals: what never runs declares nothing, and what nobody can tell is read as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.reader.leaf.never import without_never
from grantlint.reader.leaf.truth import holds
from looks import Look

ONE, TWO, THREE = "CREATE USER 'one'@'h';", "CREATE USER 'two'@'h';", "CREATE USER 'three'@'h';"
STATE = "{0}:\n  mysql_user.present:\n    - host: h\n    - password: '{{{{ p }}}}'\n"
BRANCHES = [
    # template, and which of its branches may run
    ("{% if false %}#1{% else %}#2{% endif %}", "2"),
    ("{%- if not true -%}#1{%- elif 1 == 1 -%}#2{%- else -%}#3{%- endif -%}", "2"),
    ("{% if x %}#1{% elif true %}#2{% else %}#3{% endif %}", "12"),
    ("{% if false and x %}#1{% endif %}#2{% if true or x %}#3{% endif %}", "23"),
    ("{% if false %}{% if x %}#1{% else %}#2{% endif %}{% endif %}#3", "3"),
    ("{% if 'a' == 'b' %}#1{% endif %}{% for i in y %}#2{% else %}#3{% endfor %}", "23"),
    ("{% if x == 'b' %}#1{% endif %}{% if defined(false) %}#2{% endif %}", "12"),
    ("{% if x and true or false %}#1{% endif %}", "1"),
    ("<% if false %>#1<% else %>#2<% end %>", "2"),
    ("<% unless true -%>#1<% end -%><% if nil %>#2<% end %><% if @x %>#3<% end %>", "3"),
    ("<% [1].each do |x| %>#1<% if false %>#2<% end %><% end %>#3", "13"),
    ("{{ if false }}#1{{ else }}#2{{ end }}", "2"),
    ("{{- if eq 1 2 }}#1{{- else if ne 1 2 }}#2{{ end -}}{{ range .x }}#3{{ end }}", "23"),
    ("{{ if .Values.x }}#1{{ else }}#2{{ end }}", "12"),
]
SCRIPTS = [
    ("if false; then\n#1\nelse\n#2\nfi\n#3", "23"),
    ("if true; then\n#1\nelif x; then\n#2\nelse\n#3\nfi", "1"),
    ("if [ 1 = 2 ]; then #1; fi\nif [[ a == a ]]; then #2; else #3; fi", "2"),
    ('if [ "$x" = 2 ]; then #1; else #2; fi', "12"),
    ("false && #1\ntrue && #2\n: || #3", "2"),
    ("if ! true; then\n  if x; then\n#1\n  fi\nfi\n#2", "2"),
    ("if false || x; then\n#1\nfi", "1"),
    (": <<'END'\n#1\nEND\n#2", "2"),
    (": <<END\n$(true)\nEND\n#1", "1"),
]  # fmt: skip
MANIFESTS = [
    ("if false { #1 } else { #2 }", "2"),
    ("unless true { #1 }\nif !false { #2 } elsif $x { #3 }", "2"),
    ("if $x { #1 } elsif true { #2 } else { #3 }", "12"),
    ("if 1 == 2 { if $x { #1 } } #2", "2"),
    ("if $facts['x'] == 'y' { #1 } unless $x { #2 }", "12"),
]


def filled(text: str, pattern: str) -> str:
    for number, name in enumerate(("one", "two", "three"), 1):
        text = text.replace(f"#{number}", pattern.replace("NAME", name))
    return text


def expected(which: str) -> list[str]:
    return sorted(f"{('one', 'two', 'three')[int(number) - 1]}@h" for number in which)


@pytest.mark.parametrize(("text", "which"), BRANCHES)
def test_a_template_declares_what_may_be_put_out(text: str, which: str, look: Look) -> None:
    statement = "\nCREATE USER 'NAME'@'h' IDENTIFIED BY RANDOM PASSWORD;\n"
    assert sorted(set(look({"a.sql.j2": filled(text, statement)}).declared)) == expected(which)


@pytest.mark.parametrize(("text", "which"), SCRIPTS)
def test_a_script_declares_what_may_run(text: str, which: str, look: Look) -> None:
    script = filled(text, "mysql -e \"CREATE USER 'NAME'@'h'\"")
    assert look({"a.sh": f"#!/bin/bash\n{script}\n"}).declared == expected(which)


@pytest.mark.parametrize(("text", "which"), MANIFESTS)
def test_a_manifest_declares_what_may_run(text: str, which: str, look: Look) -> None:
    assert look({"a.pp": filled(text, "mysql_user { 'NAME@h': ensure => present }\n")}).declared == expected(which)
    command = "exec { 'NAME': command => \"mysql -e \\\"CREATE USER 'NAME'@'h'\\\"\" }\n"
    assert sorted(look({"b.pp": filled(text, command)}, only="b.pp").declared) == expected(which)


@pytest.mark.parametrize(
    ("requisite", "runs"),
    [
        ("onlyif: false", False),
        ("onlyif: /bin/false", False),
        ("unless: true", False),
        ("unless: [/bin/true]", False),
        ("onlyif: true", True),
        ("unless: test -f /x", True),
    ],
)
def test_a_state_that_literals_keep_from_running_declares_nothing(requisite: str, runs: bool, look: Look) -> None:  # noqa: FBT001 - one of two
    declared = look({"a.sls": STATE.format("app") + f"    - {requisite}\n" + STATE.format("two")}).declared
    assert declared == (["app@h", "two@h"] if runs else ["two@h"])


def test_a_literal_that_a_template_puts_in_keeps_no_state_from_running(look: Look) -> None:
    put_in = "{% if grains.get('noservices') %}\n    - onlyif: /bin/false\n{% endif %}\n"
    assert look({"a.sls": STATE.format("app") + put_in}).declared == ["app@h"]
    around = f"{{% if x %}}\n{STATE.format('app')}    - onlyif: /bin/false\n{{% endif %}}\n"
    assert look({"a.sls": around + STATE.format("two")}).declared == ["two@h"]


def test_a_state_in_a_branch_that_never_runs_declares_nothing(look: Look) -> None:
    text = f"{{% if false %}}\n{STATE.format('one')}{{% else %}}\n{STATE.format('two')}{{% endif %}}\n"
    assert look({"a.sls": text}).declared == ["two@h"]


@pytest.mark.parametrize(
    ("count", "declared"), [("false ? 1 : 0", []), ("true ? 1 : 0", ["app@h"]), ("var.on ? 1 : 0", ["app@h"])]
)
def test_a_resource_of_no_instance_declares_nothing(count: str, declared: list[str], look: Look) -> None:
    user = f'resource "mysql_user" "u" {{\n  count = {count}\n  user = "app"\n  host = "h"\n}}\n'
    assert look({"main.tf": 'variable "on" { default = false }\n' + user}).declared == declared


@pytest.mark.parametrize(
    ("many", "declared"),
    [
        ("count = local.off ? 1 : 0", []),
        ("count = local.all.off ? 1 : 0", []),
        ("count = local.by ? 1 : 0", ["app@h"]),
        ("count = local.nowhere ? 1 : 0", ["app@h"]),
        ("count = local.round ? 1 : 0", ["app@h"]),
        ("for_each = local.none", []),
        ("for_each = local.given", ["app@h"]),
    ],
)
def test_locals_decide_what_no_variable_behind_them_does(many: str, declared: list[str], look: Look) -> None:
    names = (
        'variable "on" { default = false }\nvariable "names" { default = {} }\nlocals {\n  off = false\n'
        "  all = { off = false }\n  by = local.also\n  also = var.on\n  round = local.round\n"
        "  none = {}\n  given = local.more\n  more = var.names\n}\n"
    )
    user = f'resource "mysql_user" "u" {{\n  {many}\n  user = "app"\n  host = "h"\n}}\n'
    assert look({"main.tf": names + user}).declared == declared


@pytest.mark.parametrize(("word", "runs"), [("scale: 0", 0), ("deploy: {replicas: 0}", 0), ("scale: 1", 1)])
def test_a_service_without_a_container_makes_no_accounts(word: str, runs: int, look: Look) -> None:
    text = "services:\n  db:\n    image: mysql:8.4\n    environment: {MYSQL_RANDOM_ROOT_PASSWORD: 1, MYSQL_USER: app, "
    seen = look({"compose.yml": f"{text}MYSQL_PASSWORD: '${{P}}'}}\n    {word}\n"})
    assert ("app@%" in seen.declared) is bool(runs)


def test_a_script_in_a_task_that_never_runs_declares_nothing(look: Look) -> None:
    task = "- shell: mysql -e \"CREATE USER '{0}'@'h'\"\n  when: {1}\n"
    assert look({"tasks.yml": task.format("one", "false") + task.format("two", "true")}).declared == ["two@h"]


@given(st.text("{}%<>- \nif elsetrufandox=#'\"", max_size=120))
def test_what_is_left_of_a_template_keeps_its_places(text: str) -> None:
    left = without_never(text)
    assert len(left) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, left, strict=True))


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("(false)", False),
        ("not not true", True),
        ("!false", True),
        ("1 != 1", False),
        ("'a' == \"a\"", True),
        ("'1' == 1", None),
        ("x", None),
        ("true and x", None),
        ("false or false", False),
        ("f(false)", None),
        ("", None),
    ],
)
def test_a_condition_of_literals_is_told(condition: str, told: bool | None) -> None:  # noqa: FBT001 - the value told
    assert holds(condition) is told
