"""What says that nobody runs a file for others, or that a password is still to come; and what only looks so."""

import json
from pathlib import Path

import pytest

from .conftest import Run

SQL = "CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'Tr0ub4dor';\n"
READ = "plain-text-password"
DB = """\
  db:
    image: mysql:8.4
    restart: always
    ports: ['3306:3306']
    environment:
      MYSQL_ROOT_PASSWORD: {}
"""
COMPOSE = "services:\n" + DB


def found(grantlint: Run, *arguments: str) -> dict[str, list[str]]:
    """Return the rules of what is found, and the severities that each has."""
    told: dict[str, list[str]] = {}
    for one in json.loads(grantlint("--output", "json", *arguments).out)["findings"]:
        told.setdefault(one["rule"], []).append(one["severity"])
    return told


READMES = {
    "# Docker training\n": "info",
    "# Wordpress\n\nAzure quickstart template for a shop.\n": "info",
    "# Control repo\n\nDemonstrating how you might set up a web host.\n": "info",
    "# Kippo\n\nThis is a proof\nof concept playbook.\n": "info",
    "# Testbed\n\n> **PROOF OF CONCEPT**\n\nNothing here is hardened.\n": "info",
    "# Cats\n\n## Disusun Oleh\n\n| Nama | NIM |\n": "info",
    "# Notes\n\nMy capstone project.\n": "info",
    "# Loja\n\nTrabalho final da disciplina.\n": "info",
    "# 商城\n\n一个练手的项目\n": "info",
    "# Netflix clone backend\n": "info",
    "# AIS-Practica-3-base\n": "info",
    "# BeeSafe\n\nCe projet est fictif.\n": "info",
    "# Box\n\nA [vagrant](https://example.com/why) box with a server.\n": "info",
    "# Roles\n\n*Note*: this repo is only here for historical reasons.\n": "info",
    "# 商城\n\n## 团队分工\n": "info",
    "# 鞋\n\n使用 Docker Compose 建置開發環境。\n": "info",
    "# Shop\n\nThis is a simple Flask app that keeps messages.\n": "info",
    "# Shop\n\nA three-tier web application on EKS.\n": "info",
    "# test_db\n\nA sample database with tests.\n": "info",
    "# Brigade\n\nThe database will be initialized with some dummy data.\n": "info",
    "# Ubuntu development server\n": "info",
    "# Web applications 2017/2018\n": "info",
    "# CSC468-Project\n": "error",
    "# ansible study\n": "info",
    "# Inception\n": "info",
    "# Kppong\n\n## 팀원소개\n": "info",
    "# Study planner\n": "error",
    "# Inception of projects\n": "error",
    "# Shop\n\nA simple way to sell, since 2019/12/20.\n": "error",
    "# Clone the database\n": "error",
    "# 鞋\n\n使用 Docker Compose 部署。開發環境另有說明。\n": "error",
    "# Shop\n\nRuns in [vagrant](x) and on boxes.\n": "error",
    "# Quickstart\n\nDeploys a cluster.\n": "error",
    "# Staff\n\nPlans the training of a hospital's nurses.\n": "error",
    "# puppet\n\nA puppet project.\n": "error",
    "# Tasks\n\nTracks homeworkers and trabalhos finais.\n": "error",
    "# Shop\n\nThe default certificate is not for production.\n": "error",
}


@pytest.mark.parametrize("text", READMES)
def test_a_readme_begins_with_what_its_repository_is_for(text: str, here: Path, grantlint: Run) -> None:
    (here / "README.md").write_text(text, encoding="utf-8")
    (here / "a.sql").write_text(SQL, encoding="utf-8")
    assert found(grantlint, ".") == {READ: [READMES[text]]}
    assert ("what others wrote, as info" in " ".join(grantlint(".").out.split())) is (READMES[text] == "info")


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("srcs/requirements/mariadb/a.sql", "info"),
        ("requirements/a.sql", "error"),
        ("group_vars/virtualbox.sql", "info"),
        ("vagrant.sql", "info"),
        ("vagrants.sql", "error"),
        ("sampledata.sql", "info"),
        ("sample.sql", "info"),
        ("resampled.sql", "error"),
        ("examined.sql", "error"),
    ],
)
def test_the_name_of_a_file_says_what_it_is_for(name: str, severity: str, here: Path, grantlint: Run) -> None:
    (here / name).parent.mkdir(exist_ok=True, parents=True)
    (here / name).write_text(SQL, encoding="utf-8")
    assert found(grantlint, ".") == {READ: [severity]}


