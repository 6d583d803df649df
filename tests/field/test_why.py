"""People with an error at three in the morning: small files of each kind of report, and the truth about them."""

import os
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


RIGHTS = """\
CREATE USER 'app'@'10.0.3.%', 'mon'@'10.0.3.%';
GRANT SELECT ON shop.* TO 'app'@'10.0.3.%';
GRANT UPDATE (total) ON shop.orders TO 'app'@'10.0.3.%';
GRANT EXECUTE ON PROCEDURE shop.refund TO 'app'@'10.0.3.%';
CREATE ROLE ops;
GRANT PROCESS ON *.* TO ops;
GRANT ops TO 'app'@'10.0.3.%';
GRANT REPLICATION CLIENT ON *.* TO 'mon'@'10.0.3.%';
"""
AS_APP = "to user 'app'@'10.0.3.7' for"
SUPERS = "Access denied; you need (at least one of) the SUPER, {} privilege(s) for this operation"
REFUSALS = [
    (f"DELETE command denied {AS_APP} table 'orders'", 1, "GRANT DELETE ON `shop`.`orders` TO 'app'@'10.0.3.%'"),
    (f"UPDATE command denied {AS_APP} table 'orders'", 1, "(total) of `shop`.`orders` is not all of `shop`.`orders`"),
    (f"UPDATE command denied {AS_APP} column 'state' in table 'orders'", 1, "GRANT UPDATE (state) ON `shop`.`orders`"),
    (f"UPDATE command denied {AS_APP} column 'total' in table 'orders'", 0, "gets no ERROR 1143"),
    (f"execute command denied {AS_APP} routine 'shop.refund'", 0, "gets no ERROR 1370"),
    (f"execute command denied {AS_APP} routine 'shop.other'", 1, "GRANT EXECUTE ON PROCEDURE `shop`.`other`"),
    ("Access denied for user 'app'@'10.0.3.%' to database 'my_shop'", 1, "GRANT SELECT ON `my\\_shop`.* TO"),
    ("Access denied for user 'app'@'10.0.3.%' to database 'shop'", 0, "gets no ERROR 1044"),
    (SUPERS.format("REPLICATION CLIENT"), 0, "one of these will do"),
    (SUPERS.format("REPLICATION SLAVE"), 1, "GRANT REPLICATION SLAVE ON *.* TO 'mon'@'10.0.3.%'"),
]


@pytest.mark.parametrize(("words", "status", "said"), REFUSALS, ids=[words for words, _, _ in REFUSALS])
def test_a_refusal_of_rights_is_held_against_the_very_thing_that_was_refused(
    ask: Asks, words: str, status: int, said: str
) -> None:
    Path("rights.sql").write_text(RIGHTS, encoding="utf-8")
    who = ("--user", "mon", "--from", "10.0.3.7") if "you need" in words else ()
    found, text = ask(words, *who, "--server", "mysql-8.4", "rights.sql")
    assert said in text
    assert found == status


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("mysql-8.4", "SET DEFAULT ROLE 'ops'@'%' TO 'app'@'10.0.3.%'"),
        ("mariadb-11.8", "SET DEFAULT ROLE 'ops' FOR 'app'@'10.0.3.%'"),
    ],
)
def test_a_role_that_is_not_active_is_named_where_it_would_serve_and_nowhere_else(
    ask: Asks, server: str, said: str
) -> None:
    Path("rights.sql").write_text(RIGHTS, encoding="utf-8")
    asked = ("app", "--from", "10.0.3.7", "--server", server, "rights.sql")
    assert said in ask(*asked, "-p", "PROCESS")[1]
    assert "SET DEFAULT ROLE" not in ask(*asked, "-p", "FILE")[1]
    assert "SET DEFAULT ROLE" not in ask(*asked, "-d", "hr")[1]


def test_a_row_that_hides_the_grant_is_the_cause(ask: Asks) -> None:
    text = "CREATE USER app@'%';\nGRANT SELECT ON `s_p`.* TO app@'%';\nGRANT INSERT ON `s\\_p`.* TO app@'%';\n"
    Path("hiding.sql").write_text(text, encoding="utf-8")
    _, said = ask("app", "--from", "10.0.3.7", "-d", "s_p", "-p", "SELECT", *ON_8, "hiding.sql")
    assert "another row hides the grant: `s_p`.* TO 'app'@'%'" in said
    assert "change: GRANT SELECT ON `s\\_p`.* TO 'app'@'%'" in said
    assert "no grant serves it" not in said


