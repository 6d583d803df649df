"""A server's image and its variables in files that no format reads: counted, never passed over."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.files.formats import OTHER, format_named
from grantlint.reader.files.other.containers import made_by_containers

SEEN = {
    "db.nomad": 'task "m" {\n  config { image = "mysql:8" }\n  env { MYSQL_USER = "app" }\n}\n',
    "task.json": '{"image": "mysql:8.4", "environment": [{"name": "MYSQL_ROOT_PASSWORD", "value": "x"}]}\n',
    "db.container": "[Container]\nImage=docker.io/library/mariadb:11\nEnvironment=MARIADB_USER=app\n",
    "Makefile": "db:\n\tdocker run -d \\\n\t-e MYSQL_USER=app mysql:8.4\n",
    "kustomization.yaml": "configMapGenerator:\n- name: db\n  literals:\n  - MYSQL_USER=app\n",
    "db.tf": 'resource "helm_release" "db" {\n  name = "db"\n  chart = "oci://charts.example.com/mysql"\n}\n',
    "templates/db.tpl": "env:\n- name: MYSQL_ROOT_PASSWORD\n  value: {{ .Values.it }}\nimage: {{ .Values.image }}\n",
    "fly.toml": '[build]\n  image = "percona:8.0"\n[env]\n  MYSQL_ALLOW_EMPTY_PASSWORD = "yes"\n',
}
UNSEEN = {
    "templates/app.tpl": "env:\n- name: MYSQL_USER\n  value: {{ .Values.user }}\nimage: {{ .Values.image }}\n",
    "app.nomad": 'config { image = "shop:1" }\nenv { MYSQL_USER = "app" }\n',
    "app.json": '{"image": "adminer", "environment": {"MYSQL_USER": "app"}}\n',
    "comment.nomad": '# config { image = "mysql:8" }\n# env { MYSQL_USER = "app" }\n',
    "uses.nomad": 'config { image = "mysql:8" }\nenv { HOME = "${MYSQL_USER}" }\n',
    ".github/workflows/ci.yml": "services:\n  db:\n    image: mysql:8\n    env:\n      MYSQL_USER: app\n",
    "redis.tf": 'resource "helm_release" "r" {\n  chart = "redis"\n}\n# chart = "mysql"\n',
    "long.tf": 'resource "helm_release" "r" {\n' * 2_000,
}


@pytest.mark.parametrize(("path", "text"), SEEN.items(), ids=SEEN)
def test_what_an_image_is_given_is_counted(path: str, text: str) -> None:
    assert [what for _, what, _ in made_by_containers(path, text)] == ["accounts"]
    assert OTHER.claims(path, text)


@pytest.mark.parametrize(("path", "text"), UNSEEN.items(), ids=UNSEEN)
def test_what_is_no_server_is_not(path: str, text: str) -> None:
    assert list(made_by_containers(path, text)) == []


def test_a_chart_beside_accounts_is_counted_too() -> None:
    known = format_named("terraform")
    assert known is not None
    text = 'resource "mysql_user" "a" {\n  user = "app"\n  host = "10.0.0.1"\n}\n' + SEEN["db.tf"]
    found = [one for part in known.read(Source("db.tf", text)) for one in part.not_checked]
    assert [one.why for one in found] == ["a chart that Terraform installs makes them of its values"]


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("helm upgrade --install db bitnami/mysql \\\n  --set auth.username=app", True),
        ("helm -n x install oci://charts.example.com/mariadb --generate-name", True),
        ("helm uninstall mysql", False),
        ("# helm install db bitnami/mysql", False),
        ("helm install shop ./shop --set db=mysql-eu", False),
    ],
)
def test_a_chart_that_a_script_installs_is_counted(line: str, counts: bool) -> None:  # noqa: FBT001 - a column
    known = format_named("shell")
    assert known is not None
    text = f"#!/bin/sh\n{line}\n"
    assert known.claims("x.sh", text) is counts
    if counts:
        assert [one.what for part in known.read(Source("x.sh", text)) for one in part.not_checked] == ["accounts"]


VALUES = """
- include_tasks: start.yml
  vars:
    container_image: "mariadb:{{ version }}"
    container_env: {MYSQL_ROOT_PASSWORD: "", MYSQL_ROOT_HOST: "%"}
"""
TASK = "- docker_container: {name: db, image: 'mysql:8', env: {MYSQL_ROOT_PASSWORD: '{{ p }}'}}\n"
USER = "- mysql_user: {name: app, host: 10.0.0.1, password: '{{ p }}'}\n"


@pytest.mark.parametrize(("tasks", "counts"), [(VALUES, 1), (TASK, 0), ("", 0)], ids=["values", "task", "none"])
def test_a_container_in_values_of_a_file_that_is_read_is_counted(tasks: str, counts: int) -> None:
    known = format_named("ansible")
    assert known is not None
    found = known.read(Source("main.yml", USER + tasks))
    missed = [one.why for part in found for one in part.not_checked]
    assert missed == ["a container makes them of its variables, and no format reads this"] * counts
