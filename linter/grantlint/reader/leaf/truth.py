"""Whether a condition of literals holds, in templates and scripts; what is no literal is not decided.

Only what means the same in Jinja, ERB, Go's templates, Puppet and shell is told: `true` and `false`, their negation,
`and` and `or`, and whether two literals are equal.
"""

import re

from grantlint.platform.pattern import Pattern

_LITERAL = r"""(?:'[^'\\$]*'|"[^"\\$#{]*"|-?\d+(?:\.\d+)?)"""
_WORDS = {"true": True, "false": False, "none": False, "nil": False, "undef": False, "null": False}
_EQUAL = Pattern(rf"(?P<left>{_LITERAL})\s*(?P<sign>[=!]=)\s*(?P<right>{_LITERAL})\Z")
_EQ = Pattern(rf"(?P<sign>eq|ne)\s+(?P<left>{_LITERAL})\s+(?P<right>{_LITERAL})\Z")
_NOT = Pattern(r"(?:not\b|!(?!=))\s*(?P<rest>.+)\Z")
_BETWEEN = Pattern(r"\s+(?P<word>and|or)\s+|\s*(?P<sign>&&|\|\|)\s*")
_DEEPEST = 20


def holds(condition: str, depth: int = 0) -> bool | None:
    """Return whether a condition holds, None where only a run can tell.

    >>> holds("false"), holds("not False"), holds("1 == 2"), holds("x"), holds("x and false")
    (False, True, False, None, False)
    """
    text = condition.strip()
    while text.startswith("(") and text.endswith(")") and ")" not in text[:-1]:
        text = text[1:-1].strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if depth > _DEEPEST or "(" in text:
        return None
    joined, negated = _BETWEEN.search(text), _NOT.match(text)
    if joined is not None:
        return _joined(text, joined, depth + 1)
    if negated is not None:
        found = holds(negated["rest"], depth + 1)
        return None if found is None else not found
    return _compared(text)


def _joined(text: str, joined: re.Match[str], depth: int) -> bool | None:
    """Return what `and` or `or` makes of two conditions; both in one text have an order that is not worked out."""
    words = {found["word"] or found["sign"] for found in _BETWEEN.finditer(text)}
    if not (words <= {"and", "&&"} or words <= {"or", "||"}):
        return None
    either = bool(words & {"or", "||"})
    sides = holds(text[: joined.start()], depth), holds(text[joined.end() :], depth)
    if either in sides:
        return either
    return None if None in sides else not either


def _compared(text: str) -> bool | None:
    found = _EQUAL.match(text) or _EQ.match(text)
    if found is None:
        return None
    left, right = found["left"], found["right"]
    if (left[0] in "'\"") is not (right[0] in "'\""):
        return None
    return (left.strip("'\"") == right.strip("'\"")) is (found["sign"] in {"==", "eq"})
