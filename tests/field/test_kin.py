"""More of each kind that was met in the field: other formats, other words, other products."""

from pathlib import Path

import pytest

from grantlint.cli.main import main
from looks import Look

TASK = "- mysql_user: {{name: {user}, host: {host}, password: '{{{{ p }}}}', priv: '{priv}'}}\n"
TERRAFORM = """\
resource "mysql_user" "a" {
  user = "app"
  host = "10.0.0.5"
}
resource "mysql_grant" "a" {
  user       = "app"
  host       = "10.0.0.5"
  database   = "shop"
  privileges = ["SELECT", "PROCESS"]
}
"""
SERVICE = """\
services:
  db:
    image: {image}
    environment: {{MYSQL_ROOT_PASSWORD: "${{P}}", MYSQL_USER: {user}, MYSQL_PASSWORD: "${{Q}}"}}
    volumes: ["{mount}:/docker-entrypoint-initdb.d"]
"""
LONG = "a_user_of_more_than_16"
HOST = "CREATE USER 'app'@'{}';"
DRAWN = "┌──────┬────────┐\n│ user │ host   │\n├──────┼────────┤\n│ app  │ 10.0.% │\n└──────┴────────┘\n"
EXPORTED = '"User","Host","note"\n"app","10.0.%","a ""b"", c"\n'
HERE = ("app", "--from", "10.0.0.5")
ON_8 = ("--server", "mysql-8.0")
CASES = [
    # a name that no column holds, whoever declares it
    (
        "t.yml",
        TASK.format(user=LONG, host="'%'", priv="*.*:USAGE"),
        (LONG, "--from", "10.0.0.5", "--server", "mysql-5.6"),
        1,
        "the statement that makes the account is refused: t.yml:1 gets ERROR 1470",
    ),
    (
        "t.yml",
        TASK.format(user=LONG, host="'%'", priv="*.*:USAGE"),
        (LONG, "--from", "10.0.0.5", *ON_8),
        0,
        "let in as",
    ),
    (
        "compose.yml",
        SERVICE.format(image="mysql:5.6", user=LONG, mount="./db"),
        (LONG, "--from", "172.18.0.3"),
        5,
        "gets ERROR 1470",
    ),
    # a privilege that the level has not, whoever grants it
    (
        "t.yml",
        TASK.format(user="app", host="10.0.0.5", priv="shop.*:SELECT,RELOAD"),
        (*HERE, "-d", "shop", *ON_8),
        1,
        "the grant that would serve is refused: t.yml:1 gets ERROR 1221",
    ),
    ("main.tf", TERRAFORM, (*HERE, "-d", "shop", *ON_8), 1, "Write GRANT PROCESS ON *.*"),
    (
        "t.yml",
        TASK.format(user="app", host="10.0.0.5", priv="shop.*:ALL,SELECT"),
        (*HERE, "-d", "shop", *ON_8),
        1,
        "ALL stands alone",
    ),
    # a star in backquotes is a name, and the module of Ansible leaves it as it is
    (
        "t.yml",
        TASK.format(user="app", host="10.0.0.5", priv="shop.`*`:ALL"),
        (*HERE, "-d", "shop", "-p", "SELECT", *ON_8),
        1,
        "ALL ON `shop`.`*`",
    ),
    # a target without a database
    (
        "x.sql",
        "CREATE USER app@'10.0.0.5'; GRANT SELECT ON `shop.*` TO app@'10.0.0.5';",
        (*HERE, "-d", "shop", *ON_8),
        1,
        "gets ERROR 1046",
    ),
    # writes to the tables
    (
        "x.sql",
        "UPDATE mysql.user SET Host='%' WHERE User='root';",
        ("root", "--from", "10.0.0.5", "--server", "mariadb-10.11"),
        1,
        "the UPDATE on mysql.user is refused: x.sql:1 gets ERROR 1356",
    ),
    (
        "x.sql",
        "CREATE USER app@'10.0.0.5'; DELETE FROM mysql.user WHERE User='app';",
        (*HERE, *ON_8),
        0,
        "after FLUSH PRIVILEGES or a restart: refused: ERROR 1130",
    ),
    # host values
    ("x.sql", HOST.format("10.0.0"), (*HERE, *ON_8), 1, "write 'app'@'10.0.0.%'"),
    ("x.sql", HOST.format("10.0.0.1-10.0.0.9"), (*HERE, *ON_8), 1, "write 'app'@'10.0.0.0/28'"),
    ("x.sql", HOST.format("10.0.0.4,10.0.0.5"), (*HERE, *ON_8), 1, "write 'app'@'10.0.0.5'"),
    ("x.sql", HOST.format("10.0.0.5:3306"), (*HERE, *ON_8), 1, "a port is no part of a host value"),
    # what is not there, or somewhere else, may hold accounts
    ("compose.yml", SERVICE.format(image="mysql:8.0", user="x", mount="./missing"), HERE, 5, "./missing is not there"),
    (
        "compose.yml",
        SERVICE.format(image="mysql:8.0", user="x", mount="../out"),
        HERE,
        5,
        "../out leads out of the tree",
    ),
    (
        "compose.yml",
        SERVICE.format(image="mysql:8.0", user="x", mount="${DIR}"),
        HERE,
        5,
        "a variable says where they are",
    ),
    (
        "compose.yml",
        SERVICE.format(image="mysql:8.0", user="x", mount="scripts"),
        HERE,
        5,
        "the volume 'scripts' holds them",
    ),
    # what tools print and export
    ("a.txt", DRAWN, HERE, 0, "let in as 'app'@'10.0.%'"),
    ("a.csv", EXPORTED, HERE, 0, "let in as 'app'@'10.0.%'"),
    ("a.csv", EXPORTED.replace(",", ";"), HERE, 0, "let in as 'app'@'10.0.%'"),
]


