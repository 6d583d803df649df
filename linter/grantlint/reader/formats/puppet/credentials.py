"""Passwords and hashes in Puppet: in which form one stands there, and that no report shows it."""

import re

from grantlint.model import Credential, Secrecy
from grantlint.model.location import Source, Span
from grantlint.platform.regex import compiled
from grantlint.reader.formats.puppet.language.lookups import CALL, key_of, looked_up
from grantlint.reader.formats.puppet.language.values import Items, Members, String, Unknown, Value
from grantlint.reader.leaf.changes import line_end

_HASH = re.compile(r"\*[0-9A-Fa-f]{40}\Z|\$A\$")
_QUOTED = compiled(r"""'(?:[^'\\]+|\\.)*+'|"(?:[^"\\]+|\\.)*+\"""", re.DOTALL)
_WRAPPERS = frozenset(
    {"mysql_password", "mysql::password", "mysql", "password", "Sensitive", "String", "new", "unwrap", "true", "false"}
)
_WORD = re.compile(r"[\w$]+")
_SECRET_NAME = re.compile(r"pass(?:w|$|_)|pwd|secret|token|hash\Z|credential|private_key", re.IGNORECASE)
_ENCRYPTED = re.compile(r"\s*(?:ENC\[|DEC(?:\(\d+\))?::)")
_NOT_PLAIN = re.compile(rf"\A{_ENCRYPTED.pattern}|%\{{")
_TO_FILL = frozenset({"UNSET", "undef", "undefined"})
NO_PASSWORD = "UNSET"  # noqa: S105 - what the module takes for no password


def credential_of(value: Value | None, *, is_hash: bool) -> Credential | None:
    """Return the form of a `password` or `password_hash` value. The value is hidden."""
    if value is None:
        return None
    hide(value)
    if isinstance(value, String):
        if not value.is_known or _ENCRYPTED.match(value.value):
            return Credential(Secrecy.REFERENCE, value.span)
        return Credential(_secrecy(value.value, is_hash=is_hash), value.span, line_end(value.value, value.span))
    if isinstance(value, Unknown):
        return _of_variable(value, is_hash=is_hash) or _of_expression(value)
    return Credential(Secrecy.REFERENCE, value.span)


def _of_variable(value: Unknown, *, is_hash: bool) -> Credential | None:
    """Return the password that the default of a parameter is. None where the expression makes another of it."""
    default = looked_up(value.span.source, key_of(value)) or value.default
    if default is None or not default.value or default.value in _TO_FILL or _NOT_PLAIN.search(default.value):
        return None
    written = CALL.sub("", value.span.text)
    if "'" in written or '"' in written:
        return None
    if not all(word in _WRAPPERS or word.startswith("$") for word in _WORD.findall(written)):
        return None
    hide(default)
    wraps = any(word not in {"Sensitive", "new"} and not word.startswith("$") for word in _WORD.findall(written))
    return Credential(_secrecy(default.value, is_hash=is_hash and not wraps), default.span)


def _secrecy(text: str, *, is_hash: bool) -> Secrecy:
    if not text:
        return Secrecy.EMPTY
    return Secrecy.HASH if is_hash or _HASH.match(text) else Secrecy.PLAIN


def _of_expression(value: Unknown) -> Credential:
    """Return what `mysql::password('x')` and `Sensitive('x')` hold: a literal in a call that only wraps it."""
    source, start, end = value.span
    written = source.text[start:end]
    literals = list(_QUOTED.finditer(written))
    words = _WORD.findall(_QUOTED.sub(" ", written))
    if len(literals) == 1 and words and all(word in _WRAPPERS for word in words):
        literal = literals[0]
        text = literal.group()[1:-1]
        if literal.group()[0] == "'" or "$" not in text:
            place = Span(source, start + literal.start(), start + literal.end())
            if not text:
                return Credential(Secrecy.EMPTY, place)
            return Credential(Secrecy.HASH if _HASH.match(text) else Secrecy.PLAIN, place)
    return Credential(Secrecy.REFERENCE, value.span)


def hide(value: Value) -> None:
    """Hide every literal in a value."""
    if isinstance(value, String):
        value.span.source.hide(value.span.start, value.span.end)
    elif isinstance(value, Unknown):
        hide_literals(*value.span)
    elif isinstance(value, Items):
        for each in value.values:
            hide(each)
    else:
        for _, each in value.pairs:
            hide(each)


def hide_literals(source: Source, start: int, end: int) -> None:
    """Hide the strings of an expression. What looks like none is the name of a variable or a function."""
    for literal in _QUOTED.finditer(source.text, start, end):
        source.hide(*literal.span())


def hide_secrets(name: str, value: Value) -> None:
    """Hide a value whose name is a secret's. And such values in a hash."""
    if _SECRET_NAME.search(name):
        hide(value)
    elif isinstance(value, Members):
        for key, each in value.pairs:
            hide_secrets(key.value, each)
