"""The privileges of GRANT and REVOKE and what they are on.

Source: rules role_or_privilege, object_privilege, grant_ident, opt_acl_type of the servers' sql_yacc.yy; each
privilege at each level was asked of four servers (tests/oracle/grammar.jsonl.gz, kind priv).
"""

from grantlint.reader.sql.syntax.clauses.account import identifier, role
from grantlint.reader.sql.syntax.records.parts import Account, Name, ObjectType, Privilege, Target
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.token import NAME, QUOTED_NAME, STRING, TEMPLATE, WORD

_WITH_COLUMNS = frozenset({"SELECT", "INSERT", "UPDATE", "REFERENCES"})


def static_privilege(cursor: Cursor) -> Privilege | None:
    """Read a keyword privilege and its columns. None stands here: None, and nothing is passed over."""
    start = cursor.start
    tree, best, ahead = cursor.grammar.privileges, None, 0
    length = 0
    while True:
        word = cursor.peek(ahead).word if cursor.peek(ahead).kind == WORD else ""
        below = tree.next.get(word)
        if below is None:
            break
        tree, ahead = below, ahead + 1
        if tree.privilege is not None:
            best, length = tree.privilege, ahead
    if best is None:
        return None
    for _ in range(length):
        cursor.advance()
    columns = column_list(cursor) if best in _WITH_COLUMNS else ()
    return Privilege(best, start, cursor.last_end, columns)


def column_list(cursor: Cursor) -> tuple[Name, ...]:
    """Read (column, ...), if it stands here."""
    if not cursor.accept("("):
        return ()
    found = cursor.separated(lambda here: identifier(here, "a column"))
    cursor.expect(")")
    return found


def all_privileges(cursor: Cursor) -> Privilege | None:
    """Read ALL [PRIVILEGES], if it stands here."""
    start = cursor.start
    if not cursor.accept("ALL"):
        return None
    cursor.accept("PRIVILEGES")
    return Privilege("ALL", start, cursor.last_end)


class Granted:
    """What GRANT or REVOKE lists: privileges, roles, or names of either."""

    __slots__ = ("privileges", "roles")

    def __init__(self) -> None:
        self.privileges: list[Privilege] | None = []  # None: cannot be privileges, for a role has a host
        self.roles: list[Account] | None = []  # None: cannot be roles, for a privilege is a keyword


def granted(cursor: Cursor) -> Granted:
    """Read a list of privileges or roles. The word behind the list says which they are."""
    found = Granted()
    if not cursor.grammar.dynamic_privileges:
        if cursor.grammar.roles and _lone_role(cursor):
            found.privileges = None
            found.roles = [role(cursor)]
            return found
        found.roles = None
    while True:
        _one(cursor, found)
        if not cursor.accept(","):
            return found


def _lone_role(cursor: Cursor) -> bool:
    """Whether one name stands here with TO or FROM behind it, as MariaDB grants roles."""
    ahead = 1
    if cursor.word == "CURRENT_ROLE" and cursor.peek().word == "(":
        ahead = 3
    return cursor.peek(ahead).word in {"TO", "FROM"} and (
        cursor.kind in (NAME, QUOTED_NAME, STRING, TEMPLATE)
        or (cursor.kind == WORD and (cursor.word == "CURRENT_ROLE" or cursor.word not in cursor.grammar.reserved))
    )


def _one(cursor: Cursor, found: Granted) -> None:
    known = static_privilege(cursor)
    if known is not None:
        found.roles = None
        if found.privileges is None:
            cursor.reject("a role")
        found.privileges.append(known)
        return
    start = cursor.start
    if cursor.kind == TEMPLATE or _is_variable(cursor):  # any privileges, or roles
        name = role(cursor)
    elif cursor.grammar.dynamic_privileges and not _function(cursor):
        name = role(cursor, "a privilege or role")
    else:
        cursor.reject("a privilege")
    _add_name(cursor, found, name, start)


def _is_variable(cursor: Cursor) -> bool:
    """Whether a shell's variable stands here, which no product has as the name of a privilege."""
    return cursor.templates and cursor.kind in (NAME, WORD) and cursor.text.startswith("$", cursor.start)


def _function(cursor: Cursor) -> bool:
    following = cursor.peek()
    return cursor.word in cursor.grammar.functions and following.word == "(" and following.start == cursor.end


def _add_name(cursor: Cursor, found: Granted, name: Account, start: int) -> None:
    """Add a name that may be a role or a dynamic privilege, with what follows it."""
    columns = column_list(cursor) if name.host is None else ()
    if name.host is not None:
        found.privileges = None
    if columns:
        found.roles = None
    if found.roles is not None:
        found.roles.append(name)
    elif found.privileges is None:
        cursor.reject("a role")
    if found.privileges is None:
        return
    found.privileges.append(
        Privilege(
            name.user.text.upper(), start, name.end, dynamic=True, unresolved=name.user.unresolved, columns=columns
        )
    )


def target(cursor: Cursor, privileges: tuple[Privilege, ...]) -> Target:
    """Read the target after ON."""
    start = cursor.start
    kind = _object_type(cursor)
    found = _level(cursor, start, kind)
    if kind not in {"", "TABLE"} and any(one.columns and not one.dynamic for one in privileges):
        cursor.reject("a table")
    return found


def _object_type(cursor: Cursor) -> ObjectType:
    """Read TABLE, PROCEDURE and their like. They are no names here even where no server reserves them."""
    grammar = cursor.grammar
    if grammar.package and cursor.accept("PACKAGE"):
        return "PACKAGE BODY" if cursor.accept("BODY") else "PACKAGE"
    types: tuple[ObjectType, ...] = ("TABLE", "FUNCTION", "PROCEDURE", "LIBRARY")
    for kind in types[: None if grammar.library else -1]:
        if cursor.accept(kind):
            return kind
    return ""


def _level(cursor: Cursor, start: int, kind: ObjectType) -> Target:
    if cursor.accept("*"):
        if cursor.accept("."):
            cursor.expect("*")
            return Target(kind, None, None, "*.*", start, cursor.last_end)
        return Target(kind, None, None, "*", start, cursor.last_end)
    if cursor.word == "." and cursor.grammar.leading_dot:
        cursor.advance()
        table = identifier(cursor, "a table")
        return Target(kind, None, table, "", start, cursor.last_end)
    first = identifier(cursor, "*.*, a database or a table")
    if not cursor.accept("."):
        return Target(kind, None, first, "", start, cursor.last_end)
    if cursor.accept("*"):
        return Target(kind, first, None, "db.*", start, cursor.last_end)
    second = identifier(cursor, "* or a table")
    return Target(kind, first, second, "", start, cursor.last_end)
