"""CREATE and DROP ROLE, who has which role, and which are active at login."""

from collections.abc import Iterable

from grantlint.access.state.book.book import MadeRole, Member
from grantlint.access.state.book.names import Key
from grantlint.access.state.progress import Progress
from grantlint.model.location import Flag, Located, Span
from grantlint.model.step import AccountName, CreateRole, GrantRoles, RevokeRoles, SetDefaultRole


def create_role(act: CreateRole, progress: Progress) -> None:
    """Make roles that are not there yet."""
    book, under = progress.book, progress.step.under
    for role in act.roles:
        key = book.key(role)
        if act.or_replace:
            progress.forget(key)
        if not act.if_not_exists or key not in book.roles:
            book.roles[key] = MadeRole(role, under)
            book.gone.discard(key)
        if act.admin is not None:
            join(role, act.admin, progress, admin=_true(act.admin.span))


def grant_roles(act: GrantRoles, to: Iterable[AccountName], progress: Progress) -> None:
    """Give roles to accounts or roles."""
    for name in to:
        for role in act.roles:
            join(role, name, progress, admin=act.admin)


def join(
    role: AccountName, name: AccountName, progress: Progress, *, admin: Flag | None = None, by_default: bool = False
) -> None:
    """Give an account a role, once."""
    book = progress.book
    members = book.members.setdefault(book.key(name), [])
    key = book.key(role)
    default = _true(role.span) if by_default else None
    for number, member in enumerate(members):
        if book.key(member.role) == key:
            members[number] = member._replace(admin=member.admin or admin, default=default or member.default)
            return
    members.append(Member(role, name, admin, default, progress.step.under))


def revoke_roles(act: RevokeRoles, progress: Progress) -> None:
    """Take roles, or the right to hand them on, from accounts."""
    book = progress.book
    roles = {book.key(role) for role in act.roles}
    for name in act.accounts:
        members = book.members.get(book.key(name), [])
        named = [member for member in members if book.key(member.role) in roles]
        reached = progress.reached(named) or ()
        _leave(members, [member for member, here in zip(named, reached, strict=False) if here], act)


def _leave(members: list[Member], leaving: list[Member], act: RevokeRoles) -> None:
    for member in leaving:
        if act.admin_only:
            members[members.index(member)] = member._replace(admin=None)
        else:
            members.remove(member)


def set_default_role(act: SetDefaultRole, progress: Progress) -> None:
    """Mark the chosen roles of accounts as active at login, of those that they have, and no other."""
    book, choice = progress.book, act.choice
    chosen: set[Key] = {book.key(role) for role in choice.roles}
    default = _true(progress.step.span)
    for name in act.accounts:
        members = book.members.get(book.key(name), [])
        for number, member in enumerate(members):
            is_chosen = choice.mode == "ALL" or book.key(member.role) in chosen
            members[number] = member._replace(default=default if is_chosen else None)


def _true(span: Span) -> Located[bool]:
    return Located(True, *span)  # noqa: FBT003 - the value that is located
