"""Variables that SET assigns: which there may be, and what a value does to sql_mode or to the server.

Source: rule option_value of the servers' sql_yacc.yy. MySQL 5.6 looks a variable up as soon as it has read its name, so
there a wrong word is error 1193 and not 1064.
"""

from grantlint.reader.sql.syntax.clauses.account import identifier, unquoted
from grantlint.reader.sql.syntax.records.parts import Name
from grantlint.reader.sql.syntax.records.statements import Assigned, ModeChange
from grantlint.reader.sql.syntax.tokens.cursor import Cursor, Rejected
from grantlint.reader.sql.syntax.tokens.token import (
    AT,
    DEPTH_AFTER,
    END,
    HEX,
    HEX_STRING,
    HOST,
    INTEGER,
    MARK,
    NAME,
    NUMBER,
    ODD,
    QUOTED_NAME,
    STRING,
    TEMPLATE,
    UNCLOSED,
    WORD,
    words,
)

UNKNOWN_VARIABLE = 1193
# all variables of a server that are one word; those of components have a point in their names
_ONE_WORD = words(
    "AUTOCOMMIT BASEDIR DATADIR DEBUG FLUSH HOSTNAME IDENTITY LANGUAGE LICENSE LOG NEW OLD PORT PROFILING SOCKET "
    "TIMESTAMP TMPDIR USERSTAT VERSION"
)
_NO_VARIABLES = words("OLD_PASSWORD FAILED_LOGIN_ATTEMPTS PASSWORD_LOCK_TIME CURRENT_ROLE")
_DECIDING = words(
    "ACTIVATE_ALL_ROLES_ON_LOGIN ACTIVATE_MANDATORY_ROLES MANDATORY_ROLES PARTIAL_REVOKES REQUIRE_SECURE_TRANSPORT"
)
_OF_THE_SERVER = frozenset({"GLOBAL", "PERSIST"})
_SCOPES = frozenset({"GLOBAL", "SESSION", "LOCAL", "PERSIST", "PERSIST_ONLY"})
_FREE = {  # what else SET may set, and what has to follow it
    "NAMES": frozenset[str](),
    "CHARSET": frozenset[str](),
    "CHARACTER": frozenset({"SET"}),
    "CHAR": frozenset({"SET"}),
    "TRANSACTION": frozenset({"ISOLATION", "READ"}),
    "RESOURCE": frozenset({"GROUP"}),
}
_OPERATORS = words("AND BETWEEN COLLATE DIV IN IS LIKE MEMBER MOD NOT OR REGEXP RLIKE SOUNDS XOR")
_SIGNS = frozenset("(+-!~{")  # marks that an expression may begin with
_LITERALS = (STRING, INTEGER, NUMBER, HEX, HEX_STRING)


def assignment(cursor: Cursor) -> ModeChange | Assigned | None:
    """Read `[scope] variable = value`.

    Return what it does to sql_mode or to the server, as far as literals tell.
    """
    if cursor.at(HOST, AT):
        _user_variable(cursor)
        _value(cursor)
        return None
    scope, is_system = cursor.word, cursor.kind == ODD
    if _scope(cursor):
        return None
    place = cursor.start
    if not cursor.at(WORD, NAME, QUOTED_NAME, TEMPLATE):
        cursor.reject("a variable")
    variable = identifier(cursor, "a variable")
    unknown = not variable.unresolved and not cursor.follows(".") and no_variable(variable.text)
    last = variable
    while cursor.accept("."):
        last = identifier(cursor, "a variable")
    if is_system:  # @@GLOBAL.x
        scope = variable.text.upper()
    known = cursor.word in {"=", ":="}
    if unknown and (known or cursor.grammar.variable_first):
        raise Rejected(place, UNKNOWN_VARIABLE, "this is no variable, and SET takes it for one")
    if not known and cursor.grammar.variable_first:
        raise Rejected(place, UNKNOWN_VARIABLE, "SET takes this word for a variable")
    first = cursor.index + 1  # behind the sign
    value = _value(cursor)
    if last.text.upper() in _DECIDING and scope in _OF_THE_SERVER:
        literal = value or _bare(cursor, first)
        return Assigned(last.text.lower(), literal) if literal is not None else None
    if variable.text.upper() != "SQL_MODE":
        return None
    return ModeChange("=", value.text) if value is not None else _mode_change(cursor, first)


