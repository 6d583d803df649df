import pytest

from grantlint.access import parse_target
from grantlint.access.product.grammar import CLAUSES, Grammar, grammar_for
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import SyntaxFault


def test_every_clause_of_the_table_is_a_trait_and_every_trait_has_its_line() -> None:
    flags = {name for name, kind in Grammar.__annotations__.items() if kind is bool}
    assert {clause.trait for clause in CLAUSES} | {"ansi_quotes", "backslash_escapes"} == flags
    assert len({clause.trait for clause in CLAUSES}) == len(CLAUSES)


def test_a_grammar_is_made_once() -> None:
    assert grammar_for("mysql", (8, 4, 6)) is grammar_for("mysql", (8, 4, 6))


# statement, first release that takes it, last release asked that does not (or the other way round)
CHANGES = [
    ("ALTER USER u PASSWORD EXPIRE", "mysql-5.6.24", "mysql-5.5.62"),
    ("CREATE USER IF NOT EXISTS u", "mysql-5.7.44", "mysql-5.6.24"),
    ("CREATE USER u ACCOUNT LOCK", "mysql-5.7.44", "mysql-5.6.24"),
    ("CREATE USER u IDENTIFIED WITH p BY 'x'", "mysql-5.7.44", "mysql-5.6.24"),
    ("GRANT SELECT ON *.* TO u IDENTIFIED BY 'x'", "mysql-5.7.44", "mysql-8.0.11"),
    ("GRANT SELECT ON *.* TO u REQUIRE SSL", "mysql-5.7.44", "mysql-8.0.46"),
    ("SET PASSWORD FOR u = PASSWORD('x')", "mysql-5.7.44", "mysql-8.0.46"),
    ("SET PASSWORD FOR u = OLD_PASSWORD('x')", "mysql-5.6.24", "mysql-5.7.44"),
    ("CREATE USER u IDENTIFIED BY PASSWORD 'x'", "mysql-5.7.44", "mysql-8.0.46"),
    ("CREATE ROLE r", "mysql-8.0.46", "mysql-5.7.44"),
    ("GRANT r TO u", "mysql-8.0.46", "mysql-5.7.44"),
    ("GRANT BACKUP_ADMIN ON *.* TO u", "mysql-8.0.46", "mysql-5.7.44"),
    ("CREATE USER u PASSWORD HISTORY 5", "mysql-8.0.46", "mysql-5.7.44"),
    ("ALTER USER u IDENTIFIED BY 'x' RETAIN CURRENT PASSWORD", "mysql-8.0.14", "mysql-8.0.13"),
    ("ALTER USER u IDENTIFIED BY 'x' REPLACE 'y'", "mysql-8.0.13", "mysql-8.0.12"),
    ("CREATE USER u IDENTIFIED BY RANDOM PASSWORD", "mysql-8.0.18", "mysql-8.0.17"),
    ("CREATE USER u FAILED_LOGIN_ATTEMPTS 3", "mysql-8.0.19", "mysql-8.0.18"),
    ("CREATE USER u COMMENT 'x'", "mysql-8.0.21", "mysql-8.0.20"),
    ("CREATE USER u IDENTIFIED BY 'x' AND IDENTIFIED WITH p", "mysql-8.0.27", "mysql-8.0.26"),
    ("GRANT SELECT ON *.* TO u AS v", "mysql-8.0.16", "mysql-8.0.15"),
    ("REVOKE IF EXISTS SELECT ON *.* FROM u", "mysql-8.0.30", "mysql-8.0.28"),
    ("CREATE USER intersect", "mysql-8.0.30", "mysql-8.0.31"),
    ("CREATE USER manual, rank", "mysql-5.7.44", "mysql-8.0.46"),
    ("CREATE USER qualify", "mysql-8.0.46", "mysql-8.4.6"),
    ("CREATE ROLE r", "mariadb-10.1.48", "mysql-5.6.24"),
    ("CREATE OR REPLACE USER u", "mariadb-10.1.48", "mysql-9.7.4"),
    ("ALTER USER u IDENTIFIED BY 'x'", "mariadb-10.2.44", "mariadb-10.1.48"),
    ("CREATE USER u REQUIRE SSL", "mariadb-10.2.44", "mariadb-10.1.48"),
    ("CREATE USER u ACCOUNT LOCK", "mariadb-10.4.34", "mariadb-10.3.39"),
    ("CREATE USER u PASSWORD EXPIRE", "mariadb-10.4.34", "mariadb-10.3.39"),
    ("CREATE USER u IDENTIFIED VIA unix_socket OR p", "mariadb-10.4.34", "mariadb-10.3.39"),
    ("GRANT BINLOG ADMIN ON *.* TO u", "mariadb-10.5.29", "mariadb-10.4.34"),
    ("CREATE USER offset", "mariadb-10.5.29", "mariadb-10.6.25"),
    ("GRANT SHOW CREATE ROUTINE ON *.* TO u", "mariadb-11.4.9", "mariadb-10.11.19"),
    ("GRANT EXECUTE ON PACKAGE p TO u", "mariadb-11.8.9", "mariadb-10.11.19"),
]


@pytest.mark.parametrize(("sql", "takes", "rejects"), CHANGES)
def test_a_statement_parses_where_its_grammar_exists_and_nowhere_else(sql: str, takes: str, rejects: str) -> None:
    for server, expected in ((takes, True), (rejects, False)):
        target = parse_target(server)
        found = parse_statement(sql, grammar_for(target.product, target.version))
        assert (not isinstance(found, SyntaxFault)) is expected, server
