"""What weighs little where it stands is left to a larger profile, or is an info; what others reach stays."""

import json
import subprocess
from pathlib import Path

import pytest

from grantlint.lint.engine import reporting
from grantlint.lint.finding import Finding

from .conftest import Run

HEAD = "services:\n"


def db(secret: str, name: str = "db") -> str:
    return f"  {name}:\n    image: mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD: {secret}\n"


LITERAL = HEAD + db("Tr0ub4dor")


def rules(grantlint: Run, *arguments: str) -> list[tuple[str, str]]:
    told = json.loads(grantlint("--output", "json", *arguments).out)
    return [(one["rule"], one["severity"]) for one in told["findings"]]


ROOT = ("any-host-all-privileges", "error")
READ = ("plain-text-password", "error")
NOT_OPENED = {
    "no port": "",
    "loopback": "    ports: ['127.0.0.1:3306:3306']\n",
    "loopback by default": "    ports: ['${BIND:-127.0.0.1}:${PORT:-3306}:3306']\n",
    "loopback of IPv6": "    ports: ['[::1]:3306:3306']\n",
    "long form": "    ports: [{target: 3306, published: 3306, host_ip: 127.0.0.1}]\n",
    "exposed": "    expose: ['3306']\n",
    "network": "    networks: [inner]\n",
}
OPENED = {
    "both": "    ports: ['3306:3306']\n",
    "any port": "    ports: ['3306']\n",
    "every address": "    ports: ['0.0.0.0:3306:3306']\n",
    "an address": "    ports: ['10.0.3.7:3306:3306']\n",
    "every address of IPv6": "    ports: ['[::]:3306:3306']\n",
    "not known": "    ports: ['${BIND}:3306:3306']\n",
    "long form": "    ports: [{target: 3306, published: 3306}]\n",
    "second": "    ports: ['127.0.0.1:3306:3306', '33060:33060']\n",
    "network of the machine": "    network_mode: host\n",
}


@pytest.mark.parametrize("name", NOT_OPENED)
def test_root_of_an_image_that_no_machine_reaches_is_left_to_a_larger_profile(
    name: str, here: Path, grantlint: Run
) -> None:
    (here / "compose.yml").write_text(LITERAL + NOT_OPENED[name], encoding="utf-8")
    assert rules(grantlint, ".") == [READ]
    assert ROOT in rules(grantlint, "--profile", "hardened", ".")
    assert ROOT in rules(grantlint, "--select", "any-host-all-privileges", ".")
    said = grantlint(".").out
    assert "left to larger profiles" in said


@pytest.mark.parametrize("name", OPENED)
@pytest.mark.parametrize(("secret", "rule"), [("Tr0ub4dor", READ[0]), ("${ROOT:?}", ROOT[0])])
def test_what_other_machines_reach_stays_and_says_where(
    secret: str, rule: str, name: str, here: Path, grantlint: Run
) -> None:
    (here / "compose.yml").write_text(HEAD + db(secret) + OPENED[name], encoding="utf-8")
    told = json.loads(grantlint("--output", "json", ".").out)
    (one,) = told["findings"]  # of root at any host, the password that is needed there speaks where one can be read
    assert one["rule"] == rule
    assert any(note["line"] == 6 and "opened to other machines" in note["message"] for note in one["related"])


def test_a_password_speaks_for_the_host_of_its_own_service_alone(here: Path, grantlint: Run) -> None:
    text = HEAD + db("Tr0ub4dor", "a") + OPENED["both"] + db("${ROOT:?}", "b") + OPENED["every address"]
    (here / "compose.yml").write_text(text, encoding="utf-8")
    assert sorted(rules(grantlint, ".")) == [ROOT, READ]


def test_who_accepts_the_password_accepts_the_host_that_it_is_for(here: Path, grantlint: Run) -> None:
    text = HEAD + db("Tr0ub4dor  # grantlint: ignore[plain-text-password] a lab") + OPENED["both"]
    (here / "compose.yml").write_text(text, encoding="utf-8")
    assert rules(grantlint, ".") == []


