"""Containers that run a server: what the image makes of their variables, options and mounts."""

from base64 import b64encode
from collections.abc import Callable
from textwrap import dedent, indent

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Unresolved
from grantlint.reader.files.formats import format_named
from grantlint.reader.files.words import Sieve
from grantlint.servers.grouping import group
from told import account_told, text_told

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

ROOT = ["(root)@(%): (ALL) ON (*.*) +GRANT", "(root)@(localhost): (ALL) ON (*.*) +GRANT"]


def workload(container: str, pod: str = "", kind: str = "Deployment") -> str:
    """Return a workload of one container."""
    parts = indent(dedent(container).strip("\n"), " " * 10).lstrip()
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: db}}\nspec:\n  template:\n    spec:\n"
        f"      containers:\n        - {parts}\n{indent(dedent(pod), ' ' * 6)}---\n"
    )


STOCK = """
    name: mysql
    image: mysql:8.0.36
    env:
      - name: MYSQL_ROOT_PASSWORD
        valueFrom: {secretKeyRef: {name: db, key: root}}
      - name: MYSQL_USER
        value: app
      - {name: MYSQL_PASSWORD, value: hunter2}
      - {name: MYSQL_DATABASE, value: shop}
"""


def test_the_image_makes_accounts_of_its_variables(accounts: Shown, reading: Reading) -> None:
    text = workload(STOCK)
    assert accounts(text) == [*ROOT, "app@(%): (ALL) ON shop.*"]
    (found,) = reading(text)
    root, _, app = found.accounts
    assert root.authentication is not None
    assert root.authentication.credential is not None
    assert root.authentication.credential.secrecy is Secrecy.REFERENCE
    assert app.authentication is not None
    assert app.authentication.credential is not None
    assert app.authentication.credential.secrecy is Secrecy.PLAIN
    source = app.span.source
    assert source.text[app.span.start : app.span.end] == "MYSQL_USER"
    assert "hunter2" in {source.text[start:end] for start, end in source.secrets}
    assert found.server is not None
    assert getattr(found.server.product, "value", None) == "mysql-8.0.36"


@pytest.mark.parametrize("kind", ["StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"])
def test_workloads_of_each_kind_are_read(kind: str, accounts: Shown) -> None:
    assert len(accounts(workload(STOCK, kind=kind))) == 3


def test_a_pod_is_read(accounts: Shown) -> None:
    pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: mariadb\n    env:\n"
    assert accounts(f"{pod}    - {{name: MARIADB_ROOT_PASSWORD, value: x}}\n") == ROOT


@pytest.mark.parametrize(
    "container",
    [
        "name: web\nimage: example/web\nenv:\n- {name: MYSQL_USER, value: app}\n",
        "name: dump\nimage: mysql:8\nargs: [mysqldump, -h, db]\nenv:\n- {name: MYSQL_ROOT_PASSWORD, value: x}\n",
        "name: dump\nimage: mysql:8\ncommand: [sh, -c, mysql]\nenv:\n- {name: MYSQL_ROOT_PASSWORD, value: x}\n",
        "name: bare\nimage: mysql:8\ncommand: [mysqld]\nenv:\n- {name: MYSQL_ROOT_PASSWORD, value: x}\n",
        "name: none\nimage: mysql:8\n",
        "image: '{{ .x }}'\ncommand: [sh, -c, mysqladmin ping]\nenv:\n- {name: MYSQL_ROOT_PASSWORD, value: x}\n",
    ],
)
def test_clients_and_servers_without_the_entry_point_declare_nothing(container: str, reading: Reading) -> None:
    assert [part for part in reading(workload(container)) if part.accounts or part.not_checked] == []


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        (
            "args: [--skip-name-resolve, --bind-address=10.0.0.1]\n",
            {"skip_name_resolve": "on", "bind_address": "10.0.0.1"},
        ),
        ("command: [sh, -c, 'docker-entrypoint.sh mysqld']\n", {}),
        ("args: [mysqld, --bind-address, '::']\n", {"bind_address": "::"}),
    ],
)
def test_options_are_settings(more: str, shown: dict[str, str], reading: Reading) -> None:
    (found,) = reading(workload(dedent(STOCK) + more))
    assert found.server is not None
    stated = {name: getattr(text, "value", "?").lower() for name, text in found.server.settings.items()}
    assert stated == {"skip_name_resolve": "on", **shown}  # the image's own


VALUES = """
apiVersion: v1
kind: ConfigMap
metadata: {name: names}
data: {MYSQL_USER: app, MYSQL_DATABASE: shop}
---
apiVersion: v1
kind: Secret
metadata: {name: words}
stringData:
  MYSQL_ROOT_PASSWORD: hunter2
  MYSQL_PASSWORD: hunter3
---
"""