STARTED = {
    "# Shop\n\n## Local development\n\n```sh\ndocker compose up -d\n```\n": "info",
    "# Shop\n\n## Setup (dev)\n\n### Database\n\ndocker-compose up\n\n## Production\n\nhelm install\n": "info",
    "# Shop\n\n## Docker deployment\n\n### Development\n\ndocker compose up\n\n### Production\n\nhelm\n": "info",
    "# Shop\n\n## Development\n\n### Deployment\n\ndocker compose up\n": "error",
    "# Shop\n\n## 本地开发\n\n`docker-compose up`\n": "info",
    "# Shop\n\n## Start\n\ndocker compose up\n": "error",
    "# Shop\n\n## Start\n\ndocker compose up\n\nSee http://localhost:8080.\n": "info",
    "# Shop\n\n## Start\n\ndocker compose up\n\nSee http://localhost:8080.\nTake a VPS for others.\n": "error",
    "# Local shops\n\ndocker compose up\n": "error",
    "# Shop\n\n## Local development\n\ndocker compose up\n\n## Server\n\ndocker compose up -d\n": "error",
    "# Shop\n\n## Local development\n\ndocker compose -f dev.yml up\n": "error",
    "# Shop\n\n## Deploy from a developer's machine\n\ndocker compose up\n": "error",
    "# Shop\n\n## Development\n\nnpm start\n": "error",
}


@pytest.mark.parametrize("text", STARTED)
def test_a_readme_starts_the_project_for_developers_alone(text: str, here: Path, grantlint: Run) -> None:
    (here / "README.md").write_text(text, encoding="utf-8")
    (here / "docker-compose.yml").write_text(COMPOSE.format("Tr0ub4dor"), encoding="utf-8")
    assert found(grantlint, ".") == {READ: [STARTED[text]]}
    (here / "docker-compose.yml").rename(here / "docker-compose.server.yml")  # which it does not start
    assert found(grantlint, ".") == {READ: ["error"]}


POD = """\
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers:
  - name: db
    image: mysql:8.4
    env: [{name: MYSQL_ROOT_PASSWORD, value: Tr0ub4dor}]
"""


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("# Shop\n\nRun `minikube start`.\n", "info"),
        ("# Shop\n\nRun `kind create cluster` first.\n", "info"),
        ("# Shop\n\nTry it in minikube, or on EKS.\n", "error"),
        ("# Shop\n\nminikube for you, production on bare metal.\n", "error"),
        ("# Shop\n\nkubectl apply -f k8s\n", "error"),
    ],
)
def test_a_readme_has_a_cluster_on_one_machine(text: str, severity: str, here: Path, grantlint: Run) -> None:
    (here / "README.md").write_text(text, encoding="utf-8")
    (here / "db.yaml").write_text(POD, encoding="utf-8")
    (here / "a.sql").write_text(SQL, encoding="utf-8")  # that is no part of the cluster
    assert sorted(found(grantlint, ".")[READ]) == sorted(["error", severity])


OWN = DB.format("${ROOT:?}")
PRODUCTION = {
    "its own": (OWN, "info"),
    "its own, from a file": ("  db: {image: 'mysql:8.4', env_file: .prod}\n", "info"),
    "laid over it": ("  db:\n    environment: {MYSQL_DATABASE: shop}\n", "error"),
    "of another service": ("  web: {image: shop, environment: {A: b}}\n", "error"),
    "without variables": ("  db: {image: 'mysql:8.4'}\n", "error"),
}


