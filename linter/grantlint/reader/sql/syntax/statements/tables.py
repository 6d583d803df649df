"""INSERT, REPLACE, UPDATE and DELETE on the grant tables: which rows, as far as literals say it.

The statement is not checked further than to find those: expressions are passed over, never evaluated.
"""

from collections.abc import Sequence

from grantlint.platform.typed import Literal
from grantlint.reader.sql.syntax.clauses.account import unquoted
from grantlint.reader.sql.syntax.clauses.authentication import secret
from grantlint.reader.sql.syntax.records.parts import Cell, Condition, Name
from grantlint.reader.sql.syntax.records.statements import TableWrite
from grantlint.reader.sql.syntax.statements.columns import columns_in_order
from grantlint.reader.sql.syntax.statements.grant_tables import MODIFIERS, NO_COLUMNS, Columns, plain_name
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.templates import template_in
from grantlint.reader.sql.syntax.tokens.token import (
    DEPTH_AFTER,
    END,
    HEX_STRING,
    INTEGER,
    NAME,
    QUOTED_NAME,
    STRING,
    TEMPLATE,
    UNCLOSED,
    WORD,
    Token,
    words,
)

PASSWORD_COLUMNS = frozenset({"password", "authentication_string", "auth_string"})
_CALL = 4  # tokens of PASSWORD('...')
_OPEN = words(
    "host user db plugin table_name column_name routine_name routine_type proxied_host proxied_user role default_role "
    "from_host from_user to_host to_user default_role_host default_role_user admin_option with_admin_option "
    "with_grant_option is_role account_locked password_expired"
)
_CONDITION_END = frozenset({"ORDER", "LIMIT", "RETURNING"})


def table_write(cursor: Cursor, start: int, table: str, columns: Columns = NO_COLUMNS) -> TableWrite:
    """Read a statement on a grant table from its verb. `written_table` has recognised it.

    `columns`: of tables that the file makes, by name. Those of others are known by the servers' own scripts.
    """
    found = _table_write(cursor, start, table, columns.get(table))
    named = {value.start for condition in found.where for value in condition.values}
    for row in (*found.rows, found.changes or {}):
        named |= {value.start for column, value in row.items() if isinstance(value, Name) and is_open(column, table)}
    texts = tuple((t.start, t.end) for t in cursor.tokens if t.kind == STRING and t.start not in named)
    return found._replace(texts=texts)


def is_open(column: str, table: str) -> bool:
    """Whether the values of a column are no secrets."""
    if column == "priv":
        return table == "global_grants"
    return column in _OPEN or column.endswith("_priv")


def _table_write(cursor: Cursor, start: int, table: str, columns: Sequence[str] | None) -> TableWrite:
    verb = cursor.word
    cursor.advance()
    ignores = False
    while cursor.word in MODIFIERS:
        ignores = ignores or cursor.word == "IGNORE"
        cursor.advance()
    while cursor.kind != END and cursor.word not in {"(", "SET", "VALUES", "VALUE", "SELECT", "WHERE"}:
        _pass(cursor)
    rows: tuple[dict[str, Cell], ...] = ()
    changes: dict[str, Cell] | None = None
    where: tuple[Condition, ...] = ()
    if verb in {"INSERT", "REPLACE"}:
        listed = cursor.word in {"(", "SET"}
        rows = _rows(cursor, table, columns)
        kind: Literal["INSERT", "REPLACE"] = "REPLACE" if verb == "REPLACE" else "INSERT"
        ignores = ignores or cursor.word == "ON"  # DUPLICATE KEY UPDATE
        return TableWrite(start, _to_end(cursor), kind, table, rows, names_columns=listed, may_be_there=ignores)
    if verb == "UPDATE":
        cursor.expect("SET")
        changes = _assignments(cursor)
    if cursor.accept("WHERE"):
        where = _conditions(cursor)
    end = _to_end(cursor)
    return TableWrite(start, end, "UPDATE" if verb == "UPDATE" else "DELETE", table, (), changes, where)


def _to_end(cursor: Cursor) -> int:
    while cursor.kind != END:
        _pass(cursor)
    return cursor.last_end


def _pass(cursor: Cursor) -> None:
    if cursor.kind == UNCLOSED or cursor.word in {"'", '"', "`", ";"}:
        cursor.reject()
    if cursor.word == "PASSWORD" and not cursor.grammar.password_function and cursor.peek().word == "(":
        cursor.advance()
        cursor.reject("what follows the word PASSWORD")  # which is no function any more (asked of 9.7.4)
    cursor.advance()


def _rows(cursor: Cursor, table: str, columns: Sequence[str] | None) -> tuple[dict[str, Cell], ...]:
    if cursor.accept("SET"):
        return (_assignments(cursor),)
    if cursor.word == "(" and cursor.peek().word != "SELECT":
        columns = _column_names(cursor)
    if not (cursor.accept("VALUES") or cursor.accept("VALUE")):
        return ()
    rows: list[dict[str, Cell]] = []
    while cursor.accept("("):
        values = _values(cursor)
        if columns is None:
            columns = columns_in_order(table, values, cursor.text)
        rows.append({name: _cell(cursor, value, name) for name, value in zip(columns, values, strict=False)})
        if not cursor.accept(","):
            break
    return tuple(rows)


def _column_names(cursor: Cursor) -> list[str]:
    cursor.expect("(")
    found: list[str] = []
    while cursor.kind != END and cursor.word != ")":
        if cursor.word not in {",", "."}:
            plain = plain_name(cursor.tokens[cursor.index], cursor.text)
            if cursor.tokens[cursor.index - 1].word == ".":
                found[-1:] = [plain]
            else:
                found.append(plain)
        _pass(cursor)
    cursor.expect(")")
    return found


