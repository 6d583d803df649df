"""Jinja as far as it can be read without running it: `{{ name }}`, `{{ a.b['c'] }}`, `{{ x | default('y') }}`.

Everything else is an expression that only a run could know.
"""

import re
from functools import lru_cache

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_NAME = r"[A-Za-z_]\w*"
_ACCESS = rf"(?:\.(?:{_NAME}|\d+)|\[\s*(?:'[^'\\]*'|\"[^\"\\]*\"|\d+)\s*\])"
_OPERAND = Pattern(
    rf"\s*(?:(?P<name>{_NAME})(?P<path>{_ACCESS}*)|'(?P<single>[^'\\]*)'|\"(?P<double>[^\"\\]*)\""
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<empty>\[\s*\]|\{\s*\}))\s*",
)
_STEP = Pattern(rf"\.({_NAME}|\d+)|\[\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))\s*\]")
_DEFAULT = Pattern(r"\s*\|\s*(?:default|d)\(")
_END_OF_DEFAULT = Pattern(r"\s*(?:,\s*(?:boolean\s*=\s*)?(?P<flag>[Tt]rue|[Ff]alse|1|0)\s*)?\)")
_KEEPS_TEXT = Pattern(r"\s*\|\s*(?:string|mandatory|list|bool)\b(?:\(\s*\))?")
_PART = Pattern(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_ONE_NAME = re.compile(rf"\s*\{{\{{\s*({_NAME})\s*\}}\}}\s*\Z")
_WORDS = frozenset({"true", "false", "none", "True", "False", "None", "not", "lookup", "query", "q"})


class Operand(NamedTuple):
    """A variable with its path, or a literal. `start` and `end` count from the expression's first character."""

    name: str
    path: tuple[str, ...]
    literal: str | None
    start: int
    end: int
    empty_too: bool = False  # default(x, true): it stands in for an empty value also
    collection: bool = False  # [] or {}


class Expression(NamedTuple):
    """An operand, and its defaults in order."""

    operands: tuple[Operand, ...]


class Part(NamedTuple):
    """A piece of a string: literal text or an expression. expression: None for one that cannot be read."""

    start: int
    end: int
    literal: bool
    expression: Expression | None
    inside: int  # where the expression begins


def is_template(text: str) -> bool:
    """Whether Jinja would change the text."""
    return "{{" in text or "{%" in text or "{#" in text


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[Part, ...] | None:
    """Return a string split into literal text and expressions. None if it holds statements or is not balanced."""
    if "{%" in text or "{#" in text:
        return None
    found: list[Part] = []
    at = 0
    for match in _PART.finditer(text, 0, text.rfind("}}") + 2 if "}}" in text else 0):
        if match.start() > at:
            found.append(Part(at, match.start(), literal=True, expression=None, inside=at))
        found.append(
            Part(
                match.start(),
                match.end(),
                literal=False,
                expression=expression(match.group(1)),
                inside=match.start(1),
            ),
        )
        at = match.end()
    if at < len(text):
        found.append(Part(at, len(text), literal=True, expression=None, inside=at))
    return None if any(part.literal and "{{" in text[part.start : part.end] for part in found) else tuple(found)


def name_in(text: str) -> str | None:
    """Return the variable that alone makes up a string, or None."""
    found = _ONE_NAME.match(text)
    return found[1] if found is not None and found[1] not in _WORDS else None


@lru_cache(maxsize=4096)
def whole(text: str) -> Part | None:
    """Return the expression that makes up a whole string, or None."""
    lead = len(text) - len(text.lstrip())
    found = parts(text.strip())
    if found is None or len(found) != 1 or found[0].literal:
        return None
    return found[0]._replace(inside=found[0].inside + lead)


@lru_cache(maxsize=4096)
def expression(text: str) -> Expression | None:
    """Return the expression between `{{` and `}}`. None if it is more than a name, a literal and defaults."""
    first = _operand(text, 0)
    if first is None:
        return None
    operands, at = [first], first.end
    while at < len(text):
        kept = _KEEPS_TEXT.match(text, at)
        if kept:
            at = kept.end()
            continue
        opened = _DEFAULT.match(text, at)
        if opened is None:
            return None if text[at:].strip() else Expression(tuple(operands))
        stand_in = _operand(text, opened.end())
        closed = _END_OF_DEFAULT.match(text, stand_in.end) if stand_in else None
        if stand_in is None or closed is None:
            return None
        operands.append(stand_in._replace(empty_too=closed["flag"] in {"true", "True", "1"}))
        at = closed.end()
    return Expression(tuple(operands))


def _operand(text: str, at: int) -> Operand | None:
    match = _OPERAND.match(text, at)
    if match is None:
        return None
    kind = "name" if match["name"] is not None else str(match.lastgroup)
    start, word = match.start(kind), match[kind]
    if kind == "empty":
        return Operand("", (), "", start, match.end(), collection=True)
    if kind != "name":
        return Operand("", (), word, start, match.end())
    if word in _WORDS:
        literal = word in {"true", "false", "True", "False"} and not match["path"]
        return Operand("", (), word, start, match.end()) if literal else None
    path = tuple(next(filter(None, step.groups()), "") for step in _STEP.finditer(match["path"]))
    return Operand(word, path, None, start, match.end())
