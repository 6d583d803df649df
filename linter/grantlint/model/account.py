"""An account as declared: who, from where, and how the server is to know that it is them."""

from enum import Enum
from typing import NamedTuple

from grantlint.location import Flag, Located, Span, Text
from grantlint.model.grant import Grant


class Secrecy(Enum):
    """In which form a credential stands in the file. The credential itself is never kept."""

    PLAIN = "plain"  # the password, for everybody to read
    HASH = "hash"  # what the server stores: *HEX, $A$005$...
    REFERENCE = "reference"  # a vault, an environment variable, a secret store, a template
    EMPTY = "empty"  # written, and empty: no password


class Credential(NamedTuple):
    """That a password or hash stands at a place, and in which form; never its text."""

    secrecy: Secrecy
    span: Span


class Authentication(NamedTuple):
    """How an account proves itself; no plugin means the server's default."""

    plugin: Text | None = None
    credential: Credential | None = None


class Limit(NamedTuple):
    """A resource limit by its SQL name, such as MAX_USER_CONNECTIONS."""

    name: Located[str]
    value: Text


class Account(NamedTuple):
    """`'user'@'host'` as one declaration makes it, with the grants that stand inside the declaration."""

    user: Text
    host: Text
    span: Span
    authentication: Authentication | None = None
    require: tuple[Text, ...] = ()
    limits: tuple[Limit, ...] = ()
    locked: Flag | None = None
    comment: Text | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def is_locked(self) -> bool:
        """Whether nobody can log in as the account, by its own declaration."""
        return isinstance(self.locked, Located) and self.locked.value

    def __str__(self) -> str:
        return f"{_quoted(self.user)}@{_quoted(self.host)}"


def _quoted(part: Text) -> str:
    return f"'{part.value}'" if isinstance(part, Located) else "?"
