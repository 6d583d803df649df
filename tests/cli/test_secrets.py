"""A canary in every place of a file where a secret may stand, and what is drawn for findings on its lines."""

from pathlib import Path

import pytest

from grantlint.lint.finding import Finding, Related, Severity
from grantlint.model.location import Span
from grantlint.reader.files.discovery import Search
from grantlint.report.findings.content import Look, Report, Summary
from grantlint.report.findings.outputs import OUTPUTS, rendered

from .conftest import Run

CANARY = "c4nary-Zq9"
HASH = "*C4A9A2B1D0E3F4C5B6A7D8E9F0C1B2A3D4E5F6A7"
USER = "users:\n  - user: app\n    host: '%'\n"
TASK = "- hosts: db\n  tasks:\n    - name: make it\n      mysql_user:\n        name: app\n        host: '%'\n"
LIST = "mysql_users:\n  - name: app\n    host: '%'\n"

POLICIES = {
    "password": f"{USER}    authentication: {{password: {CANARY}}}\n",
    "password-quoted": f'{USER}    authentication: {{password: "{CANARY}", plugin: mysql_native_password}}\n',
    "password-block": f"{USER}    authentication:\n      password: >-\n        {CANARY}\n        and {CANARY}\n",
    "hash": f"{USER}    authentication: {{hash: '{HASH}'}}\n",
    "secret-that-is-none": f"{USER}    authentication: {{secret: {CANARY}}}\n",
    "secret-with-a-password": f"{USER}    authentication: {{secret: 'mysql://app:{CANARY}@db'}}\n",
    "authentication-as-text": f"{USER}    authentication: {CANARY}\n",
    "password-as-list": f"{USER}    authentication: {{password: [{CANARY}]}}\n",
    "password-as-mapping": f"{USER}    authentication: {{password: {{value: {CANARY}}}}}\n",
    "number": f"{USER}    authentication: {{password: 31337042}}\n",
    "in-a-key": f"{{hash:-p'x'{HASH}'}}oduct: 1\n{USER}",
    "in-a-longer-key": f"{USER}    'password={CANARY} x': y\n",
    "on-the-user": f"{USER}    password: {CANARY}\n",
    "misspelt-password": f"{USER}    authentication: {{pasword: {CANARY}}}\n",
    "misspelt-differently": f"{USER}    authentication: {{passwrod: {CANARY}}}\n",
    "misspelt-on-the-user": f"{USER}    pssword: {CANARY}\n",
    "misspelt-authentication": f"{USER}    autentication: {{password: {CANARY}}}\n",
    "misspelt-authentication-block": f"{USER}    authentification:\n      pass: {CANARY}\n",
    "identified-by": f"{USER}    identified_by: {CANARY}\n",
    "at-the-top": f"root_password: {CANARY}\n{USER}",
    "flow": f"users: [{{user: app, host: '%', authentication: {{password: {CANARY}}}}}]\n",
    "duplicate-key": f"{USER}    authentication: {{password: x, password: {CANARY}}}\n",
    "anchor": f"x-a: &a {{password: {CANARY}}}\n{USER}    authentication: *a\n",
    "merge": f"x-a: &a\n  password: {CANARY}\n{USER}    authentication:\n      <<: *a\n      plugin: x\n",
    "comment": f"{USER}    authentication: {{secret: vault:x}}  # password was {CANARY}\n",
    "comment-beside": f"{USER}    authentication: {{password: x}}  # {CANARY}\n",
    "two-documents": f"---\n{USER}---\n{USER}    authentication: {{password: {CANARY}}}\n",
    "tab": f"{USER}\tauthentication: {{password: {CANARY}}}\n",
    "broken-after": f"{USER}    authentication: {{password: {CANARY}}}\n    host: %\n",
    "broken-before": f"users:\n  - user: app\n    host: %\n    authentication: {{password: {CANARY}}}\n",
    "broken-on-the-line": f"{USER}    authentication: {{password: {CANARY}]\n",
    "broken-quote": f'{USER}    authentication: {{password: "{CANARY}}}\n',
    "broken-alias": f"{USER}    authentication: {{password: *{CANARY}}}\n",
    "broken-directive": f"{USER}    authentication:\n      password: %{CANARY}\n",
    "broken-colon": f"{USER}    password: {CANARY}: {CANARY}\n",
    "broken-misspelt": f"{USER}    pssword: {CANARY}: x\n",
    "broken-block": f"{USER}    password: |\n    {CANARY}\n",
    "control-character": f"{USER}    password: {CANARY}\x01{CANARY}\n",
    "tagged": f"{USER}    authentication: {{password: !x {CANARY}}}\n",
    "template-with-default": f"{USER}    authentication: {{password: \"{{{{ p | default('{CANARY}') }}}}\"}}\n",
    "template-with-literal": f'{USER}    authentication: {{password: "{CANARY}{{{{ p }}}}"}}\n',
}
PLAYS = {
    "password": f"{TASK}        password: {CANARY}\n",
    "quoted": f"{TASK}        password: '{CANARY}'\n",
    "encrypted": f"{TASK}        password: '{HASH}'\n        encrypted: true\n",
    "login-password": f"{TASK}        login_user: root\n        login_password: {CANARY}\n",
    "plugin-hash": f"{TASK}        plugin: caching_sha2_password\n        plugin_hash_string: {CANARY}\n",
    "plugin-auth": f"{TASK}        plugin: x\n        plugin_auth_string: {CANARY}\n        salt: {CANARY}\n",
    "misspelt": f"{TASK}        pasword: {CANARY}\n",
    "misspelt-differently": f"{TASK}        passwrod: {CANARY}\n        pssword: {CANARY}\n",
    "k=v": f"- hosts: db\n  tasks:\n    - mysql_user: name=app host=% password={CANARY} priv=*.*:ALL\n",
    "k=v-quoted": f"- hosts: db\n  tasks:\n    - mysql_user: name=app host=% password='{CANARY} {CANARY}'\n",
    "k=v-login": f"- hosts: db\n  tasks:\n    - mysql_user: name=app host=% login_password={CANARY}\n",
    "k=v-misspelt": f"- hosts: db\n  tasks:\n    - mysql_user: name=app host=% passwrod={CANARY}\n",
    "k=v-action": f"- hosts: db\n  tasks:\n    - action: mysql_user name=app host=% password={CANARY}\n",
    "k=v-block": f"- hosts: db\n  tasks:\n    - mysql_user: >\n        name=app host=%\n        password={CANARY}\n",
    "args": f"- hosts: db\n  tasks:\n    - mysql_user: name=app host=%\n      args:\n        password: {CANARY}\n",
    "flow": f"- hosts: db\n  tasks:\n    - mysql_user: {{name: app, host: '%', password: {CANARY}}}\n",
    "loop": (
        "- hosts: db\n  tasks:\n    - mysql_user: name={{ item.n }} host=% password={{ item.p }}\n"
        f"      loop:\n        - {{n: app, p: {CANARY}}}\n"
    ),
    "loop-of-lists": (
        "- hosts: db\n  tasks:\n    - mysql_user: name={{ item[0] }} host=% password={{ item[1] }}\n"
        f"      loop:\n        - [app, {CANARY}]\n"
    ),
    "vars": f"{TASK}        password: '{{{{ p }}}}'\n      vars:\n        p: {CANARY}\n",
    "play-vars": f"- hosts: db\n  vars: {{p: {CANARY}}}\n  tasks:\n    - mysql_user: name=a password={{{{ p }}}}\n",
    "default": f"{TASK}        password: \"{{{{ p | default('{CANARY}') }}}}\"\n",
    "vault": f"{TASK}        password: !vault |\n          $ANSIBLE_VAULT;1.1;AES256\n          6162{CANARY}\n",
    "comment": f"{TASK}        password: '{{{{ p }}}}'  # {CANARY} password\n",
    "list": f"{LIST}    password: {CANARY}\n",
    "list-hash": f"{LIST}    password: '{HASH}'\n    encrypted: yes\n",
    "list-misspelt": f"{LIST}    passwrd: {CANARY}\n",
    "list-flow": f"mysql_users: [{{name: app, host: '%', password: {CANARY}}}]\n",
    "list-in-play": (
        f"- hosts: db\n  vars:\n    mysql_users:\n      - {{name: app, host: '%', password: '{CANARY}'}}\n"
    ),
    "beside-a-list": f"{LIST}mysql_root_password: {CANARY}\n",
    "broken": f"{TASK}        password: {CANARY}\n        host: %\n",
    "broken-on-the-line": f"{TASK}        password: {CANARY}: {CANARY}\n",
    "broken-quote": f'{TASK}        password: "{CANARY}\n',
    "broken-k=v": f"- hosts: db\n  tasks:\n    - mysql_user: name='app host=% password={CANARY}\n",
    "broken-list": f"{LIST}    password: {CANARY}\n   host: x\n",
    "duplicate": f"{TASK}        password: x\n        password: {CANARY}\n",
    "nested": f"{TASK}        password:\n          value: {CANARY}\n",
    "as-list": f"{TASK}        password: [{CANARY}]\n",
}
RESOURCE = 'resource "mysql_user" "app" {\n  user = "app"\n  host = "%"\n'
HELM_USER = "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata: {name: app}\n"
TERRAFORM = {
    "password": f'{RESOURCE}  plaintext_password = "{CANARY}"\n}}\n',
    "old-password": f'{RESOURCE}  password="{CANARY}" # {CANARY}\n}}\n',
    "hash": f'{RESOURCE}  auth_string_hashed = "{HASH}"\n}}\n',
    "hex": f'{RESOURCE}  auth_string_hex = "0x{HASH[1:]}"\n}}\n',
    "one-line": f'resource "mysql_user" "a" {{ user = "a", host = "%", plaintext_password = "{CANARY}" }}\n',
    "heredoc": f"{RESOURCE}  plaintext_password = <<-EOT\n    {CANARY}\n  EOT\n}}\n",
    "template": f'{RESOURCE}  plaintext_password = "{CANARY}${{var.x}}"\n}}\n',
    "function": f'{RESOURCE}  plaintext_password = coalesce(var.x, "{CANARY}")\n}}\n',
    "condition": f'{RESOURCE}  plaintext_password = var.x ? var.y : "{CANARY}"\n}}\n',
    "default": f'variable "p" {{\n  default = "{CANARY}"\n}}\n{RESOURCE}  plaintext_password = var.p\n}}\n',
    "default-beside": f'variable "db_password" {{\n  default = "{CANARY}"\n}}\n{RESOURCE}}}\n',
    "local": f'locals {{\n  users = {{ app = {{ pw = "{CANARY}" }} }}\n}}\n{RESOURCE}'
    "  plaintext_password = local.users.app.pw\n}\n",
    "loop": f'resource "mysql_user" "a" {{\n  for_each = {{ a = "{CANARY}" }}\n  user = each.key\n  host = "%"\n'
    "  plaintext_password = each.value\n}\n",
    "provider": f'provider "mysql" {{\n  username = "root"\n  password = "{CANARY}"\n}}\n{RESOURCE}}}\n',
    "other-resource": f'{RESOURCE}}}\nresource "mysql_user_password" "a" {{\n  user = mysql_user.app.user\n'
    f'  host = "%"\n  plaintext_password = "{CANARY}"\n}}\n',
    "block": f'resource "mysql_user" "a" {{\n  name = "a"\n  auth_option {{\n    auth_string = "{CANARY}"\n  }}\n}}\n',
    "broken": f'{RESOURCE}  plaintext_password = "{CANARY}\n}}\n',
    "broken-after": f'{RESOURCE}  plaintext_password = "{CANARY}"\n}}\nresource "mysql_user" {{\n',
}
PLAN = {
    "line": '{"format_version": "1.2", "variables": {"x": {"value": "CANARY"}}, "planned_values": {"root_module": '
    '{"resources": [{"address": "mysql_user.a", "type": "mysql_user", "values": {"user": "a", "host": "%", '
    '"plaintext_password": "CANARY"}}]}}, "prior_state": {"x": "CANARY"}}\n',
    "lines": '{\n  "format_version": "1.2",\n  "variables": {"x": {\n"value": "CANARY"\n}},\n  "planned_values": '
    '{"root_module": {\n    "resources": [{"address": "mysql_user.a", "type": "mysql_user",\n "values": {"user": "a",'
    '\n"host": "%",\n"x":\n"CANARY"}}]}}}\n',
    "broken": '{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"type": "mysql_user", '
    '"values": {"plaintext_password": "CANARY"}}}\n',
}
POD = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: mysql:8\n"
ROOT = "    - name: MYSQL_ROOT_PASSWORD\n"
KUBERNETES = {
    "env": f"{POD}    env:\n{ROOT}      value: {CANARY}\n",
    "env-flow": f"{POD}    env: [{{name: MYSQL_ROOT_PASSWORD, value: '{CANARY}'}}, "
    f"{{value: {CANARY}, name: A_TOKEN}}]\n",
    "env-block": f"{POD}    env:\n{ROOT}      value: |-\n        {CANARY}\n        {CANARY}\n",
    "env-hash": f"{POD.replace('mysql', 'mariadb')}    env:\n"
    f"    - name: MARIADB_ROOT_PASSWORD_HASH\n      value: '{HASH}'\n",
    "encoded": f"{POD}    env:\n{ROOT}      value: x\n---\napiVersion: v1\nkind: Secret\ndata: {{x: {CANARY}}}\n",
    "env-template": f"{POD}    env:\n{ROOT}      value: '{{{{ .Values.p | default \"{CANARY}\" }}}}'\n",
    "env-of-another": f"{POD}    env:\n{ROOT}      value: x\n"
    f"  - image: web\n    env: [{{name: DB_PASSWORD, value: {CANARY}}}]\n",
    "env-broken": f"{POD}    env:\n{ROOT}      value: {CANARY}\n    x: [\n",
    "env-from": f"{POD}    envFrom:\n    - secretRef: {{name: a}}\n---\napiVersion: v1\nkind: Secret\n"
    f"metadata: {{name: a}}\nstringData: {{MYSQL_ROOT_PASSWORD: {CANARY}, other: {CANARY}, MYSQL_USER: app}}\n",
    "command": f"{POD}    command: [sh, -c, 'mysql -uroot -p{CANARY} -e \"GRANT ALL ON *.* TO a@b\"']\n",
    "config-map": "apiVersion: v1\nkind: ConfigMap\ndata:\n  init.sql: |\n"
    f"    CREATE USER 'a'@'%' IDENTIFIED BY '{CANARY}';\n",
    "secret": "apiVersion: v1\nkind: Secret\nstringData:\n"
    f"  password: {CANARY}\n  init.sql: \"GRANT ALL ON *.* TO 'a'@'%' IDENTIFIED BY '{CANARY}'\"\n",
    "in-place-of-a-reference": f"{HELM_USER}spec:\n  password: {CANARY}\n  passwordSecretKeyRef: {CANARY}\n",
    "beside": f"{HELM_USER}---\napiVersion: v1\nkind: Secret\nstringData:\n  db-password: {CANARY}\n",
    "broken": f"{HELM_USER}---\napiVersion: v1\nkind: Secret\nstringData:\n  password: {CANARY}\n x: [\n",
}
CASES = {f"policy-{name}": case for name, case in POLICIES.items()} | {f"play-{n}": case for n, case in PLAYS.items()}
CASES |= {f"terraform-{name}": case for name, case in TERRAFORM.items()}
CASES |= {f"plan-{name}": case.replace("CANARY", CANARY) for name, case in PLAN.items()}
CASES |= {f"kubernetes-{name}": case for name, case in KUBERNETES.items()}
CASES |= {"play-a-privilege-that-is-none": f"- mysql_user:\n    name: app\n    host:\n    priv: ~ password:--{CANARY}"}
CASES |= {
    "shell-a-host-that-goes-on": "#!/bin/bash\nmysql -u root <<EOSQL\nCREATE USER 'web'@'10.0.3.% IDENTIFI{{"
    f"{CANARY}x';\nGRANT SELECT ON shop.* TO 'web'@'10.0.3.%';\nEOSQL\n"
}
SUFFIXES = {"terraform": "tf", "plan": "json", "shell": "sh"}


