"""A file of many statements."""

import pytest

from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.reader.sql.script import split
from grantlint.reader.sql.script.split import parse_script
from grantlint.reader.sql.syntax.records import grants
from grantlint.reader.sql.syntax.records import statements as s
from grantlint.reader.sql.syntax.records.statements import Statement, SyntaxFault
from grantlint.reader.sql.syntax.tokens.lexer import Cut

MYSQL = grammar_for("mysql", (8, 4, 6))
MARIADB = grammar_for("mariadb", (10, 11, 19))


def script(text: str) -> list[Statement | SyntaxFault]:
    return list(parse_script(text, MYSQL))


def kinds(text: str) -> list[str]:
    return [type(found).__name__ for found in script(text)]


def test_what_is_not_about_accounts_is_passed_over() -> None:
    text = """
        CREATE TABLE t (a INT DEFAULT ';', `GRANT` TEXT); -- GRANT ALL ON *.* TO a;
        INSERT INTO t VALUES (1, 'GRANT ALL ON *.* TO a; \\'', "b;"); # it's
        /* CREATE USER a; */ FLUSH PRIVILEGES; SET NAMES utf8mb4; SET @a = 1;
        GRANT SELECT ON a.* TO u; SELECT 1; CREATE USER b
    """
    assert kinds(text) == ["Flush", "Grant", "CreateUser"]


def test_the_delimiter_is_the_clients() -> None:
    text = """
        DELIMITER $$
        CREATE PROCEDURE p() BEGIN GRANT ALL ON *.* TO nobody; END$$
        CREATE USER a$$
        delimiter //
        GRANT SELECT ON *.* TO a//
        DELIMITER ;
        DROP USER a;
    """
    assert kinds(text) == ["Opaque", "CreateUser", "Grant", "DropUser"]


def test_a_backslash_at_the_end_of_a_line_is_the_clients() -> None:
    assert kinds("GRANT SELECT ON a.* TO u \\\n  WITH GRANT OPTION;\nCREATE USER a;") == ["Grant", "CreateUser"]
    assert kinds("GRANT SELECT ON a.* TO u \\ \n;") == ["SyntaxFault"]


def test_a_variable_of_ones_own_changes_no_sql_mode() -> None:
    text = r"SET @x = 'NO_BACKSLASH_ESCAPES'; SELECT '\';'; CREATE USER a; SELECT '\';'; CREATE USER b;"
    assert kinds(text) == ["CreateUser", "CreateUser"]


def test_a_bad_statement_does_not_stop_the_next() -> None:
    text = "GRANT ALL ON *.* TO a IDENTIFIED BY 'x'; CREATE USER 'b; CREATE USER c;"
    assert kinds(text) == ["SyntaxFault", "SyntaxFault"]
    assert kinds(text.replace("'b", "b")) == ["SyntaxFault", "CreateUser", "CreateUser"]


def test_a_missing_delimiter_costs_one_statement() -> None:
    found = script("CREATE USER a\nGRANT SELECT ON *.* TO a;\nDROP USER b;")
    assert [type(one).__name__ for one in found] == ["SyntaxFault", "Grant", "DropUser"]
    assert isinstance(found[0], SyntaxFault)
    assert found[0].offset == 14


def test_the_current_database_decides_what_a_table_is() -> None:
    assert kinds("DELETE FROM user; USE mysql; DELETE FROM user; use shop\nUPDATE user SET a = 1;") == [
        "Use",
        "TableWrite",
        "Use",
    ]


def test_version_comments_run_where_the_server_runs_them() -> None:
    text = "/*!50003 CREATE USER a */; /*!99999 CREATE USER b */; /*M!100100 CREATE USER c */;"
    assert kinds(text) == ["CreateUser"]
    assert [type(found).__name__ for found in parse_script(text, MARIADB)] == ["CreateUser", "CreateUser"]


def test_sql_mode_in_the_file_changes_the_quotes() -> None:
    text = """GRANT SELECT ON "a".* TO u; SET sql_mode = 'ANSI_QUOTES'; GRANT SELECT ON "a".* TO u;"""
    assert kinds(text) == ["SyntaxFault", "SetVariables", "Grant"]


