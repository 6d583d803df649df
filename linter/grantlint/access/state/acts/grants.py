"""GRANT and REVOKE of privileges and PROXY."""

from collections.abc import Iterable

from grantlint.access.state.acts.taking import without
from grantlint.access.state.acts.users import change
from grantlint.access.state.book.book import Held
from grantlint.access.state.book.names import Key, is_proxy, target_of
from grantlint.access.state.outcome import Refused, Why
from grantlint.access.state.progress import Progress
from grantlint.model.grant import Grant
from grantlint.model.scope import Level
from grantlint.model.step import AccountName, GrantPrivileges, GrantRoles, Revoke, RevokeAll

_ON_DATABASE = 1221
_NO_ACCOUNT = {
    1133: "Can't find any matching row in the user table",
    1410: "You are not allowed to create a user with GRANT",
}


def grant(act: GrantPrivileges, progress: Progress) -> None:
    """Give privileges to accounts."""
    to = grantees(act, progress)
    for name in to:
        held = Held(name, act.grant, progress.step.under)
        _lift(held, progress)
        progress.book.grants.setdefault(progress.book.key(name), []).append(held)


def grantees(act: GrantPrivileges | GrantRoles, progress: Progress) -> Iterable[AccountName]:
    """Return the accounts of a GRANT that it reaches, after what it says of them; absent ones it may not make."""
    book = progress.book
    absent = _refused(act, progress)
    if not absent and not act.says and (progress.rules.grant_to_nobody or not progress.rules.strict):
        return act.to
    if not progress.goes_on(absent, act.to):
        return ()
    refused = {book.key(name) for name in absent}
    _say(act, refused, progress)
    reached = [name for name in act.to if book.key(name) not in refused]
    if progress.rules.strict and not progress.rules.grant_to_nobody:
        for name in reached:
            if progress.is_absent(name):
                book.add_by_grant(name, progress.step.under)
    return reached


def refuses_earlier(act: GrantPrivileges, refusal: Refused, progress: Progress) -> bool:
    """Return whether a GRANT that is refused for its privileges is so for its accounts before.

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
    """Return the accounts of a GRANT that are not there and that it may not make, and note them."""
    book, errno = progress.book, progress.rules.grant_to_nobody
    if not progress.rules.strict or not errno:
        return []
    absent = [name for name in act.to if _is_nobody(name, act, progress)]
    if absent:
        why: Why = "other host" if any(book.namesakes(book.key(absent[0]))) else "absent"
        progress.refuse(errno, _NO_ACCOUNT.get(errno, ""), why, absent[0])
        book.named.update((book.key(name), name) for name in absent)
    return absent


def _is_nobody(name: AccountName, act: GrantPrivileges | GrantRoles, progress: Progress) -> bool:
    """Return whether an account is surely not there, and the GRANT does not make it with a password."""
    book = progress.book
    key = book.key(name)
    if key in book.deleted:
        return True
    if key in book.accounts or not progress.is_absent(name):
        return False
    proved = (said for said in act.says if said.authentication is not None)
    return all(book.names.account(said.user, said.host) != key for said in proved)


def _say(act: GrantPrivileges | GrantRoles, refused: set[Key], progress: Progress) -> None:
    for said in act.says:
        if progress.book.names.account(said.user, said.host) not in refused:
            change(said, progress)


def revoke(act: Revoke, progress: Progress) -> None:
    """Take privileges, or PROXY, of one target from accounts."""
    book = progress.book
    target = target_of(act.taken)
    scope = act.taken.scope
    for name in act.accounts:
        key = book.key(name)
        held = book.grants.get(key, [])
        if not _take(held, [one for one in held if target_of(one.grant) == target], act.taken, progress):
            continue
        if scope is not None and scope.level is Level.DATABASE:
            book.revoked.setdefault(key, []).append(Held(name, act.taken, progress.step.under))


def revoke_all(act: RevokeAll, progress: Progress) -> None:
    """Take every privilege from accounts; PROXY and roles stay."""
    book = progress.book
    for name in act.accounts:
        key = book.key(name)
        held = book.grants.get(key, [])
        if _take(held, [one for one in held if not is_proxy(one.grant)], None, progress):
            book.revoked.pop(key, None)


def _take(held: list[Held], named: list[Held], taken: Grant | None, progress: Progress) -> bool:
    """Take something (None: everything) from the named grants of one account; whether that can be told."""
    reached = progress.reached(named)
    if reached is None:
        return False
    touched = {id(one) for one, here in zip(named, reached, strict=True) if here}
    left: list[Held] = []
    for one in held:
        if id(one) not in touched:
            left.append(one)
        elif taken is not None:
            kept = without(one.grant, taken, progress.rules.target)
            if kept is not None:
                left.append(one._replace(grant=kept))
    held[:] = left
    return True


def _lift(given: Held, progress: Progress) -> None:
    """Forget what was revoked and a grant on everything, or on the same database, gives back.

    Source: MySQL sql/auth/partial_revokes.cc.
    """
    taken = progress.book.revoked.get(progress.book.key(given.name))
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
