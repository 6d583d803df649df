"""What servers other than the one that a file is read for say of its statements."""

import pytest

from grantlint.access import parse_target
from grantlint.access.product.grammar import grammar_for
from grantlint.model import Refusal, Statement
from grantlint.model.location import Source
from grantlint.reader.sql.document import read
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import SyntaxFault

SERVERS = (
    "mysql-5.6.24",
    "mysql-5.7",
    "mysql-8.0",
    "mysql-9.7.4",
    "mariadb-10.3",
    "mariadb-10.11.19",
    "mariadb-11.8.9",
)
NO_HASH = 1372
STATEMENTS = (
    "GRANT SELECT ON *.* TO u IDENTIFIED BY 'x'",
    "GRANT SELECT ON d.t TO 'u'@'h' WITH GRANT OPTION",
    "GRANT r TO u@h",
    "SET PASSWORD FOR u = PASSWORD('x')",
    "SET PASSWORD FOR u = 'x'",
    "CREATE USER window@h, plain@h",
    "CREATE USER IF NOT EXISTS u ACCOUNT LOCK",
    "CREATE USER u WITH MAX_USER_CONNECTIONS 2147483648",
    "CREATE USER u WITH MAX_USER_CONNECTIONS 3",
    "ALTER USER u IDENTIFIED BY 'x' RETAIN CURRENT PASSWORD",
    "GRANT r1, r2 TO u",
    "CREATE USER u1 REQUIRE X509",
    "CREATE USER u2 REQUIRE SSL",
    "CREATE ROLE r4, r5",
    "CREATE OR REPLACE USER u",
)


def statements(text: str) -> list[Statement]:
    (found,) = read(Source("init.sql", text))
    assert not found.faults
    return found.statements


def refusal(statement: Statement, server: str) -> Refusal | None:
    target = parse_target(server)
    return statement.refusal(target.product, target.version)


@pytest.mark.parametrize("server", SERVERS)
def test_each_server_answers_for_itself_whatever_was_asked_before(server: str) -> None:
    text = ";\n".join((*STATEMENTS, *reversed(STATEMENTS)))
    target = parse_target(server)
    grammar = grammar_for(target.product, target.version)
    for statement in statements(text):
        alone = parse_statement(text[statement.span.start : statement.span.end], grammar)
        found = refusal(statement, server)
        if found is not None and found.errno == NO_HASH:  # it parses, and is refused for what it says
            assert not isinstance(alone, SyntaxFault)
            continue
        assert (found is not None) is isinstance(alone, SyntaxFault)
        if found is not None and isinstance(alone, SyntaxFault):
            assert (found.errno, found.span.start) == (alone.errno, statement.span.start + alone.offset)


def test_statements_of_one_shape_are_parsed_once_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    found = statements("\n".join(f"GRANT SELECT ON `d{n}`.* TO 'u{n}'@'10.0.0.{n}';" for n in range(50)))
    parsed: list[object] = []
    monkeypatch.setattr("grantlint.reader.sql.script.refusals.asking.parse_tokens", lambda *_, **__: parsed.append(1))
    for statement in found:
        assert refusal(statement, "mysql-8.4") is None
        assert refusal(statement, "mariadb-11.8") is None
    assert len(parsed) == 2


def test_the_sql_mode_of_the_file_holds_for_every_server() -> None:
    (statement,) = statements("""SET sql_mode = 'ANSI_QUOTES'; GRANT SELECT ON "d".* TO "u"@"h";""")
    assert refusal(statement, "mysql-8.4") is None
    assert refusal(statement, "mariadb-10.11") is None


def test_what_one_server_takes_is_no_fault_of_the_file() -> None:
    found = statements("CREATE OR REPLACE USER u;\nALTER USER u FAILED_LOGIN_ATTEMPTS 3;\n")
    assert [refusal(one, "mysql-8.4") is None for one in found] == [False, True]
    assert [refusal(one, "mariadb-10.11") is None for one in found] == [True, False]


@pytest.mark.parametrize("table", ["mysql.user", "user"])
def test_a_write_of_password_is_put_to_each_server_with_its_database(table: str) -> None:
    text = "USE mysql; CREATE USER u@h; UPDATE TABLE SET authentication_string = PASSWORD('') WHERE User = 'root';"
    (*_, one) = statements(text.replace("TABLE", table))
    told = {server: refusal(one, server) for server in ("mysql-5.7", "mysql-8.4", "mysql-9.7.4", "mariadb-10.11")}
    errors = {server: no.errno for server, no in told.items() if no is not None}
    assert errors == {"mysql-8.4": 1064, "mysql-9.7.4": 1064}


def test_a_table_of_another_database_that_has_the_name_is_none_of_accounts() -> None:
    found = statements("CREATE USER u@h; USE shop; UPDATE user SET authentication_string = PASSWORD('');")
    assert [refusal(one, "mysql-9.7.4") for one in found] == [None]


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("GRANT ALL ON {{ d }}.* TO {{ u }}@'%' IDENTIFIED BY '{{ p }}'", [1064, None]),
        ("GRANT ALL ON $d.* TO '$u'@'%' IDENTIFIED BY '$p'", [1064, None]),
        ("GRANT ALL ON {{ d }} TO u@h IDENTIFIED BY 'x'", [1064, None]),
        ("GRANT ALL ON {{ d }}.{{ t }} TO u@{{ h }} IDENTIFIED BY 'x'", [1064, None]),
        ("ALTER USER {{ u }}@h IDENTIFIED WITH ed25519 BY 'x'", [None, 1064]),
        ("GRANT ALL ON d.* TO {{ u }} IDENTIFIED BY 'x'", [None, None]),
        ("GRANT {{ p }} ON d.* TO u@h IDENTIFIED BY 'x'", [None, None]),
        ("GRANT ALL ON d.* TO u@h {{ login }} IDENTIFIED BY 'x'", [None, None]),
        ("GRANT ALL ON d.* TO {{ u }} @h IDENTIFIED BY 'x'", [None, None]),
    ],
)
def test_a_template_in_the_place_of_a_name_hides_no_refusal(text: str, errors: list[int | None]) -> None:
    (one,) = statements(text)
    told = [refusal(one, server) for server in ("mysql-8.4", "mariadb-10.11")]
    assert [no and no.errno for no in told] == errors