def test_a_new_grant_that_comes_before_another_repeats_what_that_gives(ask: Asks) -> None:
    text = "CREATE USER app@'10.%';\nGRANT SELECT ON `sh%`.* TO app@'10.%';\n"
    Path("hidden.sql").write_text(text, encoding="utf-8")
    _, said = ask("app", "--from", "10.0.3.7", "-d", "shop", "-p", "INSERT", *ON_8, "hidden.sql")
    assert "GRANT INSERT, SELECT ON `shop`.* TO 'app'@'10.%'; it comes before `sh%`.*" in said


@pytest.mark.parametrize(
    ("name", "words", "first", "change"),
    [
        ("identified.sql", ("app", "--from", "10.0.0.5"), ":1 gets ERROR 1064", "CREATE USER 'app'@'10.0.0.5'"),
        ("elsewhere.sql", ("app", "--from", "socket", "-d", "shop"), ":2 gets ERROR 1410", "TO 'app'@'localhost'"),
        ("level.sql", ("app", "--from", "10.0.0.5", "-p", "PROCESS"), ":2 gets ERROR 1221", "GRANT PROCESS ON *.*"),
        ("written.sql", ("root", "--from", "10.0.0.5"), ":2: the server has not read it", "FLUSH PRIVILEGES"),
    ],
)  # fmt: skip
def test_the_first_cause_is_the_statement_that_would_have_done_it(
    ask: Asks, name: str, words: tuple[str, ...], first: str, change: str
) -> None:
    _, text = ask(*words, *ON_8, name)
    causes = text[text.index("causes, and what to change:") :].splitlines()
    assert first in causes[1]
    assert change in next(line for line in causes if "change: " in line)


@pytest.mark.parametrize(
    ("grants", "first", "change"),
    [
        ("GRANT r, q TO app@'%';\n", "the grant of a role that may serve is refused", "one role in a statement"),
        ("GRANT r TO app@'%';\nSET DEFAULT ROLE r TO app@'%';\n", "makes a role active is refused", "role FOR account"),
    ],
)
def test_a_role_that_a_refused_statement_should_have_given_is_the_cause(
    ask: Asks, grants: str, first: str, change: str
) -> None:
    made = "CREATE USER app@'%' IDENTIFIED BY '${P}';\nCREATE ROLE r;\nCREATE ROLE q;\nGRANT SELECT ON shop.* TO r;\n"
    Path("roles.sql").write_text(made + grants, encoding="utf-8")
    for database, count in (("shop", 1), ("crm", 0)):
        words = ("app", "--from", "10.0.3.7", "-d", database, "-p", "SELECT", "--server", "mariadb-10.11", "roles.sql")
        _, text = ask(*words)
        assert (text.count(first), text.count(change)) == (count, count)


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


@pytest.mark.parametrize(
    ("words", "file", "status", "said"),
    [
        ("ERROR 1410 (42000): You are not allowed to create a user with GRANT", "elsewhere.sql", 1, "elsewhere.sql:2"),
        (
            "ERROR 1221 (HY000) at line 2: Incorrect usage of DB GRANT and GLOBAL PRIVILEGES",
            "level.sql",
            1,
            "level.sql:2",
        ),
        ("1064", "identified.sql", 1, "identified.sql:1"),
        (
            "ERROR 1396 (HY000): Operation CREATE USER failed for 'app'@'%'",
            "elsewhere.sql",
            0,
            "no statement of these files",
        ),
    ],
)
def test_an_error_of_a_statement_is_answered_with_the_statements(
    ask: Asks, words: str, file: str, status: int, said: str
) -> None:
    found, text = ask(words, *ON_8, file)
    assert said in text
    assert found == status


