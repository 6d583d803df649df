"""REVOKE of privileges and PROXY: what it takes away, and that it is refused where there is nothing to take."""

from collections.abc import Iterable, Sequence

from grantlint.access.product.privileges.meaning import effects, expand
from grantlint.access.state.acts.looks import shows_all_of
from grantlint.access.state.acts.revoke_all import NO_GRANT, is_unknown, message, revoke_all
from grantlint.access.state.acts.taking import take_from
from grantlint.access.state.book.entries import Held
from grantlint.access.state.book.names import is_proxy, target_of
from grantlint.access.state.book.paths import always
from grantlint.access.state.outcome import Refused
from grantlint.access.state.progress import Progress
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.privilege import ALL, GRANT_OPTION, USAGE, Privilege
from grantlint.model.scope import Level
from grantlint.model.step.acts import AccountName, Revoke, RevokeAll
from grantlint.platform.record import NamedTuple

_NO_TABLE_GRANT, _NO_ROUTINE_GRANT = 1147, 1403
_NO_ROW = 1133
_ON_DATABASE = 1221
_OF_LEVEL = {Level.TABLE: _NO_TABLE_GRANT, Level.ROUTINE: _NO_ROUTINE_GRANT}


class _Row(NamedTuple):
    """The privileges of an account on one target.

    `columns`: those on columns, by the column.
    """

    privileges: frozenset[str]
    columns: dict[str, frozenset[str]]


def revoke(act: Revoke, progress: Progress) -> None:
    """Take privileges, or PROXY, of one target from accounts."""
    scope = act.taken.scope
    if act.if_held and not all(shows_all_of(name, act.taken, progress) for name in act.accounts):
        return
    if scope is not None and scope.level is Level.GLOBAL and _is_everything(act.taken, progress):
        revoke_all(RevokeAll(act.accounts, act.ignores_unknown), progress)
        return
    if scope is not None and scope.level is not Level.ROUTINE:
        missed = [name for name in act.accounts if progress.misses(name, below=scope.level is not Level.GLOBAL)]
        if missed:
            progress.refuse_missed(missed[0])
            return
    refused: list[AccountName] = []
    reached: list[AccountName] = []
    for name in act.accounts:
        errno = _refusal(name, act, progress)
        if errno and (act.ignores_unknown if is_unknown(name, progress) else act.if_exists):
            continue
        if errno and not refused:
            progress.refuse(errno, message(name, act.taken.scope, errno), "not held", name)
        if errno:
            refused.append(name)
        reached.append(name)
    for name in (*progress.done(reached, refused), *_in_part(act, refused, progress)):
        _revoke(name, act.taken, progress)


def _in_part(act: Revoke, refused: Sequence[AccountName], progress: Progress) -> Sequence[AccountName]:
    """Return the accounts that are refused for one column and lose the others all the same (facts: I22)."""
    scope = act.taken.scope
    if progress.rules.target.traits.atomic_statements or scope is None or scope.level is not Level.TABLE:
        return ()
    reached = refused if progress.rules.target.product == "mysql" else refused[:1]
    known = [name for name in reached if _refusal(name, act, progress) == _NO_TABLE_GRANT]  # else nothing is looked at
    held = [name for name in known if progress.book.grants.get(progress.book.grantee_key(name))]
    if held:
        progress.outcomes = [
            one._replace(in_part=True) if isinstance(one, Refused) and one.step is progress.step else one
            for one in progress.outcomes
        ]
    return held


def refuses_earlier(act: Revoke, refusal: Refused, progress: Progress) -> bool:
    """Return whether a REVOKE fails for its account before its privileges.

    The account is the first that it names.
    """
    if refusal.errno != _ON_DATABASE:
        return False
    first = act.accounts[0]
    key = progress.book.grantee_key(first)
    if not progress.rules.strict or not (progress.is_absent(key) or progress.is_deleted(key)):
        return False
    progress.refuse(NO_GRANT, message(first, act.taken.scope, NO_GRANT), "not held", first)
    return True


def _revoke(name: AccountName, taken: Grant, progress: Progress) -> None:
    book = progress.book
    target, scope = target_of(taken), taken.scope
    key = book.grantee_key(name)
    held = book.grants.get(key, [])
    on_target = [one for one in held if target_of(one.grant) == target]
    level = scope.level if scope is not None else None
    restricted = _not_in_row(on_target, taken, progress) if level is Level.DATABASE else None
    if take_from(held, on_target, None if is_proxy(taken) else taken, progress) and restricted is not None:
        book.revoked.setdefault(key, []).append(Held(name, restricted, progress.step.under))


