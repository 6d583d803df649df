"""What follows the accounts of CREATE USER, ALTER USER and older GRANTs: REQUIRE, WITH limits, ACCOUNT, PASSWORD.

Source: rules require_clause, grant_options, opt_account_lock_password_expire_options of the servers' sql_yacc.yy.
"""

from collections.abc import Callable

from grantlint.reader.sql.syntax.clauses.account import unquoted
from grantlint.reader.sql.syntax.records.parts import Name, Option, Place
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.token import HEX, HEX_STRING, INTEGER, NUMBER, TEMPLATE

_HOURLY = frozenset({"MAX_QUERIES_PER_HOUR", "MAX_UPDATES_PER_HOUR", "MAX_CONNECTIONS_PER_HOUR"})
_NUM = 0x7FFFFFFF  # a longer number is another token, and here the grammar wants this one
_CERTIFICATE = ("SUBJECT", "ISSUER", "CIPHER")


def string_value(cursor: Cursor, wanted: str) -> Name:
    """Read a quoted text that is no secret."""
    token = cursor.expect_string(wanted)
    if token.kind == TEMPLATE:
        return Name(cursor.text[token.start : token.end], token.start, token.end, unresolved=True)
    return Name(unquoted(cursor, token.start, token.end), token.start, token.end)


def _number(cursor: Cursor, kinds: tuple[int, ...], wanted: str = "a number") -> Name:
    start, end = cursor.start, cursor.end
    if cursor.kind != TEMPLATE and cursor.kind not in kinds:
        cursor.reject(wanted)
    unresolved = cursor.kind == TEMPLATE
    cursor.advance()
    return Name(cursor.text[start:end], start, end, unresolved)


def count(cursor: Cursor) -> Name:
    """Read a whole number. MySQL 8 takes 0x1F and x'1F' for one as well."""
    if cursor.grammar.short_counts:
        reject_long(cursor)
    return _number(cursor, (INTEGER, HEX, HEX_STRING) if cursor.grammar.hex_literals else (INTEGER,))


def reject_long(cursor: Cursor) -> None:
    """Reject a number of more than 31 bits. The token NUM of the servers' grammar holds no more."""
    if cursor.kind == INTEGER and int(cursor.text[cursor.start : cursor.end].lstrip("0")[:20] or "0") > _NUM:
        cursor.reject("a number of 31 bits")


def require(cursor: Cursor) -> tuple[Option, ...]:
    """Read a REQUIRE clause, if one stands here."""
    start = cursor.start
    if not cursor.accept("REQUIRE"):
        return ()
    for word in ("NONE", "SSL", "X509"):
        if cursor.accept(word):
            return (Option(f"REQUIRE {word}", None, start, cursor.last_end),)
    found: list[Option] = []
    while True:
        word, start = cursor.word, cursor.start
        if word not in _CERTIFICATE:
            cursor.reject("NONE, SSL, X509, CIPHER, ISSUER or SUBJECT")
        cursor.advance()
        value = string_value(cursor, "a text in quotes")
        found.append(Option(f"REQUIRE {word}", value, start, value.end))
        if not cursor.accept("AND") and cursor.word not in _CERTIFICATE:
            return tuple(found)


def limit(cursor: Cursor) -> Option | None:
    """Read one resource limit, if one stands here."""
    word, start, grammar = cursor.word, cursor.start, cursor.grammar
    loose = (INTEGER, NUMBER, HEX, HEX_STRING) if grammar.hex_string_limits else (INTEGER, NUMBER, HEX)
    if word in _HOURLY:
        cursor.advance()
        signed = grammar.signed_limits and cursor.accept("+")
        value = _number(cursor, (INTEGER, NUMBER) if signed else loose)
    elif word == "MAX_USER_CONNECTIONS":
        cursor.advance()
        value = _signed(cursor) if grammar.signed_limits else _number(cursor, loose)
    elif word == "MAX_STATEMENT_TIME" and grammar.statement_time:
        cursor.advance()
        value = _number(cursor, (INTEGER, NUMBER))
    else:
        return None
    return Option(word, value, start, value.end)


def _signed(cursor: Cursor) -> Name:
    start = cursor.start
    sign = cursor.word if cursor.word in {"-", "+"} else ""
    if sign:
        cursor.advance()
    reject_long(cursor)
    value = _number(cursor, (INTEGER,))
    return Name(("-" if sign == "-" else "") + value.text, start, value.end, value.unresolved)


def limits(cursor: Cursor) -> tuple[Option, ...]:
    """Read WITH and at least one limit, if WITH stands here."""
    if not cursor.accept("WITH"):
        return ()
    found: list[Option] = []
    one = limit(cursor)
    if one is None:
        cursor.reject("a resource limit")
    while one is not None:
        found.append(one)
        one = limit(cursor)
    return tuple(found)


