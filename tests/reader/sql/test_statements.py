"""What a statement says, with the place of every part of it."""

import pytest

from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.reader.sql.script.modes import with_sql_mode
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records import grants, parts
from grantlint.reader.sql.syntax.records import statements as s
from grantlint.reader.sql.syntax.records.statements import Statement, SyntaxFault

MYSQL = grammar_for("mysql", (9, 7, 4))
MYSQL_56 = grammar_for("mysql", (5, 6, 24))
MARIADB = grammar_for("mariadb", (10, 11, 19))


def parsed(sql: str, grammar: Grammar = MYSQL, *, templates: bool = False, database: str = "") -> Statement:
    found = parse_statement(sql, grammar, templates=templates, database=database)
    assert not isinstance(found, SyntaxFault), found
    return found


def test_an_account_has_the_place_of_user_and_host() -> None:
    sql = "  CREATE USER 'o''b' @`h%`, plain@10.0.0.1 ;"
    found = parsed(sql)
    assert isinstance(found, s.CreateUser)
    first, second = (one.account for one in found.subjects)
    assert (first.user.text, sql[first.user.start : first.user.end]) == ("o'b", "'o''b'")
    assert first.host is not None
    assert (first.host.text, sql[first.host.start : first.host.end]) == ("h%", "`h%`")
    assert sql[first.start : first.end] == "'o''b' @`h%`"
    assert second.host is not None
    assert sql[second.host.start : second.host.end] == second.host.text == "10.0.0.1"
    assert sql[found.start : found.end] == "CREATE USER 'o''b' @`h%`, plain@10.0.0.1"


@pytest.mark.parametrize(
    ("written", "user"),
    [
        (r"'a\'b'", "a'b"),
        (r"'a\nb\t\\'", "a\nb\t\\"),
        (r"'50\%\_'", r"50\%\_"),
        (r"'\u0041'", "u0041"),
        ('"a""b"', 'a"b'),
        ("`a``b`", "a`b"),
        (r"`a\nb`", r"a\nb"),
        ("''", ""),
    ],
)
def test_a_quoted_name_is_unescaped_as_its_quotes_ask(written: str, user: str) -> None:
    found = parsed(f"DROP USER {written}")
    assert isinstance(found, s.DropUser)
    assert found.accounts[0].user.text == user


def test_quoting_modes_change_what_quotes_mean() -> None:
    plain = with_sql_mode(MYSQL, "NO_BACKSLASH_ESCAPES")
    found = parsed(r"DROP USER 'a\'", plain)
    assert isinstance(found, s.DropUser)
    assert found.accounts[0].user.text == "a\\"
    ansi = with_sql_mode(MYSQL, "ANSI_QUOTES,STRICT_ALL_TABLES")
    assert isinstance(parsed('GRANT SELECT ON "db"."t" TO "u"@"h"', ansi), grants.Grant)
    assert isinstance(parse_statement('CREATE USER u IDENTIFIED BY "x"', ansi), SyntaxFault)
    oracle = with_sql_mode(MARIADB, "oracle")
    assert isinstance(parsed("GRANT EXECUTE ON PACKAGE BODY db.p TO u", oracle), grants.Grant)


SECRETS = [
    ("CREATE USER u IDENTIFIED BY 'hunter2'", MYSQL, "plain", ""),
    ("CREATE USER u IDENTIFIED BY ''", MYSQL, "plain", ""),
    ("CREATE USER u IDENTIFIED WITH p AS '*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1'", MYSQL, "hash", "native"),
    ("CREATE USER u IDENTIFIED WITH p AS 0x24352432", MYSQL, "hash", ""),
    (
        "CREATE USER u IDENTIFIED BY PASSWORD '*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1EG'",
        MYSQL_56,
        "hash",
        "native-like",
    ),
    ("CREATE USER u IDENTIFIED BY PASSWORD '0123456789abcdef'", MARIADB, "hash", "old"),
    ("CREATE USER u IDENTIFIED VIA ed25519 USING PASSWORD('hunter2')", MARIADB, "plain", ""),
    ("CREATE USER u IDENTIFIED BY RANDOM PASSWORD", MYSQL, "random", ""),
    ("GRANT USAGE ON *.* TO u IDENTIFIED BY 'hunter2'", MARIADB, "plain", ""),
    ("SET PASSWORD FOR u = 'hunter2'", MYSQL, "plain", ""),
    ("SET PASSWORD FOR u = 'hunter2'", MARIADB, "hash", ""),
    ("SET PASSWORD FOR u = PASSWORD('hunter2')", MARIADB, "plain", ""),
]


