"""What an author cannot change, and what depends on a user that nobody knows, is counted; subjects are never `?`."""

import json
import re
from pathlib import Path

import pytest

from .conftest import Run

STATEFUL = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    spec:
      containers:
      - name: mysql
        image: mysql:8.4
        env:
        - {name: MYSQL_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: root}}}
        - {name: MYSQL_ROOT_HOST, value: localhost}
        - {name: MYSQL_USER, value: app}
        - {name: MYSQL_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: app}}}
"""
COMPOSE = "services:\n  db:\n    image: {image}\n    environment:\n"
SECRETS = "      {x}_ROOT_PASSWORD_FILE: /run/a\n      {x}_PASSWORD_FILE: /run/b\n      {x}_USER: app\n"
LOCAL = "      {x}_ROOT_HOST: localhost\n"

GIVEN = {
    "mysql": ("compose.yml", COMPOSE.format(image="mysql:8.4") + (SECRETS + LOCAL).format(x="MYSQL")),
    "percona": ("compose.yml", COMPOSE.format(image="percona:8.0") + (SECRETS + LOCAL).format(x="MYSQL")),
    "bitnami": ("compose.yml", COMPOSE.format(image="bitnami/mariadb:11.4") + SECRETS.format(x="MARIADB")),
    "replication": (
        "compose.yml",
        COMPOSE.format(image="mariadb:11.8")
        + "      MARIADB_ROOT_PASSWORD_FILE: /run/a\n      MARIADB_ROOT_HOST: localhost\n"
        + "      MARIADB_REPLICATION_USER: app\n      MARIADB_REPLICATION_PASSWORD_FILE: /run/b\n",
    ),
    "workload": ("db.yml", STATEFUL),
    "operator": (
        "db.yml",
        (
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: MariaDB\nmetadata: {name: db}\n"
            "spec: {username: app, database: shop, passwordSecretKeyRef: {name: db, key: p}}\n"
        ),
    ),
    "chart": (
        "values.yaml",
        (
            "mysql:\n  image: {registry: docker.io, repository: bitnami/mysql, tag: 8.4.3}\n"
            "  auth: {username: app, database: shop, existingSecret: db}\n"
        ),
    ),
}


@pytest.mark.parametrize("name", GIVEN)
def test_a_host_that_a_tool_chose_and_no_key_changes_is_counted(name: str, here: Path, grantlint: Run) -> None:
    file, text = GIVEN[name]
    (here / file).write_text(text, encoding="utf-8")
    told = json.loads(grantlint("--output", "json", file).out)
    assert [one["rule"] for one in told["findings"] if "app" in (one["account"] or "")] == []
    (unsaid,) = told["summary"]["unsaid"]
    assert unsaid["why"] == "given"
    assert "any-host" in unsaid["rules"]
    assert unsaid["accounts"] >= 1
    assert "no key here changes that: counted" in " ".join(grantlint(file).out.split())
    assert re.search(r"'app' +'%'", grantlint("table", file).out), "it counts in the model"


def test_a_variable_of_an_environment_file_is_no_other(here: Path, grantlint: Run) -> None:
    (here / "db.env").write_text("MYSQL_USER=app\nMYSQL_PASSWORD=x\nMYSQL_ROOT_PASSWORD=y\nMYSQL_ROOT_HOST=localhost\n")
    (here / "compose.yml").write_text(
        "services:\n  db:\n    image: mysql:8.4\n    env_file: db.env\n", encoding="utf-8"
    )
    told = json.loads(grantlint("--output", "json", "compose.yml").out)
    assert told["findings"] == []
    assert [one["rules"] for one in told["summary"]["unsaid"]] == [["any-host"]]


def test_a_rule_of_a_template_that_spares_administrators_counts_them_too(here: Path, grantlint: Run) -> None:
    (here / "grantlint.toml").write_text(
        "[[rule]]\nname = 'owner'\ntemplate = 'comment-matches'\nmessage = 'no owner'\npattern = 'owner:'\n"
    )
    (here / "p.yml").write_text("users:\n- {user: '{{ u }}', host: 10.0.3.7}\n- {user: b, host: 10.0.3.7}\n")
    told = json.loads(grantlint("--output", "json", "p.yml").out)
    assert [(one["rule"], one["line"]) for one in told["findings"]] == [("owner", 3)]
    assert told["summary"]["unsaid"] == [{"why": "unknown-user", "accounts": 1, "rules": ["owner"]}]


OF_SOME_DATABASE = {
    "tasks.yml": """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: "{{ db_user }}"
        host: 10.0.3.7
        password: "{{ pw }}"
        priv: "{{ db_name }}.*:ALL,GRANT"
