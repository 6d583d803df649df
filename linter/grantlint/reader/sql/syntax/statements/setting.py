"""SET: passwords, roles, and the variables that may stand in one list with them.

Source: rules set, start_option_value_list of the servers' sql_yacc.yy.
"""

from grantlint.reader.sql.syntax.clauses.account import account
from grantlint.reader.sql.syntax.clauses.authentication import password
from grantlint.reader.sql.syntax.records.parts import Account, Secret
from grantlint.reader.sql.syntax.records.statements import (
    Assigned,
    ModeChange,
    Other,
    SetDefaultRole,
    SetPassword,
    SetRole,
    SetVariables,
)
from grantlint.reader.sql.syntax.statements.roles import set_default_role, set_role
from grantlint.reader.sql.syntax.statements.users import replace_and_retain
from grantlint.reader.sql.syntax.statements.variables import assignment, is_free, pass_rest
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.token import (
    END,
)

SetItem = SetPassword | SetRole | SetDefaultRole
SetStatement = SetItem | SetVariables | Other


def set_statement(cursor: Cursor, start: int) -> SetStatement:
    """Read SET from behind it."""
    grammar = cursor.grammar
    if not grammar.set_password_list:
        alone = _account_item(cursor, start)
        if alone is not None:
            return alone
    items: list[SetItem] = []
    changes: list[ModeChange | Assigned | None] = []
    while True:
        begins = cursor.start if items else start
        item = _account_item(cursor, begins) if grammar.set_password_list else None
        if item is not None:
            items.append(item)
        elif not items and is_free(cursor):
            pass_rest(cursor)
            return Other(start, cursor.last_end, "SET")
        else:
            changes.append(assignment(cursor))
        if not cursor.accept(","):
            break
        if cursor.kind == END:
            cursor.reject("a variable")
    mode = next((one for one in reversed(changes) if isinstance(one, ModeChange)), None)
    assigned = tuple([one for one in changes if isinstance(one, Assigned)])
    if (
        len(items) == 1
        and mode is None
        and not assigned
        and cursor.tokens[cursor.index].kind == END
        and _only_item(items[0], cursor)
    ):
        return items[0]
    return SetVariables(start, cursor.last_end, tuple(items), mode, assigned)


def _only_item(item: SetItem, cursor: Cursor) -> bool:
    return item.end == cursor.last_end and item.start == cursor.tokens[0].start


def _account_item(cursor: Cursor, start: int) -> SetItem | None:
    grammar = cursor.grammar
    following = cursor.peek()
    if cursor.word == "PASSWORD" and (following.word in {"=", ":=", "FOR"} or _to_random(cursor)):
        cursor.advance()
        return _set_password(cursor, start)
    if cursor.word == "DEFAULT" and following.word == "ROLE" and grammar.roles:
        cursor.expect("DEFAULT", "ROLE")
        return set_default_role(cursor, start)
    if cursor.word == "ROLE" and grammar.roles and following.word not in {"=", ":="}:
        cursor.advance()
        return set_role(cursor, start)
    return None


def _to_random(cursor: Cursor) -> bool:
    return cursor.grammar.random_password and cursor.peek().word == "TO"


def _set_password(cursor: Cursor, start: int) -> SetPassword:
    """Read SET PASSWORD from behind PASSWORD."""
    grammar = cursor.grammar
    whose: Account | None = None
    if cursor.accept("FOR"):
        whose = account(cursor)
    if grammar.random_password and cursor.accept("TO"):
        begin = cursor.start
        cursor.expect("RANDOM")
        found = Secret("random", begin, cursor.last_end, empty=False)
    else:
        if not (cursor.accept("=") or cursor.accept(":=")):
            cursor.reject("=")
        computed = _password_function(cursor)
        if computed is not None:
            return SetPassword(start, cursor.last_end, whose, computed)
        found = password(cursor, "hash" if grammar.set_password_list else "plain")
    replace, retain = replace_and_retain(cursor)
    return SetPassword(start, cursor.last_end, whose, found, replace, retain)


def _password_function(cursor: Cursor) -> Secret | None:
    """Read PASSWORD('...') or OLD_PASSWORD('...') where the server has them."""
    grammar = cursor.grammar
    if (grammar.password_function and cursor.accept("PASSWORD")) or (
        grammar.old_password_function and cursor.accept("OLD_PASSWORD")
    ):
        cursor.expect("(")
        found = password(cursor)
        cursor.expect(")")
        return found
    return None
