"""What to write in place of a statement that a server rejects: the clause that it lacks, by name."""

import pytest

from grantlint.access.product.grammar import CLAUSES, grammar_for
from grantlint.access.product.traits import Product
from grantlint.model.location import Source
from grantlint.reader.sql.script.refusals.asking import Refusals
from grantlint.reader.sql.script.refusals.dialect import INSTEAD

_HASH = "*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1"
_OLD = (5, 6, 24)
REJECTED: dict[str, tuple[Product, tuple[int, ...], str]] = {
    "if_exists": ("mysql", _OLD, "DROP USER IF EXISTS u@h"),
    "or_replace": ("mysql", (9, 7, 4), "CREATE OR REPLACE USER u@h"),
    "roles": ("mysql", (5, 7, 44), "CREATE ROLE r"),
    "role_hosts": ("mariadb", (10, 11, 19), "CREATE ROLE r@h"),
    "role_admin": ("mysql", (9, 7, 4), "CREATE ROLE r WITH ADMIN u@h"),
    "default_role_clause": ("mariadb", (10, 11, 19), "CREATE USER u@h DEFAULT ROLE r"),
    "alter_user": ("mysql", _OLD, "ALTER USER u@h IDENTIFIED BY 'x'"),
    "user_options": ("mysql", _OLD, "CREATE USER u@h REQUIRE SSL"),
    "account_lock": ("mariadb", (10, 3, 39), "CREATE USER u@h ACCOUNT LOCK"),
    "password_expire": ("mariadb", (10, 3, 39), "CREATE USER u@h PASSWORD EXPIRE"),
    "options_repeat": ("mariadb", (10, 11, 19), "CREATE USER u@h PASSWORD EXPIRE PASSWORD EXPIRE"),
    "password_history": ("mysql", (5, 7, 44), "ALTER USER u@h PASSWORD HISTORY 5"),
    "require_current": ("mysql", (5, 7, 44), "ALTER USER u@h PASSWORD REQUIRE CURRENT"),
    "failed_logins": ("mariadb", (11, 8, 9), "CREATE USER u@h FAILED_LOGIN_ATTEMPTS 3"),
    "comment": ("mysql", (5, 7, 44), "CREATE USER u@h COMMENT 'x'"),
    "statement_time": ("mysql", (9, 7, 4), "CREATE USER u@h WITH MAX_STATEMENT_TIME 9"),
    "identified_with": ("mysql", (5, 5, 6), "CREATE USER u@h IDENTIFIED WITH p"),
    "with_by": ("mariadb", (10, 11, 19), "CREATE USER u@h IDENTIFIED WITH p BY 'x'"),
    "via": ("mysql", (9, 7, 4), "CREATE USER u@h IDENTIFIED VIA p"),
    "or_plugin": ("mariadb", (10, 3, 39), "CREATE USER u@h IDENTIFIED VIA p OR q"),
    "by_password_hash": ("mysql", (9, 7, 4), f"CREATE USER u@h IDENTIFIED BY PASSWORD '{_HASH}'"),
    "random_password": ("mariadb", (11, 8, 9), "CREATE USER u@h IDENTIFIED BY RANDOM PASSWORD"),
    "hex_literals": ("mysql", (5, 7, 44), "CREATE USER u@h IDENTIFIED WITH p AS 0x31"),
    "factors": ("mysql", (8, 0, 11), "CREATE USER u@h IDENTIFIED WITH p AND IDENTIFIED WITH q"),
    "replace_password": ("mysql", (5, 7, 44), "ALTER USER u@h IDENTIFIED BY 'x' REPLACE 'y'"),
    "retain_password": ("mysql", (5, 7, 44), "ALTER USER u@h IDENTIFIED BY 'x' RETAIN CURRENT PASSWORD"),
    "grant_identified": ("mysql", (8, 0, 46), "GRANT SELECT ON a.* TO u@h IDENTIFIED BY 'x'"),
    "grant_as": ("mariadb", (11, 8, 9), "GRANT SELECT ON a.* TO u@h AS v@h"),
    "revoke_if_exists": ("mysql", (8, 0, 11), "REVOKE IF EXISTS SELECT ON a.* FROM u@h"),
    "dynamic_privileges": ("mariadb", (11, 8, 9), "GRANT BACKUP_ADMIN ON *.* TO u@h"),
    "library": ("mysql", (8, 0, 46), "GRANT EXECUTE ON LIBRARY a.l TO u@h"),
    "package": ("mariadb", (10, 11, 19), "GRANT EXECUTE ON PACKAGE a.p TO u@h"),
    "deny": ("mysql", (9, 7, 4), "DENY SELECT ON a.* TO u@h"),
    "leading_dot": ("mysql", (9, 7, 4), "GRANT SELECT ON .t TO u@h"),
    "password_function": ("mysql", (9, 7, 4), "SET PASSWORD FOR u@h = PASSWORD('x')"),
    "old_password_function": ("mysql", (5, 7, 44), "SET PASSWORD FOR u@h = OLD_PASSWORD('x')"),
    "set_password_list": ("mysql", (9, 7, 4), "SET PASSWORD = 'x', @a = 1"),
}
UNSAID = {
    "alter_user_expire": "every later version has all of ALTER USER",
    "signed_limits": "a matter of a sign",
    "hex_string_limits": "a matter of how a number is written",
    "short_counts": "a matter of size",
    "variable_first": "another error for what no server takes",
    "show_create_user": "no account statement",
    "six_digit_comments": "what is in the comment is run or not, and nothing is rejected for it",
    "dollar_quotes": "the text is cut otherwise, before it is parsed",
    "mariadb": "many small things",
}