""",
    "make.sh": """\
#!/bin/sh
mysql <<EOF
CREATE USER '$DB_USER'@'10.0.3.7' IDENTIFIED BY '$DB_PASS';
GRANT ALL ON \\`$DB_NAME\\`.* TO '$DB_USER'@'10.0.3.7' WITH GRANT OPTION;
EOF
""",
    "row.sql": """\
INSERT INTO mysql.db (Host, Db, User, Select_priv, Grant_priv) VALUES ('10.0.3.7', '${DB}', '${USER}', 'Y', 'Y');
""",
    "main.tf": """\
resource "mysql_user" "app" {
  user = var.user
  host = "10.0.3.7"
}
resource "mysql_grant" "app" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = var.database
  privileges = ["ALL"]
  grant      = true
}
""",
    "db.pp": """\
class db(String $user, String $db) {
  mysql::db { $db: user => $user, host => '10.0.3.7', password => $pw, grant => ['ALL'], grant_options => ['GRANT'] }
  mysql_grant { "${user}@10.0.3.8/${db}.*":
    user => "${user}@10.0.3.8", table => "${db}.*", privileges => ['ALL'], options => ['GRANT'],
  }
}
""",
    "db.sls": """\
app_grants:
  mysql_grants.present:
    - grant: all privileges
    - database: "{{ db }}.*"
    - user: {{ user }}
    - host: 10.0.3.7
    - grant_option: True
""",
    "grant.yaml": """\
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata: {name: app}
spec:
  privileges: [ALL PRIVILEGES]
  database: "{{ .Values.db }}"
  table: "*"
  username: "{{ .Values.user }}"
  host: 10.0.3.7
  grantOption: true
""",
    "policy.yml": """\
users:
- user: '{{ user }}'
  host: 10.0.3.7
  grants:
  - {privileges: [ALL], target: '`{{ db }}`.*', grant_option: true}
