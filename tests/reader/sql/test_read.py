"""A file of SQL to declarations."""

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Implied, Located, Source, Unresolved
from grantlint.reader.files.formats import format_named
from grantlint.reader.files.words import Sieve
from grantlint.reader.sql.document import read, read_places
from grantlint.reader.sql.sign import claims


def declarations(text: str, path: str = "init.sql") -> tuple[Declarations, Source]:
    source = Source(path, text)
    (found,) = read(source)
    return found, source


def shown(source: Source) -> str:
    """Return the text with everything that is hidden cut out."""
    text = source.text
    for start, end in sorted(source.secrets, reverse=True):
        text = text[:start] + text[end:]
    return text


def test_accounts_and_grants_carry_their_places() -> None:
    found, source = declarations(
        "CREATE USER 'app'@'10.%' IDENTIFIED BY 'pw' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3 "
        "ACCOUNT LOCK COMMENT 'c';\n"
        "GRANT SELECT (a), UPDATE ON `my_db`.t TO 'app'@'10.%' WITH GRANT OPTION;\n"
    )
    (account,) = found.accounts
    assert str(account) == "'app'@'10.%'"
    assert isinstance(account.host, Located)
    assert source.text[account.host.start : account.host.end] == "'10.%'"
    assert [text.value for text in account.require if isinstance(text, Located)] == ["SSL"]
    assert account.limits[0].name.value == "MAX_USER_CONNECTIONS"
    assert account.is_locked
    assert isinstance(account.comment, Located)
    assert account.authentication is not None
    assert account.authentication.credential is not None
    assert account.authentication.credential.secrecy is Secrecy.PLAIN
    ((user, host, grant, _),) = found.grants
    assert isinstance(user, Located)
    assert isinstance(host, Located)
    assert [str(leaf.value) for leaf in grant.privileges if isinstance(leaf, Located)] == ["SELECT (a)", "UPDATE"]
    assert isinstance(grant.target, Located)
    assert str(grant.target.value) == "`my_db`.`t`"
    assert grant.option_span is not None
    assert source.text[grant.option_span.start : grant.option_span.end] == "GRANT OPTION"


def test_an_absent_host_is_any_host_and_nobody_wrote_it() -> None:
    found, _ = declarations("CREATE USER app IDENTIFIED BY 'x';")
    host = found.accounts[0].host
    assert isinstance(host, Implied)
    assert host.value == "%"


@pytest.mark.parametrize(
    ("statement", "secrecy"),
    [
        ("CREATE USER a IDENTIFIED BY ''", Secrecy.EMPTY),
        ("CREATE USER a IDENTIFIED BY '{{ pw }}'", Secrecy.REFERENCE),
        ("CREATE USER a IDENTIFIED BY RANDOM PASSWORD", Secrecy.REFERENCE),
        ("CREATE USER a IDENTIFIED WITH p AS '*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1'", Secrecy.HASH),
        ("CREATE USER a IDENTIFIED VIA unix_socket OR p USING PASSWORD('x')", Secrecy.PLAIN),
        ("GRANT USAGE ON *.* TO a IDENTIFIED BY 'x'", Secrecy.PLAIN),
        ("INSERT INTO mysql.user (host, user, password) VALUES ('%', 'a', '*AB')", Secrecy.HASH),
    ],
)
def test_a_credential_says_in_which_form_it_stands(statement: str, secrecy: Secrecy) -> None:
    found, _ = declarations(f"{statement};")
    (account,) = found.accounts
    assert account.authentication is not None
    assert account.authentication.credential is not None
    assert account.authentication.credential.secrecy is secrecy


