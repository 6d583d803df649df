"""What is left of grants when privileges are taken out of them."""

from collections.abc import Iterator

from grantlint.access.product.privileges.meaning import canonical, expand_all
from grantlint.access.product.target import Target
from grantlint.access.state.book.entries import Held
from grantlint.access.state.progress import Progress
from grantlint.model.grant import Grant, GrantedPrivilege
from grantlint.model.location import Located, Unresolved
from grantlint.model.privilege import ALL, GRANT_OPTION, USAGE, Privilege


def without(grant: Grant, taken: Grant, target: Target) -> Grant | None:
    """Return a grant without revoked privileges, None if nothing is left.

    `taken` is on the same target. Of ALL the others of its level stay. Of a privilege on columns those that are named
    go.
    """
    privileges = grant.privileges
    option = grant.option
    for leaf in taken.privileges:
        if isinstance(leaf, Unresolved):
            privileges = tuple(kept for kept in privileges if not _is_same(kept, leaf))
            continue
        one = leaf.value
        if one.name == GRANT_OPTION:
            option = None
        if one.name == ALL:
            privileges = tuple(kept for kept in privileges if _name(kept) == GRANT_OPTION)
        else:
            privileges = tuple(kept for old in privileges for kept in _less(old, one, grant, target))
    if not privileges and isinstance(option, Located):
        privileges = (Located(Privilege(USAGE), *option.span),)
    return grant._replace(privileges=privileges, option=option) if privileges or option is not None else None


def _is_same(kept: GrantedPrivilege, taken: Unresolved) -> bool:
    return isinstance(kept, Unresolved) and bool(taken.same) and kept.same == taken.same


def _name(leaf: GrantedPrivilege) -> str:
    return leaf.value.name if isinstance(leaf, Located) else ""


def _less(old: GrantedPrivilege, revoked: Privilege, grant: Grant, target: Target) -> Iterator[GrantedPrivilege]:
    """Yield what is left of a privilege when another is revoked."""
    if isinstance(old, Unresolved):
        yield old
        return
    held = old.value
    scope = grant.scope
    gone = canonical(revoked.name, target)
    if held.name == ALL and scope is not None and revoked.name != GRANT_OPTION and not revoked.columns:
        for name in expand_all(target, scope.level):
            if name != gone:
                yield Located(Privilege(name), *old.span)
    elif canonical(held.name, target) != gone:
        yield old
    elif revoked.columns:
        left = tuple(column for column in held.columns if column not in revoked.columns)
        if left or not held.columns:
            yield Located(Privilege(held.name, left), *old.span)


def take_from(held: list[Held], named: list[Held], taken: Grant | None, progress: Progress) -> bool:
    """Take something from the named grants of one account.

    None: everything. Returns whether that can be told.
    """
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