def test_variables_come_from_the_objects_of_the_same_file(accounts: Shown, reading: Reading) -> None:
    text = VALUES + workload(
        """
        image: mariadb:10.11
        envFrom:
        - configMapRef: {name: names}
        - secretRef: {name: words}
        env:
        - name: MYSQL_DATABASE
          valueFrom: {configMapKeyRef: {name: names, key: MYSQL_USER}}
        """
    )
    assert accounts(text) == [*ROOT, "app@(%): (ALL) ON app.*"]
    (found,) = reading(text)
    source = found.accounts[0].span.source
    assert {"hunter2", "hunter3"} <= {source.text[start:end] for start, end in source.secrets}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("envFrom:\n- secretRef: {name: other}\n", "the Secret other is in no file of this folder"),
        ("envFrom:\n- configMapRef: {name: '{{ .Values.name }}'}\n", "envFrom is a template"),
        ("env:\n{{- toYaml .Values.env | nindent 10 }}\n", "a template may add variables"),
    ],
)
def test_variables_from_elsewhere_leave_open_where_root_comes_from(more: str, why: str, reading: Reading) -> None:
    (found,) = reading(workload(f"image: mysql:8.4\n{more}"))
    assert [missed.why for missed in found.not_checked] == [why]
    assert [type(account.host).__name__ for account in found.accounts] == ["Unresolved", "Implied"]
    kept = [account.authentication and account.authentication.credential for account in found.accounts]
    assert [one and one.secrecy for one in kept] == [Secrecy.REFERENCE] * 2  # not none, for all that is known


@pytest.mark.parametrize(
    ("image", "why"),
    [
        ("'{{ .Values.image }}'", "the image is a variable"),
        ("example/mysql:1", "nothing is known of the image example/mysql"),
    ],
)
def test_a_server_of_an_unknown_image_is_counted(image: str, why: str, reading: Reading) -> None:
    (found,) = reading(workload(f"image: {image}\nenv:\n- {{name: MYSQL_ROOT_PASSWORD, value: x}}\n"))
    (root,) = found.accounts
    assert account_told(root) == "(root)@?"
    assert isinstance(root.host, Unresolved)
    assert root.host.reason == why
    environment = "[{name: MYSQL_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: root}}}]"
    (found,) = reading(workload(f"image: {image}\nenv: {environment}\n"))
    assert [missed.why for missed in found.not_checked] == [why]
    assert found.accounts == []


@pytest.mark.parametrize("target", ["/var/lib/mysql", "/bitnami/mariadb/"])
def test_a_server_is_known_by_its_data_where_its_image_and_variables_are_templates(
    target: str, reading: Reading
) -> None:
    container = (
        "name: db\nimage: '{{ .Values.image }}'\nvolumeMounts: [{name: data, mountPath: %s}]\n"
        "envFrom:\n- secretRef: {name: '{{ .Release.Name }}-db'}\n"
    )
    (found,) = reading(workload(container % target))
    assert [missed.why for missed in found.not_checked] == ["the image is a variable"]
    assert reading(workload(container % "/var/lib/postgresql/data")) == []


def test_a_workload_with_a_server_s_data_is_looked_at() -> None:
    mount = "        volumeMounts:\n        - name: data\n          mountPath: /var/lib/mysql\n"
    text = f"kind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      - name: db\n{mount}"
    known = format_named("kubernetes")
    assert known is not None
    assert known.claims("db.yaml", text)
    assert not known.claims("db.yaml", text.replace("mysql", "other"))


MOUNTED = """
apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data:
  my.cnf: |
    [mysqld]
    skip-name-resolve
    bind-address = 10.0.0.9
  a.sql: |
    CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'x';
    GRANT SELECT ON audit.* TO 'app'@'%';
    DROP USER 'root'@'%';
---
"""


def test_what_is_mounted_belongs_to_the_server_and_runs_after_the_image(reading: Reading) -> None:
    mounts = "volumeMounts:\n- {name: a, mountPath: /docker-entrypoint-initdb.d}\n- {name: a, mountPath: /etc/mysql}\n"
    text = MOUNTED + workload(
        f"{dedent(STOCK)}args: ['--bind-address=::']\n{mounts}", "volumes:\n- {name: a, configMap: {name: files}}\n"
    )
    (server,) = group(reading(text))
    names = [(getattr(each.user, "value", ""), getattr(each.host, "value", "")) for each in server.accounts]
    assert names == [("root", "localhost"), ("app", "%")]
    settings = server.facts[0].settings
    assert {name: getattr(said, "value", "").lower() for name, said in settings.items()} == {
        "skip_name_resolve": "on",
        "bind_address": "::",
    }
    place = settings["skip_name_resolve"].span
    assert place.source.text[place.start : place.end] == "skip-name-resolve"