@pytest.mark.parametrize("what", PRODUCTION)
def test_a_file_for_production_beside_it_says_what_the_other_is_for(what: str, here: Path, grantlint: Run) -> None:
    text, severity = PRODUCTION[what]
    (here / "docker-compose.yml").write_text(COMPOSE.format("Tr0ub4dor"), encoding="utf-8")
    (here / "docker-compose.prod.yml").write_text(f"services:\n{text}", encoding="utf-8")
    assert found(grantlint, "docker-compose.yml", "--scope", ".")[READ] == [severity]
    (here / "docker-compose.yml").rename(here / "docker-compose.big.yml")  # which is named, maybe on a server
    assert found(grantlint, "docker-compose.big.yml", "--scope", ".")[READ] == ["error"]


def test_what_stands_in_the_file_for_production_stays(here: Path, grantlint: Run) -> None:
    (here / "docker-compose.yml").write_text(COMPOSE.format("Tr0ub4dor"), encoding="utf-8")
    (here / "docker-compose.prod.yml").write_text(COMPOSE.format("Tr0ub4dor3"), encoding="utf-8")
    assert sorted(found(grantlint, ".")[READ]) == ["error", "info"]


@pytest.mark.parametrize(
    ("secret", "severity"),
    [
        ("wp_dev_2025", "info"),
        ("'${ROOT:-root-dev-Tr0ub4}'", "info"),
        ("local_Tr0ub4dor", "info"),
        ("Devon4Tr0ub", "error"),
        ("devilish-Tr0ub", "error"),
    ],
)
def test_a_password_may_say_that_it_is_for_development(secret: str, severity: str, here: Path, grantlint: Run) -> None:
    (here / "compose.yml").write_text(COMPOSE.format(secret), encoding="utf-8")
    assert found(grantlint, ".") == {READ: [severity]}
    (here / "compose.yml").rename(here / "compose.prod.yml")
    assert found(grantlint, ".") == {READ: ["error"]}


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("Tr0ub4dor  # enter your password here", False),
        ("Tr0ub4dor  ## Hier Passwort eingeben ##", False),
        ("Tr0ub4dor  # change this", False),
        ("NPM_DB_PASSWORD", False),
        ("MustChangeThePassword", False),
        ("dummy", False),
        ("Tr0ub4dor  # never changed since 2019", True),
        ("Tr0ub4dor  # the root of all", True),
        ("PASSWORD1", True),
        ("UPPER_CASE_TROUBADOR", True),
    ],
)
def test_what_asks_for_another_password_is_left_to_a_larger_profile(
    secret: str, here: Path, grantlint: Run, *, shown: bool
) -> None:
    text = COMPOSE.format(secret).replace("3306:3306", "127.0.0.1:3306:3306")
    (here / "compose.yml").write_text(text, encoding="utf-8")
    assert (READ in found(grantlint, "--select", READ, ".")) is True
    assert (READ in found(grantlint, "--ignore", "password-common", ".")) is shown


def test_a_fallback_that_calls_itself_a_placeholder_is_one_wherever_it_is_reached(here: Path, grantlint: Run) -> None:
    (here / "compose.yml").write_text(COMPOSE.format("${ROOT:-root_placeholder}"), encoding="utf-8")
    assert READ not in found(grantlint, ".")
    (here / "compose.yml").write_text(COMPOSE.format("${ROOT:-root_Tr0ub4dor}"), encoding="utf-8")
    assert READ in found(grantlint, ".")


