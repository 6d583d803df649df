"""One statement of SQL to a record, or to the fault that a server would answer.

Recursive descent; account.py, authentication.py, options.py, users.py, roles.py, privileges.py, grants.py,
setting.py, tables.py and elsewhere.py each read a family of clauses. Those of roles, settings and writes to tables are
imported for the first statement of their kind: few scripts have one.
"""

from collections.abc import Callable

from grantlint.access.product.grammar import Grammar
from grantlint.reader.sql.syntax.clauses.account import identifier
from grantlint.reader.sql.syntax.records.grants import Grant, GrantRole, Revoke
from grantlint.reader.sql.syntax.records.parts import Name
from grantlint.reader.sql.syntax.records.statements import (
    AlterUser,
    Compound,
    CreateUser,
    DropUser,
    Flush,
    Opaque,
    Other,
    Statement,
    SyntaxFault,
    Use,
)
from grantlint.reader.sql.syntax.statements.elsewhere import (
    VERBS,
    WRITES,
    named_object,
    other,
    pass_over,
    write_elsewhere,
)
from grantlint.reader.sql.syntax.statements.grant_tables import NO_COLUMNS, Columns, written_table
from grantlint.reader.sql.syntax.statements.grants import deny, grant, revoke
from grantlint.reader.sql.syntax.statements.users import alter_user, create_user, drop_user, rename_user
from grantlint.reader.sql.syntax.tokens.cursor import SYNTAX_ERROR, Cursor, Rejected
from grantlint.reader.sql.syntax.tokens.lexer import cut
from grantlint.reader.sql.syntax.tokens.templates import directive_within, has_templates
from grantlint.reader.sql.syntax.tokens.terminators import BLANKS, without_terminators
from grantlint.reader.sql.syntax.tokens.token import AT, END, HOST, STRING, TEMPLATE, WORD, Token

EMPTY_QUERY = 1065
UNDECLARED = 1327
STACK_OVERRUN = 1436


def parse_statement(
    text: str, grammar: Grammar, *, templates: bool = False, database: str = ""
) -> Statement | SyntaxFault:
    """Return one parsed statement, or the fault that a server answers.

    `templates`: {{ x }}, ${X}, $X, <%= x %> and @@X@@ stand for something unknown. A statement that only they keep from
    being one is Opaque, not a fault. `database` is the current one, for writes to `user` and its like.
    """
    templates = templates and has_templates(text)
    found = cut(text, 0, grammar, templates=templates)
    return parse_tokens(text, found.tokens, grammar, templates=templates, database=database)


_ADDED_TO = (CreateUser, AlterUser, Grant, GrantRole, Revoke, DropUser)


def parse_tokens(
    text: str,
    tokens: list[Token],
    grammar: Grammar,
    *,
    templates: bool = False,
    database: str = "",
    columns: Columns = NO_COLUMNS,
) -> Statement | SyntaxFault:
    """Return the statement of these tokens (END last), or its fault. Trailing `;` are no part of it.

    `columns`: of the grant tables that the script has made before.
    """
    cursor = Cursor(text, without_terminators(tokens, text), grammar, templates=templates)
    if cursor.kind == END:
        return _without_statement(text, tokens)
    try:
        found = _statement(cursor, database, columns)
        if cursor.kind != END:
            cursor.reject("the end of the statement")
    except Rejected as fault:
        if templates:
            expression = _template(text, tokens)
            if expression is not None:
                rest = Opaque(tokens[0].start, cursor.tokens[-1].start, tokens[0].word, expression)
                return _around_templates(text, cursor.tokens, grammar, rest, database) or rest
        return SyntaxFault(fault.offset, fault.errno, fault.message, tokens[0].start, cursor.tokens[-1].start)
    except RecursionError:
        end = cursor.tokens[-1].start
        return SyntaxFault(cursor.start, STACK_OVERRUN, "the statement is nested too deeply", tokens[0].start, end)
    return found


def _around_templates(text: str, tokens: list[Token], grammar: Grammar, rest: Opaque, database: str) -> Compound | None:
    """Return a statement without the words that a template may add (`... TO 'a'@'b' ${TLS}`), None if that is none."""
    kept = [token for token in tokens if token.kind != TEMPLATE or not _is_apart(text, token)]
    if len(kept) == len(tokens) or kept[0].kind == TEMPLATE:
        return None
    said = parse_tokens(text, kept, grammar, templates=True, database=database)
    if not isinstance(said, _ADDED_TO):
        return None
    return Compound(rest.start, rest.end, (said, rest._replace(why="a template may add words to it")))


