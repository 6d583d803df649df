"""The attributes of a resource as leaves: texts, lists, flags, credentials; absent ones as providers take them."""

from collections.abc import Sequence

from grantlint.model import (
    Credential,
    Secrecy,
)
from grantlint.model.location import Flag, Implied, Located, Span, Text, Unresolved
from grantlint.platform.typed import Protocol
from grantlint.reader.formats.terraform.values import BOOL, NULL, Items, Members, Scalar, Value
from grantlint.reader.leaf.changes import line_end

HOST_DEFAULTS = {
    "mysql_user": "localhost",
    "mysql_grant": "localhost",
    "mysql_user_password": "localhost",
    "mysql_default_roles": "localhost",
    "google_sql_user": "%",
}
"""What the providers take for an absent host: petoju/mysql, mysql/resource_*.go; Cloud SQL for MySQL, users.insert."""


_PASSWORDS = ("plaintext_password", "password", "password_wo", "auth_string", "auth_string_hashed", "auth_string_hex")
_HASHES = frozenset({"auth_string_hashed", "auth_string_hex"})


class Attributes(Protocol):
    """A resource, or a block in one."""

    @property
    def kind(self) -> str:
        """The type of the resource."""
        ...

    @property
    def span(self) -> Span:
        """Where it is declared."""
        ...

    @property
    def default_host(self) -> str:
        """The provider's default host."""
        ...

    def value(self, name: str) -> Value | None:
        """Return an attribute's value; None where it is not written, or null."""
        ...

    def reference(self, name: str) -> Span | None:
        """Return where an attribute names a database resource. None where it says anything else."""
        ...

    def blocks(self, kind: str) -> Sequence["Attributes"]:
        """Return the blocks of one kind in it."""
        ...


def host_of(resource: Attributes, default: str) -> Text:
    """Return the host, or the provider's default for an absent one."""
    return text_of(resource, "host") or Implied(default, *resource.span)


def credential_of(resource: Attributes) -> Credential | None:
    """Return the password or hash, hidden in the file. None where there is none."""
    for name in _PASSWORDS:
        value = resource.value(name)
        if value is None:
            continue
        if not isinstance(value, Scalar):
            return Credential(Secrecy.REFERENCE, value.span)
        value.source.hide(value.start, value.end)
        secrecy = Secrecy.HASH if name in _HASHES else Secrecy.PLAIN
        if not value.text:
            secrecy = Secrecy.EMPTY
        return Credential(secrecy, value.span, line_end(value.text, value.span))
    return None


def required(resource: Attributes, name: str) -> Text:
    """Return the text of an attribute that must be there, else unresolved."""
    return text_of(resource, name) or Unresolved("the resource does not name it", *resource.span)


def text_of(resource: Attributes, *names: str) -> Text | None:
    """Return the text of the first written one of these attributes. None where none is written."""
    for name in names:
        value = resource.value(name)
        if value is not None:
            return as_text(value)
    return None


def as_text(value: Value) -> Text:
    """Return a value as a text, unresolved where it is none."""
    if isinstance(value, Scalar):
        return Located(value.text, *value.span)
    return value if isinstance(value, Unresolved) else Unresolved("not a text", *value.span)


def texts_of(value: Value | None) -> list[Text]:
    """Return the texts of a list. One that stands for all where the list is not known."""
    if value is None:
        return []
    if isinstance(value, Items):
        return [as_text(item) for item in value.values if not (isinstance(item, Scalar) and item.kind == NULL)]
    return [Unresolved("not a list", *value.span) if isinstance(value, Members) else as_text(value)]


def flag_of(resource: Attributes, name: str) -> Flag | None:
    """Return a boolean attribute. None where it is not written."""
    value = resource.value(name)
    if isinstance(value, Scalar) and (value.kind == BOOL or value.text in {"true", "false"}):
        return Located(value.text == "true", *value.span)
    return None if value is None else Unresolved("not known to be true", *value.span)
