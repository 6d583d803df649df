from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Source
from grantlint.reader.formats.kubernetes.document import read
from grantlint.reader.yaml.blanking import MARK, blanked

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

HELM = """
{{- if .Values.user.enabled }}
{{- /* the account
       of the application */ -}}
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata:
  name: {{ include "app.fullname" . }}-user
  labels:
    {{- include "app.labels" . | nindent 4 }}
spec:
  mariaDbRef:
    name: {{ .Values.server | default "mariadb" }}
  name: "{{ .Values.user.name | default "app" }}"
  host: '%'
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata:
  name: {{ include "app.fullname" . }}
spec:
  mariaDbRef:
    name: {{ .Values.server | default "mariadb" }}
  privileges:
    - ALL
  {{- with .Values.database }}
  database: {{ . }}
  {{- end }}
  username: "{{ .Values.user.name | default "app" }}"
  host: "%"
{{- end }}
"""


def test_templates_are_unresolved_and_what_stands_around_them_is_read(accounts: Shown) -> None:
    assert accounts(HELM) == ["?@%: ALL ON ?"]


def test_what_a_template_may_bring_in_is_not_taken_to_be_absent(accounts: Shown) -> None:
    text = """
apiVersion: k8s.mariadb.com/v1alpha1
kind: %s
metadata:
  name: app
  labels:
    {{- include "labels" . | nindent 4 }}
spec:
  privileges: [ALL]
  username: app
  %s
"""
    assert accounts(text % ("User", "{{- toYaml .Values.user | nindent 2 }}")) == ["?@?"]
    assert accounts(text % ("User", "{{- with .Values.x }}\n  x: 1\n  {{- end }}")) == ["(app)@(%)"]
    assert accounts(text % ("Grant", "{{- toYaml .Values.grant | nindent 2 }}")) == ["+ app@?: ALL ON ?"]
    assert accounts('apiVersion: k8s.mariadb.com/v1\nkind: User\n{{ include "rest" . }}\n') == ["?@?"]


def test_places_are_those_of_the_template() -> None:
    (found,) = read(Source("templates/user.yaml", HELM))
    (account,) = found.accounts
    assert found.faults == []
    assert HELM[account.user.start : account.user.end] == '"{{ .Values.user.name | default "app" }}"'
    assert HELM[account.host.start : account.host.end] == "'%'"


def test_a_loop_stands_once_and_its_values_are_not_the_same(accounts: Shown) -> None:
    text = """
{{- range .Values.users }}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata:
  name: {{ .name }}
spec:
  host: {{ .host }}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata:
  name: {{ .name }}
spec:
  username: {{ .name }}
  host: {{ .host }}
  privileges: {{ toYaml .privileges | nindent 4 }}
{{- end }}
"""
    assert accounts(text) == ["?@?", "+ ?@?: ? ON (*.*)"]


@pytest.mark.parametrize("host", ["${DB_HOST}", "$(DB_HOST)", "${DB_HOST:=%}"])
def test_what_is_put_in_before_the_object_is_applied_is_unresolved(accounts: Shown, host: str) -> None:
    text = f"apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata:\n  name: app\nspec:\n  host: {host}\n"
    assert accounts(text) == ["(app)@?"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a: {{ x }}\n", "a: *******\n"),
        ("a: {{ x }}-{{ y }} # {{ z }}\n", "a: *******-******* # *******\n"),
        ("{% if x %}\na: 1\n{% endif %}\n", "##########\na: 1\n###########\n"),
        ("  {{- if x }}{{ y }}\n", "  ##################\n"),
        ("{# one\ntwo #}\na: b", "######\n######\na: b"),
        ("a: {{ x\n", "a: {{ x\n"),
        ("a: {b: {c: d}}\n", "a: {b: {c: d}}\n"),
        ("a: {{ '}' }}\n", "a: *********\n"),
    ],
)
def test_blanking_keeps_every_line_and_offset(text: str, kept: str) -> None:
    assert blanked(text).replace(MARK, "*") == kept


def test_a_template_that_stays_broken_is_not_checked_and_no_fault(reading: Reading) -> None:
    (found,) = reading("apiVersion: k8s.mariadb.com/v1\nkind: User\n{{ if x }}\n a: [\n{{ end }}\n")
    assert (found.faults, [each.what for each in found.not_checked]) == ([], ["the rest of the file"])


def test_a_value_of_a_tag_is_unresolved() -> None:
    text = "apiVersion: k8s.mariadb.com/v1\nkind: User\nmetadata: {name: a}\nspec: {host: !env HOST}\n"
    (found,) = read(Source("user.yaml", text))
    assert not isinstance(found.accounts[0].host, Located)
