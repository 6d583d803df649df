"""One statement of SQL to a record, or to the fault that a server would answer.

Recursive descent; account.py, authentication.py, options.py, users.py, roles.py, privileges.py, grants.py,
setting.py and tables.py each read a family of clauses.
"""

from collections.abc import Callable

from grantlint.access.grammar import Grammar
from grantlint.reader.sql.account import account, account_or_role, identifier, roles
from grantlint.reader.sql.cursor import SYNTAX_ERROR, Cursor, Rejected
from grantlint.reader.sql.grants import grant, revoke
from grantlint.reader.sql.lexer import (
    END,
    STRING,
    TEMPLATE,
    TEMPLATE_HINT,
    UNCLOSED,
    WORD,
    Token,
    cut,
    directive_within,
    words,
)
from grantlint.reader.sql.roles import create_role, drop_role
from grantlint.reader.sql.setting import set_statement
from grantlint.reader.sql.statements import Compound, Name, Opaque, Other, Statement, SyntaxFault, Use
from grantlint.reader.sql.tables import table_write, written_table
from grantlint.reader.sql.users import alter_user, create_user, drop_user, rename_user

EMPTY_QUERY = 1065
UNDECLARED = 1327
STACK_OVERRUN = 1436
_WRITES = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE"})
_OBJECTS = {  # what may follow these verbs, USER and ROLE aside
    "CREATE": words(
        "AGGREGATE ALGORITHM CATALOG DATABASE DEFINER EVENT EXTERNAL FULLTEXT FUNCTION INDEX JSON LIBRARY LOGFILE "
        "MATERIALIZED PACKAGE PROCEDURE RESOURCE SCHEMA SEQUENCE SERVER SPATIAL SQL TABLE TABLESPACE TEMPORARY "
        "TRIGGER UNDO UNIQUE VECTOR VIEW"
    ),
    "ALTER": words(
        "ALGORITHM DATABASE DEFINER EVENT FUNCTION IGNORE INSTANCE JSON LIBRARY LOGFILE ONLINE PROCEDURE RESOURCE "
        "SCHEMA SEQUENCE SERVER SQL TABLE TABLESPACE UNDO VIEW"
    ),
    "DROP": words(
        "DATABASE EVENT FUNCTION INDEX JSON LIBRARY LOGFILE PACKAGE PREPARE PROCEDURE RESOURCE SCHEMA SEQUENCE "
        "SERVER SPATIAL TABLE TABLES TABLESPACE TEMPORARY TRIGGER UNDO VIEW CATALOG"
    ),
    "RENAME": frozenset({"TABLE", "TABLES"}),
    "CHANGE": frozenset({"MASTER", "REPLICATION"}),
    "LOCK": frozenset({"TABLE", "TABLES", "INSTANCE"}),
    "UNLOCK": frozenset({"TABLE", "TABLES", "INSTANCE"}),
}
_VERBS = words(
    "ANALYZE BACKUP BEGIN BINLOG CACHE CALL CHANGE CHECK CHECKSUM CLONE COMMIT DEALLOCATE DESC DESCRIBE DO EXECUTE "
    "EXPLAIN FLUSH GET HANDLER HELP IMPORT INSTALL KILL LOAD LOCK OPTIMIZE PREPARE PURGE RELEASE REPAIR RESET "
    "RESIGNAL RESTART ROLLBACK SAVEPOINT SELECT SHOW SHUTDOWN SIGNAL SLAVE START STOP TABLE TRUNCATE UNINSTALL "
    "UNLOCK VALUES WITH XA ("
)


def parse_statement(
    text: str, grammar: Grammar, *, templates: bool = False, database: str = ""
) -> Statement | SyntaxFault:
    """Return what one statement says, or where and with which error number the server rejects it.

    `templates`: {{ x }}, ${X}, $X, <%= x %> and @@X@@ stand for something unknown; a statement that only they
    keep from being one is Opaque, not a fault. `database` is the current one, for writes to `user` and its like.
    """
    templates = templates and TEMPLATE_HINT.search(text) is not None
    found = cut(text, 0, grammar, templates=templates)
    return parse_tokens(text, found.tokens, grammar, templates=templates, database=database)


