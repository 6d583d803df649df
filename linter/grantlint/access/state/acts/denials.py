"""DENY and REVOKE DENY of MariaDB: what is kept from accounts and roles, whatever they are granted (facts: M1)."""

from collections.abc import Iterator

from grantlint.access.state.acts.grants import grantees
from grantlint.access.state.acts.taking import without
from grantlint.access.state.book.entries import Held
from grantlint.access.state.book.names import target_of
from grantlint.access.state.progress import Progress
from grantlint.model.account import written
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.scope import Level
from grantlint.model.step.acts import AccountName, Deny, GrantPrivileges, RevokeDeny

_NO_DENY, _NO_TABLE_DENY, _NO_ROUTINE_DENY = 1141, 1147, 1403
_OF_LEVEL = {Level.TABLE: _NO_TABLE_DENY, Level.ROUTINE: _NO_ROUTINE_DENY}


def deny(act: Deny, progress: Progress) -> None:
    """Keep privileges from accounts.

    An account that is not there has no row to keep it in: it is as with GRANT.
    """
    book = progress.book
    for name in grantees(GrantPrivileges(act.denied, act.to), progress):
        held = book.denied.setdefault(book.grantee_key(name), [])
        held += [Held(name, part, progress.step.under) for part in _apart(act.denied)]


def revoke_deny(act: RevokeDeny, progress: Progress) -> None:
    """End what is denied on exactly this target.

    What is denied on columns of a table is another.
    """
    book = progress.book
    for name in act.accounts:
        key = book.grantee_key(name)
        denied = book.denied.get(key, [])
        for part in _apart(act.lifted):
            there = [one for one in denied if _is_alike(one.grant, part)]
            if not there and progress.is_whole(key) and isinstance(part.target, Located):
                _refuse(name, part, progress)
                return
            reached = progress.reached(there) or [False] * len(there)
            ended = {id(one) for one, here in zip(there, reached, strict=True) if here}
            denied[:] = [kept for one in denied for kept in (_left(one, part, progress) if id(one) in ended else [one])]


def _apart(denied: Grant) -> Iterator[Grant]:
    """Yield what is denied on the target as a whole, and what on columns of it: the server keeps them apart."""
    on_columns = tuple([leaf for leaf in denied.privileges if isinstance(leaf, Located) and leaf.value.columns])
    whole = tuple([leaf for leaf in denied.privileges if leaf not in on_columns])
    for part in (whole, on_columns):
        if part:
            yield denied._replace(privileges=part)


def _left(one: Held, lifted: Grant, progress: Progress) -> list[Held]:
    """Return what of a denial stands, or nothing."""
    rest = without(one.grant, lifted, progress.rules.target)
    return [] if rest is None else [one._replace(grant=rest)]


def _is_alike(one: Grant, other: Grant) -> bool:
    return target_of(one) == target_of(other) and _has_columns(one) is _has_columns(other)


def _has_columns(grant: Grant) -> bool:
    return any(isinstance(leaf, Located) and bool(leaf.value.columns) for leaf in grant.privileges)


def _refuse(name: AccountName, lifted: Grant, progress: Progress) -> None:
    scope = lifted.scope
    errno = _OF_LEVEL.get(scope.level, _NO_DENY) if scope is not None else _NO_DENY
    said = f"There is no such grant defined for user {written(name.user)} on host {written(name.host)}"
    progress.refuse(errno, said, "not held", name)