@pytest.mark.parametrize(
    "text",
    [
        "Grants for u@%\nGRANT USAGE ON *.* TO `u`@`%`\nGRANT SELECT ON `a`.* TO `u`@`%`\n",
        "+-----+\n| Grants for u@% |\n+----+\n| GRANT USAGE ON *.* TO `u`@`%` |\n| GRANT `r`@`%` TO `u`@`%` |\n+---+",
        "-- Grants for 'u'@'%'\nGRANT USAGE ON *.* TO `u`@`%`;\nGRANT `r`@`%` TO `u`@`%`;\n",
        "GRANT USAGE ON *.* TO `u`@`%`\\G\nGRANT `r`@`%` TO `u`@`%`\\g",
    ],
)
def test_what_servers_and_tools_print_is_sql(text: str) -> None:
    found = script(text)
    assert len(found) == 2
    for one in found:
        assert isinstance(one, grants.Grant | grants.GrantRole)
        assert text[one.start : one.end].startswith("GRANT")
        assert text[one.start : one.end].endswith("`u`@`%`")


def test_offsets_are_those_of_the_file() -> None:
    text = "\ufeffSELECT 1;\n  CREATE USER 'a'@'h';"
    (found,) = script(text)
    assert isinstance(found, s.CreateUser)
    assert text[found.start : found.end] == "CREATE USER 'a'@'h'"


def test_prose_is_no_fault() -> None:
    assert script("Grant the user access. Then create it; drop the mic.") == []
    assert kinds("This file\nwill GRANT something; CREATE USERS later;") == []


@pytest.mark.parametrize(
    "between", ["--- Read only\n", "-----\n", "  --x;\n", "SELECT 1; ---- y\n", "-- a\n--- b\n# c\n"]
)
def test_dashes_without_a_blank_are_a_comment_before_a_statement_as_for_the_client(between: str) -> None:
    assert kinds(f"CREATE USER a;\n{between}GRANT SELECT ON d.* TO a;\n") == ["CreateUser", "Grant"]


def test_dashes_without_a_blank_are_no_comment_within_a_statement() -> None:
    assert kinds("CREATE USER a\n---\n;\nCREATE USER b;\n") == ["SyntaxFault", "CreateUser"]


def test_a_text_without_delimiters_is_cut_again_within_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line may begin the statement that a fault hides, and what is behind it would be cut for each of them."""
    cost, cut = 0, split.cut

    def counted(
        text: str, start: int, grammar: Grammar, *, templates: bool, delimiter: str, limit: int, stop: int | None
    ) -> Cut:
        nonlocal cost
        found = cut(text, start, grammar, templates=templates, delimiter=delimiter, limit=limit, stop=stop)
        cost += found.end - start
        return found

    monkeypatch.setattr(split, "cut", counted)
    for lines, told in ((20, 19), (4_000, 4)):
        cost = 0
        text = "CREATE USER a@b;\n" + "GRANT SELECT ON d.* TO a@b\n" * lines
        assert kinds(text).count("SyntaxFault") == told
        assert cost < 300_000 + 4 * len(text)


@pytest.mark.parametrize(
    ("change", "quotes"),
    [
        ("CONCAT(@@sql_mode, ',ANSI_QUOTES')", True),
        ("(SELECT CONCAT(@@SESSION.sql_mode, ',ANSI_QUOTES,PIPES_AS_CONCAT'))", True),
        ("REPLACE(@@sql_mode, 'ONLY_FULL_GROUP_BY', '')", False),
        ("'ANSI_QUOTES'; SET sql_mode = REPLACE(@@sql_mode, 'ANSI_QUOTES', '')", False),
        ("'ANSI_QUOTES'; SET sql_mode = CONCAT_WS(',', @@sql_mode, 'STRICT_ALL_TABLES')", True),
        ("'ANSI_QUOTES'; SET sql_mode = DEFAULT", False),
    ],
)
def test_an_expression_of_sql_mode_changes_how_quotes_are_read(change: str, quotes: bool) -> None:  # noqa: FBT001 - a case
    found = list(parse_script(f"""SET sql_mode = {change}; GRANT SELECT ON "a".* TO u;""", MYSQL))
    assert isinstance(found[-1], SyntaxFault) is not quotes