def assert_secret(said: str) -> None:
    assert CANARY not in said
    assert HASH not in said
    assert HASH[1:] not in said
    assert "31337042" not in said


@pytest.mark.parametrize("case", CASES)
def test_no_line_of_a_file_tells_a_secret_whatever_is_found_on_it(case: str, here: Path) -> None:
    """A rule of tomorrow may report on any line; a long span, an empty one, and one inside the line are drawn."""
    file = f"x.{SUFFIXES.get(case.partition('-')[0], 'yml')}"
    (here / file).write_text(CASES[case], encoding="utf-8")
    assert_no_line_tells(file)


def assert_no_line_tells(file: str) -> None:
    """Look at what is drawn for any finding on any line of a file."""
    (candidate,) = Search([file])
    candidate.format.read(candidate.source)
    source = candidate.source
    findings: list[Finding] = []
    for line in range(1, source.text.count("\n") + 1):
        start, end = source.line_bounds(line)
        spans = (Span(source, start, end), Span(source, start, start), Span(source, (start + end) // 2, end))
        findings += [Finding("any", Severity.INFO, "m", span, (Related("r", span),)) for span in spans]
    report = Report(findings, [], [], {}, Summary(1, 1, 1))
    for said in (rendered(report, name, look) for name in OUTPUTS for look in (Look(), Look(quiet=True))):
        assert_secret(said)


def test_the_canary_would_be_seen(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text(f"users:\n  - user: {CANARY}\n    host: '%'\n", encoding="utf-8")
    assert CANARY in grantlint("x.yml").out
