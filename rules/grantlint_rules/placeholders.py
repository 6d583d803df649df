"""Texts that stand for a password to come."""

import re
from itertools import pairwise

_FRAMED = re.compile(r"(?is)<.*>|\$\w*(?:pass|pwd|secret)\w*|\[.*\]|\{+[^{}]*\}+|%\w+%|__\w+__|\.{3,}|x{3,}|\*+|\?+")
_WORDS = re.compile(r"[a-z]+")
_TO_BE_SET = frozenset(
    {"changeme", "changethis", "changeit", "replaceme", "replacethis", "todo", "tbd", "fixme", "dummy"}
)
_ASKS = frozenset({"change", "replace", "set", "fill"})
_WHAT = frozenset({"me", "this", "it", "in", "with"})
_YOURS = re.compile(r"(?:your|my[_-]?own|insert|enter|put|example|must[_-]?change).*(?:pass(?:word|wd)?|secret|pwd)")
_NAMED = re.compile(r"(?=[A-Z_]*(?:PASSWORD|PASSWD|SECRET))[A-Z]+(?:_[A-Z]+)+")
"""The name of what is to be put there: `NPM_DB_PASSWORD`."""


def is_name(text: str) -> bool:
    """Return whether a text is the name of what is to come."""
    return _NAMED.fullmatch(text.strip()) is not None


def is_placeholder(text: str) -> bool:
    """Return whether a text stands for a password to come."""
    folded = text.strip().lower()
    words = _WORDS.findall(folded)
    return (
        _FRAMED.fullmatch(folded) is not None
        or not _TO_BE_SET.isdisjoint(words[:1])
        or any(one in _ASKS and other in _WHAT for one, other in pairwise(words))
        or _YOURS.match(folded) is not None
        or folded.endswith(("_here", "-here", " here", "placeholder"))
    )
