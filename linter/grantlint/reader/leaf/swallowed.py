"""Names that run on into what follows them, such as `app MYSQL_PASSWORD=...` where a line break is missing.

They would carry a password into every message that names the account. So such a name is not known, and a fault.
"""

from collections.abc import Callable, Iterable

from grantlint.model import Account, Authentication, Declarations, Fault, GrantTo, Membership, Role
from grantlint.model.location import Located, Span, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TYPE_CHECKING, TypeVar, cast
from grantlint.reader.leaf.secrets import host_swallows, may_be_plugin, swallows

if TYPE_CHECKING:  # records that only files with steps need
    from grantlint.model.step import Step
    from grantlint.model.step.acts import Act

_PLAIN = Pattern(r"[\w@.%/-]*\Z")
"""User and host of nearly all accounts: none of them has swallowed anything, see `swallows`."""

Item = TypeVar("Item")

_REASON = "a name that goes on into something else"


def without_swallowed(parts: Iterable[Declarations]) -> None:
    """Replace names that hold more than a name. Adds a fault for each."""
    for part in parts:
        look = _Look(part)
        look.each(part.accounts, look.account)
        look.each(part.grants, look.grant)
        look.each(part.roles, look.role)
        look.each(part.memberships, look.membership)
        look.each(part.default_roles, look.membership)
        look.each(part.steps, look.step)


class _Look:
    """Looks through the names of one part of a file."""

    def __init__(self, part: Declarations) -> None:
        self._faults = part.faults
        self._told: set[Span] = set()

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
        user, host = self._name(user), self._host(host)
        plugin = self._plugin(proof.plugin) if proof is not None else None
        if user is account.user and host is account.host and (proof is None or plugin is proof.plugin):
            return account
        credential = proof.credential if proof is not None else None
        mended = Authentication(plugin, credential) if proof is not None else None
        return account._replace(user=user, host=host, authentication=mended)

    def grant(self, grant: GrantTo) -> GrantTo:
        """Return the grant, as above."""
        user, host = self._name(grant.user), self._host(grant.host)
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

    def step(self, step: "Step") -> "Step":
        """Return the step, as above. It names what the declarations name, and others."""
        act = self._within(step.act)
        return step if act is step.act else step._replace(act=cast("Act", act))

    def _within(self, value: object) -> object:
        """Return a part of a step, as above; the same object where nothing is swallowed in it."""
        if not value or not isinstance(value, tuple) or isinstance(value, Span):
            return value  # most parts: leaves, and what is left out
        from grantlint.model.step.acts import AccountName, TableRow  # noqa: PLC0415 - only files with steps need them

        if isinstance(value, Account):
            return self.account(value)
        if isinstance(value, AccountName):
            user, host = self._name(value.user), self._host(value.host)
            return value if user is value.user and host is value.host else value._replace(user=user, host=host)
        if isinstance(value, TableRow):
            named, at = value.user and self._name(value.user), value.host and self._host(value.host)
            return value if named is value.user and at is value.host else value._replace(user=named, host=at)
        parts = cast("tuple[object, ...]", value)
        mended = [self._within(each) for each in parts]
        if all(new is old for new, old in zip(mended, parts, strict=True)):
            return parts
        return cast("Callable[..., object]", type(parts))(*mended) if hasattr(parts, "_fields") else tuple(mended)

    def _name(self, leaf: Text) -> Text:
        return self._unknown(leaf) if isinstance(leaf, Located) and swallows(leaf.value) else leaf

    def _host(self, leaf: Text) -> Text:
        return self._unknown(leaf) if isinstance(leaf, Located) and host_swallows(leaf.value) else leaf

    def _plugin(self, leaf: Text | None) -> Text | None:
        return self._unknown(leaf) if isinstance(leaf, Located) and not may_be_plugin(leaf.value) else leaf

    def _unknown(self, leaf: Located[str]) -> Unresolved:
        if leaf.span not in self._told:
            self._told.add(leaf.span)
            remedy = "A quote, a comma or a line break is missing behind it."
            fault = Fault("schema-error", "the name goes on into what may be a password", leaf.span, remedy)
            self._faults.append(fault)
        return Unresolved(_REASON, *leaf.span)
