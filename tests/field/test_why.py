"""People with an error at three in the morning: small files of each kind of report, and the truth about them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.cli.complaint import Complaint, complaint_in, user_in
from grantlint.cli.main import main

Said = tuple[int, str]
Asks = Callable[..., Said]

SHOWN = "GRANT USAGE ON *.* TO `app`@`%`\nGRANT ALL PRIVILEGES ON `shop`.* TO `app`@`%`\n"
COMPOSE = """\
services:
  db:
    image: mysql:8.0
    environment: {MYSQL_ROOT_PASSWORD: "${P}"}
    volumes: ["./db:/docker-entrypoint-initdb.d"]
"""
FILES = {
    "identified.sql": "GRANT ALL ON shop.* TO 'app'@'10.0.0.5' IDENTIFIED BY 'x';\n",
    "elsewhere.sql": "CREATE USER 'app'@'localhost';\nGRANT ALL ON shop.* TO 'app';\n",
    "level.sql": "CREATE USER 'app'@'10.0.0.5';\nGRANT PROCESS ON shop.* TO 'app'@'10.0.0.5';\n",
    "replaced.yml": "- mysql_user: name=app host=10.0.0.5 password='{{ p }}' priv='db1.*:ALL'\n"
    "- mysql_user: name=app host=10.0.0.5 password='{{ p }}' priv='db2.*:ALL'\n",
    "template.yml": "- mysql_user: name=app host=10.0.0.5 password='{{ p }}' priv='{{ dbname }}.*:ALL'\n",
    "shown.sql": SHOWN,
    "written.sql": "CREATE USER 'root'@'localhost';\n"
    "UPDATE mysql.user SET Host='%' WHERE User='root' AND Host='localhost';\n",
    "long.sql": "CREATE USER 'a_name_of_17_chars'@'localhost';\n",
    "star.sql": "CREATE USER 'remote'@'*';\n",
    "star_table.sql": "CREATE USER 'sl'@'%';\nGRANT ALL ON `acct`.`acct.*` TO 'sl'@'%';\n",
    "role.sql": "CREATE ROLE r;\nCREATE USER 'app'@'%';\nGRANT SELECT ON shop.* TO r;\nGRANT r TO 'app'@'%';\n",
    "monitor.sql": "CREATE USER 'e'@'10.0.0.5';\nGRANT SLAVE MONITOR ON *.* TO 'e'@'10.0.0.5';\n",
    "pwd/compose.yml": COMPOSE.replace("./db", "${PWD}/db"),
    "pwd/db/init.sql": "CREATE USER 'bot'@'web';\n",
    "quoted/compose.yml": "services:\n  db:\n    image: mysql:8.0\n    environment:\n      - MYSQL_ROOT_PASSWORD=${P}\n"
    '      - MYSQL_USER="app"\n      - MYSQL_PASSWORD=${Q}\n',
    "secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {p: cGFzc3dvcmQxMjMK}\n---\n"
    "apiVersion: mysql.presslabs.org/v1alpha1\nkind: MysqlUser\nmetadata: {name: u}\nspec:\n  user: app\n"
    "  clusterRef: {name: c}\n  password: {name: s, key: p}\n  allowedHosts: ['%']\n",
    "only_grants.sql": "GRANT SELECT ON shop.* TO 'app'@'10.%';\n",
}
ON_8 = ("--server", "mysql-8.0")
CASES = [
    ("identified", ("app", "--from", "10.0.0.5", *ON_8), 1, "ERROR 1064"),
    ("elsewhere", ("app", "--from", "socket", "-d", "shop", *ON_8), 1, "ERROR 1410"),
    ("elsewhere", ("app", "--from", "socket", "-d", "shop", "--server", "mariadb-10.11"), 1, "ERROR 1133"),
    ("level", ("app", "--from", "10.0.0.5", "-p", "PROCESS", *ON_8), 1, "ERROR 1221"),
    ("replaced", ("app", "--from", "10.0.0.5", "-d", "db1", *ON_8), 1, "ERROR 1044"),
    ("template", ("app", "--from", "10.0.0.5", "-d", "shop", *ON_8), 5, "not known"),
    ("shown", ("app", "--from", "10.0.0.5", "-d", "shop", *ON_8), 0, "ALL ON `shop`.*"),
    ("written", ("root", "--from", "10.0.0.5", *ON_8), 1, "after FLUSH PRIVILEGES or a restart: let in"),
    ("long", ("a_name_of_17_chars", "--from", "socket", "--server", "mysql-5.6"), 1, "ERROR 1470"),
    ("star", ("remote", "--from", "192.168.1.20", *ON_8), 1, "% takes everybody"),
    ("star_table", ("sl", "--from", "10.0.0.5", "-d", "acct", "-p", "SELECT", *ON_8), 1, "not in all of it"),
    ("role", ("app", "--from", "10.0.0.5", "-d", "shop", *ON_8), 1, "SET DEFAULT ROLE"),
    ("monitor", ("e", "--from", "10.0.0.5", "-p", "SLAVE MONITOR", "--server", "mariadb-10.11"), 0, "monitor.sql:2"),
    ("pwd", ("bot", "--from", "web=172.18.0.3"), 1, "skip_name_resolve: it is on, so that 'bot'@'web' takes no client"),
    ("quoted", ("app", "--from", "172.18.0.3"), 1, "quotes or blanks are part of the user's name"),
    ("secret", ("app", "--from", "10.0.0.5"), 0, "not with the password that the file shows"),
    ("only_grants", ("app", "--from", "10.0.0.5", "-d", "shop", *ON_8), 0, "let in as 'app'@'10.%'"),
    ("shown", ("'app'@'%'", "--from", "10.0.0.5", *ON_8), 0, "let in as 'app'@'%'"),
]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asks:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def asked(*words: str) -> Said:
        status = main(["why", *words])
        return status, capsys.readouterr().out

    return asked


@pytest.mark.parametrize(
    ("name", "words", "status", "said"), CASES, ids=[f"{one[0]}-{number}" for number, one in enumerate(CASES)]
)
def test_the_answer_is_the_truth(ask: Asks, name: str, words: tuple[str, ...], status: int, said: str) -> None:
    (file,) = {one.partition("/")[0] for one in FILES if one.startswith((f"{name}.", f"{name}/"))}
    found, text = ask(*words, file)
    assert said in text
    assert found == status


def test_a_folder_that_is_mounted_and_was_not_named_is_told(ask: Asks) -> None:
    Path("c").mkdir()
    Path("c/compose.yml").write_text(COMPOSE, encoding="utf-8")
    Path("c/db").mkdir()
    Path("c/db/init.sql").write_text("CREATE USER 'bot'@'172.18.%' IDENTIFIED BY RANDOM PASSWORD;\n", encoding="utf-8")
    status, text = ask("bot", "--from", "172.18.0.3", "c/compose.yml")
    assert status == 5
    assert "unless c/db, which was not named" in text
    assert ask("bot", "--from", "172.18.0.3", "c")[0] == 0


def test_an_error_that_these_files_give_is_answered_by_them(ask: Asks) -> None:
    words = "ERROR 1044 (42000): Access denied for user 'app'@'10.0.0.5' to database 'db1'"
    status, text = ask(words, *ON_8, "replaced.yml")
    assert status == 1
    assert "these files give ERROR 1044" in text
    assert "GRANT SELECT ON `db1`.* TO 'app'@'10.0.0.5'" in text


def test_an_error_that_these_files_do_not_give_is_explained(ask: Asks) -> None:
    words = "ERROR 1045 (28000): Access denied for user 'app'@'10.0.3.7' (using password: NO)"
    status, text = ask(words, *ON_8, "shown.sql")
    assert status == 0
    assert "by these files 'app' is let in as 'app'@'%', and gets no ERROR 1045" in text
    assert text.index("sent no password") < text.index("another password") < text.index("were not applied")


def test_a_number_alone_asks_for_what_it_does_not_say(ask: Asks) -> None:
    assert ask("1130", *ON_8, "level.sql")[0] == 2
    assert ask("1130", "--user", "app", "--from", "10.0.0.9", *ON_8, "level.sql")[0] == 1


def test_causes_that_do_not_apply_are_told_when_asked_for(ask: Asks) -> None:
    words = ("remote", "--from", "192.168.1.20", *ON_8, "star.sql")
    assert "firewall" not in ask(*words)[1]
    assert "firewall" in ask(*words, "--all")[1]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            "ERROR 1045 (28000): Access denied for user 'a'@'10.0.3.7' (using password: YES)",
            Complaint(1045, "a", "10.0.3.7", password=True),
        ),
        (
            "(1130, \"Host '10.0.3.7' is not allowed to connect to this MariaDB server\")",
            Complaint(1130, None, "10.0.3.7"),
        ),
        ("Access denied for user 'a'@'h' to database 'd'", Complaint(1044, "a", "h", "d")),
        ("ERROR 3879 (42000): Access denied for AuthId `a`@`h` to database 'd'.", Complaint(3879, "a", "h", "d")),
        ("ERROR 1044 (42000): Access denied for user 'a'@'10.%' to database 'd'", Complaint(1044, "a", None, "d")),
        (
            "SELECT, LOCK TABLES command denied to user 'a'@'h' for table `d`.`t`",
            Complaint(1142, "a", "h", "d", "t", ("SELECT", "LOCK TABLES")),
        ),
        (
            "ERROR 1227 (42000): Access denied; you need (at least one of) the SUPER privilege(s) for this operation",
            Complaint(1227, privileges=("SUPER",)),
        ),
        (
            "execute command denied to user 'a'@'h' for routine 'd.p'",
            Complaint(1370, "a", "h", "d", privileges=("EXECUTE",)),
        ),
        ("ERROR 4151 (HY000): Access denied, this account is locked", Complaint(4151)),
        ("Authentication plugin 'caching_sha2_password' cannot be loaded", Complaint(2059)),
        ("1698", Complaint(1698)),
        ("app", None),
        ("2024", Complaint(2024)),
        ("app1045", None),
    ],
)
def test_a_sentence_says_what_it_says(words: str, complaint: Complaint | None) -> None:
    assert complaint_in(words) == complaint


@pytest.mark.parametrize(
    ("word", "user"),
    [
        ("'app'@'%'", "app"),
        ("`app`@`10.%`", "app"),
        ("app@localhost", "app"),
        ("app", "app"),
        ("a@example.com", "a@example.com"),
    ],
)
def test_an_account_stands_for_its_user(word: str, user: str) -> None:
    assert user_in(word) == user


def test_a_client_without_the_plugin_is_refused_whoever_it_is(ask: Asks) -> None:
    Path("sha2.sql").write_text("CREATE USER 'app'@'%' IDENTIFIED WITH caching_sha2_password BY RANDOM PASSWORD;\n")
    asked = ("app", "--from", "10.0.0.5", "--server", "mysql-8.4", "sha2.sql")
    status, text = ask(*asked, "--client", "mysql-5.6")
    assert status == 1
    assert "refused: ERROR 2059" in text
    assert "the client does not know the plugin of the account" in text
    assert ask(*asked, "--client", "mysql-8.0")[0] == 0
    _, text = ask("ERROR 2059 (HY000): Authentication plugin ...", "--user", "app", *asked[1:])
    assert "mysql and libmysqlclient before 5.7.23 (ERROR 2059)" in text
