"""What can be counted of a declared server's accounts before any product is chosen."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from grantlint.access.accounts.invisible import Disguised, disguised_in
from grantlint.access.accounts.rivalry import are_apart, may_hide
from grantlint.access.accounts.stored import BLANKS
from grantlint.model import Account, DeclaredServer
from grantlint.model.location import Located
from grantlint.platform.typed import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # for who has steps
    from grantlint.model.step import Step

_PLAIN = re.compile(r"(?:(?!0\d)[^/\\+\s.]*\.)*(?!0\d)[^/\\+\s.]*\Z").match
"""Host values that the gate lets in whoever matches them: no mask, escape, sign, blank or leading zero."""

_SHORTEST_USER, _SHORTEST_HOST = 16, 60  # of all limits

Counted = Literal[
    "alterations", "default_roles", "disguised", "entangled", "gated", "hosts", "logins", "long_named", "members",
    "namesakes", "plugins", "removals", "rivalling", "roles", "several", "sharing", "statements", "steps",
    "table_writes",
]  # fmt: skip
"""Kinds that a server may have none of; rules about an empty kind are not asked."""


class Census:
    """The accounts with known names, and which may affect each other.

    Names are taken as written but for blanks around them, which some servers cut off.
    """

    __slots__ = (
        "_by_user", "_declared", "_disguised", "_gated", "_long_named", "_repeated", "_rivalling", "_role_names",
        "_sharing", "accounts", "default_roles", "entangled", "hosts", "logins", "members", "namesakes", "plugins",
        "roles", "several", "statements", "steps",
    )  # fmt: skip

    def __init__(self, declared: DeclaredServer) -> None:
        self._declared = declared
        self._disguised: tuple[Disguised, ...] | None = None
        self._long_named: list[Account] | None = None
        self.hosts = declared.hosts
        self.logins = declared.logins
        self.statements = declared.statements
        self.steps = declared.steps
        self._by_user: dict[str, list[Account]] = {}
        self.accounts: tuple[Account, ...] = tuple(
            [account for account in declared.accounts if account.known_name is not None]
        )
        counts = Counter(_user(account) for account in (*self.accounts, *declared.grantees))
        repeated = {user for user, count in counts.items() if count > 1}
        self.roles = declared.roles
        self.default_roles = declared.default_roles
        self.members = declared.members
        self.several = self.accounts[1:]
        self.plugins = [
            one
            for one in self.accounts
            if one.authentication is not None and (one.authentication.plugin or one.authentication.sending)
        ]
        """Accounts that say by which plugin they log in, or whose tool may send one."""
        self.namesakes = self._named(repeated)
        """Accounts that share their user name with another."""
        roles = {leaf.value for leaf in (role.name for role in declared.roles) if isinstance(leaf, Located)}
        self._role_names = roles
        self._repeated = repeated
        everybody = "" in counts or "" in roles
        entangled = counts.keys() if everybody else repeated | roles
        self.entangled = self._named(entangled)
        """Accounts that may share a client with another."""
        self._gated: Sequence[Account] | None = None
        self._rivalling: Sequence[Account] | None = None
        self._sharing: Sequence[Account] | None = None

    def _named(self, users: Collection[str]) -> Sequence[Account]:
        """Return the accounts of these users; nobody is asked for where there are none, as on most servers."""
        return [account for account in self.accounts if _user(account) in users] if users else []

    @property
    def gated(self) -> Sequence[Account]:
        """Accounts that the host gate may keep out."""
        if self._gated is None:
            self._gated = [account for account in self.accounts if not _is_plain(account)]
        return self._gated

    @property
    def involved(self) -> Sequence[Account]:
        """Accounts that are entangled or gated."""
        either = {*map(id, self.entangled), *map(id, self.gated)}
        return [account for account in self.accounts if id(account) in either]

    @property
    def rivalling(self) -> Sequence[Account]:
        """Accounts of whose sessions' database grants one may hide another."""
        if self._rivalling is None:
            several = [one for one in self.accounts if len(one.grants) > 1 or _user(one) in self._repeated]
            taken = bool(self._declared.revoked)
            self._rivalling = self._among(several, lambda user: taken or may_hide(self.of_user(user)))
        return self._rivalling

    @property
    def sharing(self) -> Sequence[Account]:
        """Accounts whose sessions grants to other accounts may serve."""
        if self._sharing is None:
            self._sharing = self._among(self.namesakes, lambda user: not are_apart(self.of_user(user)))
        return self._sharing

    def _among(self, accounts: Sequence[Account], is_one: Callable[[str], bool]) -> Sequence[Account]:
        """Return the accounts of the users that something holds for, which is asked once a user.

        It holds for accounts that are roles as well, and for all accounts where grants to nobody serve everybody.
        """
        if any(account.grants for account in self.of_user("")):
            return self.accounts
        if "" in self._role_names:
            return accounts
        held = {user: user in self._role_names or is_one(user) for user in dict.fromkeys(map(_user, accounts))}
        return [account for account in accounts if held[_user(account)]]

    @property
    def alterations(self) -> "Sequence[Step]":
        """Steps that change accounts which are there."""
        return self._that("AlterUser")

    @property
    def removals(self) -> "Sequence[Step]":
        """Steps that delete or rename accounts."""
        return self._that("DropUser", "RenameUser")

    @property
    def table_writes(self) -> "Sequence[Step]":
        """Steps that write to a grant table."""
        return self._that("WriteTable")

    def _that(self, *kinds: str) -> "Sequence[Step]":
        """Return the steps with these kinds of acts, told by name: most runs import none of their classes."""
        return [step for step in self.steps if type(step.act).__name__ in kinds]

    @property
    def disguised(self) -> tuple[Disguised, ...]:
        """Names with invisible characters."""
        if self._disguised is None:
            self._disguised = disguised_in(self._declared)
        return self._disguised

    @property
    def long_named(self) -> "Sequence[Account]":
        """Accounts with a name longer than some server takes (facts: G1)."""
        if self._long_named is None:
            self._long_named = [account for account in self.accounts if _is_long(account)]
        return self._long_named

    def of_user(self, user: str) -> Sequence[Account]:
        """Return the accounts of a user name.

        Those that only grants name are included.
        """
        if not self._by_user:
            for account in (*self.accounts, *self._declared.grantees):
                self._by_user.setdefault(_user(account), []).append(account)
        return self._by_user.get(user.strip(BLANKS), ())


def _is_long(account: Account) -> bool:
    user, host = account.user, account.host
    return (isinstance(user, Located) and len(user.value) > _SHORTEST_USER) or (
        isinstance(host, Located) and len(host.value) > _SHORTEST_HOST
    )


def _user(account: Account) -> str:
    return account.user.value.strip(BLANKS) if isinstance(account.user, Located) else ""


def _is_plain(account: Account) -> bool:
    return isinstance(account.host, Located) and _PLAIN(account.host.value) is not None
