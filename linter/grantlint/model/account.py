"""An account as declared: who, from where, and how the server is to know that it is them."""

import re
from binascii import a2b_base64
from collections.abc import Callable, Hashable, Iterator
from enum import Enum

from grantlint.model.grant import Grant
from grantlint.model.location import Flag, Implied, Located, Span, Text, Unresolved
from grantlint.model.privilege import GRANT_OPTION, USAGE
from grantlint.model.sql import string
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_DEFAULT_PLUGINS = frozenset(
    {"", "mysql_native_password", "caching_sha2_password", "sha256_password", "ed25519", "parsec"}
)
_ESCAPED = Pattern(r"\\(.)", re.DOTALL)


Identity = tuple[Hashable, Hashable]
"""What accounts are equal by, whatever the product."""


def identity_of(user: str, host: str) -> tuple[str, str]:
    """Return the key by which accounts are equal: hosts ignore case."""
    return user, host.lower()


def identity(user: Text, host: Text) -> Identity:
    """Return the key by which accounts are equal.

    An unresolved name equals only one that is surely the same.
    """
    return (
        user.value if isinstance(user, Located) else user.identity,
        host.value.lower() if isinstance(host, Located) else host.identity,
    )


class Secrecy(Enum):
    """The form in which a credential stands in the file.

    The credential itself is never kept.
    """

    PLAIN = "plain"  # the password, for everybody to read
    HASH = "hash"  # what the server stores: *HEX, $A$005$...
    REFERENCE = "reference"  # a vault, an environment variable, a secret store, a template
    EMPTY = "empty"  # written, and empty: no password


class Changed(NamedTuple):
    """How the password that the server gets differs from the file's.

    `remedy`: what to write instead. `span`: where it stands.
    """

    why: str
    remedy: str
    span: Span


class Credential(NamedTuple):
    """The place and form of a password or hash, never its text. `encoded`: it stands there as base64."""

    secrecy: Secrecy
    span: Span
    changed: Changed | None = None
    encoded: bool = False

    def holds(self, judge: Callable[[str], bool]) -> bool:
        """Return the judge's verdict on the text without its quotes.

        Nothing else is told the text.
        """
        return judge(_unquoted(self))

    @property
    def likeness(self) -> Hashable:
        """A key that is equal for equal secrets in equal form.

        It is compared and never shown.
        """
        return self.secrecy, hash(_unquoted(self))

    def is_same(self, other: "Credential | None") -> bool:
        """Return whether two credentials are alike apart from quoting.

        They are compared and never shown.
        """
        return other is not None and self.secrecy is other.secrecy and _unquoted(self) == _unquoted(other)


def _unquoted(credential: Credential) -> str:
    source, start, end = credential.span
    text = source.text[start:end]
    if credential.encoded:
        return a2b_base64(text.strip("'\"")).decode()
    if text[:2] in {"\\'", '\\"'} and text[2:].endswith(text[:2]):  # quotes within those of another language
        text = text[2:-2]
    quote = text[:1]
    if len(text) > 1 and quote == text[-1] and quote in "'\"":
        text = text[1:-1].replace(quote * 2, quote)
    return _ESCAPED.sub(r"\1", text)


class Sending(NamedTuple):
    """The plugin that a tool sends where the file names none.

    `since`: the first release of MySQL to which it is sent. `changed`: the first release of the tool that leaves it to
    the server. `tool`: what sends it. `remedy`: what to write instead. `to_mariadb`: the plugin that MariaDB is sent.
    `as_named`: no other server is sent the plugin that the file names.
    """

    plugin: str
    since: tuple[int, ...]
    changed: tuple[int, ...] | None
    tool: str
    remedy: str
    to_mariadb: str = ""
    as_named: bool = False


class Authentication(NamedTuple):
    """How an account proves itself.

    No plugin means the tool's, else the server's default.
    """

    plugin: Text | None = None
    credential: Credential | None = None
    sending: Sending | None = None

    @property
    def is_plugin_alone(self) -> bool:
        """Whether a plugin that keeps a password is named, and no password."""
        empty = empty_password(self.plugin)
        return empty is not None and self.credential == empty