def said(product: Product, version: tuple[int, ...], statement: str) -> str:
    """Return the help that stands beside the rejection of a statement."""
    refusals = Refusals(Source("a.sql", statement), statement)
    refusal = refusals.ask((0, len(statement)), "", product, version)
    assert refusal is not None
    return refusal.help


def test_each_clause_has_words_or_a_reason_for_none() -> None:
    assert {clause.trait for clause in CLAUSES} == INSTEAD.keys() | UNSAID.keys()
    assert not INSTEAD.keys() & UNSAID.keys()
    assert INSTEAD.keys() == REJECTED.keys()


@pytest.mark.parametrize("clause", REJECTED)
def test_what_a_server_lacks_is_named(clause: str) -> None:
    product, version, statement = REJECTED[clause]
    assert not getattr(grammar_for(product, version), clause)
    help_ = said(product, version, statement)
    told = INSTEAD[clause]
    assert f"{told.what}: n" in help_
    assert (told.mysql if product == "mysql" else told.mariadb) in help_


@pytest.mark.parametrize(
    ("product", "version", "statement", "help_"),
    [
        (
            "mysql",
            (5, 7, 44),
            "GRANT r TO u@h",
            "Roles: not in MySQL before 8.0; grant the privileges to each account.",
        ),
        ("mariadb", (10, 11, 19), "GRANT r, q TO u@h", "one role in a statement"),
        ("mariadb", (10, 11, 19), "REVOKE r@h FROM u@h", "no host at it"),
        ("mariadb", (10, 11, 19), "SET DEFAULT ROLE r TO u@h", "SET DEFAULT ROLE role FOR account"),
        ("mysql", (8, 0, 46), "SET DEFAULT ROLE r FOR u@h", "SET DEFAULT ROLE role TO account"),
        (
            "mysql",
            (8, 0, 46),
            "GRANT SELECT ON rank.* TO u@h",
            "RANK is a reserved word there: write it in backquotes.",
        ),
        ("mysql", (9, 7, 4), "CREATE OR REPLACE USER u@h IDENTIFIED VIA p", "OR REPLACE: not in MySQL"),
    ],
)
def test_what_stands_in_place_is_said(product: Product, version: tuple[int, ...], statement: str, help_: str) -> None:
    assert help_ in said(product, version, statement)


def test_what_no_clause_mends_has_no_help_of_its_own() -> None:
    assert said("mysql", (9, 7, 4), "GRANT SELECT, ON a.* TO u@h") == ""


def test_only_the_first_shapes_of_a_file_are_looked_into() -> None:
    statements = [
        f"CREATE OR REPLACE USER {'a' * (number // 9)}b{number}@h, u{'@h, u' * number}@h" for number in range(150)
    ]
    text = ";\n".join(statements)
    refusals = Refusals(Source("a.sql", text), text)
    told = [0, 0]
    at = 0
    for statement in statements:
        refusal = refusals.ask((at, at + len(statement)), "", "mysql", (9, 7, 4))
        assert refusal is not None
        told[bool(refusal.help)] += 1
        at += len(statement) + 2
    assert told == [50, 100]