def test_sql_in_a_command_is_read(accounts: Shown) -> None:
    job = "apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n      - image: mysql:8\n"
    command = "        command: [sh, -c, \"mysql -h db -e 'GRANT SELECT ON a.* TO b@c'\"]\n"
    assert accounts(job + command) == ["+ b@c: SELECT ON a.*"]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        (workload(STOCK), True),
        (workload("image: library/mariadb\nenvFrom: []\n"), True),
        (workload("image: example/web\nenv:\n- {name: DB_USER, value: mysql}\n"), False),
        (workload("image: example/mysqld-exporter\n"), False),
        ("env:\n- name: MYSQL_ROOT_PASSWORD\n", False),
    ],
)
def test_whose_workloads_are_claimed(text: str, claimed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    known = format_named("kubernetes")
    assert known is not None
    assert known.claims("db.yaml", text) is claimed
    if claimed:
        assert Sieve([known.words]).matches(text.encode())


HELD = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n"
ENCODED = """
    name: mysql
    image: mysql:8.4
    env:
      - name: MYSQL_ROOT_PASSWORD
        valueFrom: {secretKeyRef: {name: db, key: root}}
      - name: MYSQL_USER
        valueFrom: {secretKeyRef: {name: db, key: user}}
      - name: MYSQL_PASSWORD
        valueFrom: {secretKeyRef: {name: db, key: password}}
"""


def encoded(**values: str) -> str:
    """Return the data of a Secret with these values."""
    data = ", ".join(f"{key}: {b64encode(value.encode()).decode()}" for key, value in values.items())
    return f"{HELD}data: {{{data}}}\n"


@pytest.mark.parametrize("first", [True, False])
def test_a_secret_of_the_file_is_read_from_base64(reading: Reading, first: bool) -> None:  # noqa: FBT001 - as above
    secret = encoded(root="Tr0ub4dor", user="app", password="app")  # noqa: S106 - of the test
    text = secret + "---\n" + workload(ENCODED) if first else workload(ENCODED) + secret
    (found,) = (part for part in reading(text) if part.accounts)
    assert [text_told(account.user) for account in found.accounts] == ["(root)", "(root)", "app"]
    (root, _, app) = (account.authentication for account in found.accounts)
    assert root is not None
    assert app is not None
    assert root.credential is not None
    assert app.credential is not None
    assert (root.credential.secrecy, app.credential.secrecy) == (Secrecy.PLAIN, Secrecy.PLAIN)
    assert app.credential.holds("app".__eq__)
    hidden = {span.source.text[start:end] for span in (root.credential.span,) for start, end in span.source.secrets}
    assert b64encode(b"Tr0ub4dor").decode() in hidden


def test_a_line_end_in_base64_changes_the_password(reading: Reading) -> None:
    text = workload(ENCODED) + encoded(root="Tr0ub4dor\n", user="app", password="x")  # noqa: S106 - of the test
    (found,) = (part for part in reading(text) if part.accounts)
    proofs = [account.authentication for account in found.accounts]
    changed = [proof.credential.changed is not None for proof in proofs if proof and proof.credential]
    assert changed == [True, True, False]


@pytest.mark.parametrize("data", ["{root: '!!', user: YXBw, password: YXBw}", "{}", "{user: '{{ x }}'}"])
def test_what_is_no_base64_is_not_known(reading: Reading, data: str) -> None:
    (found,) = (part for part in reading(workload(ENCODED) + f"{HELD}data: {data}\n") if part.accounts)
    (root, *_) = (account.authentication for account in found.accounts)
    assert root is not None
    assert root.credential is not None
    assert root.credential.secrecy is Secrecy.REFERENCE


def test_string_data_goes_before_data(reading: Reading) -> None:
    secret = encoded(root="a", user="before", password="b") + "stringData: {user: after}\n"  # noqa: S106 - of the test
    (found,) = (part for part in reading(workload(ENCODED) + secret) if part.accounts)
    assert text_told(found.accounts[-1].user) == "after"


def test_an_operator_s_user_has_the_password_of_the_secret(reading: Reading) -> None:
    user = "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata: {name: app}\nspec:\n"
    user += "  passwordSecretKeyRef: {name: db, key: password}\n---\n"
    (found,) = (part for part in reading(user + encoded(password="app")) if part.accounts)  # noqa: S106 - of the test
    proof = found.accounts[0].authentication
    assert proof is not None
    assert proof.credential is not None
    assert proof.credential.holds("app".__eq__)
