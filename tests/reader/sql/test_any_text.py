"""Whatever stands in a file, the parser returns, with places inside the text, in time linear in its length."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.reader.sql.script.modes import with_sql_mode
from grantlint.reader.sql.script.split import parse_script
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import SyntaxFault
from grantlint.reader.sql.syntax.tokens.lexer import cut

GRAMMARS = (
    grammar_for("mysql", (9, 7, 4)),
    grammar_for("mysql", (5, 6, 24)),
    grammar_for("mariadb", (10, 11, 19)),
    with_sql_mode(grammar_for("mariadb", (11, 8, 9)), "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"),
)
WORDS = (
    "CREATE ALTER DROP RENAME USER ROLE GRANT REVOKE SET PASSWORD DEFAULT ALL PRIVILEGES SELECT INSERT ON TO FROM WITH "
    "OPTION ADMIN PROXY IDENTIFIED BY VIA USING AS OR AND IF NOT EXISTS REPLACE REQUIRE SSL SUBJECT ACCOUNT LOCK FOR "
    "EXPIRE INTERVAL DAY FACTOR 2 90 1e5 0x1F NONE CURRENT_USER CURRENT_ROLE ( ) , ; . * @ @@ = := - + ' \" ` \\ "
    "'u'@'%' u@h `db`.* *.* 'pw' x'61' /* */ /*! /*!50000 /*!99999 /*M! -- # {{ }} ${X} $X <%= %> {% %} @@X@@ ü \0 "
    "INTO mysql.user VALUES WHERE user host IN LIKE DELETE UPDATE USE mysql DELIMITER // $$ \\G BEGIN ATOMIC END"
)
PIECES = WORDS.split()
statements = st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=20
).map("".join)
texts = statements | st.text(max_size=60)


def places(value: object) -> Iterator[int]:
    """Every start and end in a record and the records inside it."""
    if isinstance(value, tuple):
        for name in ("start", "end", "offset"):
            place = getattr(value, name, None)
            if isinstance(place, int):
                yield place
        for part in value:
            yield from places(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from places(part)


@examples(400)
@given(text=texts, grammar=st.sampled_from(GRAMMARS), templates=st.booleans())
def test_any_statement_parses_or_faults_with_places_inside_it(text: str, grammar: Grammar, *, templates: bool) -> None:
    found = parse_statement(text, grammar, templates=templates, database="mysql")
    assert all(0 <= place <= len(text) for place in places(found))


@examples(300)
@given(text=texts, grammar=st.sampled_from(GRAMMARS))
def test_any_file_comes_to_its_end(text: str, grammar: Grammar) -> None:
    for found in parse_script(text, grammar):
        assert all(0 <= place <= len(text) for place in places(found))


@examples(300)
@given(text=texts, grammar=st.sampled_from(GRAMMARS), templates=st.booleans())
def test_tokens_stand_in_order_and_do_not_overlap(text: str, grammar: Grammar, *, templates: bool) -> None:
    end = 0
    for token in cut(text, 0, grammar, templates=templates).tokens:
        assert end <= token.start <= token.end <= len(text)
        end = token.end


@examples(200)
@given(text=statements, grammar=st.sampled_from(GRAMMARS))
def test_with_templates_no_fault_blames_one(text: str, grammar: Grammar) -> None:
    found = parse_statement(f"CREATE USER {{{{ x }}}} {text}", grammar, templates=True)
    assert not isinstance(found, SyntaxFault)


NONSENSE = [
    "'\\'",
    "{{a",
    "${",
    "$(",
    "<%=",
    "{%",
    "@@a",
    "1e",
    "1.",
    "x'a",
    "/*!",
    "/*!99999 /*",
    "/*",
    "`",
    "--",
    "((",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", NONSENSE)
def test_a_long_text_of_nonsense_costs_no_more_tokens_than_characters(piece: str) -> None:
    """Quadratic reading shows as a test that never ends: 15,000 repeats take a tenth of a second."""
    text = piece * 15_000
    for templates in (False, True):
        assert len(cut(text, 0, GRAMMARS[0], templates=templates).tokens) <= len(text) + 2
    assert list(parse_script(text, GRAMMARS[0])) == []