""",
}


@pytest.mark.parametrize("name", OF_SOME_DATABASE)
def test_who_has_rights_on_one_database_is_no_administrator_whatever_names_them(
    name: str, here: Path, grantlint: Run
) -> None:
    (here / name).write_text(OF_SOME_DATABASE[name], encoding="utf-8")
    told = json.loads(grantlint("--profile", "hardened", "--output", "json", name).out)
    said = {one["rule"] for one in told["findings"]}
    assert "grant-option" in said
    assert "all-privileges-database" in said or name == "row.sql"
    assert [one for one in told["summary"]["unsaid"] if one["why"] == "unknown-user"] == []


@pytest.mark.parametrize("target", ["*.*", "{{ target }}", "'%.*'", "'{{ db }}.{{ table }}'"])
def test_who_may_be_an_administrator_is_counted(target: str, here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(
        "users:\n- user: '{{ user }}'\n  host: 10.0.3.7\n  grants:\n"
        f"  - {{privileges: [SELECT], target: {json.dumps(target.strip(chr(39)))}, grant_option: true}}\n"
    )
    told = json.loads(grantlint("--profile", "hardened", "--output", "json", "p.yml").out)
    assert "grant-option" not in {one["rule"] for one in told["findings"]}
    assert "grant-option" in told["summary"]["unsaid"][0]["rules"]


def test_an_auditor_is_told_of_it_all_the_same(here: Path, grantlint: Run) -> None:
    file, text = GIVEN["mysql"]
    (here / file).write_text(text, encoding="utf-8")
    said = grantlint("--output", "compliance-json", "--edition", "dev-sec-5.1", file).out
    assert "may connect from any host" in said


CHANGED_BY = {
    "root of mysql": ("mysql:8.4", "MYSQL", "'root'@'%'", "MYSQL_ROOT_HOST"),
    "root of mariadb": ("mariadb:11.8", "MARIADB", "'root'@'%'", "MARIADB_ROOT_HOST"),
    "user of mariadb": ("mariadb:11.8", "MARIADB", "'app'@'%'", "MARIADB_USER_HOST"),
}


@pytest.mark.parametrize("name", CHANGED_BY)
def test_a_host_that_a_key_changes_is_a_finding_that_names_the_key(name: str, here: Path, grantlint: Run) -> None:
    image, prefix, account, key = CHANGED_BY[name]
    (here / "compose.yml").write_text(COMPOSE.format(image=image) + SECRETS.format(x=prefix), encoding="utf-8")
    told = json.loads(grantlint("--output", "json", "--profile", "hardened", "compose.yml").out)
    found = [one for one in told["findings"] if one["account"] == account and one["rule"].startswith("any-host")]
    assert [one["help"].split()[1] for one in found] == [key]
    told = json.loads(grantlint("--output", "json", "compose.yml").out)
    assert ([one for one in told["findings"] if one["account"] == account], told["summary"]["beyond"] > 0) == ([], True)
    (here / "compose.yml").write_text(
        COMPOSE.format(image=image) + SECRETS.format(x=prefix) + f"      {key}: 10.0.3.%\n", encoding="utf-8"
    )
    told = json.loads(grantlint("--output", "json", "compose.yml").out)
    assert [one for one in told["findings"] if one["account"] == account] == []


UNKNOWN = {  # an account whose user nobody knows, with everything: the file, its text, what stands for the user
    "policy": (
        "p.yml",
        (
            "users:\n- user: '{{ db_admin }}'\n  host: '%'\n"
            "  grants: [{privileges: ALL, target: '*.*', grant_option: true}]\n"
        ),
        "{{ db_admin }}",
    ),
    "sql": (
        "a.sql.j2",
        "CREATE USER '{{ db_admin }}'@'%';\nGRANT ALL ON *.* TO '{{ db_admin }}'@'%' WITH GRANT OPTION;\n",
        "{{ db_admin }}",
    ),
    "shell": (
        "a.sh",
        "#!/bin/sh\nmysql -e \"CREATE USER '$DB_ADMIN'@'%'; GRANT ALL ON *.* TO '$DB_ADMIN'@'%' WITH GRANT OPTION\"\n",
        "$DB_ADMIN",
    ),
    "ansible": (
        "site.yml",
        (
            "- hosts: db\n  tasks:\n  - mysql_user:\n      name: '{{ db_admin }}'\n      host: '%'\n"
            "      priv: '*.*:ALL,GRANT'\n"
        ),
        "{{ db_admin }}",
    ),
    "terraform": (
        "a.tf",
        (
            'variable "db_admin" {}\n'
            'resource "mysql_user" "a" {\n  user = var.db_admin\n  host = "%"\n}\n'
            'resource "mysql_grant" "a" {\n  user = mysql_user.a.user\n  host = "%"\n'
            '  privileges = ["ALL"]\n  grant = true\n}\n'
        ),
        "var.db_admin",
    ),
    "kubernetes": (
        "g.yml",
        (
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata: {name: a}\n"
            "spec: {mariaDbRef: {name: db}, name: '{{ .Values.db_admin }}', "
            "passwordSecretKeyRef: {name: a, key: p}}\n---\n"
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: Grant\nmetadata: {name: a}\nspec:\n  mariaDbRef: {name: db}\n"
            "  username: '{{ .Values.db_admin }}'\n  privileges: [ALL]\n  grantOption: true\n"
        ),
        ".Values.db_admin",
    ),
    "compose": (
        "compose.yml",
        COMPOSE.format(image="bitnami/mysql:8.4") + "      MYSQL_ROOT_USER: ${DB_ADMIN}\n"
        "      MYSQL_ROOT_PASSWORD_FILE: /run/a\n",
        "",
    ),
    "puppet": (
        "a.pp",
        (
            'mysql_grant { "${db_admin}@%/*.*":\n  user => "${db_admin}@%", table => \'*.*\',\n'
            "  privileges => ['ALL'], options => ['GRANT'],\n}\nmysql_user { \"${db_admin}@%\": }\n"
        ),
        "db_admin",
    ),
    "salt": (
        "a.sls",
        (
            "a:\n  mysql_user.present:\n  - name: {{ db_admin }}\n  - host: '%'\n"
            "g:\n  mysql_grants.present:\n  - user: {{ db_admin }}\n  - host: '%'\n  - grant: all privileges\n"
            "  - database: '*.*'\n  - grant_option: True\n"
        ),
        "db_admin",
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_rules_that_spare_administrators_count_who_is_not_known(name: str, here: Path, grantlint: Run) -> None:
    file, text, shown = UNKNOWN[name]
    (here / file).write_text(text, encoding="utf-8")
    told = json.loads(grantlint("--output", "json", file).out)
    rules = {one["rule"] for one in told["findings"]}
    assert rules.isdisjoint({"all-privileges-global", "grant-option"}), told["findings"]
    counted = {rule for one in told["summary"]["unsaid"] for rule in one["rules"]}
    assert {"all-privileges-global", "grant-option"} <= counted
    subjects = {one["account"] or "" for one in told["findings"]}
    assert not any("?" in subject for subject in subjects)
    assert not shown or any(shown in subject for subject in subjects), subjects