def lock_and_expiry(cursor: Cursor) -> tuple[Option, ...]:
    """Read the ACCOUNT, PASSWORD, COMMENT and ATTRIBUTE clauses. And FAILED_LOGIN_ATTEMPTS, PASSWORD_LOCK_TIME."""
    found: list[Option] = []
    seen: set[str] = set()
    while cursor.word in {"ACCOUNT", "PASSWORD", "FAILED_LOGIN_ATTEMPTS", "PASSWORD_LOCK_TIME"}:
        word = cursor.word
        if word in seen and not cursor.grammar.options_repeat:
            break
        seen.add(word)
        one = _account_option(cursor)
        if one is None:
            break
        found.append(one)
    start, word = cursor.start, cursor.word
    if word in {"COMMENT", "ATTRIBUTE"} and cursor.grammar.comment:
        cursor.advance()
        value = string_value(cursor, "a text in quotes")
        found.append(Option(word, value, start, value.end))
    return tuple(found)


def _account_option(cursor: Cursor) -> Option | None:
    start, grammar = cursor.start, cursor.grammar
    value: Name | None = None
    if grammar.account_lock and cursor.accept("ACCOUNT"):
        title = f"ACCOUNT {cursor.word}"
        if not (cursor.accept("LOCK") or cursor.accept("UNLOCK")):
            cursor.reject("LOCK or UNLOCK")
    elif grammar.failed_logins and cursor.accept("FAILED_LOGIN_ATTEMPTS"):
        title, value = "FAILED_LOGIN_ATTEMPTS", count(cursor)
    elif grammar.failed_logins and cursor.accept("PASSWORD_LOCK_TIME"):
        title = "PASSWORD_LOCK_TIME"
        if cursor.accept("UNBOUNDED"):
            title = "PASSWORD_LOCK_TIME UNBOUNDED"
        else:
            value = count(cursor)
    elif grammar.password_expire and cursor.accept("PASSWORD"):
        title, value = _password_option(cursor)
    else:
        return None
    return Option(title, value, start, cursor.last_end)


def _password_option(cursor: Cursor) -> tuple[str, Name | None]:
    """Read what follows PASSWORD."""
    grammar = cursor.grammar
    if cursor.accept("EXPIRE"):
        if cursor.accept("INTERVAL"):
            return "PASSWORD EXPIRE INTERVAL", _days(cursor)
        return _with_word(cursor, "PASSWORD EXPIRE", "NEVER", "DEFAULT")
    if grammar.password_history and cursor.accept("HISTORY"):
        return _or_default(cursor, "PASSWORD HISTORY", count)
    if grammar.password_history and cursor.accept("REUSE"):
        cursor.expect("INTERVAL")
        return _or_default(cursor, "PASSWORD REUSE INTERVAL", _days)
    if grammar.require_current and cursor.accept("REQUIRE"):
        cursor.expect("CURRENT")
        return _with_word(cursor, "PASSWORD REQUIRE CURRENT", "DEFAULT", "OPTIONAL")
    return cursor.reject("EXPIRE")


def _with_word(cursor: Cursor, title: str, *choices: str) -> tuple[str, None]:
    for word in choices:
        if cursor.accept(word):
            return f"{title} {word}", None
    return title, None


def _or_default(cursor: Cursor, title: str, value: Callable[[Cursor], Name]) -> tuple[str, Name | None]:
    if cursor.accept("DEFAULT"):
        return f"{title} DEFAULT", None
    return title, value(cursor)


def _days(cursor: Cursor) -> Name:
    value = count(cursor)
    cursor.expect("DAY")
    return value


def user_options(cursor: Cursor) -> tuple[Option, ...]:
    """Read the options of CREATE USER and ALTER USER. The servers take them in this one order."""
    if not cursor.grammar.user_options:
        return ()
    return (*require(cursor), *limits(cursor), *lock_and_expiry(cursor))


def grant_options(cursor: Cursor) -> tuple[Place | None, tuple[Option, ...]]:
    """Read GRANT's WITH clause: the place of GRANT OPTION, and limits. Any order; limits where the server has them."""
    if not cursor.accept("WITH"):
        return None, ()
    found: list[Option] = []
    grant_option: Place | None = None
    while True:
        start = cursor.start
        if cursor.accept("GRANT"):
            cursor.expect("OPTION")
            grant_option = (start, cursor.last_end)
        else:
            one = limit(cursor) if cursor.grammar.grant_identified else None
            if one is None:
                if grant_option or found:
                    return grant_option, tuple(found)
                cursor.reject("GRANT OPTION")
            found.append(one)
        if not cursor.grammar.grant_identified:
            return grant_option, ()