PASSWORD_PLUGINS = frozenset(
    {"mysql_native_password", "caching_sha2_password", "sha256_password", "mysql_old_password"}
)
"""The plugins whose password the server keeps, and which take an account without one for one with an empty one."""


def empty_password(plugin: Text | None) -> Credential | None:
    """Return the empty password of a plugin alone (facts: H7).

    None where the plugin keeps no password, or is not known.
    """
    if isinstance(plugin, Located) and plugin.value.lower() in PASSWORD_PLUGINS:
        return Credential(Secrecy.EMPTY, Span(*plugin.span))
    return None


class Limit(NamedTuple):
    """A resource limit by its SQL name, such as MAX_USER_CONNECTIONS."""

    name: Located[str]
    value: Text


class Account(NamedTuple):
    """An account `'user'@'host'` as declared, with its own grants.

    `amends`: it makes no second account of one that an earlier file has made, as ALTER USER and IF NOT EXISTS.
    `named_alone`: a grant names it and nothing makes it; without a host it may be a role.
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
    named_alone: bool = False
    password_rules: tuple[Limit, ...] = ()  # PASSWORD EXPIRE, FAILED_LOGIN_ATTEMPTS, PASSWORD_LOCK_TIME

    @property
    def may_be_role(self) -> bool:
        """Whether a grant alone names it, without a host."""
        return self.named_alone and isinstance(self.host, Implied)

    @property
    def identity(self) -> Identity:
        """The key by which accounts are equal."""
        return identity(self.user, self.host)

    @property
    def known_name(self) -> tuple[str, str] | None:
        """User and host as written, None where one is unresolved."""
        if isinstance(self.user, Located) and isinstance(self.host, Located):
            return self.user.value, self.host.value
        return None

    @property
    def is_locked(self) -> bool:
        """Whether its own declaration locks it, so that nobody logs in."""
        return isinstance(self.locked, Located) and self.locked.value

    @property
    def is_expired(self) -> bool:
        """Whether its password is expired from the start, by its own declaration."""
        return isinstance(self.expired, Located) and self.expired.value

    def differences(self, other: "Account") -> list[str]:
        """Return the names of the login properties that differ.

        None differ where one of the two only amends the other.
        """
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

    @property
    def rights(self) -> frozenset[Hashable]:
        """What it was granted, in whatever order and pieces, to be compared.

        What nobody knows is equal only to what is surely the same.
        """
        return frozenset(
            (grant.target.value if isinstance(grant.target, Located) else grant.target.identity, piece)
            for grant in self.grants
            for piece in _pieces(grant)
        )

    def is_alike(self, other: "Account", rights: frozenset[Hashable] | None = None) -> bool:
        """Return whether both accounts have the same login and grants.

        `rights`: what the other was granted, where that is known already.
        """
        if self is other:
            return True
        return not self.differences(other) and self.rights == (other.rights if rights is None else rights)

    def __str__(self) -> str:
        return f"{written(self.user)}@{written(self.host)}"


def written(part: Text) -> str:
    """Return a name in quotes, or the reference for an unresolved one."""
    return string(part.value) if isinstance(part, Located) else part.reference


def _written(leaf: Text | None) -> object:
    return leaf.value.upper() if isinstance(leaf, Located) else leaf and leaf.reason


def _is_one_plugin(mine: Text | None, theirs: Text | None) -> bool:
    """Whether two plugins may be the same.

    No plugin means the server's default, which is any that asks for a password.
    """
    if isinstance(mine, Unresolved) or isinstance(theirs, Unresolved):
        return True
    names = {leaf.value.lower() if leaf else "" for leaf in (mine, theirs)}
    return len(names) == 1 or ("" in names and not names - _DEFAULT_PLUGINS)


def _limits(account: Account) -> dict[str, object]:
    return {limit.name.value: _written(limit.value) for limit in account.limits}


def _pieces(grant: Grant) -> Iterator[Hashable]:
    if grant.option_span is not None:
        yield GRANT_OPTION
    elif isinstance(grant.option, Unresolved):
        yield grant.option.identity
    for leaf in grant.privileges:
        if isinstance(leaf, Unresolved):
            yield leaf.identity
        elif leaf.value.name not in {USAGE, GRANT_OPTION}:
            yield leaf.value.name, frozenset(leaf.value.columns)
