"""CREATE and DROP ROLE, SET ROLE, SET DEFAULT ROLE.

Source: rules create, drop, set_role_stmt, set_default_role (MySQL) and grant_role, option_value (MariaDB).
"""

from grantlint.reader.sql.syntax.clauses.account import account, account_or_role, role, role_choice
from grantlint.reader.sql.syntax.records.parts import Account, RoleChoice
from grantlint.reader.sql.syntax.records.statements import CreateRole, DropRole, SetDefaultRole, SetRole
from grantlint.reader.sql.syntax.statements.users import if_exists, if_not_exists
from grantlint.reader.sql.syntax.tokens.cursor import Cursor


def create_role(cursor: Cursor, start: int, *, or_replace: bool) -> CreateRole:
    """Read CREATE ROLE from behind ROLE."""
    unless = if_not_exists(cursor)
    found = cursor.separated(role)
    admin = None
    if cursor.grammar.role_admin and cursor.accept("WITH"):
        cursor.expect("ADMIN")
        admin = account_or_role(cursor)
    return CreateRole(start, cursor.last_end, found, admin, unless, or_replace)


def drop_role(cursor: Cursor, start: int) -> DropRole:
    """Read DROP ROLE from behind ROLE."""
    when = if_exists(cursor)
    found = cursor.separated(role)
    return DropRole(start, cursor.last_end, found, when)


def set_role(cursor: Cursor, start: int) -> SetRole:
    """Read SET ROLE from behind ROLE."""
    if cursor.grammar.mariadb and cursor.word == "CURRENT_ROLE":
        cursor.reject("a role")
    choice = _one_role(cursor) if cursor.grammar.mariadb else role_choice(cursor, default=True)
    return SetRole(start, cursor.last_end, choice)


def _one_role(cursor: Cursor) -> RoleChoice:
    """Read what MariaDB takes: one role, or NONE however it is quoted."""
    found = role(cursor)
    if found.user.text.upper() == "NONE":
        return RoleChoice("NONE")
    return RoleChoice("", (found,))


def set_default_role(cursor: Cursor, start: int) -> SetDefaultRole:
    """Read SET DEFAULT ROLE from behind ROLE."""
    whose: tuple[Account, ...] = ()
    if cursor.grammar.mariadb:
        choice = _one_role(cursor)
        if cursor.accept("FOR"):
            whose = (account(cursor),)
    else:
        choice = role_choice(cursor, default=False, every=False)
        cursor.expect("TO")
        whose = cursor.separated(role)
    return SetDefaultRole(start, cursor.last_end, choice, whose)
