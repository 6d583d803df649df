"""Regular expressions in which groups repeat possessively, such as `(?:[^']|'')*+`, on every Python that has them.

Up to 3.11.4, which is what Debian 12 has, the last round of such a group may leave the match behind where that round
began to fail (github.com/python/cpython/issues/106052). An atomic group says the same, and is right everywhere.
"""

import re
import sys

_FIRST_SOUND = (3, 11, 5)
_compile = re.compile  # itself, also while `compiled_late` is entered: a library may ask for a method at once

_PIECE = r"(?s)\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]|\#"
_QUANTIFIER = r"(?P<times>[*+?]|\{\d*,?\d*\})\+"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return an expression compiled, with its possessive groups right."""
    return _compile(pattern if sys.version_info >= _FIRST_SOUND else with_atomic_groups(pattern, flags), flags)


def with_atomic_groups(pattern: str, flags: int = 0) -> str:
    """Return an expression that matches the same, each `(...)*+` written as `(?>(...)*)`."""
    token, quantifier_of = _compile(_PIECE), _compile(_QUANTIFIER)  # for the Pythons of Debian 12 alone
    pieces: list[str] = []
    opened: list[int] = []  # where among the pieces each group begins
    at = 0
    while found := token.search(pattern, at):
        pieces.append(pattern[at : found.start()])
        sign, at = found[0], found.end()
        if sign == "#" and flags & re.VERBOSE:
            end = pattern.find("\n", at)
            pieces.append(sign)
            sign, at = pattern[at:end], end
        elif sign == "(":
            opened.append(len(pieces))
        pieces.append(sign)
        if sign == ")":
            begin = opened.pop()
            quantifier = quantifier_of.match(pattern, at)
            if quantifier:
                pieces[begin:] = ["(?>", *pieces[begin:], quantifier["times"], ")"]
                at = quantifier.end()
    return "".join((*pieces, pattern[at:]))