def _bare(cursor: Cursor, first: int) -> Name | None:
    """Return the word or number that a value is, None where it is more."""
    token, *others = cursor.tokens[first : cursor.index]
    if others or token.kind not in (WORD, INTEGER):
        return None
    return Name(cursor.text[token.start : token.end], token.start, token.end)


def _mode_change(cursor: Cursor, first: int) -> ModeChange | None:
    """Return the change of sql_mode by an expression of @@sql_mode.

    REPLACE removes its literals, anything else adds them.
    """
    tokens = cursor.tokens[first : cursor.index]
    words = {token.word for token in tokens}
    if words == {"DEFAULT"}:
        return ModeChange("=", "")
    if "SQL_MODE" not in "".join(cursor.text[token.start : token.end] for token in tokens).upper():
        return None
    names = [unquoted(cursor, token.start, token.end) for token in tokens if token.kind == STRING]
    return ModeChange("-" if "REPLACE" in words else "+", ",".join(names))


def _user_variable(cursor: Cursor) -> None:
    """Pass over @name or @'name'; MySQL rejects the empty one only when it runs the statement."""
    quoted, empty = cursor.kind == AT, cursor.end == cursor.start + 1
    cursor.advance()
    if quoted:
        empty = cursor.end == cursor.start + 2
        cursor.advance()
    if empty and cursor.grammar.mariadb:
        cursor.reject("a name")


def no_variable(name: str) -> bool:
    """Whether no server has a variable of that name. A guess: most names are of several words."""
    variable = name.upper()
    return variable in _NO_VARIABLES or ("_" not in variable and variable not in _ONE_WORD)


def _scope(cursor: Cursor) -> bool:
    """Pass over GLOBAL, @@session. and their like; whether that was all, as for SET SESSION TRANSACTION."""
    if cursor.kind == ODD:
        cursor.advance()
        if cursor.word in _SCOPES and cursor.peek().word == ".":
            cursor.advance()
            cursor.advance()
    elif cursor.word in _SCOPES and cursor.peek().word not in {"=", ":=", "."}:
        cursor.advance()
        if cursor.follows("TRANSACTION") and is_free(cursor):
            pass_rest(cursor)
            return True
    return False


def _value(cursor: Cursor) -> Name | None:
    """Pass over `= expression`; return it if it is one literal string."""
    if not (cursor.accept("=") or cursor.accept(":=")):
        cursor.reject("=")
    literal: Name | None = None
    first, depth = cursor.index, 0
    if cursor.kind == STRING:
        literal = Name(unquoted(cursor, cursor.start, cursor.end), cursor.start, cursor.end)
    if cursor.kind == MARK and cursor.word not in _SIGNS:
        cursor.reject("a value")
    if _followed_by_operand(cursor):
        cursor.advance()
        cursor.reject("an operator")
    while cursor.kind != END and (depth or cursor.word != ","):
        depth += DEPTH_AFTER.get(cursor.word, 0)
        if depth < 0:
            cursor.reject("a value")
        _pass_value_token(cursor)
    if depth or cursor.index == first:
        cursor.reject("a value" if not depth else ")")
    return literal if cursor.index == first + 1 else None


def _followed_by_operand(cursor: Cursor) -> bool:
    """Whether a literal stands here with something behind it that no expression goes on with."""
    following = cursor.peek()
    if cursor.kind not in _LITERALS:
        return False
    if following.kind == WORD:
        return following.word not in _OPERATORS
    return following.kind in (NAME, QUOTED_NAME, *_LITERALS) and not cursor.kind == following.kind == STRING


def pass_rest(cursor: Cursor) -> None:
    """Pass over the rest of a statement."""
    while cursor.kind != END:
        _pass_value_token(cursor)


def _pass_value_token(cursor: Cursor) -> None:
    if cursor.kind == UNCLOSED or cursor.word in {"'", '"', "`", ";"}:
        cursor.reject()
    cursor.advance()


def is_free(cursor: Cursor) -> bool:
    """Return whether SET goes on without an assignment, as with NAMES."""
    if cursor.word not in _FREE:
        return False
    following = cursor.peek()
    if following.word in {"=", ":="} or following.kind == END:
        return False
    wanted = _FREE[cursor.word]
    return not wanted or following.word in wanted or following.kind == TEMPLATE