def test_an_empty_password_of_an_image_is_one_finding(here: Path, grantlint: Run) -> None:
    text = HEAD + db("x").replace("MYSQL_ROOT_PASSWORD: x", "MYSQL_ALLOW_EMPTY_PASSWORD: 1")
    (here / "compose.yml").write_text(text, encoding="utf-8")
    assert rules(grantlint, ".") == [("password-empty", "error")]


def test_a_host_that_a_statement_leaves_out_is_its_authors(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text("CREATE USER app IDENTIFIED BY RANDOM PASSWORD;\n", encoding="utf-8")
    assert rules(grantlint, ".") == [("any-host", "warning")]


TWICE = """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: "{{ item }}"
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: 'shop_eu.*:SELECT/shop_us.*:SELECT'
      loop: [app, web]
"""


def test_what_is_left_to_a_larger_profile_is_counted_by_its_places_and_never_made(
    here: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    class Counted(Finding):
        def __init__(self, *values: object, **named: object) -> None:
            made.append((values, named))

    monkeypatch.setattr(reporting, "Finding", Counted)
    (here / "a.yml").write_text(TWICE, encoding="utf-8")
    told = json.loads(grantlint("--output", "json", ".").out)
    assert (told["findings"], told["summary"]["beyond"], made) == ([], 2, [])
    told = json.loads(grantlint("--output", "json", "--profile", "pedantic", ".").out)
    assert len(made) > 2


def test_a_comment_has_a_word_about_what_is_left_to_a_larger_profile(here: Path, grantlint: Run) -> None:
    silent = TWICE.replace("SELECT'\n", "SELECT'  # grantlint: ignore[grant-underscore-unescaped] mine\n")
    (here / "a.yml").write_text(silent, encoding="utf-8")
    told = json.loads(grantlint("--output", "json", ".").out)
    assert (told["findings"], told["summary"]["beyond"], told["summary"]["suppressed"]) == ([], 0, 2)
    told = json.loads(grantlint("--output", "json", "--no-ignores", ".").out)
    assert (told["findings"], told["summary"]["beyond"]) == ([], 2)


CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: init}
data:
  init.sql: |
    CREATE USER 'app'@'%' IDENTIFIED BY RANDOM PASSWORD;
    GRANT SELECT ON shop.* TO 'app'@'%';
---
apiVersion: v1
kind: Service
metadata: {name: mysql}
spec:
  type: TYPE
  ports: [{port: 3306}]
"""


@pytest.mark.parametrize(("kind", "found"), [("ClusterIP", 0), ("LoadBalancer", 1), ("NodePort", 1)])
def test_in_a_cluster_any_host_weighs_where_a_service_opens_a_port(
    kind: str, found: int, here: Path, grantlint: Run
) -> None:
    (here / "mysql.yaml").write_text(CONFIG_MAP.replace("TYPE", kind), encoding="utf-8")
    assert rules(grantlint, ".") == [("any-host", "warning")] * found


def test_a_port_that_an_override_opens_counts(here: Path, grantlint: Run) -> None:
    (here / "compose.yml").write_text(LITERAL, encoding="utf-8")
    (here / "compose.override.yml").write_text("services:\n  db:\n    ports: ['3306:3306']\n", encoding="utf-8")
    assert ("plain-text-password", "error") in rules(grantlint, ".")


def test_an_account_of_a_mounted_script_is_reached_as_its_container_is(here: Path, grantlint: Run) -> None:
    script = "CREATE USER 'app'@'%' IDENTIFIED BY '${APP_PASSWORD}';\nGRANT ALL ON shop.* TO 'app'@'%';\n"
    (here / "init").mkdir()
    (here / "init/a.sql").write_text(script, encoding="utf-8")
    mounts = "    volumes: ['./init:/docker-entrypoint-initdb.d']\n"
    (here / "compose.yml").write_text(HEAD + db("${ROOT:?}") + mounts, encoding="utf-8")
    assert rules(grantlint, ".") == []
    assert ("any-host", "warning") in rules(grantlint, "init")  # alone, nobody knows who runs it
    with_port = HEAD + db("${ROOT:?}") + mounts + OPENED["both"]
    (here / "compose.yml").write_text(with_port, encoding="utf-8")
    assert ("any-host", "warning") in rules(grantlint, ".")


def test_everything_for_somebody_else_stays_wherever_he_comes_from(here: Path, grantlint: Run) -> None:
    (here / "init.sql").write_text("GRANT ALL ON *.* TO 'app'@'%';\n", encoding="utf-8")
    mounts = "    volumes: ['./init.sql:/docker-entrypoint-initdb.d/init.sql']\n"
    (here / "compose.yml").write_text(HEAD + db("${ROOT:?}") + mounts, encoding="utf-8")
    assert ("all-privileges-global", "error") in rules(grantlint, ".")


DOCKERFILE = "FROM mysql:8.4\nENV MYSQL_ROOT_PASSWORD=Tr0ub4dor\n"


def test_an_image_that_nobody_is_known_to_run_says_its_password_alone(here: Path, grantlint: Run) -> None:
    (here / "Dockerfile").write_text(DOCKERFILE, encoding="utf-8")
    assert rules(grantlint, ".") == [READ]


WEB = "  web:\n    image: node:22\n"
BUILT = "  web:\n    build: ./web\n"
MOUNTED = {
    "sources of the project": "  web:\n    image: php:8\n    volumes: ['.:/var/www/html']\n",
    "sources that are built": BUILT + "    volumes: ['./web:/app']\n",
    "sources in src": WEB + "    volumes: ['./src:/app']\n",
    "long build": "  web:\n    build: {context: ./web}\n    volumes: [{type: bind, source: ./web, target: /app}]\n",
}
TOLD = {
    "environment": WEB + "    environment: {NODE_ENV: development}\n",
    "environment in a list": WEB + "    environment: ['APP_ENV=local']\n",
    "environment by default": WEB + "    environment: {APP_ENV: '${APP_ENV:-dev}'}\n",
    "profile": WEB + "    environment: ['SPRING_PROFILES_ACTIVE=dev']\n",
    "debugging": WEB + "    environment: {FLASK_DEBUG: 1}\n",
    "Xdebug": WEB + "    environment: {XDEBUG_MODE: 'develop,debug'}\n",
    "Laravel Sail": WEB + "    environment: {LARAVEL_SAIL: 1}\n",
    "watched": WEB + "    environment: {CHOKIDAR_USEPOLLING: 'true'}\n",
    "polled": WEB + "    environment: {WATCHPACK_POLLING: 'true'}\n",
    "database": WEB + "    environment: {MYSQL_DATABASE: shop_dev}\n",
    "user": WEB + "    environment: {MARIADB_USER: local}\n",
    "command": WEB + "    command: npm run dev\n",
    "command in a list": WEB + "    command: [python, manage.py, runserver]\n",
    "mail": "  mail:\n    image: axllent/mailpit:latest\n",
}
DEVELOPMENT = MOUNTED | TOLD
PRODUCTION = {
    "an image that is built": BUILT,
    "a configuration": BUILT + "    volumes: ['./web/nginx.conf:/etc/nginx/nginx.conf:ro']\n",
    "environment": WEB + "    environment: {NODE_ENV: production}\n",
    "a variable": WEB + "    environment: {NODE_ENV: '${NODE_ENV}'}\n",
    "a database": WEB + "    environment: {MYSQL_DATABASE: devices}\n",
    "no debugging": WEB + "    environment: {XDEBUG_MODE: 'off'}\n",
    "both": BUILT + "    environment: {NODE_ENV: production, MYSQL_USER: dev}\n    volumes: ['./web:/app']\n",
    "not switched on": WEB + "    environment: {FLASK_DEBUG: 0}\n",
    "command": WEB + "    command: npm run start\n",
    "data": WEB + "    volumes: ['./uploads:/app/uploads', 'web:/app']\n",
}


@pytest.mark.parametrize("name", DEVELOPMENT)
def test_a_password_of_a_set_up_for_development_is_an_info(name: str, here: Path, grantlint: Run) -> None:
    (here / "compose.yml").write_text(LITERAL + DEVELOPMENT[name], encoding="utf-8")
    assert rules(grantlint, ".") == [(READ[0], "info")]
    assert "1 in compose.yml:" in " ".join(grantlint("--fail-on", "error", ".").out.split())
    assert READ[0] in grantlint("--fail-on", "error", "compose.yml").out  # who names the file wants to see it
    (here / "compose.yml").write_text(LITERAL + OPENED["both"] + DEVELOPMENT[name], encoding="utf-8")
    assert rules(grantlint, ".") == [(READ[0], "info" if name in TOLD else "error")]


@pytest.mark.parametrize("name", PRODUCTION)
def test_what_may_be_production_stays(name: str, here: Path, grantlint: Run) -> None:
    (here / "compose.yml").write_text(LITERAL + PRODUCTION[name], encoding="utf-8")
    assert rules(grantlint, ".") == [READ]


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("docker-compose.dev.yml", "info"),
        ("compose.local.yaml", "info"),
        (".devcontainer/compose.yml", "info"),
        ("docker-compose.prod.yml", "error"),
        ("production/docker-compose.dev.yml", "error"),
        ("developers/compose.yml", "error"),
    ],
)
def test_the_name_of_a_file_says_what_it_is_for(path: str, severity: str, here: Path, grantlint: Run) -> None:
    (here / path).parent.mkdir(exist_ok=True)
    for opened in ("", OPENED["both"]):
        (here / path).write_text(LITERAL + opened, encoding="utf-8")
        assert rules(grantlint, ".") == [(READ[0], severity)]


def test_what_a_server_refuses_is_an_error_for_developers_too(here: Path, grantlint: Run) -> None:
    (here / "init.sql").write_text("GRANT ALL ON shop.* TO 'app'@'10.0.%' IDENTIFIED BY 'x';\n", encoding="utf-8")
    mounts = "    volumes: ['./init.sql:/docker-entrypoint-initdb.d/init.sql']\n"
    (here / "compose.yml").write_text(LITERAL + mounts + DEVELOPMENT["mail"], encoding="utf-8")
    assert ("statement-rejected", "error") in rules(grantlint, ".")


def test_no_folder_of_examples_is_no_development_either(here: Path, grantlint: Run) -> None:
    (here / "grantlint.toml").write_text("example-folders = []\n", encoding="utf-8")
    (here / "compose.yml").write_text(LITERAL + DEVELOPMENT["mail"], encoding="utf-8")
    (here / "README.md").write_text("# A demo\n", encoding="utf-8")
    assert rules(grantlint, ".") == [READ]


SQL = "CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{}';\n"
POLICY = "users:\n- user: app\n  host: 10.0.3.7\n  authentication: {{password: '{}'}}\n"
TASK = "- hosts: db\n  tasks:\n  - mysql_user: {{name: app, host: 10.0.3.7, password: '{}', state: present}}\n"
FORMATS = {"a.sql": SQL, "policy.yml": POLICY, "play.yml": TASK}


@pytest.mark.parametrize("file", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "<password>",
        "your_password",
        "[PASSWORD]",
        "xxxx",
        "********",
        "enter-password-here",
        "$root_db_password",
        "shop-change-me-root",
    ],
)
def test_what_stands_for_a_password_is_left_to_a_larger_profile(
    file: str, text: str, here: Path, grantlint: Run
) -> None:
    (here / file).write_text(FORMATS[file].format(text), encoding="utf-8")
    assert READ not in rules(grantlint, ".")


@pytest.mark.parametrize("file", FORMATS)
@pytest.mark.parametrize(
    "text", ["Tr0ub4dor", "$ecret.Pa55", "replacement parts", "youth.hostel", "exchange me", "heretic"]
)
def test_a_password_with_such_a_word_in_it_is_one(file: str, text: str, here: Path, grantlint: Run) -> None:
    (here / file).write_text(FORMATS[file].format(text), encoding="utf-8")
    assert READ in rules(grantlint, ".")


def test_a_password_that_is_to_be_changed_is_tried_first(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(SQL.format("changeme"), encoding="utf-8")
    assert rules(grantlint, ".") == [("password-common", "error")]


def test_what_a_variable_has_where_nobody_sets_it_counts_where_it_is_reached(here: Path, grantlint: Run) -> None:
    text = HEAD + db("${ROOT:-Tr0ub4dor}")
    (here / "compose.yml").write_text(text, encoding="utf-8")
    assert rules(grantlint, ".") == []
    (here / "compose.yml").write_text(text + OPENED["both"], encoding="utf-8")
    assert READ in rules(grantlint, ".")


def test_one_password_is_one_finding_with_its_places(here: Path, grantlint: Run) -> None:
    services = [db("Tr0ub4dor", "a"), db("Tr0ub4dor", "b"), db("another", "c")]
    (here / "compose.yml").write_text(HEAD + "".join(services), encoding="utf-8")
    told = json.loads(grantlint("--output", "json", ".").out)
    assert [(one["line"], [note["line"] for note in one["related"]]) for one in told["findings"]] == [
        (5, [9]),
        (13, []),
    ]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("shop2eu", True),
        ("shop-eu", True),
        ("shop_eu", False),
        ("shop__eu", False),
        ("shopeu", False),
        ("other", False),
    ],
)
def test_a_wildcard_weighs_where_another_database_is_known_that_it_takes(
    other: str, here: Path, grantlint: Run, *, found: bool
) -> None:
    grant = "GRANT SELECT ON `{}`.* TO 'app'@'10.0.3.7';\n"
    rule = ("grant-underscore-unescaped", "warning")
    user = "CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;\n"
    for text in (grant.format(other), f"CREATE DATABASE IF NOT EXISTS `{other}`;\n"):
        (here / "a.sql").write_text(user + grant.format("shop_eu") + text, encoding="utf-8")
        assert (rule in rules(grantlint, ".")) is found
    assert rule in rules(grantlint, "--profile", "pedantic", ".")


READMES = {
    "# Ansible workshop\n": "info",
    "<h1 align='center'>MySQL HA lab</h1>\n": "info",
    "[![build](x.svg)](y)\n\nDemo of a cluster\n=====\n": "info",
    "# Salt\n\nFiles for the Salt course of 2020.\n": "info",
    "# lamp\n\nMy homework.\n": "info",
    "# Hardening\n\nA hardening exercise after CIS.\n": "info",
    "# Jobs\n\nBuilt as a hands-on project.\n": "info",
    "# Mail\n\nWe are a team made of two second-year students.\n": "info",
    "# Ansible\n\nDe quoi refaire l'atelier chez vous.\n": "info",
    "# Grants\n\nThe code of my master's thesis.\n": "info",
    "# MHA\n\n主用于MySQL与Docker的学习研究\n": "info",
    "# Shop\n\n本文以一个小的电商网站为例\n": "info",
    "# Replicas\n\nTo run this examples you need Docker.\n": "info",
    "# Jobs\n\nThe companion piece to an article.\n": "info",
    "# DDD\n\nExample of a PHP application.\n": "info",
    "# Ranges\n\nIntentionally vulnerable machines.\n": "info",
    "# Charts\n\nThis project is no longer supported.\n": "info",
    "# Decommissioned\n": "info",
    "# Database for local development\n": "info",
    "# Dev env\n": "info",
    "# Box\n\nStates to set up: this contains our development environment.\n": "info",
    "# forum\n\nTo repozytorium zawiera środowisko deweloperskie.\n": "info",
    "# Shop\n\nThis contains the development environment and production.\n": "error",
    "# Shop\n\nFor local development, run make.\n": "error",
    "# Shop\n\nSells.\n\n## Development\n\nThis sets up a development environment.\n": "error",
    "# Role\n\nExample of usage:\n": "error",
    "# Shop\n\nMySQL 5.6 is no longer supported.\n": "error",
    "# Course management system\n": "error",
    "# School\n\nRuns the school's courses, classes and training.\n": "error",
    "# Lab inventory\n\nA demo is [here](x).\n": "error",
    "": "error",
}


@pytest.mark.parametrize("text", READMES)
def test_the_title_of_a_readme_says_what_a_repository_is_for(text: str, here: Path, grantlint: Run) -> None:
    (here / "sql").mkdir()
    (here / "README.md").write_text(text, encoding="utf-8")
    (here / "sql/a.sql").write_text(SQL.format("Tr0ub4dor"), encoding="utf-8")
    assert rules(grantlint, ".") == [(READ[0], READMES[text])]


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("sql/setup_dev.sql", "info"),
        ("bin/development.sql", "info"),
        ("create-dev-db.sql", "info"),
        ("day02-mysql/a.sql", "info"),
        ("aula3/a.sql", "info"),
        ("dev-env/a.sql", "info"),
        ("devices.sql", "error"),
        ("local.sql", "error"),
        ("production/dev.sql", "error"),
        ("dev/a.sql", "error"),
        ("k8s/local/a.sql", "info"),
        ("deploy/overlays/local/a.sql", "info"),
        ("files/usr/local/a.sql", "error"),
        ("local/k8s/a.sql", "error"),
        ("daybook/a.sql", "error"),
    ],
)
def test_the_name_of_a_script_or_folder_says_what_it_is_for(
    path: str, severity: str, here: Path, grantlint: Run
) -> None:
    (here / path).parent.mkdir(parents=True, exist_ok=True)
    (here / path).write_text(SQL.format("Tr0ub4dor"), encoding="utf-8")
    assert rules(grantlint, ".") == [(READ[0], severity)]


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ('config.vm.provision "shell", path: "provision/setup.sh"', "info"),
        ("config.vm.provision :shell, :path => './provision/setup.sh'", "info"),
        ('puppet.manifests_path = "provision"', "info"),
        ('config.vm.provision "shell", path: "provision/other.sh"', "error"),
        ('config.vm.provision "ansible", playbook: "provision-all"', "error"),
    ],
)
def test_what_a_machine_of_vagrant_runs_is_for_development(
    line: str, severity: str, here: Path, grantlint: Run
) -> None:
    (here / "provision").mkdir()
    (here / "Vagrantfile").write_text(f"Vagrant.configure('2') do |config|\n  {line}\nend\n", encoding="utf-8")
    script = "mysql -u root -e \"CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'Tr0ub4dor'\"\n"
    (here / "provision/setup.sh").write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    assert rules(grantlint, ".") == [(READ[0], severity)]


@pytest.mark.parametrize(("user", "found"), [("admin", False), ("dba", False), ("wp_admin", True), ("app", True)])
def test_rights_of_who_is_named_an_administrator_are_left_to_a_larger_profile(
    user: str, here: Path, grantlint: Run, *, found: bool
) -> None:
    text = f"CREATE USER '{user}'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;\nGRANT ALL ON *.* TO '{user}'@'10.0.3.7';\n"
    (here / "a.sql").write_text(text, encoding="utf-8")
    rule = ("all-privileges-global", "error")
    assert (rule in rules(grantlint, ".")) is found
    assert rule in rules(grantlint, "--profile", "hardened", ".")
    (here / "a.sql").write_text(text.replace("10.0.3.7", "%"), encoding="utf-8")
    assert ROOT in rules(grantlint, ".")


def test_a_host_that_an_image_gave_is_no_choice_of_a_grant(here: Path, grantlint: Run) -> None:
    (here / "init.sql").write_text("GRANT SELECT ON other.* TO 'app'@'%';\n", encoding="utf-8")
    given = "      MYSQL_USER: app\n      MYSQL_PASSWORD: ${APP:?}\n"
    mounts = "    volumes: ['./init.sql:/docker-entrypoint-initdb.d/init.sql']\n"
    text = HEAD + db("${ROOT:?}") + "      MYSQL_ROOT_HOST: localhost\n"
    (here / "compose.yml").write_text(text + given + mounts + OPENED["both"], encoding="utf-8")
    assert rules(grantlint, ".") == []
    (here / "init.sql").write_text("CREATE USER web IDENTIFIED BY RANDOM PASSWORD;\n", encoding="utf-8")
    assert rules(grantlint, ".") == [("any-host", "warning")]


def test_a_refused_write_to_a_grant_table_is_one_finding(here: Path, grantlint: Run) -> None:
    text = "USE mysql;\nINSERT INTO user (Host, User) VALUES ('10.0.3.7', 'app');\n"
    (here / "a.sql").write_text(text, encoding="utf-8")
    found = [one for one, _ in rules(grantlint, ".")]
    assert "statement-rejected" in found
    assert "direct-grant-table-write" not in found


def test_a_password_with_which_its_own_account_logs_in_is_said_of_the_account(here: Path, grantlint: Run) -> None:
    script = "mysql -e \"CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'Tr0ub4dor'\"\nmysql -u app -pTr0ub4dor shop\n"
    (here / "a.sh").write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    assert rules(grantlint, ".") == [READ]
    (here / "a.sh").write_text(f"#!/bin/sh\n{script}mysql -u root -panother shop\n", encoding="utf-8")
    assert ("client-password", "error") in rules(grantlint, ".")


@pytest.mark.parametrize("user", ["sst", "mariabackup", "bakuser"])
def test_who_copies_a_server_is_asked_for_no_state_of_replicas(user: str, here: Path, grantlint: Run) -> None:
    text = "CREATE USER {0}@'10.0.3.7' IDENTIFIED VIA pam;\nGRANT REPLICATION CLIENT ON *.* TO {0}@'10.0.3.7';\n"
    rule = ("slave-monitor-missing", "warning")
    for name, found in ((user, False), ("app", True)):
        (here / "a.sql").write_text(text.format(name), encoding="utf-8")
        assert (rule in rules(grantlint, "--server", "mariadb-11.8", ".")) is found


def test_a_define_of_another_module_is_not_checked(here: Path, grantlint: Run) -> None:
    (here / "db.pp").write_text("mysql::db { 'shop':\n  schema => 'shop',\n  password => 'x',\n}\n", encoding="utf-8")
    ran = grantlint(".")
    assert "schema-error" not in ran.out
    assert "its parameter schema is of another module" in " ".join(ran.out.split())


@pytest.mark.e2e
def test_a_password_of_another_file_is_told_there_alone(here: Path, grantlint: Run) -> None:
    (here / ".env").write_text("ROOT=Tr0ub4dor\n", encoding="utf-8")
    (here / "compose.yml").write_text(HEAD + db("${ROOT}") + OPENED["both"], encoding="utf-8")
    assert rules(grantlint, ".") == [ROOT]  # what git does not keep is no secret that anybody reads
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=here, check=True)
    told = json.loads(grantlint("--output", "json", ".").out)
    assert [(one["path"], one["rule"]) for one in told["findings"]] == [(".env", READ[0])]


MADE = "CREATE USER 'app'@'10.0.3.7' IDENTIFIED WITH mysql_native_password BY '${APP}';\n"


def test_an_account_whose_statement_is_refused_is_not_told_to_be_absent_too(here: Path, grantlint: Run) -> None:
    grant = "GRANT SELECT ON shop.* TO '{}'@'10.0.3.7';\n"
    (here / "a.sql").write_text(MADE + grant.format("app"), encoding="utf-8")
    assert "statement-rejected" not in [rule for rule, _ in rules(grantlint, ".")]
    dropped = "DROP USER IF EXISTS 'web'@'10.0.3.7';\n"
    (here / "a.sql").write_text(MADE + dropped + grant.format("web"), encoding="utf-8")
    assert ("statement-rejected", "error") in rules(grantlint, ".")


MAKE = "CREATE USER '$NAME'@'%' IDENTIFIED BY '$SECRET'"
ANYWHERE = ("any-host", "warning")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (f'mysql -e "{MAKE}"', True),
        (f'docker exec db mysql -e "{MAKE}"', False),
        (f"kubectl -n shop exec -i db-0 -- mysql <<SQL\n{MAKE};\nSQL", False),
        (f'docker compose exec -T db \\\n  mysql -e "{MAKE}"', False),
        (f'podman exec db mysql -e "\n  {MAKE};\n"', False),
        (f'docker exec db true\nmysql -e "{MAKE}"', True),
        (f"docker exec -i db cat <<X\nx\nX\nmysql <<SQL\n{MAKE};\nSQL", True),
        (f'exec mysql -e "{MAKE}"', True),
        ("docker exec db mysql -e \"CREATE USER '$NAME'@'%'\"", True),
    ],
)
def test_a_host_inside_of_a_container_is_left_to_a_larger_profile(
    script: str,
    told: bool,  # noqa: FBT001 - a parameter of the test
    here: Path,
    grantlint: Run,
) -> None:
    """Only its engine knows the addresses there; who needs no password, and root, are told of all the same."""
    (here / "make.sh").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    assert (ANYWHERE in rules(grantlint, ".")) is told
    assert ANYWHERE in rules(grantlint, "--profile", "hardened", ".")
    (here / "make.sh").write_text(f"#!/bin/sh\n{script.replace('$NAME', 'root')}\n", encoding="utf-8")
    assert ("root-remote", "warning") in rules(grantlint, ".")


@pytest.mark.parametrize(
    ("host", "told"), [("{{ item.host | default('%') }}", False), ("%", True), ("{{ item.host }}", False)]
)
def test_what_a_role_has_for_want_of_a_host_is_left_to_a_larger_profile(
    host: str,
    told: bool,  # noqa: FBT001 - a parameter of the test
    here: Path,
    grantlint: Run,
) -> None:
    task = f'- mysql_user: {{name: "{{{{ item.name }}}}", host: "{host}", password: "{{{{ secret }}}}"}}\n'
    (here / "play.yml").write_text(f"{task}  loop: '{{{{ people }}}}'\n  no_log: true\n", encoding="utf-8")
    assert (ANYWHERE in rules(grantlint, ".")) is told


def test_one_password_of_two_accounts_is_the_worst_that_is_said_of_it(here: Path, grantlint: Run) -> None:
    """The image makes root and `shop` of one service: what is wrong with their passwords is mended together."""
    given = "      MYSQL_USER: shop\n      MYSQL_PASSWORD: shop\n"
    (here / "compose.yml").write_text(HEAD + db("shop") + given, encoding="utf-8")
    assert rules(grantlint, ".") == [("password-equals-user", "error")]
    (here / "compose.yml").write_text(HEAD + db("Tr0ub4dor") + given, encoding="utf-8")
    told = json.loads(grantlint("--output", "json", ".").out)["findings"]
    assert [(one["rule"], [note["line"] for note in one["related"]]) for one in told] == [
        ("password-equals-user", [5, 7])
    ]
