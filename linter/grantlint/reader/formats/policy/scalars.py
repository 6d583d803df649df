"""What YAML readers make of an unquoted scalar: the reason why a password wants quotes and `locked: yes` is true."""

import re
from functools import lru_cache

from grantlint.platform.pattern import Pattern

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})

_WHOLE = Pattern(r"(0|-?[1-9][0-9]{0,17})")
_NUMBER = Pattern(
    r"""[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?  # YAML 1.2: 0123, 10.1, 1e3
    |[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?                             # YAML 1.1: 1_000
    |[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7]+)
    |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?            # YAML 1.1: 1:30 is 90
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)

_NUMERIC = frozenset("+-.0123456789")  # what numbers begin with

SOME_FRACTION = 0.5
"""Stands for every number that is not plainly whole: YAML readers do not agree on them (0123 is 83 or 123)."""


@lru_cache(1 << 14)
def plain_value(text: str) -> str | int | float | bool | None:
    """Return an unquoted scalar's value in YAML 1.1 or 1.2. Text where both leave it text."""
    if text in NULLS:
        return None
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    if text[0] not in _NUMERIC or not _NUMBER.fullmatch(text):
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    return -SOME_FRACTION if text.startswith("-") else SOME_FRACTION
