"""Names that have swallowed what stands behind them, such as `app MYSQL_PASSWORD=...` where a line break is missing.

They would carry a password into every message that names the account. So such a name is not known, and a fault.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from grantlint.model import Account, Authentication, Declarations, Fault, GrantTo, Membership, Role
from grantlint.model.location import Located, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.secrets import may_be_plugin, swallows

_PLAIN = Pattern(r"[\w@.%/-]*\Z")
"""User and host of nearly all accounts: none of them has swallowed anything, see `swallows`."""

Item = TypeVar("Item")

_REASON = "a name that goes on into something else"


def without_swallowed(parts: Iterable[Declarations]) -> None:
    """Replace the names in the declarations that hold more than a name, and add a fault for each."""
    for part in parts:
        look = _Look(part)
        look.each(part.accounts, look.account)
        look.each(part.grants, look.grant)
        look.each(part.roles, look.role)
        look.each(part.memberships, look.membership)


class _Look:
    """Looks through the names of one part of a file."""

    def __init__(self, part: Declarations) -> None:
        self._faults = part.faults

    def each(self, items: list[Item], mend: Callable[[Item], Item]) -> None:
        """Mend those items of a list that need it."""
        for index, item in enumerate(items):
            mended = mend(item)
            if mended is not item:
                items[index] = mended

    def account(self, account: Account) -> Account:
        """Return the account, without what its names swallowed."""
        user, host, proof = account.user, account.host, account.authentication
        named = account.known_name if proof is None or proof.plugin is None else None
        if named is not None and _PLAIN.match("@".join(named)):
            return account
        user, host = self._name(user), self._name(host)
        plugin = self._plugin(proof.plugin) if proof is not None else None
        if user is account.user and host is account.host and (proof is None or plugin is proof.plugin):
            return account
        credential = proof.credential if proof is not None else None
        mended = Authentication(plugin, credential) if proof is not None else None
        return account._replace(user=user, host=host, authentication=mended)

    def grant(self, grant: GrantTo) -> GrantTo:
        """Return the grant, as above."""
        user, host = self._name(grant.user), self._name(grant.host)
        return grant if user is grant.user and host is grant.host else grant._replace(user=user, host=host)

    def role(self, role: Role) -> Role:
        """Return the role, as above."""
        name = self._name(role.name)
        return role if name is role.name else role._replace(name=name)

    def membership(self, membership: Membership) -> Membership:
        """Return the membership, as above."""
        role, user = self._name(membership.role), self._name(membership.user)
        if role is membership.role and user is membership.user:
            return membership
        return membership._replace(role=role, user=user)

    def _name(self, leaf: Text) -> Text:
        return self._unknown(leaf) if isinstance(leaf, Located) and swallows(leaf.value) else leaf

    def _plugin(self, leaf: Text | None) -> Text | None:
        return self._unknown(leaf) if isinstance(leaf, Located) and not may_be_plugin(leaf.value) else leaf

    def _unknown(self, leaf: Located[str]) -> Unresolved:
        remedy = "A quote, a comma or a line break is missing behind it."
        self._faults.append(Fault("schema-error", "the name goes on into what may be a password", leaf.span, remedy))
        return Unresolved(_REASON, *leaf.span)
