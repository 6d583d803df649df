"""CREATE, ALTER, DROP and RENAME USER.

Source: rules create, alter_user_stmt, drop, rename of the servers' sql_yacc.yy.
"""

from grantlint.reader.sql.syntax.clauses.account import account, account_or_role, role, role_choice
from grantlint.reader.sql.syntax.clauses.authentication import (
    by_password,
    further_factors,
    identified,
    password,
)
from grantlint.reader.sql.syntax.clauses.options import reject_long, string_value, user_options
from grantlint.reader.sql.syntax.records.parts import Account, Authentication, Factor, Name, Secret, Subject
from grantlint.reader.sql.syntax.records.statements import AlterUser, CreateUser, DropUser, RenameUser
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.token import INTEGER

_FACTOR_VERBS = {"ADD": "add", "MODIFY": "modify", "DROP": "drop"}
_MOST_FACTOR_STEPS = 2


def if_not_exists(cursor: Cursor) -> bool:
    """Read IF NOT EXISTS where the server has it."""
    if cursor.grammar.if_exists and cursor.accept("IF"):
        cursor.expect("NOT", "EXISTS")
        return True
    return False


def if_exists(cursor: Cursor) -> bool:
    """Read IF EXISTS where the server has it."""
    if cursor.grammar.if_exists and cursor.accept("IF"):
        cursor.expect("EXISTS")
        return True
    return False


def subject(cursor: Cursor) -> Subject:
    """Read `account [IDENTIFIED ...]`. As GRANT and MariaDB's CREATE and ALTER USER take it."""
    who = account_or_role(cursor)
    if who.kind == "current_role":
        return Subject(who)
    return Subject(who, identified(cursor))


def create_user(cursor: Cursor, start: int, *, or_replace: bool) -> CreateUser:
    """Read CREATE USER from behind USER."""
    grammar = cursor.grammar
    unless = if_not_exists(cursor)
    found = cursor.separated(_created)
    default_roles: tuple[Account, ...] = ()
    if grammar.default_role_clause and cursor.accept("DEFAULT"):
        cursor.expect("ROLE")
        default_roles = cursor.separated(role)
    options = user_options(cursor)
    return CreateUser(start, cursor.last_end, found, options, default_roles, unless, or_replace)


def _created(cursor: Cursor) -> Subject:
    one = subject(cursor)
    if cursor.grammar.factors:
        return one._replace(authentication=further_factors(cursor, one.authentication))
    return one


def alter_user(cursor: Cursor, start: int) -> AlterUser:
    """Read ALTER USER from behind USER."""
    grammar = cursor.grammar
    if grammar.alter_user_expire:
        return _expire_only(cursor, start)
    if not grammar.alter_user:
        cursor.reject()
    when = if_exists(cursor)
    if grammar.mariadb:
        found = cursor.separated(subject)
        return AlterUser(start, cursor.last_end, found, user_options(cursor), if_exists=when)
    if _invoker(cursor):
        return _own_account(cursor, start, when=when)
    first = account(cursor)
    if grammar.default_role_clause and cursor.accept("DEFAULT"):
        cursor.expect("ROLE")
        choice = role_choice(cursor, default=False, every=False)
        return AlterUser(start, cursor.last_end, (Subject(first),), (), choice, when)
    if grammar.factors and cursor.kind == INTEGER:
        step = _registration(cursor)
        return AlterUser(start, cursor.last_end, (Subject(first, factors=(step,)),), if_exists=when)
    found_subjects = [_altered(cursor, first)]
    while cursor.accept(","):
        found_subjects.append(_altered(cursor, account(cursor)))
    options = user_options(cursor)
    return AlterUser(start, cursor.last_end, tuple(found_subjects), options, if_exists=when)


def _expire_only(cursor: Cursor, start: int) -> AlterUser:
    """Read what MySQL 5.6 has: `account PASSWORD EXPIRE {, ...}`."""
    found: list[Subject] = []
    while True:
        found.append(Subject(account(cursor)))
        cursor.expect("PASSWORD", "EXPIRE")
        if not cursor.accept(","):
            return AlterUser(start, cursor.last_end, tuple(found))


def _invoker(cursor: Cursor) -> bool:
    """Whether USER() stands here, or a synonym of it, which is one only right before the parenthesis."""
    following = cursor.peek()
    if following.word != "(":
        return False
    return cursor.word == "USER" or (cursor.word in {"SESSION_USER", "SYSTEM_USER"} and following.start == cursor.end)


