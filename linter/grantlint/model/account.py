"""An account as declared: who, from where, and how the server is to know that it is them."""

import re
from collections.abc import Callable, Hashable
from enum import Enum
from typing import NamedTuple, TypeAlias

from grantlint.model.grant import Grant
from grantlint.model.location import Flag, Located, Span, Text, Unresolved
from grantlint.model.sql import string

_DEFAULT_PLUGINS = frozenset(
    {"", "mysql_native_password", "caching_sha2_password", "sha256_password", "ed25519", "parsec"}
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


Identity: TypeAlias = tuple[Hashable, Hashable]
"""What accounts are equal by, whatever the product."""


def identity_of(user: str, host: str) -> tuple[str, str]:
    """Return what accounts are equal by: user names differ by case, hosts do not."""
    return user, host.lower()


def identity(user: Text, host: Text) -> Identity:
    """Return what accounts are equal by; names that nobody knows are equal to what is surely the same."""
    return (
        user.value if isinstance(user, Located) else user.identity,
        host.value.lower() if isinstance(host, Located) else host.identity,
    )


class Secrecy(Enum):
    """In which form a credential stands in the file. The credential itself is never kept."""

    PLAIN = "plain"  # the password, for everybody to read
    HASH = "hash"  # what the server stores: *HEX, $A$005$...
    REFERENCE = "reference"  # a vault, an environment variable, a secret store, a template
    EMPTY = "empty"  # written, and empty: no password


class Changed(NamedTuple):
    """That the server gets another password than the file shows: why, what to write, and where it stands."""

    why: str
    remedy: str
    span: Span


class Credential(NamedTuple):
    """That a password or hash stands at a place, and in which form; never its text."""

    secrecy: Secrecy
    span: Span
    changed: Changed | None = None

    def holds(self, judge: Callable[[str], bool]) -> bool:
        """Return what is judged of the text, without the quotes around it; the text itself is told to nobody else."""
        return judge(_unquoted(self))

    @property
    def likeness(self) -> Hashable:
        """What equal passwords, or equal hashes, in equal form are equal by: it is compared and never told."""
        return self.secrecy, hash(_unquoted(self))

    def is_same(self, other: "Credential | None") -> bool:
        """Return whether two credentials are alike but for how their formats quote; that is compared and never told."""
        return other is not None and self.secrecy is other.secrecy and _unquoted(self) == _unquoted(other)


def _unquoted(credential: Credential) -> str:
    source, start, end = credential.span
    text = source.text[start:end]
    quote = text[:1]
    if len(text) > 1 and quote == text[-1] and quote in "'\"":
        text = text[1:-1].replace(quote * 2, quote)
    return _ESCAPED.sub(r"\1", text)


class Sending(NamedTuple):
    """The plugin that a tool names to MySQL though the file names none.

    `since`: from which release of MySQL on; `changed`: from which on newer releases of the tool leave it to the server.
    `tool`: what sends it. `remedy`: what to write instead.
    """

    plugin: str
    since: tuple[int, ...]
    changed: tuple[int, ...] | None
    tool: str
    remedy: str


class Authentication(NamedTuple):
    """How an account proves itself; no plugin means the tool's, else the server's default."""

    plugin: Text | None = None
    credential: Credential | None = None
    sending: Sending | None = None


class Limit(NamedTuple):
    """A resource limit by its SQL name, such as MAX_USER_CONNECTIONS."""

    name: Located[str]
    value: Text


class Account(NamedTuple):
    """`'user'@'host'` as one declaration makes it, with the grants that stand inside the declaration.

    `amends`: it makes no second account of one that an earlier file has made, as ALTER USER and IF NOT EXISTS.
    """

    user: Text
    host: Text
    span: Span
    authentication: Authentication | None = None
    require: tuple[Text, ...] = ()
    limits: tuple[Limit, ...] = ()
    locked: Flag | None = None
    comment: Text | None = None
    grants: tuple[Grant, ...] = ()
    amends: bool = False
    expired: Flag | None = None  # its password is to be changed before anything else

    @property
    def identity(self) -> Identity:
        """What accounts are equal by."""
        return identity(self.user, self.host)

    @property
    def known_name(self) -> tuple[str, str] | None:
        """User and host as written; None where one of them nobody knows."""
        if isinstance(self.user, Located) and isinstance(self.host, Located):
            return self.user.value, self.host.value
        return None

    @property
    def is_locked(self) -> bool:
        """Whether nobody can log in as the account, by its own declaration."""
        return isinstance(self.locked, Located) and self.locked.value

    @property
    def is_expired(self) -> bool:
        """Whether its password is expired from the start, by its own declaration."""
        return isinstance(self.expired, Located) and self.expired.value

    def differences(self, other: "Account") -> list[str]:
        """Return in what two accounts log in differently, as far as the files say: not at all of one only amended."""
        if self.amends or other.amends:
            return []
        mine, theirs = self.authentication or Authentication(), other.authentication or Authentication()
        same_password = mine.credential.is_same(theirs.credential) if mine.credential else not theirs.credential
        return [
            what
            for what, same in (
                ("password", same_password),
                ("plugin", _is_one_plugin(mine.plugin, theirs.plugin)),
                ("REQUIRE", [*map(_written, self.require)] == [*map(_written, other.require)]),
                ("lock", self.is_locked == other.is_locked),
                ("expiry", self.is_expired == other.is_expired),
                ("limits", _limits(self) == _limits(other)),
            )
            if not same
        ]

    def is_alike(self, other: "Account") -> bool:
        """Return whether it makes no difference which of two accounts a client gets: same login, same grants."""
        return self is other or (not self.differences(other) and _grants(self) == _grants(other))

    def __str__(self) -> str:
        return f"{written(self.user)}@{written(self.host)}"


def written(part: Text) -> str:
    """Return a name in quotes; of one that nobody knows, the reference that stands for it."""
    return string(part.value) if isinstance(part, Located) else part.reference


def _written(leaf: Text | None) -> object:
    return leaf.value.upper() if isinstance(leaf, Located) else leaf and leaf.reason


def _is_one_plugin(mine: Text | None, theirs: Text | None) -> bool:
    """Whether two plugins may be one: without any it is the server's default, any that asks a password."""
    if isinstance(mine, Unresolved) or isinstance(theirs, Unresolved):
        return True
    names = {leaf.value.lower() if leaf else "" for leaf in (mine, theirs)}
    return len(names) == 1 or ("" in names and not names - _DEFAULT_PLUGINS)


def _limits(account: Account) -> dict[str, object]:
    return {limit.name.value: _written(limit.value) for limit in account.limits}


def _grants(account: Account) -> set[tuple[object, ...]]:
    return {(_value(grant.target), *sorted(str(_value(leaf)) for leaf in grant.privileges)) for grant in account.grants}


def _value(leaf: Located[object] | Unresolved) -> object:
    return leaf.value if isinstance(leaf, Located) else leaf.reason