def _is_apart(text: str, token: Token) -> bool:
    """Whether blanks stand around a template, so that it is no part of a name."""
    return text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].strip(BLANKS + ";,") == ""


def _template(text: str, tokens: list[Token]) -> Name | None:
    """Return the first template that stands among words, or what controls one there: it may choose between them.

    What stands in the place of a name brings no words along.
    """
    for at, (kind, start, end, _) in enumerate(tokens):
        if kind == TEMPLATE and not _is_name(tokens[at - 1], start, end, tokens[at + 1]):
            return Name(text[start:end], start, end, unresolved=True)
    place = directive_within(text, tokens[0].start, tokens[-1].start)
    return Name(text[slice(*place)], *place, unresolved=True) if place is not None else None


def _is_name(before: Token, start: int, end: int, after: Token) -> bool:
    """Whether what stands between two tokens is the user of `a@b`, a part of `a.b`, or all that a grant is on."""
    if (before.word, after.word) == ("ON", "TO"):
        return True
    return (before.end == start and before.word == ".") or (
        after.start == end and (after.kind in (AT, HOST) or after.word == ".")
    )


def _without_statement(text: str, tokens: list[Token]) -> Other | SyntaxFault:
    """Tell a text of comments, which is accepted, from an empty one, which is not."""
    first = tokens[0].start
    rest = text.rstrip(BLANKS + ";").removesuffix("\0")
    if not rest.strip(BLANKS):
        return SyntaxFault(first, EMPTY_QUERY, "there is no statement")
    if len(tokens) > 1 and first < len(rest):
        return SyntaxFault(first, SYNTAX_ERROR, "';' stands where a statement belongs")
    return Other(first, first, "")


def _statement(cursor: Cursor, database: str, columns: Columns = NO_COLUMNS) -> Statement:
    verb, start = cursor.word, cursor.start
    reader = _READERS.get(verb)
    if reader is not None:
        cursor.advance()
        return reader(cursor, start)
    if verb in WRITES:
        table = written_table(cursor.tokens, cursor.text, database)
        if table is not None:
            from grantlint.reader.sql.syntax.statements.tables import table_write  # noqa: PLC0415 - see above

            return table_write(cursor, start, table, columns)
        return write_elsewhere(cursor, start)
    if verb in VERBS or (verb == "IF" and cursor.grammar.mariadb):
        return _other(cursor, start)
    return cursor.reject("a statement")


def _other(cursor: Cursor, start: int) -> Statement:
    verb = cursor.word
    following = cursor.peek()
    if verb in {"EXECUTE", "PREPARE"}:
        return _prepared(cursor, start)
    if verb == "BEGIN" and cursor.grammar.mariadb and following.word == "NOT":
        return _compound(cursor, start)
    if verb == "IF" and all(token.word != "THEN" for token in cursor.tokens):
        raise Rejected(following.start, UNDECLARED, "IF takes this for a variable")
    found = other(cursor, start)
    if verb == "FLUSH" and any(token.word == "PRIVILEGES" for token in cursor.tokens):
        return Flush(start, found.end)
    return found


def _prepared(cursor: Cursor, start: int) -> Statement:
    """Read PREPARE name FROM 'statement', and MariaDB's EXECUTE IMMEDIATE 'statement', which runs it at once."""
    verb, grammar = cursor.word, cursor.grammar
    cursor.advance()
    immediate = verb == "EXECUTE" and grammar.mariadb and cursor.accept("IMMEDIATE")
    if not immediate:
        identifier(cursor, "a name")
        if verb == "PREPARE":
            cursor.expect("FROM")
        elif cursor.kind != END:
            cursor.expect("USING")
    literal, alone = cursor.tokens[cursor.index], cursor.peek().kind == END
    if verb == "PREPARE" and not grammar.mariadb and not (alone and cursor.at(STRING, HOST)) and not cursor.at(AT):
        cursor.reject("a statement in quotes or a variable")
    if literal.kind != STRING or not alone or not (immediate or verb == "PREPARE"):
        return pass_over(cursor, start, verb)
    first, last = literal.start + 1, literal.end - 1
    if cursor.text[literal.start] in cursor.text[first:last] or "\\" in cursor.text[first:last]:
        return pass_over(cursor, start, verb)  # what is prepared does not stand there as it is
    tokens = cut(cursor.text, first, cursor.grammar, templates=cursor.templates, stop=last).tokens
    found = parse_tokens(cursor.text, tokens, cursor.grammar, templates=cursor.templates)
    if isinstance(found, SyntaxFault):
        raise Rejected(found.offset, found.errno, found.message)
    cursor.back_to(len(cursor.tokens) - 1)
    return Compound(start, literal.end, (found,)) if immediate else Other(start, literal.end, verb)


