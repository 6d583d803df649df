"""GRANT of privileges and PROXY."""

from collections.abc import Iterable

from grantlint.access.state.acts.looks import shows_all_of
from grantlint.access.state.acts.roles import refuse_loops
from grantlint.access.state.acts.taking import without
from grantlint.access.state.acts.users import change
from grantlint.access.state.book.entries import Held
from grantlint.access.state.book.names import Key, is_proxy, target_of
from grantlint.access.state.book.parted import is_global
from grantlint.access.state.outcome import Refused, Why
from grantlint.access.state.progress import Progress
from grantlint.model.grant import Grant, GrantedPrivilege
from grantlint.model.location import Located
from grantlint.model.privilege import USAGE, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.model.step.acts import AccountName, GrantPrivileges, GrantRoles

_ON_DATABASE, _UNKNOWN = 1221, 3523
_TIED = (
    "it writes a row where one is deleted, and with which of the two the server goes on until FLUSH PRIVILEGES is not "
    "settled"
)
_UNREAD_HELP = "The row is in the table, and the server has not read it: write FLUSH PRIVILEGES before the GRANT."
_NO_ACCOUNT = {
    1133: "Can't find any matching row in the user table",
    1410: "You are not allowed to create a user with GRANT",
}


def grant(act: GrantPrivileges, progress: Progress) -> None:
    """Give privileges to accounts."""
    book = progress.book
    for name in grantees(act, progress):
        if act.unless_held and shows_all_of(name, act.grant, progress):
            continue
        held = Held(name, act.grant, progress.step.under)
        if progress.is_now and _is_out_of_sight(held, progress):
            continue
        _lift(held, progress)
        key = book.grantee_key(name)
        grants = book.grants.setdefault(key, [])
        if book.spellings.differ(key, act.grant):
            _respell(grants, act.grant)
            book.spellings.settle(key, act.grant)
        else:
            book.spellings.note(key, act.grant)
        if is_proxy(act.grant):
            _give_proxy(held, grants, progress)
        else:
            grants.append(held)


def _give_proxy(held: Held, grants: list[Held], progress: Progress) -> None:
    """Give PROXY, in place of what the account had of the same other.

    MySQL before 8.0 and MariaDB change it in their memory alone. With the grant option comes that on everything, unless
    a dump only says what the server holds. Facts: I36.
    """
    target = target_of(held.grant)
    before = [one for one in grants if target_of(one.grant) == target]
    if not before or progress.is_now or progress.rules.target.traits.atomic_statements:
        gone = set(map(id, before))
        grants[:] = [*(one for one in grants if id(one) not in gone), held]
    if held.grant.option is not None and progress.is_run:
        grants.append(held._replace(grant=_of_everything(held.grant)))


def _of_everything(grant: Grant) -> Grant:
    """Return a grant option as one on everything."""
    usage, target = Located(Privilege(USAGE), *grant.span), Located(Scope(Level.GLOBAL), *grant.span)
    return grant._replace(privileges=(usage,), target=target)


def _write_row(name: AccountName, key: Key, progress: Progress) -> None:
    """Write a row where a deleted one is still in memory.

    MySQL before 8.0 has both then, and mostly goes on with the old one (asked of 5.6.24).
    """
    progress.book.rows.leave(key)
    if not progress.is_now:
        progress.book.add_by_grant(name, progress.step.under)
    else:
        progress.book.rows.behind.add(key)
        progress.cannot_tell(_TIED)


def _is_out_of_sight(held: Held, progress: Progress) -> bool:
    """Return whether a grant is in a row not yet read.

    The server does not look at it before it reads the table again.
    """
    rows, key = progress.book.rows, progress.book.grantee_key(held.name)
    return is_global(held.grant) and (key in rows.behind or progress.is_unread(key))


def _respell(grants: list[Held], given: Grant) -> None:
    """Forget grants on columns that are now spelled otherwise.

    They have other capitals: a server keeps the last spelling alone.
    """
    named = {column for leaf in given.privileges if isinstance(leaf, Located) for column in leaf.value.columns}
    lowered = {column.lower() for column in named}
    if not lowered:
        return
    otherwise = [number for number, held in enumerate(grants) if _is_spelt_otherwise(held.grant, named, lowered)]
    for number in otherwise:
        held = grants[number]
        if held.grant.target != given.target and target_of(held.grant) != target_of(given):
            continue
        kept = tuple([one for leaf in held.grant.privileges if (one := _spelt(leaf, named, lowered)) is not None])
        grants[number] = held._replace(grant=held.grant._replace(privileges=kept))
    if otherwise:
        grants[:] = [held for held in grants if held.grant.privileges]


def _is_spelt_otherwise(grant: Grant, named: set[str], lowered: set[str]) -> bool:
    return any(
        column not in named and column.lower() in lowered
        for leaf in grant.privileges
        if isinstance(leaf, Located)
        for column in leaf.value.columns
    )


def _spelt(leaf: GrantedPrivilege, named: set[str], lowered: set[str]) -> GrantedPrivilege | None:
    if not isinstance(leaf, Located) or not leaf.value.columns:
        return leaf
    columns = tuple([one for one in leaf.value.columns if one in named or one.lower() not in lowered])
    return Located(leaf.value._replace(columns=columns), *leaf.span) if columns else None


