"""REVOKE ALL PRIVILEGES, GRANT OPTION, and what servers say to a REVOKE that finds nothing."""

from collections.abc import Sequence

from grantlint.access.state.acts.roles import roles_of
from grantlint.access.state.acts.taking import take_from
from grantlint.access.state.book.names import Key, is_proxy, target_of
from grantlint.access.state.book.parted import is_global
from grantlint.access.state.progress import Progress
from grantlint.model.account import written
from grantlint.model.grant import Grant
from grantlint.model.scope import Scope
from grantlint.model.step.acts import AccountName, RevokeAll

NO_GRANT = 1141
_NO_TABLE_GRANT, _NOBODY, _NO_ROW = 1147, 1269, 1133
_SHORT = "grants were deleted from their table, and the server, which has not read it, fails to revoke them once more"
_WRITTEN_AGAIN = "it is about an account whose row somebody deleted, and the server may write that once more"
_INHERITED = "MariaDB fails to revoke what the role has by another role alone, 1141 or 1147"
_NOT_ALL = "Can't revoke all privileges for one or more of the requested users"


def revoke_all(act: RevokeAll, progress: Progress) -> None:
    """Take every privilege from accounts.

    PROXY stays, and roles do on MySQL (asked of 9.7.4, 10.11.19 and 11.8.9). MySQL from 8.0 on lets the last account
    decide whether it is refused (seen on 9.7.4).
    """
    book = progress.book
    atomic = progress.rules.target.traits.atomic_statements
    absent = [name for name in act.accounts if is_unknown(name, progress)]
    deleted = [name for name in act.accounts if progress.is_deleted(book.grantee_key(name))]
    if deleted and act.ignores_unknown:
        progress.cannot_tell(_WRITTEN_AGAIN)
        return
    if deleted:
        progress.refuse(NO_GRANT, message(deleted[0], None, NO_GRANT), "absent", deleted[0])
        if atomic:
            return
    elif absent and not act.ignores_unknown and (not atomic or act.accounts[-1] in absent):
        progress.refuse(_NOBODY, _NOT_ALL, "absent", absent[0])
        if atomic:
            return
    missed = [name for name in act.accounts if name not in absent and progress.misses(name)]
    if missed:
        progress.refuse_missed(missed[0])
        return
    reached = act.accounts
    if deleted and progress.rules.target.product == "mariadb":  # it ends there (asked of 10.11.19)
        reached = act.accounts[: act.accounts.index(deleted[0])]
    left = [book.grantee_key(name) for name in reached if name not in absent and name not in deleted]
    why = _why_open(act, left, progress)
    if why:
        progress.cannot_tell(why)
        return
    for key in left:
        _take_everything(act, key, progress)


def _why_open(act: RevokeAll, left: Sequence[Key], progress: Progress) -> str:
    """Return why nobody can tell what it does; '' where one can."""
    if not progress.rules.target.traits.atomic_statements and not progress.book.rows.short.isdisjoint(left):
        return _SHORT
    if act.on is None and progress.rules.strict and any(_inherits(key, progress) for key in left):
        return _INHERITED
    return ""


def _inherits(key: Key, progress: Progress) -> bool:
    """Return whether MariaDB's role has grants below the global level by other roles alone.

    The server has them in memory as its own, and fails to find them in its tables (facts: I42).
    """
    book = progress.book
    if progress.rules.target.product != "mariadb" or key not in book.roles:
        return False
    own = {target_of(held.grant) for held in book.grants.get(key, ())}
    held = (one.grant for role in roles_of(key, book) for one in book.grants.get(role, ()))
    return any(not is_global(grant) and target_of(grant) not in own for grant in held)


def _take_everything(act: RevokeAll, key: Key, progress: Progress) -> None:
    if act.on is not None:
        _take_by_target(key, act.on, progress, others=act.others)
        return
    _take_all(key, progress)
    if progress.rules.target.product == "mariadb":
        _take_roles(key, progress)


def is_unknown(name: AccountName, progress: Progress) -> bool:
    """Return whether the server surely knows no such account.

    One whose row it has not read is none to it.
    """
    key = progress.book.grantee_key(name)
    return progress.rules.strict and (progress.is_absent(key) or progress.is_unread(key))


def _take_all(key: Key, progress: Progress) -> None:
    held = progress.book.grants.get(key, [])
    if take_from(held, [one for one in held if not is_proxy(one.grant)], None, progress):
        progress.book.revoked.pop(key, None)
        progress.book.denied.pop(key, None)


def _take_by_target(key: Key, on: Sequence[Grant], progress: Progress, *, others: bool) -> None:
    held = progress.book.grants.get(key, [])
    targets = {*map(target_of, on)}
    named = [one for one in held if (target_of(one.grant) in targets) is not others]
    take_from(held, [one for one in named if not is_proxy(one.grant)], None, progress)


def _take_roles(key: Key, progress: Progress) -> None:
    members = progress.book.members.get(key, [])
    known = [member for member in members if progress.book.is_awake(member, key)]
    reached = progress.reached(known)
    if reached is not None:
        taken = {id(member) for member, here in zip(known, reached, strict=True) if here}
        members[:] = [member for member in members if id(member) not in taken]


def message(name: AccountName, scope: Scope | None, errno: int) -> str:
    """Return the words of an error of REVOKE."""
    if errno == _NO_ROW:
        return "Can't find any matching row in the user table"
    said = f"There is no such grant defined for user {written(name.user)} on host {written(name.host)}"
    if scope is None or errno == NO_GRANT:
        return said
    return f"{said} on {'table' if errno == _NO_TABLE_GRANT else 'routine'} {scope.name!r}"