def _compound(cursor: Cursor, start: int) -> Compound:
    """Read MariaDB's BEGIN NOT ATOMIC statement; ... END."""
    cursor.expect("BEGIN", "NOT", "ATOMIC")
    items: list[Statement] = []
    while cursor.word != "END":
        first = cursor.index
        while cursor.word not in {";", "\0"} and cursor.kind != END:
            cursor.advance()
        stop = cursor.start
        inner = [*cursor.tokens[first : cursor.index], Token(END, stop, stop, "")]
        cursor.expect(";")
        found = parse_tokens(cursor.text, inner, cursor.grammar, templates=cursor.templates)
        if isinstance(found, SyntaxFault):
            raise Rejected(found.offset, found.errno, found.message)
        items.append(found)
    cursor.expect("END")
    return Compound(start, cursor.last_end, tuple(items))


def _create(cursor: Cursor, start: int) -> Statement:
    replace = cursor.grammar.or_replace and cursor.accept("OR", "REPLACE")
    if cursor.accept("USER"):
        return create_user(cursor, start, or_replace=replace)
    if cursor.grammar.roles and cursor.accept("ROLE"):
        from grantlint.reader.sql.syntax.statements.roles import create_role  # noqa: PLC0415 - see above

        return create_role(cursor, start, or_replace=replace)
    return named_object(cursor, start, "CREATE", after=replace)


def _alter(cursor: Cursor, start: int) -> Statement:
    if cursor.accept("USER"):
        return alter_user(cursor, start)
    return named_object(cursor, start, "ALTER")


def _drop(cursor: Cursor, start: int) -> Statement:
    if cursor.accept("USER"):
        return drop_user(cursor, start)
    if cursor.grammar.roles and cursor.accept("ROLE"):
        from grantlint.reader.sql.syntax.statements.roles import drop_role  # noqa: PLC0415 - see above

        return drop_role(cursor, start)
    return named_object(cursor, start, "DROP")


def _rename(cursor: Cursor, start: int) -> Statement:
    if cursor.accept("USER"):
        return rename_user(cursor, start)
    return named_object(cursor, start, "RENAME")


def _set(cursor: Cursor, start: int) -> Statement:
    from grantlint.reader.sql.syntax.statements.setting import set_statement  # noqa: PLC0415 - see above

    if cursor.grammar.mariadb and cursor.word == "STATEMENT" and cursor.peek().kind == WORD:
        cursor.advance()
        return _set_statement_for(cursor, start)
    return set_statement(cursor, start)


def _set_statement_for(cursor: Cursor, start: int) -> Compound:
    """Read MariaDB's SET STATEMENT variable = value, ... FOR statement."""
    from grantlint.reader.sql.syntax.statements.variables import (  # noqa: PLC0415 - see above
        UNKNOWN_VARIABLE,
        no_variable,
    )

    while True:
        variable = identifier(cursor, "a variable")
        if no_variable(variable.text) and not variable.unresolved:
            raise Rejected(variable.start, UNKNOWN_VARIABLE, "this is no variable")
        if not (cursor.accept("=") or cursor.accept(":=")):
            cursor.reject("=")
        first = cursor.index
        while cursor.word not in {"FOR", ","} and cursor.kind != END:
            cursor.advance()
        if cursor.index == first:
            cursor.reject("a value")
        if not cursor.accept(","):
            break
    cursor.expect("FOR")
    found = _statement(cursor, "")
    return Compound(start, cursor.last_end, (found,))


def _use(cursor: Cursor, start: int) -> Use:
    database = identifier(cursor, "a database")
    return Use(start, cursor.last_end, database)


_READERS: dict[str, Callable[[Cursor, int], Statement]] = {
    "ALTER": _alter,
    "CREATE": _create,
    "DENY": deny,
    "DROP": _drop,
    "GRANT": grant,
    "RENAME": _rename,
    "REVOKE": revoke,
    "SET": _set,
    "USE": _use,
}
