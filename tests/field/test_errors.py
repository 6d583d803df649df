"""From the error to what to type: what the account demands, what the error does not say, what could not be read."""

from pathlib import Path

import pytest

from grantlint.cli.main import main

MADE = "CREATE USER app@'10.0.0.%' IDENTIFIED BY RANDOM PASSWORD{};\nGRANT SELECT ON shop.* TO app@'10.0.0.%';\n"
DENIED = "ERROR 1045 (28000): Access denied for user 'app'@'10.0.0.9' (using password: YES)"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(error: str, text: str, capsys: pytest.CaptureFixture[str], *more: str, server: str = "mysql-8.4") -> str:
    """Return the answer to an error, or why there is none."""
    Path("a.sql").write_text(text, encoding="utf-8")
    main(["why", error, "a.sql", "--server", server, *more])
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize(
    ("error", "demand", "change"),
    [
        ("ERROR 3118 (HY000): Access denied for user 'app'@'10.0.0.9'. Account is locked.", " ACCOUNT LOCK", "UNLOCK"),
        ("ERROR 1820: You must reset your password", " PASSWORD EXPIRE", "IDENTIFIED BY '...' by an administrator"),
        (DENIED, " REQUIRE X509", "a certificate that fits (--ssl-cert, --ssl-key), or ALTER USER"),
        (DENIED, " REQUIRE SSL", "connect with TLS (--ssl-mode=REQUIRED), or ALTER USER 'app'@'10.0.0.%' REQUIRE NONE"),
    ],
)
def test_what_the_account_demands_is_told_with_what_to_change(
    error: str, demand: str, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert change in told(error, MADE.format(demand), capsys)


def test_a_way_to_come_that_gets_the_error_explains_it_first(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(DENIED, MADE.format(" REQUIRE SSL"), capsys)
    assert "and gets ERROR 1045 without TLS." in out
    assert out.index("connect with TLS") < out.index("another password")


def test_an_expired_password_gives_1820_to_who_may_change_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = "CREATE USER app PASSWORD EXPIRE;\n"
    out = told("ERROR 1820: You must reset your password", text, capsys, server="mariadb-11.8")
    assert "these files give ERROR 1820" in out
    assert "SET PASSWORD = PASSWORD('...')" in out


@pytest.mark.parametrize(
    "error",
    [
        "Host 'web.example.com' is not allowed to connect to this MySQL server",
        "Access denied; you need (at least one of) the SUPER privilege(s) for this operation",
    ],
)
def test_the_one_user_of_the_files_is_meant_where_the_error_names_none(
    error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "asked for 'app', whom these files declare" in told(error, MADE.format(""), capsys)
    several = MADE.format("") + "CREATE USER other, root;\n"
    assert "these files declare 'app', 'other', 'root'" in told(error, several, capsys)


@pytest.mark.parametrize("error", ["1130", "1045", "1227"])
def test_a_number_alone_says_nothing_of_who_connects(error: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "give --user NAME and --from CLIENT" in told(error, MADE.format(""), capsys)


def test_a_client_whose_address_nobody_tells_is_declared_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    out = told("Host 'web.example.com' is not allowed to connect to this MySQL server", MADE.format(""), capsys)
    assert "declare 'app'@'web.example.com'" in out
    assert "declare 'app'@'192.0.2" not in out


def test_a_name_in_the_error_says_that_look_ups_are_on(capsys: pytest.CaptureFixture[str]) -> None:
    Path("my.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    error = DENIED.replace("10.0.0.9", "web.example.com")
    assert "these files switch look-ups off" in told(error, MADE.format(""), capsys, "my.cnf")


def test_what_could_not_be_read_is_named_where_nothing_else_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    compose = "services:\n  db:\n    build: ./db\n    environment: {MYSQL_ROOT_PASSWORD: '${P}'}\n"
    Path("compose.yml").write_text(compose, encoding="utf-8")
    assert main(["why", DENIED, "compose.yml"]) == 4
    assert "compose.yml:2  accounts: the image is built here" in capsys.readouterr().err


def test_the_server_that_gives_the_error_is_told_first(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.sql").write_text("CREATE USER root@localhost IDENTIFIED VIA unix_socket;\n", encoding="utf-8")
    main(["why", "ERROR 1698 (28000): Access denied for user 'root'@'localhost'", "a.sql"])
    first, *_ = capsys.readouterr().out.splitlines()
    assert "mariadb" in first


@pytest.mark.parametrize(
    ("error", "means"),
    [
        ("ERROR 2003 (HY000): Can't connect to MySQL server on '10.0.0.1' (110)", "bind_address"),
        ("ERROR 1129 (HY000): Host '10.0.0.9' is blocked because of many connection errors", "host_cache"),
        ("ERROR 1819 (HY000): Your password does not satisfy the current policy requirements", "validate_password"),
    ],
)
def test_an_error_in_which_accounts_have_no_say_is_told_as_one(
    error: str, means: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(error, MADE.format(""), capsys)
    assert means in out
    assert "let in as" not in out


def test_a_definer_is_looked_for_and_not_let_in(capsys: pytest.CaptureFixture[str]) -> None:
    error = "ERROR 1449 (HY000): The user specified as a definer ('{}'@'{}') does not exist"
    assert "CREATE USER 'old'@'%' ACCOUNT LOCK" in told(error.format("old", "%"), MADE.format(""), capsys)
    assert "'app'@'10.0.0.%' is declared" in told(error.format("app", "10.0.0.%"), MADE.format(""), capsys)


@pytest.mark.parametrize(("server", "errno"), [("mysql-8.4", 1410), ("mariadb-11.8", 1133)])
def test_a_grant_to_whom_no_file_makes_gets_the_error_if_he_is_not_there(
    server: str, errno: int, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "GRANT ALL ON *.* TO 'boss'@'%' WITH GRANT OPTION;\n"
    out = told(str(errno), text, capsys, server=server)
    assert "a.sql:1  if 'boss'@'%' is not there" in out
    assert "CREATE USER 'boss'@'%' IDENTIFIED BY '...'" in out


def test_mysqldump_lacks_lock_tables_and_not_the_database(capsys: pytest.CaptureFixture[str]) -> None:
    error = (
        "mysqldump: Got error: 1044: Access denied for user 'app'@'10.0.0.9' to database 'shop' when using LOCK TABLES"
    )
    assert "GRANT LOCK TABLES ON `shop`.* TO" in told(error, MADE.format(""), capsys)


def test_1044_may_be_a_statement_on_a_database_that_opens(capsys: pytest.CaptureFixture[str]) -> None:
    error = "ERROR 1044 (42000): Access denied for user 'app'@'10.0.0.%' to database 'shop'"
    assert "the statement wants more than to use the database" in told(error, MADE.format(""), capsys)


def test_1045_with_the_host_of_an_account_is_a_grant(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(DENIED.replace("10.0.0.9", "10.0.0.%"), MADE.format(""), capsys)
    assert "a GRANT was refused" in out


@pytest.mark.parametrize(
    ("grants", "database"),
    [
        ("GRANT SELECT ON my_db.t1 TO app;", "my_db"),
        ("CREATE ROLE r; GRANT SELECT ON d.* TO r; GRANT r TO app;", "d"),
    ],
)
def test_the_database_of_a_table_is_that_of_the_grants(
    grants: str, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = "ERROR 1142 (42000): SELECT command denied to user 'app'@'10.0.0.9' for table 't2'"
    assert f"taken for {database}" in told(error, f"CREATE USER app;\n{grants}\n", capsys)


def test_an_anonymous_account_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    text = "CREATE USER ''@localhost;\nCREATE USER app IDENTIFIED BY RANDOM PASSWORD;\n"
    assert "DROP USER ''@'localhost'" in told(DENIED.replace("10.0.0.9", "localhost"), text, capsys)


OPERATED = """\
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata: {name: app}
spec: {mariaDbRef: {name: db}, passwordSecretKeyRef: {name: s, key: p}, host: 10.0.0.%}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata: {name: app}
spec: {mariaDbRef: {name: db}, privileges: [SELECT], database: shop, username: app}
"""


def test_what_rests_on_a_grant_that_is_refused_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    Path("u.yaml").write_text(OPERATED, encoding="utf-8")
    assert main(["why", "app", "--from", "10.0.0.9", "-d", "shop", "-p", "SELECT", "u.yaml"]) == 5
    assert "unless 'app'@'%' is not there, as no file makes it" in capsys.readouterr().out


def test_whom_a_platform_makes_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    text = 'resource "aws_db_instance" "d" {\n  engine = "mysql"\n  username = "admin"\n}\n'
    text += 'resource "mysql_user" "app" {\n  user = "app"\n  host = "10.0.%"\n}\n'
    Path("main.tf").write_text(text, encoding="utf-8")
    assert main(["why", "admin", "--from", "10.1.1.1", "main.tf"]) == 5
    assert "Amazon RDS makes them" in capsys.readouterr().out