@pytest.mark.parametrize(("file", "text", "words", "status", "said"), CASES)
def test_the_answer_is_the_truth(
    file: str,
    text: str,
    words: tuple[str, ...],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = main(["why", *words, file])
    told = capsys.readouterr().out
    assert (said in told, found) == (True, status), told


def test_a_folder_with_a_paste_tells_to_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "paste.txt").write_text("Grants for app@%\nGRANT ALL ON `shop`.* TO `app`@`%`\n")
    monkeypatch.chdir(tmp_path)
    assert main(["why", *HERE, "."]) == 4
    assert "paste.txt in place of its folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("REQUIRE SSL", 0),
        ("PASSWORD EXPIRE INTERVAL 90 DAY", 0),
        ("WITH MAX_USER_CONNECTIONS 5", 0),
        ("REQUIRE NONE", 1),
        ("IDENTIFIED BY '$P' REQUIRE SSL", 1),
    ],
)
def test_to_harden_an_account_says_nothing_of_where_it_may_come_from(statement: str, found: int, look: Look) -> None:
    assert len(look({"run.sh": f"mysql -e \"ALTER USER 'app'@'%' {statement}\"\n"}).of("any-host")) == found


def test_a_renamed_image_of_a_cluster_is_counted(look: Look) -> None:
    seen = look(
        {"compose.yml": SERVICE.format(image="registry.example.com/acme/galera:10.6", user="app", mount="./db")}
    )
    assert seen.counted == ["compose.yml:2"]


ADMIN = {
    "play.yml": "- hosts: db\n  tasks:\n    - name: mysqladmin sets the password now\n"
    "      command: mysqladmin -u root password {0}\n",
    "a.sls": "pw:\n  cmd.run:\n    - name: mysqladmin -u root password {0}\n",
    "a.pp": "exec {{ 'pw': command => \"mysqladmin -u root password {0}\" }}\n",
    "a.sh": "mysqladmin -u root password {0}\n",
}


@pytest.mark.parametrize("file", ADMIN)
@pytest.mark.parametrize(("value", "found"), [("Zx9secret", 1), ("'Zx9secret'", 1), ("'$PW'", 0)])
def test_a_password_that_mysqladmin_sets_is_that_of_root(file: str, value: str, found: int, look: Look) -> None:
    seen = look({file: ADMIN[file].format(value)})
    assert seen.declared == ["root@localhost"]
    assert len(seen.of("plain-text-password")) == found


SETS = """mysql -e "CREATE USER 'nova'@'10.0.3.7' IDENTIFIED BY '{}'"\n"""


@pytest.mark.parametrize(
    ("lines", "value", "found"),
    [
        (': "${PW:=Zx9secret}"', "$PW", 1),
        (": ${PW=Zx9secret}", "${PW}", 1),
        ("PW=${PW:-Zx9secret}", "$PW", 1),
        ('export PW="${1:-Zx9secret}"', "$PW", 1),
        ("true", "${PW:-Zx9secret}", 1),
        ("PW=${PW:-$OTHER}", "$PW", 0),
        ("PW=${PW:-Zx9secret}\nPW=$(pwgen)", "$PW", 0),
        ("PW=${PW:?no password}", "$PW", 0),
    ],
)
def test_a_password_for_want_of_another_stands_in_the_file(lines: str, value: str, found: int, look: Look) -> None:
    assert len(look({"a.sh": f"#!/bin/bash\n{lines}\n{SETS.format(value)}"}).of("plain-text-password")) == found


def test_a_name_for_want_of_another_is_not_known(look: Look) -> None:
    seen = look({"a.sh": "#!/bin/bash\nU=${U:-nova}\nmysql -e \"CREATE USER '$U'@'10.0.3.7'\"\n"})
    assert seen.declared == ["?@10.0.3.7"]


def test_a_password_that_is_changed_later_stands_in_the_file(look: Look) -> None:
    made = "CREATE USER a@h IDENTIFIED BY 'Zx9secret';\nALTER USER a@h IDENTIFIED BY '${NEW}';\n"
    assert look({"a.sql": made}).of("plain-text-password")


def test_what_every_server_refuses_is_told_once(look: Look) -> None:
    made = "CREATE USER app@h IDENTIFIED WITH mysql_native_password BY '$P';\nGRANT SYSTEM_USER ON *.* TO app@h;\n"
    seen = look({"a.sql": made})
    assert (seen.of("statement-rejected"), seen.of("statement-outdated")) == (["a.sql:1"], [])
