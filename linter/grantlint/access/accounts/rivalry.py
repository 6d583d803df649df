"""Which accounts' database grants may get into each other's way, as far as can be told before any product is chosen.

What is left out here needs no grant table: most accounts of a fleet are one user at many addresses with equal grants.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from grantlint.access.host.address import canonical_ipv4
from grantlint.model import Account, Grant
from grantlint.model.location import Located
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level
from grantlint.model.scope.databases import are_disjoint

_FEW = 32
"""Up to this many kinds of grants of a user are compared; more are taken for some that share a database."""

Kind = tuple[str, tuple[Privilege, ...], bool]
"""A name in a grant, the privileges, and whether they may be handed on."""


def are_apart(accounts: Sequence[Account]) -> bool:
    """Return whether the accounts of one user are all at addresses.

    No grant to one serves another then.
    """
    return all(isinstance(account.host, Located) and canonical_ipv4(account.host.value) for account in accounts)


def may_hide(accounts: Sequence[Account]) -> bool:
    """Return whether one database grant may hide one that gives more.

    Both are to these accounts of one user.
    """
    if len(accounts) == 1:  # as of most users
        return _collide([accounts[0].grants])
    together: dict[object, list[Account]] = {}
    apart = are_apart(accounts)
    for account in accounts:
        together.setdefault(account.known_name if apart else None, []).append(account)
    lists = {tuple(id(one.grants) for one in some): [one.grants for one in some] for some in together.values()}
    return any(map(_collide, lists.values()))  # one for all hosts of an item


def _collide(lists: Sequence[Sequence[Grant]]) -> bool:
    kinds: set[Kind] = set()
    for grants in {id(grants): grants for grants in lists}.values():
        kinds.update(_kinds(grants))
        if len(kinds) > _FEW:
            return True
    return len(kinds) > 1 and _some_collide(frozenset(kinds))


@lru_cache(maxsize=1024)
def _some_collide(kinds: frozenset[Kind]) -> bool:
    """Return whether two kinds may share a database and differ: asked once for the equal grants of a fleet."""
    alike = [(name.lower(), {*privileges}, may_hand_on) for name, privileges, may_hand_on in kinds]
    return any(one[1:] != other[1:] and not are_disjoint(one[0], other[0]) for one, other in combinations(alike, 2))


def _kinds(grants: Sequence[Grant]) -> Iterator[Kind]:
    for grant in grants:
        target = grant.target
        if isinstance(target, Located) and target.value.level is Level.DATABASE:
            privileges = grant.known_privileges
            if privileges is not None:
                yield target.value.database, privileges, grant.has_option
