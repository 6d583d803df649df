"""Which part of a grant on everything stands in the row of its account, and which in a table of its own."""

from grantlint.access.product.privileges.meaning import expand_all, is_dynamic
from grantlint.access.product.target import Target
from grantlint.model.grant import Grant, GrantedPrivilege
from grantlint.model.location import Located
from grantlint.model.privilege import ALL, Privilege
from grantlint.model.scope import Level


def in_row(grant: Grant, target: Target) -> Grant | None:
    """Return the part of a global grant in mysql.user, else None."""
    if not is_global(grant):
        return None
    return _part(grant, target, dynamic=False)


def beside_row(grant: Grant, target: Target) -> Grant | None:
    """Return the part of a grant that other tables hold.

    Of one on everything these are the dynamic privileges of MySQL 8.0 and later.
    """
    if not is_global(grant):
        return grant
    return _part(grant, target, dynamic=True)


def is_global(grant: Grant) -> bool:
    """Return whether a grant is one on everything."""
    scope = grant.scope
    return scope is not None and scope.level is Level.GLOBAL


def _part(grant: Grant, target: Target, *, dynamic: bool) -> Grant | None:
    if not target.traits.atomic_statements:  # no server before MySQL 8.0 has dynamic privileges
        return None if dynamic else grant
    privileges: list[GrantedPrivilege] = []
    for leaf in grant.privileges:
        if not isinstance(leaf, Located):
            privileges.append(leaf)
            continue
        names = expand_all(target, Level.GLOBAL) if leaf.value.name == ALL else (leaf.value.name,)
        kept = [name for name in names if is_dynamic(name, target) is dynamic]
        if len(kept) == len(names):
            privileges.append(leaf)
        else:
            privileges += [Located(Privilege(name), *leaf.span) for name in kept]
    if not privileges and (dynamic or grant.option is None):
        return None
    return grant._replace(privileges=tuple(privileges))
