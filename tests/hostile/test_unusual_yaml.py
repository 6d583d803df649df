"""YAML that says the same in another way than most people write it: whatever it is, it is found in a walk."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from .conftest import Run

_EVIL = '{name: evil, host: "%", priv: "*.*:ALL"}'
_OBJECT = (
    'metadata: {name: evil}, spec: {mariaDbRef: {name: db}, privileges: [ALL], username: evil, host: "%", '
    "grantOption: true}"
)
_GRANT = {
    "apiVersion": "k8s.mariadb.com/v1alpha1",
    "kind": "Grant",
    "metadata": {"name": "evil"},
    "spec": {"mariaDbRef": {"name": "db"}, "privileges": ["ALL"], "username": "evil", "host": "%", "grantOption": True},
}
_MAP = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "x"},
    "data": {"a.sql": "CREATE USER evil@'%';"},
}
_PASSWORD = {"MYSQL_PASSWORD": "y"}
_SERVICE = {
    "services": {
        "db": {"image": "mysql:8.4", "environment": {"MYSQL_ROOT_PASSWORD": "x", "MYSQL_USER": "evil", **_PASSWORD}}
    }
}
_USER = {"mysql_user": {"evil": {"user": "evil", "host": "%", "plaintext_password": "CANARY"}}}
_PLAN = {
    "format_version": "1.0",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "mysql_user.e",
                    "mode": "managed",
                    "type": "mysql_user",
                    "name": "e",
                    "values": {"user": "evil", "host": "%"},
                }
            ]
        }
    },
}
_ENVIRONMENT = "{MYSQL_ROOT_PASSWORD: x, MYSQL_USER: evil, MYSQL_PASSWORD: y}"

FILES = {
    "tasks/escaped.yml": f'- "mysql\\x5fuser": {_EVIL}\n',
    "tasks/unicode.yml": f'- "\\u006dysql_user": {_EVIL}\n',
    "tasks/wide.yml": f'- "mysql_\\U00000075ser": {_EVIL}\n',
    "tasks/arguments.yml": '- mysql_user: {"nam\\x65": evil, "h\\x6fst": "%", "pri\\x76": "*.*:ALL"}\n',
    "tasks/play.yml": '- hosts: db\n  "\\x74asks":\n    - "mysql\\x5fuser":\n        name: evil\n        host: "%"\n',
    "tasks/main.yml": '[{"mysql_user": {"name": "evil", "host": "%", "priv": "*.*:ALL"}}]',
    "tasks/main.json": '[{"name":"x","community.mysql.mysql_user":{"name":"evil","host":"%","priv":"*.*:ALL"}}]',
    "tasks/flow.yml": f"- {{name: x, mysql_user: {_EVIL}}}\n",
    "tasks/block.yml": f"- block: [{{mysql_user: {_EVIL}}}]\n",
    "tasks/question.yml": f"- ? mysql_user\n  : {_EVIL}\n",
    "tasks/folded.yml": f'- ? "mysql_\\\n    user"\n  : {_EVIL}\n',
    "tasks/merged.yml": f"- hosts: all\n  vars: {{t: &task {{mysql_user: {_EVIL}}}}}\n  tasks:\n    - <<: *task\n",
    "tasks/tagged.yml": f"- !!str mysql_user: {_EVIL}\n",
    "tasks/anchored.yml": f"- &k mysql_user: {_EVIL}\n",
    "tasks/alias.yml": f'- name: &k "mysql\\x5fuser"\n- *k : {_EVIL}\n',
    "tasks/blank.yml": f"- mysql_user : {_EVIL}\n",
    "tasks/returns.yml": f"- name: x\r  mysql_user: {_EVIL}\r",
    "tasks/next_line.yml": f"- name: x\x85  mysql_user: {_EVIL}\n",
    "tasks/document.yml": f"--- [{{mysql_user: {_EVIL}}}]\n",
    "tasks/action.yml": "- action: >\n    mysql_user name=evil host=% priv=*.*:ALL\n",
    "tasks/local.yml": "- local_action: mysql_user name=evil host=% priv=*.*:ALL\n",
    "vars/escaped.yml": f'"mysql\\x5fusers": [{_EVIL}]\n',
    "vars/flow.yml": f"{{mysql_users: [{_EVIL}]}}\n",
    "vars/question.yml": f"? mysql_users\n: [{_EVIL}]\n",
    "vars/tagged.yml": f"mysql_users: !!seq\n  - {_EVIL}\n",
    "vars/fact.yml": f"- set_fact: {{mysql_users: [{_EVIL}]}}\n",
    "policy/quoted.yml": '"users":\n  - {user: evil, host: "%"}\n',
    "policy/plain.yml": '{"users": [{"user": "evil", "host": "%"}]}\n',
    "policy/escaped.yml": '"user\\x73":\n  - {user: evil, host: "%"}\n',
    "kubernetes/list.yml": "{apiVersion: v1, kind: List, items: [{apiVersion: k8s.mariadb.com/v1alpha1, kind: Grant, "
    f"{_OBJECT}}}]}}\n",
    "kubernetes/items.yml": "apiVersion: v1\nkind: List\nitems:\n"
    f"- {{kind: Grant, apiVersion: k8s.mariadb.com/v1alpha1, {_OBJECT}}}\n",
    "kubernetes/escaped.yml": f'{{apiVersion: "k8s.mariadb.c\\x6fm/v1alpha1", kind: Grant, {_OBJECT}}}\n',
    "kubernetes/anchored.yml": f"{{apiVersion: &v k8s.mariadb.com/v1alpha1, kind: Grant, {_OBJECT}}}\n",
    "kubernetes/map.yml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, "
    "data: {a.sql: \"CREATE USER evil@'%';\"}}\n",
    "compose/flow.yml": f"{{services: {{db: {{image: 'mysql:8.4', environment: {_ENVIRONMENT}}}}}}}\n",
    "compose/compose.yml": f'services:\n  db:\n    "im\\x61ge": "my\\x73ql:8.4"\n    environment: {_ENVIRONMENT}\n',
    "salt/escaped.sls": 'evil:\n  "mysql\\x5fuser.present":\n    - host: "%"\n',
    "salt/flow.sls": 'evil: {mysql_user.present: [{host: "%"}]}\n',
    "salt/question.sls": 'evil:\n  ? mysql_user.present\n  : - host: "%"\n',
    "salt/merged.sls": 'x: &t\n  mysql_user.present:\n    - host: "%"\nevil:\n  <<: *t\n',
    "hiera/escaped.yaml": '"mysql::server::u\\x73ers":\n  "evil@%": {ensure: present}\n',
    "hiera/flow.yaml": '{"mysql::server::users": {"evil@%": {ensure: present}}}\n',
    "hiera/merged.yaml": 'x: &u {"evil@%": {ensure: present}}\nmysql::server::users:\n  <<: *u\n',
    "json/grant.json": json.dumps(_GRANT),
    "json/pretty.json": json.dumps(_GRANT, indent=2),
    "json/tabs.json": json.dumps(_GRANT, indent="\t"),
    "json/list.json": json.dumps({"apiVersion": "v1", "kind": "List", "items": [_MAP]}),
    "json/map.json": json.dumps(_MAP, indent=4),
    "json/escaped.json": json.dumps(_GRANT).replace("mariadb", "m\\u0061riadb").replace("kind", "k\\u0069nd"),
    "json/hiera.json": json.dumps({"mysql::server::users": {"evil@%": {"ensure": "present"}}}, indent=2),
    "json/compose.json": json.dumps(_SERVICE),
    "json/plan.json": json.dumps(_PLAN).replace("mysql_user", "mysql\\u005fuser"),
    "object/main.tf.json": json.dumps({"resource": _USER}),
    "pretty/main.tf.json": json.dumps({"resource": _USER}, indent=2),
    "arrays/main.tf.json": json.dumps(
        [{"resource": [{"x": {}}, {"mysql_user": [{"evil": [_USER["mysql_user"]["evil"]]}]}]}]
    ),
    "repeated/main.tf.json": json.dumps({"resource": _USER})[:-1] + ', "resource": {"x": {}}}',
    "words/main.tofu.json": json.dumps({"resource": _USER}).replace("mysql_user", "mysql\\u005fuser"),
    "hiera/brought.yaml": 'x: &u\n  mysql::server::users:\n    "evil@%": {ensure: present}\n<<: *u\n',
    "values.yml": "initdbScripts:\n  init.sql: |\n    CREATE USER 'evil'@'%';\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_account_is_found_however_its_file_is_written(encoding: str, here: Path, process: Run) -> None:
    for name, text in FILES.items():
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_bytes(text.encode(encoding))
    ran = process("--no-config", "--quiet", "--profile", "hardened", ".")
    assert ran.status == 1, ran.err
    told = [line for line in ran.out.splitlines() if "'evil'@'%'" in line]
    assert [name for name in FILES if not any(line.startswith(f"{name}:") for line in told)] == []
    assert "CANARY" not in ran.out


def test_expressions_in_json_are_counted_and_its_values_do_not_count_as_unset(here: Path, process: Run) -> None:
    user = {"user": "${var.u}", "host": "${each.key}"}
    cloud = {"name": "evil", "instance": "${google_sql_database_instance.db.name}"}
    absent = {"user": "absent", "host": "%", "count": 0}
    resources = {"mysql_user": {"a": user, "b": absent}, "google_sql_user": {"c": cloud}}
    (here / "main.tf.json").write_text(json.dumps({"resource": resources}))
    (here / "a.tf").write_text(
        'variable "h" {\n default = "10.0.0.1"\n}\nresource "mysql_user" "d" {\n user = "d"\n host = var.h\n}\n'
    )
    (here / "terraform.tfvars.json").write_text('{"h": "%"}')
    ran = process("--no-config", ".")
    assert ran.status == 1
    assert "'d'@'%'" in ran.out
    assert "absent" not in ran.out
    assert "user: an expression in JSON" in ran.out
    assert "whether the account is one of MySQL: the product of its instance is not looked up from JSON" in ran.out
    (here / "terraform.tfvars.json").write_text('{"h": "')
    assert "var.h depends on terraform.tfvars.json, which is not valid JSON" in process("--no-config", ".").out


def test_json_of_other_things_is_none(here: Path, process: Run) -> None:
    (here / "package.json").write_text(
        '{"name": "@a/mysql", "kind": "x", "users": ["\\u003ca@b\\u003e"], "services": {}}'
    )
    (here / "versions.tf.json").write_text('{"terraform": {"required_providers": {"mysql": {"source": "a/mysql"}}}}')
    assert process("--no-config", ".").status == 4


PROSE = {
    "tasks.yml": "- name: 'call mysql_user: with a name'\n  # mysql_user: {name: evil}\n  debug: {msg: mysql_users}\n",
    "notes.yml": '"a": "\\x41"\nb: [mysql, mariadb]\n',
    "app.yml": "database:\n  host: mysql\n  user: app\n",
}


def test_what_only_speaks_of_accounts_is_none(here: Path, process: Run) -> None:
    for name, text in PROSE.items():
        (here / name).write_text(text)
    assert process("--no-config", ".").status == 4
    hook = process("--no-config", "--scope", ".", "--allow-empty", *PROSE)
    assert (hook.status, hook.out, hook.err) == (0, "", "")


NAMED = {
    "a.sql": "CREATE USER evil;\n",  # of any database
    "b.sql": "CREATE EXTENSION x;\nCREATE USER evil;\n",
    "c.yml": '{"users": [{"user": "evil"}]}\n',
}


@pytest.mark.parametrize("name", NAMED)
def test_a_file_named_by_hand_is_read_whatever_words_it_has(name: str, here: Path, process: Run) -> None:
    (here / name).write_text(NAMED[name])
    ran = process("--no-config", "--quiet", name)
    assert ran.status == 1, ran
    assert name in ran.out


def test_a_file_named_by_hand_that_no_format_knows_is_told(here: Path, process: Run) -> None:
    (here / "good.yml").write_text("- mysql_user: {name: ok, host: 10.0.0.1}\n")
    (here / "other.yml").write_text("a: 1\n")
    (here / "notes.txt").write_text("CREATE USER evil\n")
    ran = process("--no-config", "good.yml", "other.yml", "notes.txt")
    assert ran.status == 0
    assert ran.err == (
        "grantlint: no format has declarations in other.yml, notes.txt; --input-format says which one a file is of, "
        "`grantlint files` why it is passed over\n"
    )


@pytest.mark.parametrize("folder", ["vendor", "third_party", ".molecule", "node_modules"])
@pytest.mark.parametrize("path", [os.environ["PATH"], "/nowhere"], ids=["with git", "without git"])
def test_what_git_tracks_is_read_whatever_its_folder_is_called(
    folder: str, path: str, here: Path, process: Run
) -> None:
    for name in ("evil", "other"):
        (here / folder / name / "tasks").mkdir(parents=True)
        (here / folder / name / "tasks" / "main.yml").write_text(f"- mysql_user: {_EVIL.replace('evil', name)}\n")
    for words in (["init", "-q"], ["add", f"{folder}/evil"]):
        subprocess.run(["git", *words], check=True, capture_output=True)
    ran = process("--no-config", "--quiet", ".", PATH=path)
    assert ran.status == 1
    assert "'evil'@'%'" in ran.out
    assert "'other'" not in ran.out
