"""Rows of data tables are passed over by one expression: what is found is what cutting each statement finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access.product.grammar import grammar_for
from grantlint.reader.sql.script import split
from grantlint.reader.sql.script.data import behind_rows
from grantlint.reader.sql.script.split import Session, parse_script

PIECES = (
    "INSERT INTO `t` VALUES (1,'it''s; GRANT SELECT ON d.* TO x');\n",
    "insert ignore into t (a, b) values ('\\'', \"a;b\");",
    "REPLACE INTO t SELECT 1 -- a; b\n;\n",
    "INSERT INTO t VALUES (1) # it's\n;\n",
    "INSERT INTO t VALUES (-1, 2*3, /* ; ' */ 4);\n",
    "INSERT INTO t VALUES ('{{ \"a;b\" }}');\n",
    "INSERT INTO t VALUES ('$2y$10$abc', '{{ it''s }}', '<b>');\n",
    "INSERT INTO mysql.user VALUES ('h','u');\n",
    "INSERT INTO `mysql` . `user` (Host, User) VALUES ('h','u');\n",
    "INSERT INTO user (Host, User) VALUES ('h','u');\n",
    "INSERT INTO users VALUES ('h','u');\n",
    "INSERT INTO t VALUES ('no end;\n",
    "INSERT INTO `t VALUES (1);\n",
    "INSERT INTO t VALUES (1)$$\n",
    "DELIMITER $$\n",
    "DELIMITER ;\n",
    "USE mysql;\n",
    "USE shop;\n",
    "GRANT SELECT ON shop.* TO a@b;\n",
    "CREATE USER c@d;\n",
    "FLUSH PRIVILEGES;\n",
    "PREPARE s FROM 'GRANT SELECT ON d.* TO e@f'; EXECUTE s;\n",
    "CREATE TABLE t (a int);\n",
    "'",
    "`",
)
GRAMMAR = grammar_for("mysql", (8, 4))


def both(text: str, sessions: list[Session], monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], list[object]]:
    with monkeypatch.context() as patched:
        patched.setattr(split, "behind_rows", lambda _text, position, *_, **__: position)
        cut = [*parse_script(text, GRAMMAR, sessions=sessions)]
    return [*parse_script(text, GRAMMAR, sessions=sessions)], cut


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.booleans())
@examples(150)
def test_passing_over_rows_finds_what_cutting_finds(pieces: list[str], in_a_session: bool) -> None:  # noqa: FBT001 - drawn
    text = ";".join(pieces)
    middle = len(text) // 2
    sessions = [Session(0, middle, "mysql"), Session(middle, len(text), "shop")] if in_a_session else []
    with pytest.MonkeyPatch.context() as patched:
        passed, cut = both(text, sessions, patched)
    assert passed == cut


def test_a_thousand_rows_take_one_look() -> None:
    text = "INSERT INTO `t` VALUES (1,'a');\n" * 1_000
    assert behind_rows(text, 0, ";", len(text), templates=False) == len(text)


@pytest.mark.parametrize("table", ["user", "`user`", "mysql.user", "`mysql`.`db`", "mysql . user"])
def test_rows_of_grant_tables_are_not_passed_over(table: str) -> None:
    text = f"INSERT INTO {table} VALUES ('h','u');"  # noqa: S608 - read, never run
    assert behind_rows(text, 0, ";", len(text), templates=False) == 0
