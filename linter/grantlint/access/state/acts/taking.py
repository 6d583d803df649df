"""What is left of a grant when privileges are taken out of it."""

from collections.abc import Iterator

from grantlint.access.product.privileges.meaning import canonical, expand_all
from grantlint.access.product.target import Target
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