CANARY = "canary7"
HIDING = [
    "CREATE USER a IDENTIFIED BY 'canary7'; DROP USER a",
    "ALTER USER a IDENTIFIED BY 'x' REPLACE 'canary7'",
    "SET PASSWORD FOR a = 'canary7'",
    "SET PASSWORD = PASSWORD('canary7')",
    "GRANT USAGE ON *.* TO a IDENTIFIED BY PASSWORD 'canary7'",
    "CREATE USER a IDENTIFIED VIA p USING 'canary7' OR q USING PASSWORD('canary7')",
    "UPDATE mysql.user SET password = PASSWORD('canary7') WHERE user = 'root'",
    "INSERT INTO mysql.user VALUES ('h', 'a', PASSWORD('canary7')), ('h', 'b', 'canary7')",
    "INSERT INTO mysql.global_priv VALUES ('h', 'a', '{\"authentication_string\": \"canary7\"}')",
    "CREATE USER a IDENTIFIED BY canary7",
    "CREATE USER 'a'@'h' IDENTIFIED BY 'canary7' BOGUS",
    "CREATE USER a IDENTIFIED BY 'canary7",
    "SET PASSWORD FOR a := 'canary7' 'canary7'",
    "CREATE USER {{ a }} {{ b }} IDENTIFIED BY 'canary7'",
]


@pytest.mark.parametrize("statement", HIDING)
def test_no_secret_is_left_to_be_shown(statement: str) -> None:
    found, source = declarations(f"{statement};\nDROP USER z;")
    assert CANARY not in shown(source)
    assert all(CANARY not in fault.message for fault in found.faults)


def test_a_statement_that_no_server_takes_is_a_fault_with_its_place_and_number() -> None:
    found, source = declarations("CREATE USER a IDENTIFIED WITH;\nDROP USER b;")
    (fault,) = found.faults
    assert fault.rule == "syntax-error"
    assert "1064" in fault.message
    assert source.position(fault.span.start) == (1, 30)
    assert found.removals == 1


def test_the_grammar_is_that_of_the_server_that_takes_most() -> None:
    for text in (
        "GRANT ALL ON *.* TO a IDENTIFIED BY 'x';",
        "CREATE OR REPLACE USER a;",
        "CREATE USER a IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 3;",
        "SET PASSWORD FOR a = OLD_PASSWORD('x');",
    ):
        assert not declarations(text)[0].faults


def test_a_dump_says_which_server_it_is_of() -> None:
    header = "-- MySQL dump 10.13\n-- Host: localhost\n-- Server version\t{}\nGRANT SELECT ON *.* TO a;\n"
    for version, product in (("8.0.36-28.1", "mysql-8.0.36"), ("10.6.18-MariaDB-log", "mariadb-10.6.18")):
        found, _ = declarations(header.format(version))
        assert found.server is not None
        assert isinstance(found.server.product, Located)
        assert found.server.product.value == product


def test_templates_are_unresolved_and_the_same_template_is_one_account() -> None:
    found, _ = declarations("CREATE USER '{{ u }}'@'${H}'; GRANT {{ p }} ON {{ d }}.* TO '{{ u }}'@'${H}';")
    (account,) = found.accounts
    (grant,) = found.grants
    assert isinstance(account.user, Unresolved)
    assert account.user is grant.user
    assert account.host is grant.host
    assert isinstance(grant.grant.target, Unresolved)
    assert isinstance(grant.grant.privileges[0], Unresolved)


def test_roles_have_their_grants_and_members() -> None:
    found, _ = declarations("CREATE ROLE r; GRANT SELECT ON *.* TO r; GRANT r TO a@h WITH ADMIN OPTION;")
    (role,) = found.roles
    assert len(role.grants) == 1
    (member,) = found.memberships
    assert isinstance(member.host, Located)
    assert isinstance(member.admin, Located)
    assert not found.grants