@pytest.mark.parametrize(("sql", "grammar", "form", "shape"), SECRETS)
def test_a_secret_is_known_by_form_place_and_shape_only(sql: str, grammar: Grammar, form: str, shape: str) -> None:
    found = parsed(sql, grammar)
    if isinstance(found, s.SetPassword):
        secret: parts.Secret | None = found.secret
    else:
        assert isinstance(found, s.CreateUser | grants.Grant)
        secret = found.subjects[0].authentication[0].secret
    assert secret is not None
    assert (secret.form, secret.shape) == (form, shape)
    assert secret.empty is (sql[secret.start : secret.end] == "''")
    assert "hunter2" not in repr(found)
    assert "2470C0C0" not in repr(found)


def test_no_fault_quotes_what_may_be_a_password() -> None:
    for sql in ("CREATE USER u IDENTIFIED BY hunter2", "CREATE USER u IDENTIFIED BY 'a' 'hunter2'", "hunter2"):
        found = parse_statement(sql, MYSQL)
        assert isinstance(found, SyntaxFault)
        assert "hunter2" not in found.message


def test_privileges_carry_their_standard_name_their_columns_and_place() -> None:
    sql = "GRANT select (a, `b`), show schemas, role_admin ON *.* TO u"
    found = parsed(sql)
    assert isinstance(found, grants.Grant)
    first, second, third = found.privileges
    assert (first.name, [column.text for column in first.columns]) == ("SELECT", ["a", "b"])
    assert (second.name, sql[second.start : second.end]) == ("SHOW DATABASES", "show schemas")
    assert (third.name, third.dynamic) == ("ROLE_ADMIN", True)


@pytest.mark.parametrize(
    ("level", "kind", "database", "thing", "every"),
    [
        ("*.*", "", None, None, "*.*"),
        ("*", "", None, None, "*"),
        ("db.*", "", "db", None, "db.*"),
        (r"`my\_db`.*", "", r"my\_db", None, "db.*"),
        ("db.t", "", "db", "t", ""),
        ("t", "", None, "t", ""),
        ("TABLE t", "TABLE", None, "t", ""),
        ("PROCEDURE db.p", "PROCEDURE", "db", "p", ""),
    ],
)
def test_a_target_says_database_object_and_star(
    level: str, kind: str, database: str | None, thing: str | None, every: str
) -> None:
    found = parsed(f"GRANT ALL ON {level} TO u")
    assert isinstance(found, grants.Grant)
    target = found.target
    assert (target.kind, target.every) == (kind, every)
    assert (target.database.text if target.database else None) == database
    assert (target.object.text if target.object else None) == thing
    assert (target.start, target.end) == (13, 13 + len(level))


def test_roles_and_privileges_are_told_apart_by_what_follows() -> None:
    assert isinstance(parsed("GRANT SUPER TO u", MARIADB), grants.GrantRole)
    assert isinstance(parsed("GRANT SUPER ON *.* TO u", MARIADB), grants.Grant)
    assert isinstance(parsed("GRANT SUPPORT TO u"), grants.GrantRole)
    assert isinstance(parsed("GRANT SUPPORT ON *.* TO u"), grants.Grant)
    assert isinstance(parsed("REVOKE ADMIN OPTION FOR r FROM u", MARIADB), grants.RevokeRole)
    assert isinstance(parsed("REVOKE ALL PRIVILEGES, GRANT OPTION FROM u"), grants.RevokeAll)
    assert isinstance(parsed("REVOKE ALL PRIVILEGES ON *.* FROM u"), grants.Revoke)


def test_options_have_standard_names_and_the_value_as_written() -> None:
    sql = (
        "CREATE USER u REQUIRE SUBJECT '/CN=x' AND ISSUER 'y' WITH MAX_USER_CONNECTIONS 3 "
        "ACCOUNT LOCK PASSWORD EXPIRE INTERVAL 90 DAY PASSWORD_LOCK_TIME UNBOUNDED COMMENT 'why'"
    )
    found = parsed(sql)
    assert isinstance(found, s.CreateUser)
    assert [(option.name, option.value.text if option.value else None) for option in found.options] == [
        ("REQUIRE SUBJECT", "/CN=x"),
        ("REQUIRE ISSUER", "y"),
        ("MAX_USER_CONNECTIONS", "3"),
        ("ACCOUNT LOCK", None),
        ("PASSWORD EXPIRE INTERVAL", "90"),
        ("PASSWORD_LOCK_TIME UNBOUNDED", None),
        ("COMMENT", "why"),
    ]


