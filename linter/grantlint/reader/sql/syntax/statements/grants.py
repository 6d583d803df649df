"""GRANT and REVOKE: privileges, roles, PROXY.

Source: rules grant, grant_command, revoke, revoke_command of the servers' sql_yacc.yy.
"""

from grantlint.reader.sql.syntax.clauses.account import account, account_or_role, role, role_choice
from grantlint.reader.sql.syntax.clauses.options import grant_options, require
from grantlint.reader.sql.syntax.clauses.privileges import Granted, all_privileges, granted, target
from grantlint.reader.sql.syntax.records.grants import (
    Deny,
    Grant,
    GrantProxy,
    GrantRole,
    Revoke,
    RevokeAll,
    RevokeProxy,
    RevokeRole,
)
from grantlint.reader.sql.syntax.records.parts import Account, Place, Privilege, RoleChoice, Subject
from grantlint.reader.sql.syntax.statements.users import subject
from grantlint.reader.sql.syntax.tokens.cursor import Cursor

GrantStatement = Grant | GrantRole | GrantProxy
RevokeStatement = Revoke | RevokeAll | RevokeRole | RevokeProxy | Deny


def grant(cursor: Cursor, start: int) -> GrantStatement:
    """Read GRANT from behind it."""
    if cursor.word == "PROXY" and cursor.peek().word == "ON":
        return _grant_proxy(cursor, start)
    everything = all_privileges(cursor)
    if everything is not None:
        cursor.expect("ON")
        return _grant_on(cursor, start, (everything,))
    found = granted(cursor)
    if found.privileges and cursor.accept("ON"):
        return _grant_on(cursor, start, tuple(found.privileges))
    return _grant_roles(cursor, start, found)


def _grantees(cursor: Cursor) -> tuple[Subject, ...]:
    """Read those who get it; older servers and MariaDB let each set its password here."""
    if cursor.grammar.grant_identified:
        return cursor.separated(subject)
    return tuple(Subject(who) for who in cursor.separated(account))


def _grant_on(cursor: Cursor, start: int, privileges: tuple[Privilege, ...]) -> Grant:
    grammar = cursor.grammar
    level = target(cursor, privileges)
    cursor.expect("TO")
    who = _grantees(cursor)
    required = require(cursor) if grammar.grant_identified else ()
    grant_option, limits = grant_options(cursor)
    grantor: Account | None = None
    grantor_roles: RoleChoice | None = None
    if grammar.grant_as and cursor.accept("AS"):
        grantor = account(cursor)
        if cursor.accept("WITH"):
            cursor.expect("ROLE")
            grantor_roles = role_choice(cursor, default=True)
    options = (*required, *limits)
    return Grant(start, cursor.last_end, privileges, level, who, options, grant_option, grantor, grantor_roles)


def _grant_roles(cursor: Cursor, start: int, found: Granted) -> GrantRole:
    if found.roles is None or not cursor.grammar.roles:
        cursor.reject("ON")
    cursor.expect("TO")
    who = _grantees(cursor)
    admin = _with_option(cursor, "ADMIN")
    return GrantRole(start, cursor.last_end, tuple(found.roles), who, admin)


def _with_option(cursor: Cursor, word: str) -> Place | None:
    """Read WITH GRANT OPTION or WITH ADMIN OPTION, and return where the option stands."""
    if not cursor.accept("WITH"):
        return None
    start = cursor.start
    cursor.expect(word, "OPTION")
    return start, cursor.last_end


def _grant_proxy(cursor: Cursor, start: int) -> GrantProxy:
    cursor.expect("PROXY", "ON")
    proxied = account(cursor)
    cursor.expect("TO")
    who = _grantees(cursor)
    option = _with_option(cursor, "GRANT")
    return GrantProxy(start, cursor.last_end, proxied, who, option)


def deny(cursor: Cursor, start: int) -> Deny:
    """Read what follows MariaDB's DENY."""
    if not cursor.grammar.deny:
        cursor.back_to(0)
        cursor.reject("a statement")
    return _denied(cursor, start, "TO")


def _denied(cursor: Cursor, start: int, preposition: str) -> Deny:
    everything = all_privileges(cursor)
    privileges = (everything,) if everything is not None else tuple(granted(cursor).privileges or ())
    cursor.expect("ON")
    level = target(cursor, privileges)
    cursor.expect(preposition)
    whose = cursor.separated(account_or_role)
    return Deny(start, cursor.last_end, privileges, level, whose, lifted=preposition == "FROM")


def revoke(cursor: Cursor, start: int) -> RevokeStatement:
    """Read what follows REVOKE. With the IF EXISTS and IGNORE UNKNOWN USER of MySQL 8.0.30."""
    if cursor.grammar.deny and cursor.accept("DENY"):
        return _denied(cursor, start, "FROM")
    if_exists = cursor.grammar.revoke_if_exists and cursor.accept("IF")
    if if_exists:
        cursor.expect("EXISTS")
    found: Revoke | RevokeAll | RevokeRole | RevokeProxy = _revoked(cursor, start)
    ignores_unknown = cursor.grammar.revoke_if_exists and cursor.accept("IGNORE")
    if ignores_unknown:
        cursor.expect("UNKNOWN", "USER")
    return found._replace(end=cursor.last_end, if_exists=if_exists, ignores_unknown=ignores_unknown)


def _revoked(cursor: Cursor, start: int) -> Revoke | RevokeAll | RevokeRole | RevokeProxy:
    grammar = cursor.grammar
    if cursor.word == "PROXY" and cursor.peek().word == "ON":
        cursor.expect("PROXY", "ON")
        proxied = account(cursor)
        cursor.expect("FROM")
        whose = cursor.separated(account)
        return RevokeProxy(start, cursor.last_end, proxied, whose)
    if grammar.role_admin and cursor.word == "ADMIN" and cursor.peek().word == "OPTION":
        cursor.expect("ADMIN", "OPTION", "FOR")
        one = role(cursor)
        cursor.expect("FROM")
        whose = cursor.separated(account_or_role)
        return RevokeRole(start, cursor.last_end, (one,), whose, admin_only=True)
    everything = all_privileges(cursor)
    if everything is not None:
        if cursor.accept(","):
            cursor.expect("GRANT", "OPTION", "FROM")
            whose = cursor.separated(account_or_role)
            return RevokeAll(start, cursor.last_end, whose)
        cursor.expect("ON")
        return _revoke_on(cursor, start, (everything,))
    found = granted(cursor)
    if found.privileges and cursor.accept("ON"):
        return _revoke_on(cursor, start, tuple(found.privileges))
    if found.roles is None or not grammar.roles:
        cursor.reject("ON")
    cursor.expect("FROM")
    whose = cursor.separated(account_or_role)
    return RevokeRole(start, cursor.last_end, tuple(found.roles), whose)


def _revoke_on(cursor: Cursor, start: int, privileges: tuple[Privilege, ...]) -> Revoke:
    level = target(cursor, privileges)
    cursor.expect("FROM")
    whose = cursor.separated(account_or_role)
    return Revoke(start, cursor.last_end, privileges, level, whose)