def test_an_error_among_the_lines_of_a_log_comes_on_standard_input(ask: Asks, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "[2026-11-30 10:12:13] local.ERROR: SQLSTATE[HY000] [1045] Access denied for user 'app'@'10.0.3.7' "
        "(using password: NO) at Connector.php:70\n#0 Connector.php(70): PDO->__construct()\n"
    )
    with log.open("rb") as standard:
        descriptor = os.dup(0)
        os.dup2(standard.fileno(), 0)
        try:
            status, text = ask("-", *ON_8, "shown.sql")
        finally:
            os.dup2(descriptor, 0)
            os.close(descriptor)
    assert status == 0
    assert "gets no ERROR 1045" in text


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
        (
            "ERROR 1044 (42000): Access denied for user 'a'@'10.%' to database 'd'",
            Complaint(1044, "a", None, "d", account="10.%"),
        ),
        (
            "SELECT, LOCK TABLES command denied to user 'a'@'h' for table `d`.`t`",
            Complaint(1142, "a", "h", "d", "t", ("SELECT", "LOCK TABLES")),
        ),
        (
            "ERROR 1227 (42000): Access denied; you need (at least one of) the SUPER privilege(s) for this operation",
            Complaint(1227, privileges=("SUPER",), any_of=True),
        ),
        (
            "execute command denied to user 'a'@'h' for routine 'd.p'",
            Complaint(1370, "a", "h", "d", privileges=("EXECUTE",), routine="p"),
        ),
        (
            "Access denied; you need (at least one of) the SUPER, BINLOG_ADMIN or FILE privilege(s) for this operation",
            Complaint(1227, privileges=("SUPER", "BINLOG_ADMIN", "FILE"), any_of=True),
        ),
        (
            "ERROR 1143 (42000): UPDATE command denied to user 'a'@'h' for column 'c' in table 't'",
            Complaint(1143, "a", "h", table="t", privileges=("UPDATE",), column="c"),
        ),
        (
            "SQLSTATE[HY000] [1045] Access denied for user 'a'@'10.0.3.7' (using password: NO)",
            Complaint(1045, "a", "10.0.3.7", password=False),
        ),
        (
            "pymysql.err.OperationalError: (1045, \"Access denied for user 'a'@'h' (using password: NO)\")",
            Complaint(1045, "a", "h", password=False),
        ),
        (
            "java.sql.SQLException: Access denied for user 'a'@'h' (using password: YES)",
            Complaint(1045, "a", "h", password=True),
        ),
        ("mysqli::real_connect(): (HY000/1045): Access denied for user 'a'@'h'", Complaint(1045, "a", "h")),
        ("#1044 - Access denied for user 'a'@'h' to database 'd'", Complaint(1044, "a", "h", "d")),
        (
            "Error Code: 1142. DROP command denied to user 'a'@'h' for table 't'",
            Complaint(1142, "a", "h", table="t", privileges=("DROP",)),
        ),
        (
            "ERROR 1045 (28000): Benutzer 'a'@'h' hat keine Zugriffsberechtigung (verwendetes Passwort: JA)",
            Complaint(1045, "a", "h"),
        ),
        ("Access denied for user: 'a@h' (Using password: YES)", Complaint(1045, "a", "h", password=True)),
        ("Access denied for user 'o'brien'@'h' (using password: NO)", Complaint(1045, "o'brien", "h", password=False)),
        (
            "ERROR 2002 (HY000): ... be verified: 1130 - Host '10.0.3.7' is not allowed to connect to this server",
            Complaint(1130, None, "10.0.3.7"),
        ),
        ("ER_HOST_NOT_PRIVILEGED", Complaint(1130)),
        ("1045 (28000)", Complaint(1045)),
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


@pytest.mark.parametrize(
    ("database", "is_cause"), [("crm", False), ("other_db", True), ("otherXdb", True), ("OTHER_DB", True)]
)
def test_a_refused_grant_is_the_cause_where_it_may_be_on_what_is_asked(
    database: str, ask: Asks, *, is_cause: bool
) -> None:
    """An `_` in the name of a database does not make it every other one."""
    Path("refused.sql").write_text(
        "CREATE USER 'app'@'10.0.0.5';\nGRANT SELECT ON other_db.* TO 'app'@'10.0.0.5' IDENTIFIED BY 'y';\n"
    )
    asked = ("app", "--from", "10.0.0.5", "-d", database, "--server", "mysql-8.4", "refused.sql")
    assert ("the grant that would serve is refused" in ask(*asked)[1]) is is_cause
