"""What accounts and targets are known by on one server: equal keys are one account, one row of the grant tables."""

from collections.abc import Hashable

from grantlint.access.accounts.stored import stored_host, stored_user
from grantlint.access.product.target import Target
from grantlint.model.grant import Grant
from grantlint.model.location import Located, Text, Unresolved
from grantlint.model.privilege import PROXY
from grantlint.model.scope import Level

Key = tuple[Hashable, Hashable]
"""User and host as stored; what only a run knows is equal to what is surely the same, else to itself alone."""


class Names:
    """The keys by which a product and version compares names."""

    __slots__ = ("_hosts", "_users", "target")

    def __init__(self, target: Target) -> None:
        self.target = target
        self._hosts: dict[str, str] = {}
        self._users: dict[str, str] = {}

    def account(self, user: Text, host: Text) -> Key:
        """Return the key of an account."""
        return self.user(user), self._host(host)

    def user(self, user: Text) -> Hashable:
        """Return the key of a user name."""
        if isinstance(user, Unresolved):
            return user.identity
        stored = self._users.get(user.value)
        if stored is None:
            stored = self._users[user.value] = stored_user(user.value, self.target)
        return stored

    def is_public(self, user: Hashable) -> bool:
        """Return whether a name without a host is MariaDB's PUBLIC.

        Nobody makes that role.
        """
        return self.target.traits.public_role and isinstance(user, str) and user.upper() == "PUBLIC"

    def _host(self, host: Text) -> Hashable:
        if isinstance(host, Unresolved):
            return host.identity
        stored = self._hosts.get(host.value)
        if stored is None:
            stored = self._hosts[host.value] = stored_host(host.value, self.target)
        return stored


def is_known(key: Key) -> bool:
    """Return whether user and host are both known."""
    return isinstance(key[0], str) and isinstance(key[1], str)


def target_of(grant: Grant) -> Hashable:
    """Return the key of a grant's target."""
    if isinstance(grant.target, Unresolved):
        return grant.target.identity
    scope = grant.target.value
    return scope._replace(host=scope.host.lower()) if scope.level is Level.PROXY else scope


def is_proxy(grant: Grant) -> bool:
    """Return whether a grant is one of PROXY."""
    first = grant.privileges[0] if grant.privileges else None
    return isinstance(first, Located) and first.value.name == PROXY