def _own_account(cursor: Cursor, start: int, *, when: bool) -> AlterUser:
    """Read ALTER USER USER() ..., which changes the account of the session."""
    keyword = Name(cursor.word, cursor.start, cursor.end)
    cursor.advance()
    cursor.expect("(", ")")
    own = Account(keyword, None, keyword.start, cursor.last_end, "invoker")
    if cursor.grammar.factors and cursor.kind == INTEGER:
        step = _registration(cursor)
        return AlterUser(start, cursor.last_end, (Subject(own, factors=(step,)),), if_exists=when)
    if cursor.grammar.retain_password and cursor.accept("DISCARD"):
        cursor.expect("OLD", "PASSWORD")
        return AlterUser(start, cursor.last_end, (Subject(own, discard=True),), if_exists=when)
    begin = cursor.start
    cursor.expect("IDENTIFIED", "BY")
    found = Authentication(None, by_password(cursor), begin, cursor.last_end)
    replace, retain = replace_and_retain(cursor)
    return AlterUser(start, cursor.last_end, (Subject(own, (found,), replace, retain),), if_exists=when)


def replace_and_retain(cursor: Cursor, *, replace: bool = True) -> tuple[Secret | None, bool]:
    """Read REPLACE 'password' and RETAIN CURRENT PASSWORD where the server has them."""
    grammar = cursor.grammar
    old = None
    if replace and grammar.replace_password and cursor.accept("REPLACE"):
        old = password(cursor)
    if grammar.retain_password and cursor.accept("RETAIN"):
        cursor.expect("CURRENT", "PASSWORD")
        return old, True
    return old, False


def _altered(cursor: Cursor, who: Account) -> Subject:
    grammar = cursor.grammar
    if grammar.retain_password and cursor.accept("DISCARD"):
        cursor.expect("OLD", "PASSWORD")
        return Subject(who, discard=True)
    if grammar.factors and cursor.word in _FACTOR_VERBS:
        return _factors(cursor, who)
    found = identified(cursor)
    if not found or found[0].secret is None:
        return Subject(who, found)
    form = found[0].secret.form
    by = form == "plain" or (form == "random" and found[0].plugin is None)
    replace, retain = replace_and_retain(cursor, replace=by)
    return Subject(who, found, replace, retain)


def _factors(cursor: Cursor, who: Account) -> Subject:
    """Read ADD, MODIFY or DROP n FACTOR, at most twice with the same verb."""
    verb = cursor.word
    steps: list[Factor] = []
    found: list[Authentication] = []
    while len(steps) < _MOST_FACTOR_STEPS and cursor.word == verb:
        cursor.advance()
        number = _factor_number(cursor)
        if verb == "DROP":
            steps.append(Factor("drop", number))
            continue
        steps.append(Factor("add" if verb == "ADD" else "modify", number))
        proof = identified(cursor)
        if not proof:
            cursor.reject("IDENTIFIED")
        found.append(proof[0]._replace(joined="and"))
    return Subject(who, tuple(found), factors=tuple(steps))


def _factor_number(cursor: Cursor) -> int:
    if cursor.kind != INTEGER:
        cursor.reject("2 or 3")
    reject_long(cursor)
    number = int(cursor.text[cursor.start : cursor.end][-9:])
    cursor.advance()
    cursor.expect("FACTOR")
    return number


def _registration(cursor: Cursor) -> Factor:
    number = _factor_number(cursor)
    if cursor.accept("INITIATE"):
        cursor.expect("REGISTRATION")
        return Factor("initiate", number)
    if cursor.accept("UNREGISTER"):
        return Factor("unregister", number)
    cursor.expect("FINISH", "REGISTRATION", "SET", "CHALLENGE_RESPONSE", "AS")
    string_value(cursor, "a text in quotes")
    return Factor("finish", number)


def drop_user(cursor: Cursor, start: int) -> DropUser:
    """Read DROP USER from behind USER."""
    when = if_exists(cursor)
    return DropUser(start, 0, cursor.separated(account), when)._replace(end=cursor.last_end)


def rename_user(cursor: Cursor, start: int) -> RenameUser:
    """Read RENAME USER from behind USER."""
    pairs: list[tuple[Account, Account]] = []
    while True:
        old = account(cursor)
        cursor.expect("TO")
        pairs.append((old, account(cursor)))
        if not cursor.accept(","):
            return RenameUser(start, cursor.last_end, tuple(pairs))
