"""Broken YAML is a fault with a place; odd shapes are passed over and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import assert_places_in, damaged
from draws import examples
from grantlint.model.location import Source
from grantlint.reader.files.formats import FORMATS, format_named
from grantlint.reader.files.words import Sieve
from grantlint.reader.formats.kubernetes.document import read

GOOD = """
{{- if .Values.on }}
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata: {name: "{{ .Release.Name }}"}
spec: {host: '%', require: {ssl: true}}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
spec: {username: a, privileges: [ALL, GRANT OPTION], database: "b_c"}
{{- end }}
---
apiVersion: mysql.sql.crossplane.io/v1alpha1
kind: Grant
spec: {forProvider: {privileges: [SELECT], user: a@b, database: c}}
---
apiVersion: mysql.presslabs.org/v1alpha1
kind: MysqlUser
spec: {user: u, allowedHosts: ['%'], permissions: [{schema: s, tables: ['*'], permissions: [ALL]}]}
---
apiVersion: pxc.percona.com/v1
kind: PerconaXtraDBCluster
spec: {users: [{name: a, dbs: [x], grants: [ALL], hosts: ['%']}]}
---
apiVersion: v1
kind: ConfigMap
data:
  init.sql: |
    GRANT ALL ON *.* TO 'a'@'%' IDENTIFIED BY 'x';
"""


def test_broken_yaml_is_a_fault_and_what_stands_before_it_is_read() -> None:
    text = "apiVersion: k8s.mariadb.com/v1\nkind: User\nmetadata: {name: a}\n---\na: [\n"
    (first, second) = read(Source("user.yaml", text))
    assert [str(account) for account in first.accounts] == ["'a'@'%'"]
    assert [fault.rule for fault in second.faults] == ["syntax-error"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "apiVersion: k8s.mariadb.com/v1\nkind: User\n",
        "apiVersion: k8s.mariadb.com/v1\nkind: User\nspec: []\nmetadata: x\n",
        "apiVersion: k8s.mariadb.com/v1\nkind: Grant\nspec: {privileges: {}, username: [], database: {}}\n",
        "apiVersion: [k8s.mariadb.com/v1]\nkind: {User: 1}\n",
        "apiVersion: mysql.sql.crossplane.io/v1\nkind: Grant\nspec: {}\n",
        "apiVersion: mysql.sql.crossplane.io/v1\nkind: User\nspec: {forProvider: x}\n",
        "apiVersion: mysql.presslabs.org/v1\nkind: MysqlUser\nspec: {permissions: [x, {}], allowedHosts: {}}\n",
        "apiVersion: pxc.percona.com/v1\nkind: PerconaXtraDBCluster\nspec: {users: [x, {}, {name: []}]}\n",
        "apiVersion: v1\nkind: ConfigMap\ndata: {a: [], b: 'x', c.sql: |-\n}\n",
        "apiVersion: v1\nkind: ConfigMap\ndata: GRANT ALL ON *.* TO 'a'@'%'\n",
        "? [a]\n: b\n",
        "a: &a {b: *a}\n",
        "{{ x",
        "{{ x }}",
    ],
)
def test_odd_shapes_are_no_exception(text: str) -> None:
    read(Source("user.yaml", text))


def test_deep_nesting_and_alias_bombs_are_faults() -> None:
    for text in ("[" * 5000, "a:\n" + "".join(" " * n + "b:\n" for n in range(1, 400)), "{{" * 5000 + "}}" * 5000):
        read(Source("user.yaml", f"apiVersion: k8s.mariadb.com/v1\nkind: User\nx: {text}\n"))
    bomb = "a: &a0 [x, x]\n" + "".join(f"b{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    (found,) = read(Source("user.yaml", f"apiVersion: k8s.mariadb.com/v1\nkind: User\n{bomb}"))
    assert [fault.rule for fault in found.faults] == ["syntax-error"]


@pytest.mark.slow
def test_a_large_file_is_read() -> None:
    one = "apiVersion: k8s.mariadb.com/v1\nkind: User\nmetadata: {name: a%d}\nspec: {mariaDbRef: {name: m}}\n---\n"
    (found,) = read(Source("users.yaml", "".join(one % n for n in range(3000))))
    assert len(found.accounts) == 3000


@examples(60)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read(Source("user.yaml", text))


@examples(150)
@given(st.data())
def test_any_damage_to_a_real_shape_is_read(data: st.DataObject) -> None:
    text = damaged(data, GOOD, ["", '"', "{", "}", "{{", "}}", "[", "&a ", "*a", "\n", ": ", "- ", "é", "|"])
    assert_places_in(read(Source("user.yaml", text)))


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        (GOOD, "kubernetes"),
        ("apiVersion: v1\nkind: ConfigMap\ndata:\n  a.sql: GRANT ALL ON *.* TO 'a'@'%'\n", "kubernetes"),
        ("apiVersion: v1\nkind: ConfigMap\ndata:\n  readme: grant the user access to users\n", None),
        ("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {group: k8s.mariadb.com}\n", None),
        ("apiVersion: v1\nkind: Secret\nstringData: {password: x}\n", None),
        ("- mysql_user: {name: app}\n", "ansible"),
        ("users:\n  - user: app\n    host: localhost\n", "policy"),
        ("apiVersion: v1\nkind: User\nusers:\n  - name: app\n    hosts: [a]\n", None),
    ],
)
def test_each_file_is_of_one_format(text: str, format_: str | None) -> None:
    claimants = [
        known.name
        for known in FORMATS
        if "user.yaml".endswith(known.suffixes)
        and Sieve([known.words]).matches(text.encode())
        and known.claims("user.yaml", text)
    ]
    assert claimants == ([format_] if format_ else [])


def test_the_examples_of_the_reader_hold_its_words() -> None:
    known = format_named("kubernetes")
    assert known is not None
    for document in GOOD.split("---\n"):
        assert Sieve([known.words]).matches(document.encode()), document


@pytest.mark.parametrize("text", ["&a [*a, *a]\n", "items: &a\n- *a\n- *a\n", "x: &a\n  y: *a\n  z: *a\n"])
def test_what_contains_itself_is_a_fault(text: str) -> None:
    (found,) = read(Source("app.yaml", text))
    assert [fault.message for fault in found.faults] == ["an alias stands in the value that it repeats"]
