"""Targets of grants as SQL and the tools around it write them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grantlint.model.privilege import Privilege, parse_privilege, split_privileges
from grantlint.model.scope import Level, Scope, ScopeSyntaxError, parse_scope, scope_of
from grantlint.model.scope.databases import escaped, literal_of
from grantlint.model.sql import identifier

names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("*.*", Scope(Level.GLOBAL)),
        (" * . * ", Scope(Level.GLOBAL)),
        ("*", Scope(Level.DATABASE)),
        ("shop.*", Scope(Level.DATABASE, "shop")),
        (r"`my\_db`.*", Scope(Level.DATABASE, r"my\_db")),
        ("my-db%.*", Scope(Level.DATABASE, "my-db%")),
        ("`a``b`.`c.d`", Scope(Level.TABLE, "a`b", "c.d")),
        ("orders", Scope(Level.TABLE, "", "orders")),
        ("TABLE shop.orders", Scope(Level.TABLE, "shop", "orders")),
        ("TABLE *.*", Scope(Level.GLOBAL)),
        ("`*`.*", Scope(Level.DATABASE, "*")),
        ("procedure shop . refund", Scope(Level.ROUTINE, "shop", "refund", "PROCEDURE")),
        ("function.*", Scope(Level.DATABASE, "function")),
        ("PACKAGE BODY shop.p", Scope(Level.ROUTINE, "shop", "p", "PACKAGE BODY")),
        ("PROXY 'u'@'10.%'", Scope(Level.PROXY, name="u", host="10.%")),
        ("PROXY ON ''@''", Scope(Level.PROXY)),
    ],
)
def test_a_target_is_read(text: str, scope: Scope) -> None:
    assert parse_scope(text) == scope


@pytest.mark.parametrize("text", ["", "*.t", "a.b.c", "`a", "a.", ".t", "PROCEDURE db.*", "'db'.*", "`a`b.*"])
def test_what_no_server_reads_is_an_error(text: str) -> None:
    with pytest.raises(ScopeSyntaxError):
        parse_scope(text)


@given(names, names)
def test_the_printed_form_reads_back(database: str, name: str) -> None:
    for scope in (
        Scope(Level.DATABASE, database),
        Scope(Level.TABLE, database, name),
        Scope(Level.ROUTINE, database, name, "FUNCTION"),
        Scope(Level.PROXY, name=database, host=name),
    ):
        assert parse_scope(str(scope)) == scope


@given(st.sampled_from(["SELECT", "UPDATE"]), st.lists(names, max_size=3))
def test_the_printed_form_of_a_privilege_reads_back(name: str, columns: list[str]) -> None:
    assert parse_privilege(str(Privilege(name, tuple(columns)))) == Privilege(name, tuple(columns))


@given(names, names)
def test_names_without_quotes_are_what_they_are_between_backticks(database: str, name: str) -> None:
    assume("*" not in {database, name})
    assert scope_of(database, name) == parse_scope(f"{identifier(database)}.{identifier(name)}")
    assert scope_of(database, "*") == parse_scope(f"{identifier(database)}.*")


@pytest.mark.parametrize(("database", "name"), [("", "*"), ("*", "t"), ("a", ""), (None, "")])
def test_names_that_no_grant_can_be_on_are_an_error(database: str | None, name: str) -> None:
    with pytest.raises(ScopeSyntaxError):
        scope_of(database, name)


@given(st.text("ab_%\\", min_size=1))
def test_an_escaped_name_stands_for_itself_only(name: str) -> None:
    assert literal_of(escaped(name)) == name


def test_privileges_are_split_at_commas_outside_brackets() -> None:
    parts = split_privileges("select(a,b), insert, SHOW   schemas ,")
    assert [parse_privilege(part) for part in parts] == [
        Privilege("SELECT", ("a", "b")),
        Privilege("INSERT"),
        Privilege("SHOW DATABASES"),
    ]
    assert str(parse_privilege("update (x)")) == "UPDATE (x)"