@pytest.mark.parametrize(
    ("sql", "opaque"),
    [
        ("GRANT ALL ON `{{ db }}`.* TO '{{ user }}'@'{{ host }}'", False),
        ("GRANT {{ privileges | join(',') }} ON {{ db }}.* TO {{ user }}@{{ host }} WITH GRANT OPTION", False),
        ("CREATE USER '{{ lookup('env', 'U') }}'@localhost IDENTIFIED BY {{ password }}", False),
        ("CREATE USER ${USER}@'%' IDENTIFIED BY '${PASSWORD}'", False),
        ("CREATE USER $USER@$HOST", False),
        ("CREATE USER <%= @user %>@'<%= @host %>' IDENTIFIED BY '<%= @password['x'] %>'", False),
        ("CREATE USER @db.user@@@db.host@ IDENTIFIED BY '@db.password@'", False),
        ("CREATE USER @@USER@@@@@HOST@@ WITH MAX_USER_CONNECTIONS {{ most }}", False),
        ("CREATE USER app_{{ env }} {% if locked %} ACCOUNT LOCK {% endif %}", False),
        ("CREATE USER u {{ options }}", False),
        ("GRANT ALL ON {{ a }}.{{ b }} {{ c }} u", True),
    ],
)
def test_a_template_is_unresolved_and_never_a_fault(sql: str, *, opaque: bool) -> None:
    found = parsed(sql, templates=True)
    assert isinstance(found, s.Opaque) is opaque
    if isinstance(found, s.CreateUser | grants.Grant):
        account = found.subjects[0].account
        assert account.user.unresolved
        assert account.host is None or account.host.unresolved or account.host.text in {"localhost", "%"}
        for proof in found.subjects[0].authentication:
            assert proof.secret is not None
            assert proof.secret.unresolved


def test_a_dollar_in_a_password_is_no_template() -> None:
    found = parsed("CREATE USER u IDENTIFIED BY 'Pa$word'", templates=True)
    assert isinstance(found, s.CreateUser)
    secret = found.subjects[0].authentication[0].secret
    assert secret is not None
    assert not secret.unresolved


def test_writes_to_grant_tables_name_the_rows_they_touch() -> None:
    found = parsed("INSERT INTO mysql.user (Host, User) VALUES ('%', 'a'), (concat('x'), 'b')")
    assert isinstance(found, s.TableWrite)
    values = [
        {column: value.text if isinstance(value, parts.Name) else None for column, value in row.items()}
        for row in found.rows
    ]
    assert values == [{"host": "%", "user": "a"}, {"host": None, "user": "b"}]
    found = parsed("REPLACE db VALUES ('h', 'd', 'u', 'Y')", database="mysql")
    assert isinstance(found, s.TableWrite)
    assert {
        column: value.text if isinstance(value, parts.Name) else None for column, value in found.rows[0].items()
    } == {
        "host": "h",
        "db": "d",
        "user": "u",
        "select_priv": "Y",
    }
    found = parsed("DELETE FROM mysql.user WHERE User='root' AND (Host NOT IN ('localhost', '::1')) LIMIT 5")
    assert isinstance(found, s.TableWrite)
    assert [(c.column, c.operator, [v.text for v in c.values]) for c in found.where] == [
        ("user", "=", ["root"]),
        ("host", "NOT IN", ["localhost", "::1"]),
    ]
    found = parsed("UPDATE `mysql`.`user` u SET u.Host = '10.%' WHERE u.User <> '' OR 1")
    assert isinstance(found, s.TableWrite)
    assert found.changes is not None
    assert found.changes["host"] is not None
    assert [c.operator for c in found.where] == ["?"]
    assert isinstance(parsed("DELETE FROM user WHERE 1"), s.Other)


def test_an_error_stands_where_the_server_stops_reading() -> None:
    sql = "GRANT ALL ON *.* TO app IDENTIFIED BY 'x'"
    assert parse_statement(sql, MYSQL) == SyntaxFault(
        sql.index("IDENTIFIED"), 1064, "IDENTIFIED stands where the end of the statement belongs", 0, len(sql)
    )
    found = parse_statement("SET ROLE r", MYSQL_56)
    assert isinstance(found, SyntaxFault)
    assert (found.offset, found.errno) == (4, 1193)