def grantees(act: GrantPrivileges | GrantRoles, progress: Progress) -> Iterable[AccountName]:
    """Return the accounts that a GRANT reaches.

    What the statement says of them is applied before. Absent ones that it may not make are left out.
    """
    book = progress.book
    absent = _refused(act, progress)
    if not absent and not act.says and (progress.rules.grant_to_nobody or not progress.rules.strict):
        return act.to
    reached = progress.done(act.to, absent)
    if isinstance(act, GrantRoles) and absent and not progress.rules.target.traits.atomic_statements:
        reached = [name for name in act.to if name not in absent]
    _say(act, {book.grantee_key(name) for name in reached}, progress)
    if progress.rules.strict and not progress.rules.grant_to_nobody:
        for name in reached:
            key = book.grantee_key(name)
            if progress.is_deleted(key) and isinstance(act, GrantPrivileges):
                _write_row(name, key, progress)
            elif progress.is_absent(key) and not progress.is_unread(key):
                book.add_by_grant(name, progress.step.under)
    return reached


def refuses_earlier(act: GrantPrivileges, refusal: Refused, progress: Progress) -> bool:
    """Return whether a GRANT fails for its accounts before its privileges.

    On a database the first account comes before: MariaDB has then made it, MySQL before 8.0 the others, too.
    """
    if refusal.errno != _ON_DATABASE:
        return False
    traits = progress.rules.target.traits
    first = act._replace(to=act.to[:1], says=act.says[:1])
    if traits.atomic_statements:
        return bool(_refused(first, progress))
    return not grantees(act if traits.product == "mysql" else first, progress)


def _refused(act: GrantPrivileges | GrantRoles, progress: Progress) -> list[AccountName]:
    """Return the absent accounts that a GRANT may not make.

    They are noted.
    """
    book, errno = progress.book, progress.rules.grant_to_nobody
    if not progress.rules.strict:
        return []
    if not errno:
        return _unread(act, progress) or _missed(act, progress)
    absent = [name for name in act.to if _stays_absent(name, act, progress)]
    if absent:
        why: Why = "other host" if any(book.namesakes(book.key(absent[0]))) else "absent"
        message = _NO_ACCOUNT.get(errno, "")
        if isinstance(act, GrantRoles) and progress.rules.target.product == "mysql":
            if refuse_loops(act, act.to[: act.to.index(absent[0])], progress):
                return absent
            errno, message = _UNKNOWN, f"Unknown authorization ID {absent[0]}"
        remedy = _UNREAD_HELP if progress.is_unread(book.key(absent[0])) else ""
        progress.refuse(errno, message, why, absent[0], remedy)
        book.named.update((book.key(name), name) for name in absent)
    return absent or _missed(act, progress)


def _unread(act: GrantPrivileges | GrantRoles, progress: Progress) -> list[AccountName]:
    """Return the accounts of a GRANT that only the table has, and no wider one stands in for.

    They are noted; the GRANT is one below the global level (asked of 5.6.24).
    """
    scope = act.grant.scope if isinstance(act, GrantPrivileges) else None
    if scope is None or scope.level in (Level.GLOBAL, Level.PROXY):
        return []
    unread = [name for name in act.to if _is_unread(progress.book.grantee_key(name), progress)]
    if unread:
        progress.refuse(1133, _NO_ACCOUNT[1133], "absent", unread[0], _UNREAD_HELP)
    return unread


def _is_unread(key: Key, progress: Progress) -> bool:
    if not progress.is_unread(key):
        return False
    return not any(not progress.is_unread(one) for one in progress.takers(key, progress.book.namesakes(key)))


def _missed(act: GrantPrivileges | GrantRoles, progress: Progress) -> list[AccountName]:
    """Return the existing accounts that a GRANT does not find.

    They are noted; a backslash in the host is the cause.
    """
    scope = act.grant.scope if isinstance(act, GrantPrivileges) else None
    if scope is None or scope.level is Level.ROUTINE:
        return []
    missed = [name for name in act.to if progress.misses(name, below=scope.level is not Level.GLOBAL)]
    if missed:
        progress.refuse_missed(missed[0])
    return missed


def _stays_absent(name: AccountName, act: GrantPrivileges | GrantRoles, progress: Progress) -> bool:
    """Return whether an account is surely absent and stays so.

    The GRANT does not make it with a password.
    """
    book = progress.book
    key = book.grantee_key(name)
    if progress.is_unread(key):
        return True
    if progress.is_deleted(key):
        return isinstance(act, GrantPrivileges) and not _is_granted_apart(act, progress)
    if key in book.accounts or not progress.is_absent(key):
        return False
    proved = (said for said in act.says if said.authentication is not None)
    return all(book.names.account(said.user, said.host) != key for said in proved)


def _is_granted_apart(act: GrantPrivileges, progress: Progress) -> bool:
    """Return whether a grant at this level needs no account row.

    The server does not look at it then (asked of 9.7.4).
    """
    scope = act.grant.scope
    is_below = scope is not None and scope.level in (Level.TABLE, Level.ROUTINE)
    return is_below and progress.rules.target.traits.atomic_statements


def _say(act: GrantPrivileges | GrantRoles, reached: set[Key], progress: Progress) -> None:
    for said in act.says:
        key = progress.book.names.account(said.user, said.host)
        if key in reached:
            change(said, key, progress)


def _lift(given: Held, progress: Progress) -> None:
    """Forget what was revoked and is now granted again.

    That is by a grant on everything, or on the same database. Source: MySQL sql/auth/partial_revokes.cc.
    """
    taken = progress.book.revoked.get(progress.book.grantee_key(given.name))
    scope = given.grant.scope
    if not taken or scope is None or scope.level not in (Level.GLOBAL, Level.DATABASE):
        return
    left: list[Held] = []
    for one in taken:
        kept: Grant | None = one.grant
        if scope.level is Level.GLOBAL or target_of(one.grant) == scope:
            kept = without(one.grant, given.grant, progress.rules.target)
        if kept is not None:
            left.append(one._replace(grant=kept))
    taken[:] = left
