"""What to write in place of a step that a server refuses for what it has, or has not."""

from grantlint.access.product.grammar import grammar_for
from grantlint.access.product.privileges.meaning import levels_of
from grantlint.access.product.target import Target
from grantlint.access.state.outcome import Why
from grantlint.model.account import written as quoted
from grantlint.model.scope import Level
from grantlint.model.step.acts import (
    AccountName,
    Act,
    AlterUser,
    CreateRole,
    DropRole,
    DropUser,
    GrantRoles,
    RenameUser,
    Revoke,
    RevokeAll,
    RevokeDeny,
    RevokeRoles,
    SetDefaultRole,
    SetRole,
    WriteTable,
)

_TARGETS = {
    Level.GLOBAL: "*.*",
    Level.DATABASE: "database.*",
    Level.TABLE: "database.table",
    Level.ROUTINE: "PROCEDURE database.name",
}


def instead(act: Act, why: Why, account: AccountName, target: Target) -> str:
    """Return what to write in place of a step, as sentences.

    '' where nothing but the account's own statement could say it.
    """
    match why:
        case "twice" | "exists":
            return _of_existing(act, account, target)
        case "absent" | "other host":
            return _of_absent(act, account, target)
        case "not held":
            return _of_not_held(act, account, target)
        case "loop":
            return "A role cannot have itself: take one of the grants between them out."
        case _:
            return ""


def _of_existing(act: Act, account: AccountName, target: Target) -> str:
    if isinstance(act, RenameUser):
        return f"{account} is there already: drop it before, or take another name."
    if isinstance(act, WriteTable):
        return "The row is there already: UPDATE it, or write REPLACE."
    what = "ROLE" if isinstance(act, CreateRole) else "USER"
    if not grammar_for(target.product, target.version).if_exists:
        return f"{account} is there already: leave it out, or drop it before."
    rest = "" if isinstance(act, CreateRole) else f", and ALTER USER {account} for what it shall change"
    return f"{account} is there already: leave it out, or write CREATE {what} IF NOT EXISTS{rest}."


def _of_absent(act: Act, account: AccountName, target: Target) -> str:
    if isinstance(act, DropUser | DropRole):
        what = "USER" if isinstance(act, DropUser) else "ROLE"
        if not grammar_for(target.product, target.version).if_exists:
            return f"There is no {account} to drop: leave it out."
        return f"There is no {account} to drop: leave it out, or write DROP {what} IF EXISTS."
    if isinstance(act, RenameUser):
        return f"There is no {account} to rename: leave it out."
    roles = act.choice.roles if isinstance(act, SetDefaultRole) else ()
    if isinstance(act, GrantRoles | RevokeRoles):
        roles = act.roles
    if account in roles:
        return f"Write CREATE ROLE {_role(account, target)} before it."
    if isinstance(act, Revoke | RevokeAll | RevokeDeny | RevokeRoles):
        unknown = f"There is no {account}: leave it out"
        return f"{unknown}, or write IGNORE UNKNOWN USER behind it." if _revokes_if_exists(target) else f"{unknown}."
    made = "with what it logs in by" if isinstance(act, AlterUser) else "and how it logs in"
    return f"Write CREATE USER {account}, {made}, before it."


def _of_not_held(act: Act, account: AccountName, target: Target) -> str:
    if isinstance(act, SetRole):
        return f"Write GRANT {account} TO the account that runs this before it, or leave it out."
    if isinstance(act, SetDefaultRole):
        return f"Write GRANT {_role(act.choice.roles[0], target)} TO {account} before it."
    if isinstance(act, RevokeDeny):
        return f"{account} is denied nothing on exactly that target: leave it out."
    gone = f"{account} has nothing of it that could be taken away: leave it out"
    return f"{gone}, or write REVOKE IF EXISTS." if _revokes_if_exists(target) else f"{gone}."


def _revokes_if_exists(target: Target) -> bool:
    return grammar_for(target.product, target.version).revoke_if_exists


def _role(role: AccountName, target: Target) -> str:
    """Return a role as the product writes it: MariaDB's have no host."""
    return quoted(role.user) if target.product == "mariadb" else str(role)


def of_level(verb: str, privilege: str, level: Level, target: Target, *, columns: bool = False) -> str:
    """Return what to write for a privilege that its level lacks."""
    if columns:
        return f"Columns of {privilege} are named for a table alone: leave them out, or write ON database.table."
    levels = levels_of(privilege, target)
    if not levels:
        return f"{target.server_name} has no privilege {privilege}: leave it out."
    targets = " or ".join([written for one, written in _TARGETS.items() if one in levels])
    return f"Write {verb} {privilege} ON {targets}, or leave it out: a {level.value} has no such privilege."