def parse_tokens(
    text: str, tokens: list[Token], grammar: Grammar, *, templates: bool = False, database: str = ""
) -> Statement | SyntaxFault:
    """Return what the tokens of one statement (END last) say; trailing `;` are no part of it."""
    cursor = Cursor(text, _without_terminators(tokens, text), grammar, templates=templates)
    if cursor.kind == END:
        return _without_statement(text, tokens)
    try:
        found = _statement(cursor, database)
        if cursor.kind != END:
            cursor.reject("the end of the statement")
    except Rejected as fault:
        if templates:
            expression = _template(text, tokens)
            if expression is not None:
                return Opaque(tokens[0].start, cursor.tokens[-1].start, tokens[0].word, expression)
        return SyntaxFault(fault.offset, fault.errno, fault.message, tokens[0].start, cursor.tokens[-1].start)
    except RecursionError:
        end = cursor.tokens[-1].start
        return SyntaxFault(cursor.start, STACK_OVERRUN, "the statement is nested too deeply", tokens[0].start, end)
    return found


def _template(text: str, tokens: list[Token]) -> Name | None:
    """Return the first template that stands among words, or what controls one there: it may choose between them."""
    for kind, start, end, _ in tokens:
        if kind == TEMPLATE:
            return Name(text[start:end], start, end, unresolved=True)
    place = directive_within(text, tokens[0].start, tokens[-1].start)
    return Name(text[slice(*place)], *place, unresolved=True) if place is not None else None


def _without_statement(text: str, tokens: list[Token]) -> Other | SyntaxFault:
    """Tell a text of comments, which is accepted, from an empty one, which is not."""
    first = tokens[0].start
    rest = text.rstrip(" \t\n\v\f\r;\0")
    if not rest.strip(" \t\n\v\f\r"):
        return SyntaxFault(first, EMPTY_QUERY, "there is no statement")
    if len(tokens) > 1 and first < len(rest):
        return SyntaxFault(first, SYNTAX_ERROR, "';' stands where a statement belongs")
    return Other(first, first, "")


def _without_terminators(tokens: list[Token], text: str) -> list[Token]:
    last = len(tokens) - 1
    while last > 0 and text[tokens[last - 1].start : tokens[last - 1].end] in {";", "\0"}:
        last -= 1
    if last == len(tokens) - 1:
        return tokens
    end = tokens[last].start
    return [*tokens[:last], Token(END, end, end, "")]


def _statement(cursor: Cursor, database: str) -> Statement:
    verb, start = cursor.word, cursor.start
    reader = _READERS.get(verb)
    if reader is not None:
        cursor.advance()
        return reader(cursor, start)
    if verb in _WRITES:
        table = written_table(cursor.tokens, cursor.text, database)
        if table is not None:
            return table_write(cursor, start, table)
        return _write_elsewhere(cursor, start)
    if verb in _VERBS or (verb == "IF" and cursor.grammar.mariadb):
        return _other(cursor, start)
    return cursor.reject("a statement")