def test_an_image_s_user_of_any_host_is_told_by_its_password(here: Path, grantlint: Run) -> None:
    text = COMPOSE.format("${ROOT:?}").replace("mysql:8.4", "mariadb:11.8") + "      MYSQL_ROOT_HOST: localhost\n"
    user = "      MYSQL_USER: app\n      MYSQL_PASSWORD: {}\n"
    (here / "compose.yml").write_text(text + user.format("Tr0ub4dor"), encoding="utf-8")
    assert [*found(grantlint, ".")] == [READ]
    assert "any-host" in found(grantlint, "--profile", "hardened", ".")
    (here / "compose.yml").write_text(text + user.format("${APP:?}"), encoding="utf-8")
    assert [*found(grantlint, ".")] == ["any-host"]


def test_a_password_to_log_in_with_is_one_mistake_with_an_account_s(here: Path, grantlint: Run) -> None:
    set_it = 'mysqladmin -u root password "$ROOT"\n'
    use_it = "mysql -u root -p$ROOT -e \"UPDATE mysql.user SET Host='10.0.3.7' WHERE User='root'\"\n"
    (here / "a.sh").write_text(f"#!/bin/sh\nROOT=Tr0ub4dor\n{set_it}{use_it}", encoding="utf-8")
    told = found(grantlint, ".")
    assert told[READ] == ["error"]
    assert "client-password" not in told
    (here / "a.sh").write_text(f"#!/bin/sh\nROOT=Tr0ub4dor\n{use_it}", encoding="utf-8")
    assert "client-password" in found(grantlint, ".")


def test_a_password_of_two_users_is_one_mistake_where_it_is_read(here: Path, grantlint: Run) -> None:
    users = SQL + SQL.replace("app", "report")
    (here / "a.sql").write_text(users, encoding="utf-8")
    assert found(grantlint, ".") == {READ: ["error"]}
    hashed = "CREATE USER '{}'@'10.0.3.7' IDENTIFIED WITH mysql_native_password AS '*{}';\n"
    text = "".join(hashed.format(user, "6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9") for user in ("app", "report"))
    (here / "a.sql").write_text(text, encoding="utf-8")
    assert "password-shared" in found(grantlint, "--server", "mariadb-10.11", ".")


@pytest.mark.parametrize(
    ("user", "shown"), [("percona", False), ("shop_reload", False), ("flush", False), ("shop", True)]
)
def test_a_name_says_that_it_is_for_what_it_may(user: str, here: Path, grantlint: Run, *, shown: bool) -> None:
    text = (
        f"CREATE USER '{user}'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;\nGRANT RELOAD ON *.* TO '{user}'@'10.0.3.7';\n"
    )
    (here / "a.sql").write_text(text, encoding="utf-8")
    assert ("privilege-reload" in found(grantlint, ".")) is shown


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"-- cr\xe9\xe9 pour la boutique", READ),
        (b"  # \xd6\xd0\xce\xc4", READ),
        (b"CREATE DATABASE shop; # \xd6\xd0", READ),
        (b"CREATE USER 'caf\xe9'@'10.0.3.8';", "file-encoding"),
        (b"CREATE USER 'a # \xe9'@'10.0.3.8';", "file-encoding"),
    ],
)
def test_a_remark_in_another_encoding_keeps_nothing_from_being_read(
    line: bytes, rule: str, here: Path, grantlint: Run
) -> None:
    (here / "a.sql").write_bytes(line + b"\n" + SQL.encode())
    assert list(found(grantlint, ".")) == [rule]


def test_super_speaks_for_the_smaller_privileges_beside_it(here: Path, grantlint: Run) -> None:
    text = "CREATE USER app@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;\nGRANT {} ON *.* TO app@'10.0.3.7';\n"
    (here / "a.sql").write_text(text.format("SUPER, RELOAD, PROCESS, REPLICATION SLAVE, SHUTDOWN"), encoding="utf-8")
    assert found(grantlint, ".") == {"privilege-super": ["error"]}
    (here / "a.sql").write_text(text.format("RELOAD, PROCESS, REPLICATION SLAVE, SHUTDOWN"), encoding="utf-8")
    smaller = ("process", "reload", "replication", "shutdown")
    assert sorted(found(grantlint, ".")) == [f"privilege-{one}" for one in smaller]
