"""How an unquoted scalar changes where a program reads it as a value and writes it as text again.

Sources: YAML 1.1 as PyYAML resolves it (Ansible, Salt); go-yaml v3, which Compose and Kubernetes use.
"""

import re

from grantlint.reader.yaml.nodes import ScalarNode, is_plain

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_TRUTHS = frozenset("true True TRUE false False FALSE".split())  # noqa: SIM905 - words are easier to read
_OLD_TRUTHS = frozenset("yes Yes YES no No NO on On ON off Off OFF".split())  # noqa: SIM905 - as above
_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*)\Z")
_GO_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|0|[1-9][0-9_]*)\Z")
_SIXTIES = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?\Z|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?\Z")
_GO_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_PLAIN_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_LONG = 15  # digits that a float keeps


def becomes(node: ScalarNode, *, go: bool) -> str:
    """Return the kind of value that changes a plain scalar's text. '' where the text stays."""
    text = node.value
    if not is_plain(node) or not text:
        return ""
    return _word(text, go=go) or _number(text, go=go)


def _word(text: str, *, go: bool) -> str:
    if text in _NULLS:
        return "null, so no password"
    if text in _TRUTHS or (not go and text in _OLD_TRUTHS):
        return "true or false"
    return ""


def _number(text: str, *, go: bool) -> str:
    if not go and _SIXTIES.match(text):
        return "a number of base 60"
    if (_GO_INTEGER if go else _INTEGER).match(text):
        return "" if _PLAIN_INTEGER.match(text) else "a whole number"
    if (_GO_FLOAT if go else _FLOAT).match(text):
        return "" if _stays(text) else "a number"
    return ""


def _stays(text: str) -> bool:
    try:
        return len(text) <= _LONG and repr(float(text)) == text
    except ValueError:
        return False