def _is_everything(taken: Grant, progress: Progress) -> bool:
    """Return whether a REVOKE takes what is held below as well.

    It is of ALL on everything.
    """
    every = any(isinstance(leaf, Located) and leaf.value.name == ALL for leaf in taken.privileges)
    return every and progress.rules.target.traits.revoke_all_takes_everything


def _not_in_row(on_target: list[Held], taken: Grant, progress: Progress) -> Grant | None:
    """Return the privileges of a database that global grants lose.

    They are taken from it and not held there: so it is with partial_revokes.
    """
    row = _row(on_target, progress)
    if row is None:
        return taken
    target = progress.rules.target
    left = tuple(
        Located(Privilege(name), *leaf.span)
        for leaf in taken.privileges
        if isinstance(leaf, Located)
        for name in expand(leaf.value.name, target, Level.DATABASE)
        if name not in row.privileges
    )
    return taken._replace(privileges=left) if left else None


def _refusal(name: AccountName, act: Revoke, progress: Progress) -> int:
    """Return the error for an account, 0 for none or unknown."""
    book, traits = progress.book, progress.rules.target.traits
    key, scope = book.grantee_key(name), act.taken.scope
    if not progress.rules.strict or scope is None:
        return 0
    errno = _OF_LEVEL.get(scope.level, NO_GRANT)
    is_below = scope.level in (Level.TABLE, Level.ROUTINE)
    if not is_below and progress.rules.target.product == "mysql" and progress.is_unread(key):  # facts: I11
        return _NO_ROW if traits.atomic_statements or scope.level is not Level.GLOBAL else 0
    if progress.is_absent(key) or (progress.is_deleted(key) and not (traits.atomic_statements and is_below)):
        return errno if traits.atomic_statements else NO_GRANT
    literal = scope.level is Level.DATABASE and progress.rules.partial_revokes
    if scope.level is Level.GLOBAL or literal or not progress.is_whole(key):
        return 0
    return errno if _has_none(book.grants.get(key, ()), act.taken, progress) else 0


def _has_none(held: Sequence[Held], taken: Grant, progress: Progress) -> bool:
    """Return whether the account surely lacks what is taken."""
    if any(one.grant.scope is None for one in held):
        return False
    target = target_of(taken)
    on_target = [one for one in held if target_of(one.grant) == target]
    row = _row(on_target, progress)
    if row is None or any(not always(one.under, progress.step.under) for one in on_target):
        return False
    return not (on_target if is_proxy(taken) else _has(row, taken, progress))


def _row(held: Iterable[Held], progress: Progress) -> _Row | None:
    """Return the sum of grants on one target.

    None where nobody knows the privileges.
    """
    privileges: set[str] = set()
    columns: dict[str, set[str]] = {}
    for one in held:
        known, scope = one.grant.known_privileges, one.grant.scope
        if known is None or scope is None:
            return None
        for named, given in effects(known, progress.rules.target, scope.level):
            for column in named:
                columns.setdefault(column.lower(), set()).update(given)
            if not named:
                privileges.update(given)
        if one.grant.option is not None:
            privileges.add(GRANT_OPTION)
    return _Row(frozenset(privileges), {column: frozenset(names) for column, names in columns.items()})


def _has(row: _Row, taken: Grant, progress: Progress) -> bool:
    """Return whether a row holds what is taken.

    There is a row, its columns are those named, and, where a server asks, its privileges as well.
    """
    every = progress.rules.target.traits.revoke_wants_all
    if not row.privileges and not any(row.columns.values()):
        scope = taken.scope
        usage = all(isinstance(leaf, Located) and leaf.value.name == USAGE for leaf in taken.privileges)
        return every and usage and scope is not None and scope.level is Level.DATABASE
    for leaf in taken.privileges:
        if not isinstance(leaf, Located):
            continue
        name, columns = leaf.value
        if columns:
            kept = [row.columns.get(column.lower()) for column in columns]
            if any(not held or (every and name not in held) for held in kept):
                return False
        elif every and name not in {ALL, USAGE}:
            anywhere = row.privileges.union(*row.columns.values())
            if not anywhere.issuperset(expand(name, progress.rules.target, Level.GLOBAL)):
                return False
    return True