def _values(cursor: Cursor) -> list[Sequence[Token]]:
    """Read the values of one row from behind its parenthesis."""
    found: list[Sequence[Token]] = []
    while True:
        found.append(_expression(cursor, frozenset({",", ")"})))
        if cursor.accept(")"):
            return found
        cursor.expect(",")


def _value(cursor: Cursor, stops: frozenset[str], column: str = "") -> Cell:
    """Return the literal that an expression is, passing over it. It ends at one of the `stops` outside parentheses."""
    return _cell(cursor, _expression(cursor, stops), column)


def _expression(cursor: Cursor, stops: frozenset[str]) -> Sequence[Token]:
    first, depth = cursor.index, 0
    while cursor.kind != END and (depth or cursor.word not in stops):
        depth += DEPTH_AFTER.get(cursor.word, 0)
        if depth < 0:
            cursor.reject("a value")
        _pass(cursor)
    if cursor.index == first:
        cursor.reject("a value")
    return cursor.tokens[first : cursor.index]


def _cell(cursor: Cursor, tokens: Sequence[Token], column: str) -> Cell:
    """Return the literal that the tokens are; a password column has only its form and place."""
    kind, start, end, word = tokens[0]
    if column in PASSWORD_COLUMNS:
        if len(tokens) == _CALL and word in {"PASSWORD", "OLD_PASSWORD"} and tokens[2].kind in (STRING, TEMPLATE):
            return secret(cursor, tokens[2], "plain")
        return secret(cursor, tokens[0], "hash") if len(tokens) == 1 and kind in (STRING, TEMPLATE) else None
    if len(tokens) > 1 or kind not in (STRING, INTEGER, HEX_STRING, TEMPLATE):
        return None
    text = unquoted(cursor, start, end) if kind == STRING else cursor.text[start:end]
    template = kind == TEMPLATE or (kind == STRING and cursor.templates and template_in(text) != "")
    return Name(text, start, end, template)


def _assignments(cursor: Cursor) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    while True:
        column = _column(cursor)
        if not (cursor.accept("=") or cursor.accept(":=")):
            cursor.reject("=")
        found[column] = _value(cursor, frozenset({",", "WHERE", "ORDER", "LIMIT", "ON"}), column)
        if not cursor.accept(","):
            return found


def _column(cursor: Cursor) -> str:
    column = ""
    while cursor.kind in (WORD, NAME, QUOTED_NAME):
        column = plain_name(cursor.tokens[cursor.index], cursor.text)
        cursor.advance()
        if not cursor.accept("."):
            return column
    return cursor.reject("a column")


def _conditions(cursor: Cursor) -> tuple[Condition, ...]:
    """Read the conditions of WHERE that AND joins. OR counts only between values of one column."""
    found = [_condition(cursor)]
    if cursor.follows("OR"):
        found = [_alternatives(cursor, found[0])]
    while cursor.accept("AND"):
        found.append(_condition(cursor))
    if cursor.kind == END or cursor.word in _CONDITION_END:
        return tuple(found)
    while cursor.kind != END and cursor.word not in _CONDITION_END:
        _pass(cursor)
    return (Condition("", "?"),)


def _alternatives(cursor: Cursor, first: Condition) -> Condition:
    """Read conditions that OR joins, as one. Operator "?" unless they are values of one column."""
    values = list(first.values)
    clear = first.operator in {"=", "IN"}
    while cursor.accept("OR"):
        other = _condition(cursor)
        clear = clear and other.operator in {"=", "IN"} and other.column == first.column
        values.extend(other.values)
    if cursor.follows("AND"):  # binds tighter than OR
        return Condition("", "?")
    return Condition(first.column, "IN", tuple(values)) if clear else Condition("", "?")


def _condition(cursor: Cursor) -> Condition:
    following = cursor.peek()
    if cursor.word != "(" or following.kind not in (WORD, NAME, QUOTED_NAME) or following.word == "SELECT":
        return _comparison(cursor)
    cursor.advance()
    found = _condition(cursor)
    if cursor.follows("OR"):
        found = _alternatives(cursor, found)
    if cursor.accept(")"):
        return found
    depth = 1
    while cursor.kind != END and depth:
        depth += DEPTH_AFTER.get(cursor.word, 0)
        _pass(cursor)
    return Condition("", "?")


def _comparison(cursor: Cursor) -> Condition:
    stops = frozenset({"AND", "OR", "XOR", "ORDER", "LIMIT", ")", "RETURNING"})
    if cursor.kind not in (WORD, NAME, QUOTED_NAME):
        _value(cursor, stops)
        return Condition("", "?")
    column = _column(cursor)
    if cursor.accept("="):
        return _compared(column, "=", _value(cursor, stops))
    if cursor.accept("<", ">") or cursor.accept("!", "="):
        return _compared(column, "!=", _value(cursor, stops))
    negated = cursor.accept("NOT")
    if cursor.accept("LIKE"):
        return _compared(column, "NOT LIKE" if negated else "LIKE", _value(cursor, stops))
    if cursor.accept("IN") and cursor.accept("("):
        values = [_cell(cursor, value, "") for value in _values(cursor)]
        literals = [value for value in values if isinstance(value, Name)]
        if len(literals) == len(values):
            return Condition(column, "NOT IN" if negated else "IN", tuple(literals))
    elif not cursor.at(END) and cursor.word not in stops:
        _value(cursor, stops)
    return Condition("", "?")


def _compared(column: str, operator: str, value: Cell) -> Condition:
    if not isinstance(value, Name):
        return Condition("", "?")
    if operator == "=":
        return Condition(column, "=", (value,))
    if operator == "!=":
        return Condition(column, "!=", (value,))
    return Condition(column, "LIKE" if operator == "LIKE" else "NOT LIKE", (value,))
