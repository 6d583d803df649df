"""What can be counted of a declared server's accounts before any product is chosen."""

import re
from collections.abc import Sequence

from grantlint.location import Located
from grantlint.model import Account, DeclaredServer

_PLAIN = re.compile(r"(?:(?!0\d)[^/\\+\s.]*\.)*(?!0\d)[^/\\+\s.]*\Z").match
"""Host values that the gate lets in whoever matches them: no mask, escape, sign, blank or leading zero."""


class Census:
    """The accounts whose user and host are known, and which of them can have to do with each other at all.

    Names are taken as written but for blanks around them, which some servers cut off.
    """

    __slots__ = ("accounts", "by_user", "has_anonymous", "involved", "namesakes", "rivalling")

    def __init__(self, declared: DeclaredServer) -> None:
        self.accounts: tuple[Account, ...] = tuple(filter(_is_known, declared.accounts))
        self.by_user: dict[str, list[Account]] = {}
        """Accounts by user name, those that only grants name included."""
        for account in (*self.accounts, *declared.grantees):
            self.by_user.setdefault(_user(account), []).append(account)
        self.has_anonymous = any(not _user(account) for account in self.accounts)
        self.namesakes: Sequence[Account] = ()
        """Accounts that share their user name with another."""
        self.rivalling: Sequence[Account] = ()
        """Accounts whose sessions more than one grant may serve."""
        self.involved: Sequence[Account] = ()
        """Accounts that may share a client with another, or be kept out by the host gate."""
        if len(self.by_user) < len(self.accounts) + len(declared.grantees):
            self.namesakes = [account for account in self.accounts if len(self.by_user[_user(account)]) > 1]
        roles = {leaf.value for leaf in (role.name for role in declared.roles) if isinstance(leaf, Located)}
        if self.has_anonymous or "" in roles:
            self.involved = self.accounts
        else:
            self.involved = [
                account
                for account in self.accounts
                if len(self.by_user[_user(account)]) > 1 or _user(account) in roles or not _is_plain(account)
            ]
        nobody = any(account.grants for account in self.by_user.get("", ()))
        self.rivalling = [
            account
            for account in self.accounts
            if nobody or len(account.grants) > 1 or len(self.by_user[_user(account)]) > 1
        ]


def _is_known(account: Account) -> bool:
    return isinstance(account.user, Located) and isinstance(account.host, Located)


def _user(account: Account) -> str:
    return account.user.value.strip() if isinstance(account.user, Located) else ""


def _is_plain(account: Account) -> bool:
    return isinstance(account.host, Located) and _PLAIN(account.host.value) is not None
