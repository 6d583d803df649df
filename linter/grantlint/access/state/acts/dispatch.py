"""Which module takes a step. Those of what few scripts do are imported when one does it."""

from grantlint.access.state.acts import grants, revokes, roles, users
from grantlint.access.state.progress import Progress
from grantlint.model.step.acts import (
    AlterUser,
    Broken,
    CreateRole,
    CreateUser,
    Deny,
    DropRole,
    DropUser,
    FlushPrivileges,
    GrantPrivileges,
    GrantRoles,
    RenameUser,
    Revoke,
    RevokeAll,
    RevokeDeny,
    RevokeRoles,
    SetDefaultRole,
    SetRole,
    Unclear,
    WriteTable,
)


def take(progress: Progress) -> None:  # noqa: C901, PLR0912 - one line for each kind of act
    """Take the step at hand."""
    match progress.step.act:
        case CreateUser() as act:
            users.create(act, progress)
        case AlterUser() as act:
            users.alter(act, progress)
        case DropUser() | DropRole() as act:
            users.drop(act, progress)
        case RenameUser() as act:
            users.rename(act, progress)
        case CreateRole() as act:
            roles.create_role(act, progress)
        case GrantPrivileges() as act:
            grants.grant(act, progress)
        case GrantRoles() as act:
            if not roles.absent_roles(act, progress):
                roles.grant_roles(act, grants.grantees(act, progress), progress)
        case Revoke() as act:
            revokes.revoke(act, progress)
        case RevokeRoles() as act:
            roles.revoke_roles(act, progress)
        case FlushPrivileges() | Broken():
            pass
        case Unclear(what=what, why=why):
            progress.cannot_tell(why, what, may_make=what == "statement")
        case RevokeAll() | Deny() | RevokeDeny() | SetDefaultRole() | SetRole() | WriteTable() as act:
            _take_rare(act, progress)


def _take_rare(act: RevokeAll | Deny | RevokeDeny | SetDefaultRole | SetRole | WriteTable, progress: Progress) -> None:
    from grantlint.access.state.acts import active_roles, denials, tables  # noqa: PLC0415 - few scripts do these
    from grantlint.access.state.acts.revoke_all import revoke_all  # noqa: PLC0415 - as above

    match act:
        case RevokeAll():
            revoke_all(act, progress)
        case Deny():
            denials.deny(act, progress)
        case RevokeDeny():
            denials.revoke_deny(act, progress)
        case SetDefaultRole():
            active_roles.set_default_role(act, progress)
        case SetRole():
            active_roles.set_role(act, progress)
        case WriteTable():
            tables.write_table(act, progress)