OURS = [
    "CREATE USER 'a'@'%' IDENTIFIED BY 'x';",
    "grant select on shop.* to web;",
    "CREATE ROLE r; GRANT SELECT ON *.* TO r;",
    "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'a'@'h';",
    "DELETE FROM mysql.user WHERE User='';",
    "USE mysql; UPDATE user SET password=PASSWORD('x') WHERE user='root'; FLUSH PRIVILEGES;",
    "GRANT USAGE ON *.* TO `u`@`%`",
    "/*!50003 CREATE USER a */;",
    "CREATE TABLE t (login TEXT); CREATE USER bob IDENTIFIED BY PASSWORD '*AB';",
    "CREATE USER bob IDENTIFIED BY 'x'; DROP USER 'root'@'::1';",
]
NOT_OURS = [
    "CREATE TABLE user (password TEXT);",
    "-- GRANT ALL ON *.* TO 'a'@'%';\nSELECT 1;",
    "CREATE USER r WITH PASSWORD 'x';\nGRANT CONNECT ON DATABASE d TO r;\nGRANT USAGE ON SCHEMA public TO r;",
    "CREATE ROLE app LOGIN PASSWORD 'x'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;",
    "CREATE ROLE a WITH PASSWORD = 'x' AND LOGIN = true; GRANT MODIFY ON KEYSPACE k TO a;",
    "CREATE USER a IDENTIFIED BY b DEFAULT TABLESPACE users; GRANT CONNECT, RESOURCE TO a;",
    "CREATE LOGIN a WITH PASSWORD = 'x'; CREATE USER a FOR LOGIN a;\nGO\n",
    "GRANT USAGE ON WAREHOUSE w TO ROLE r;",
    "CREATE USER a IDENTIFIED WITH sha256_hash BY 'x' HOST ANY; GRANT SELECT ON *.* TO a WITH GRANT OPTION;",
    "CREATE USER a ON CLUSTER c IDENTIFIED BY 'x'; GRANT ON CLUSTER c SELECT ON *.* TO a;",
    "DO $$ BEGIN CREATE ROLE a; END $$ LANGUAGE plpgsql; GRANT a TO b;",
]


@pytest.mark.parametrize("text", OURS)
def test_a_file_with_accounts_is_claimed_and_holds_a_needle(text: str) -> None:
    known = format_named("sql")
    assert known is not None
    assert known.claims("x.sql", text)
    assert Sieve([known.words]).matches(text.encode())


@pytest.mark.parametrize("text", NOT_OURS)
def test_a_file_of_another_database_is_not(text: str) -> None:
    assert not claims("postgres/x.sql", text)


def test_sql_inside_another_format_keeps_the_places_of_that_file() -> None:
    text = "run: CREATE USER a@h IDENTIFIED BY 'x'\nnot sql: GRANT it!\nthen: GRANT SELECT ON d.* TO a@h WITH IT\n"
    places = [(5, text.index("\n")), (text.index("GRANT SELECT"), len(text) - 1)]
    source = Source("tasks.yml", text)
    found = Declarations("ansible", source.path)
    assert read_places(source, places, found)
    (account,) = found.accounts
    assert text[account.span.start : account.span.end] == "CREATE USER a@h IDENTIFIED BY 'x'"
    (fault,) = found.faults
    assert text[fault.span.start : fault.span.end] == "IT"
    assert "'x'" not in shown(source)
    assert not read_places(source, [(0, 3)], Declarations("ansible", source.path))


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("db/docker-entrypoint-initdb.d/01.sql", "sql:db/docker-entrypoint-initdb.d"),
        ("mysql-init/users.sql", "sql:mysql-init"),
        ("init/a.sql", "sql:init"),
        ("sql/a.sql", ""),
        ("a.sql", ""),
    ],
)
def test_the_scripts_of_an_init_folder_make_one_server(path: str, unit: str) -> None:
    found, _ = declarations("DROP USER a;", path)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "says_all"),
    [
        ("CREATE USER a;", True),
        ("ALTER USER a ACCOUNT LOCK;", False),
        ("RENAME USER a TO b;", False),
        ("GRANT USAGE ON *.* TO a REQUIRE SSL;", False),
        ("INSERT INTO mysql.user VALUES ('h', 'a', 'Y');", False),
    ],
)
def test_an_account_that_is_only_changed_is_not_one_without_a_password(text: str, *, says_all: bool) -> None:
    (account,) = declarations(text)[0].accounts
    if says_all:
        assert account.authentication is None
    else:
        assert account.authentication is not None
        assert account.authentication.credential is not None
        assert account.authentication.credential.secrecy is Secrecy.REFERENCE
