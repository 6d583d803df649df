"""Mutants of recorded statements: what real servers parse against what our parser takes."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest

from grantlint.access.product.grammar import grammar_for
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import Other, SetVariables, Statement, SyntaxFault, TableWrite, Use
from live.mutants import mutant
from live.servers import LiveServer

pytestmark = pytest.mark.live
_STATEMENTS = 250  # for each case that is wanted
_BATCH = 100
_ENOUGH = 10
_NOT_PARSED = {1064, 1065, 1193, 1327}
# a name, number, role, function or condition is wrong: the parser says so when it comes to it, whatever follows
_EARLY = {
    1054, 1059, 1102, 1103, 1105, 1144, 1221, 1225, 1300, 1308, 1319, 1324, 1436, 1470, 1525, 1582, 1583, 1584, 1959,
    1960, 4062, 4063,
}  # fmt: skip
_EXPIRED = 1820
_PREPARATION = (
    "DELETE FROM mysql.db WHERE user = ''",
    "DELETE FROM mysql.user WHERE user = ''",  # other tests' rows come before ''@'%'; in MariaDB this is a view
    "DELETE FROM mysql.global_priv WHERE user = ''",
    "FLUSH PRIVILEGES",
    "CREATE USER ''@'%'",
    "CREATE DATABASE IF NOT EXISTS db1",
    "CREATE TABLE IF NOT EXISTS db1.t1 (a INT, b INT, c INT, id INT)",
)
_NOBODY = ("DROP USER ''@'%'", "CREATE USER ''@'%'", "GRANT SELECT ON db1.* TO ''@'%'")


@pytest.fixture
def nobody(server: LiveServer) -> Iterator[None]:
    """Have an account that may do nothing: to a statement that parses it gets another answer than a syntax error."""
    server.ask(_PREPARATION)
    yield
    server.ask(["DROP USER ''@'%'", "DROP DATABASE db1"])


@pytest.mark.usefixtures("nobody")
def test_a_statement_parses_where_the_server_parses_it(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None]
) -> None:
    statements = list(dict.fromkeys(mutant(dice) for _ in range(cases * _STATEMENTS)))
    grammar = grammar_for(server.target.product, server.target.version)
    told: list[str] = []
    hidden = elsewhere = parsed = 0
    for sql, error in zip(statements, _answers(server, statements), strict=True):
        found = parse_statement(sql, grammar)
        parsed += error not in _NOT_PARSED
        if isinstance(found, SyntaxFault) is (error in _NOT_PARSED):
            continue
        if error in _EARLY:
            hidden += 1
        elif _changes_accounts(found):
            told.append(f"{server.target} says {error or 'done'}, we {_said(found)}: {sql!r}")
        else:
            elsewhere += 1
    count(
        f"{len(statements):,} statements, of which {parsed:,} parse; {hidden} stop at a wrong name before their end, "
        f"{elsewhere} about other things than accounts are taken that do not parse"
    )
    assert not told, "\n".join(told[:_ENOUGH])
    assert elsewhere * 1000 <= len(statements)


def _answers(server: LiveServer, statements: Sequence[str]) -> list[int | None]:
    """Return what each statement gets of nobody, made anew for each batch: some statements change one's own account."""
    found: list[int | None] = []
    while len(found) < len(statements):
        batch = statements[len(found) : len(found) + _BATCH]
        _, (said,) = server.ask(_NOBODY, [("", "127.0.0.1", ["USE db1", *batch])])
        assert said.error is None
        answers = list(said.answers[1:])
        if _EXPIRED in answers[1:]:
            answers = answers[: answers.index(_EXPIRED)]
        found += answers
    return found


def _changes_accounts(found: Statement | SyntaxFault) -> bool:
    """Whether a difference counts in full: others, and the values of variables, are not read but passed over."""
    return not isinstance(found, Other | Use | TableWrite | SetVariables)


def _said(found: Statement | SyntaxFault) -> str:
    return str(found.errno) if isinstance(found, SyntaxFault) else type(found).__name__
