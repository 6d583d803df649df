"""Our parser gives the answers that four real servers gave to 5,557 account statements.

grammar.jsonl.gz: each statement ran alone on MySQL 9.7.4, 5.6.24, MariaDB 10.11.19 and 11.8.9, default sql_mode,
as an administrator, with the accounts of `fixture` already there; `parsed` is false for errors 1064, 1065, 1193 and
1327, `accounts` are the rows that appeared (null: the statement failed and left none).
"""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from grantlint.access import parse_target
from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.oracle.case import parse_case
from grantlint.reader.sql.reading import GRAMMARS, grammar_named
from grantlint.reader.sql.script.split import parse_script
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import Flush, Opaque, SyntaxFault, Use


class Answer(TypedDict):
    """What one server said."""

    parsed: bool
    errno: int | None
    accounts: list[list[str]] | None


class Case(TypedDict):
    """One statement and every server's answer."""

    id: str
    sql: str
    answers: dict[str, Answer]


SERVERS = ("mysql-9.7.4", "mysql-5.6.24", "mariadb-10.11.19", "mariadb-11.8.9")
# (server, id) where we answer otherwise, and why
PARSED_OTHERWISE: dict[tuple[str, str], str] = {}
NUMBER_OTHERWISE = {
    **dict.fromkeys(
        [("mysql-9.7.4", case) for case in ("g03328", "g03352", "g03358", "g03362", "g06351")],
        "the server says 1470, name too long, before it comes to the syntax error; both are there",
    ),
    ("mysql-5.6.24", "g06219"): "as above",
    ("mysql-9.7.4", "g07854"): "the server says 4063, factor named twice, before it comes to the syntax error",
    ("mariadb-10.11.19", "g03392"): "the server says 1959, '' is no role, before it comes to the syntax error",
    ("mariadb-11.8.9", "g03392"): "as above",
    ("mariadb-10.11.19", "g07097"): "the server says 1221, OR REPLACE with IF NOT EXISTS, before the syntax error",
    ("mariadb-11.8.9", "g07097"): "as above",
}
_NO_CHANGE = (Flush, Opaque, SyntaxFault)
_STRAY = "a bare 4-byte host is stored as bytes that were never in it; we give the `?` that quoted ones become"
_HALF = "the statement fails at a later account and leaves the earlier ones; we give what it makes when it succeeds"
ACCOUNTS_OTHERWISE = {
    **{(server, "g03804"): _STRAY for server in SERVERS},
    **{(server, "g05234"): _HALF for server in SERVERS[1:]},
    **{(server, case): _HALF for server in SERVERS[2:] for case in ("g05120", "g05348", "g05432", "g05784", "g05908")},
}


@cache
def _cases() -> list[Case]:
    with gzip.open(Path(__file__).with_name("grammar.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _grammar(server: str) -> Grammar:
    target = parse_target(server)
    return grammar_for(target.product, target.version)


@pytest.mark.parametrize("server", SERVERS)
def test_the_parser_takes_what_the_server_takes(server: str) -> None:
    grammar = _grammar(server)
    otherwise = {
        (server, case["id"])
        for case in _cases()
        if isinstance(parse_statement(case["sql"], grammar), SyntaxFault) is case["answers"][server]["parsed"]
    }
    assert otherwise == {key for key in PARSED_OTHERWISE if key[0] == server}
    assert len(_cases()) == 5557


@pytest.mark.parametrize("server", SERVERS)
def test_a_rejected_statement_has_the_servers_error_number_and_a_place_in_the_text(server: str) -> None:
    grammar = _grammar(server)
    otherwise: set[tuple[str, str]] = set()
    for case in _cases():
        found = parse_statement(case["sql"], grammar)
        if isinstance(found, SyntaxFault):
            assert 0 <= found.offset <= len(case["sql"])
            if not case["answers"][server]["parsed"] and found.errno != case["answers"][server]["errno"]:
                otherwise.add((server, case["id"]))
    assert otherwise == {key for key in NUMBER_OTHERWISE if key[0] == server}


@pytest.mark.parametrize("server", SERVERS)
def test_the_accounts_are_those_that_came_of_it(server: str) -> None:
    target = parse_target(server)
    otherwise: set[tuple[str, str]] = set()
    recorded = 0
    for case in _cases():
        answer = case["answers"][server]
        if answer["accounts"] is None or (answer["errno"] is not None and not answer["accounts"]):
            continue
        recorded += 1
        if sorted(parse_case(case["sql"], target)["accounts"]) != sorted(answer["accounts"]):
            otherwise.add((server, case["id"]))
    assert otherwise == {key for key in ACCOUNTS_OTHERWISE if key[0] == server}
    assert recorded > 1000


def test_no_grammar_passes_over_what_another_takes() -> None:
    """A statement that is dropped where its file is read by another grammar would change nothing, and nobody knew."""
    grammars = [grammar_named(name) for name in GRAMMARS]
    told: list[str] = []
    for text in sorted({case["sql"] for case in _cases()}):
        if text.startswith(("/*", "SET ")):  # a comment to some servers; SET of something else
            continue
        found = [[one for one in parse_script(f"{text};", grammar) if not isinstance(one, Use)] for grammar in grammars]
        taken = [one for several in found for one in several if not isinstance(one, _NO_CHANGE)]
        if taken and not all(found):
            told.append(text)
    assert not told