def _write_elsewhere(cursor: Cursor, start: int) -> Other:
    """Pass over a write to another table, whose beginning at least must be one."""
    verb = cursor.word
    cursor.advance()
    while cursor.word in {"LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "QUICK", "INTO", "FROM"}:
        cursor.advance()
    identifier(cursor, "a table")
    if verb == "DELETE" and cursor.word not in {"", ".", ",", "WHERE", "AS", "ORDER", "LIMIT", "USING", "FROM"}:
        cursor.reject("WHERE")
    return _pass_over(cursor, start, verb)


def _other(cursor: Cursor, start: int) -> Statement:
    verb = cursor.word
    following = cursor.peek()
    if verb == "SHOW":
        return _show(cursor, start)
    if verb in {"EXECUTE", "PREPARE"}:
        return _prepared(cursor, start)
    if verb == "BEGIN" and cursor.grammar.mariadb and following.word == "NOT":
        return _compound(cursor, start)
    if verb == "IF" and all(token.word != "THEN" for token in cursor.tokens):
        raise Rejected(following.start, UNDECLARED, "IF takes this for a variable")
    _check_object(verb, cursor, following)
    return _pass_over(cursor, start, verb)


def _check_object(verb: str, cursor: Cursor, following: Token) -> None:
    if verb == "(" and following.word not in {"SELECT", "VALUES", "WITH", "TABLE", "("}:
        cursor.advance()
        cursor.reject("SELECT")
    if verb == "WITH":
        cursor.advance()
        cursor.accept("RECURSIVE")
        identifier(cursor, "a name")
        if cursor.word not in {"AS", "("}:
            cursor.reject("AS")
    objects = _OBJECTS.get(verb)
    if objects is not None and following.word not in objects and following.kind != TEMPLATE:
        cursor.advance()
        cursor.reject("what it is to be done to")


def _pass_over(cursor: Cursor, start: int, verb: str) -> Other:
    while cursor.kind != END:
        if cursor.kind == UNCLOSED or cursor.word in {"'", '"', "`", ";"}:
            cursor.reject()
        cursor.advance()
    return Other(start, cursor.last_end, verb)


def _show(cursor: Cursor, start: int) -> Other:
    """Read SHOW: what it says of accounts is checked, the rest passed over."""
    grammar = cursor.grammar
    cursor.advance()
    if cursor.accept("GRANTS"):
        if cursor.accept("FOR"):
            account_or_role(cursor)
            if grammar.role_hosts and cursor.accept("USING"):
                roles(cursor)
        return Other(start, cursor.last_end, "SHOW")
    if cursor.word == "CREATE" and cursor.peek().word == "USER" and grammar.show_create_user:
        cursor.expect("CREATE", "USER")
        if cursor.kind != END or not grammar.mariadb:
            account(cursor)
        return Other(start, cursor.last_end, "SHOW")
    if cursor.word in {"", "GRANT", "USER", "USERS", "ROLE", "ROLES"} or (
        cursor.word == "CREATE" and cursor.peek().word in {"USER", "ROLE"}
    ):
        cursor.reject("what to show")
    return _pass_over(cursor, start, "SHOW")


def _prepared(cursor: Cursor, start: int) -> Statement:
    """Read PREPARE name FROM 'statement', and MariaDB's EXECUTE IMMEDIATE 'statement', which runs it at once."""
    verb, words = cursor.word, (cursor.peek().word, cursor.peek(2).word)
    immediate = verb == "EXECUTE" and words[0] == "IMMEDIATE"
    if immediate and not cursor.grammar.mariadb:
        cursor.back_to(1)
        cursor.reject("a name")
    literal = cursor.peek(2 if immediate else 3)
    alone = cursor.peek(3 if immediate else 4).kind == END
    if literal.kind != STRING or not alone or not (immediate or (verb == "PREPARE" and words[1] == "FROM")):
        return _pass_over(cursor, start, verb)
    first, last = literal.start + 1, literal.end - 1
    if cursor.text[literal.start] in cursor.text[first:last] or "\\" in cursor.text[first:last]:
        return _pass_over(cursor, start, verb)  # what is prepared does not stand there as it is
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
        while cursor.word != ";" and cursor.kind != END:
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
        return create_role(cursor, start, or_replace=replace)
    return _object(cursor, start, "CREATE", after=replace)


def _alter(cursor: Cursor, start: int) -> Statement:
    if cursor.accept("USER"):
        return alter_user(cursor, start)
    return _object(cursor, start, "ALTER")


def _drop(cursor: Cursor, start: int) -> Statement:
    if cursor.accept("USER"):
        return drop_user(cursor, start)
    if cursor.grammar.roles and cursor.accept("ROLE"):
        return drop_role(cursor, start)
    return _object(cursor, start, "DROP")


def _rename(cursor: Cursor, start: int) -> Statement:
    if cursor.accept("USER"):
        return rename_user(cursor, start)
    return _object(cursor, start, "RENAME")


def _object(cursor: Cursor, start: int, verb: str, *, after: bool = False) -> Other:
    if not after and cursor.accept("OR"):
        cursor.expect("REPLACE")
    if cursor.word not in _OBJECTS[verb]:
        cursor.reject("what it is to be done to")
    return _pass_over(cursor, start, verb)


def _set(cursor: Cursor, start: int) -> Statement:
    if cursor.grammar.mariadb and cursor.word == "STATEMENT" and cursor.peek().kind == WORD:
        return _set_statement_for(cursor, start)
    return set_statement(cursor, start)


def _set_statement_for(cursor: Cursor, start: int) -> Compound:
    """Read MariaDB's SET STATEMENT variable = value, ... FOR statement."""
    while cursor.word != "FOR" and cursor.kind != END:
        cursor.advance()
    cursor.expect("FOR")
    found = _statement(cursor, "")
    return Compound(start, cursor.last_end, (found,))


def _use(cursor: Cursor, start: int) -> Use:
    database = identifier(cursor, "a database")
    return Use(start, cursor.last_end, database)


_READERS: dict[str, Callable[[Cursor, int], Statement]] = {
    "ALTER": _alter,
    "CREATE": _create,
    "DROP": _drop,
    "GRANT": grant,
    "RENAME": _rename,
    "REVOKE": revoke,
    "SET": _set,
    "USE": _use,
}
