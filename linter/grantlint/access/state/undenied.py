"""What of declared grants a DENY leaves, for who looks at grants one by one."""

from collections.abc import Iterable, Sequence

from grantlint.access.product.target import Target
from grantlint.access.state.acts.taking import without
from grantlint.model import Account, Grant, GrantTo
from grantlint.model.account import identity
from grantlint.model.location import Located
from grantlint.model.scope import Level, Scope


def undenied(account: Account, denied: Iterable[GrantTo], target: Target) -> Account:
    """Return an account without what is denied to itself.

    That is what a DENY takes at the level of a grant or above it; of a part of what is granted the rest stands.
    """
    own = [one.grant for one in denied if identity(one.user, one.host) == account.identity]
    if not own or not account.grants:
        return account
    left = (_left(grant, own, target) for grant in account.grants)
    return account._replace(grants=tuple([grant for grant in left if grant is not None]))


def _left(grant: Grant, denied: Sequence[Grant], target: Target) -> Grant | None:
    kept: Grant | None = grant
    for one in denied:
        on_columns = any(isinstance(leaf, Located) and leaf.value.columns for leaf in one.privileges)
        if kept is not None and not on_columns and _covers(one.scope, grant.scope):
            kept = without(kept, one, target)
    return kept


def _covers(above: Scope | None, scope: Scope | None) -> bool:
    if above is None or scope is None or scope.level is Level.PROXY:
        return False
    if above.level is Level.GLOBAL:
        return True
    within = above.level is Level.DATABASE and scope.level in (Level.TABLE, Level.ROUTINE)
    return above == scope or (within and above.database == scope.database)
