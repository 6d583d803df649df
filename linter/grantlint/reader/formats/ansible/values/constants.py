"""Whether a `when` holds whatever the variables are: `false`, `not true`, `1 == 2`, `"no" | bool`, what they decide.

Source: Ansible, "Conditionals": the elements of a list all have to hold, each is an expression of Jinja. Jinja's
constants are true, false and none, in small letters or with a capital; a plain YAML `no` is false before Jinja sees
it. A text that is not empty holds in Jinja, also 'false'; Ansible 12 refuses it. So it is told as neither.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import ge, gt, le, lt

from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TypeAlias
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode

_TOKEN = Pattern(r"""'[^'\\]*'|"[^"\\]*"|\d+(?:\.\d+)?|[A-Za-z_]\w*|[=!<>]=|\S""")
_ALONE = Pattern(r"\{\{(?P<inside>[^{}]*)\}\}\Z")
_CONSTANTS = {"true": True, "false": False, "none": None}
_YAML = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
_BOOL = {"yes": True, "on": True, "1": True, "true": True, "t": True, "y": True}
_ORDER: Mapping[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_EQUALS = frozenset({"==", "!="})
_NUMBERS = frozenset("0123456789")
_ENDS = frozenset({")", "and", "or"})
_DEEPEST = 30  # parentheses and `not` in each other


class _Unknown:
    """The value of what is no constant."""


_UNKNOWN = _Unknown()
_Value: TypeAlias = "bool | float | str | _Unknown | None"


def as_run(task: dict[str, Node]) -> dict[str, Node] | None:
    """Return a task without a condition that always holds. None where it never does."""
    if "when" not in task:
        return task
    holds = constant(task["when"])
    if holds is None:
        return task
    return {name: node for name, node in task.items() if name != "when"} if holds else None


def constant(when: Node | None) -> bool | None:
    """Return whether a condition holds in every run. None where a run decides."""
    parts = when.value if isinstance(when, SequenceNode) else [when]
    verdicts = [_verdict(part) for part in parts if part is not None]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _verdict(node: Node) -> bool | None:
    if not isinstance(node, ScalarNode):
        return None
    text = node.value.strip()
    if not node.style and text.lower() in _YAML:
        return _YAML[text.lower()]
    alone = _ALONE.match(text)
    if alone is not None:
        text = alone["inside"]
    tokens = [found.group() for found in _TOKEN.finditer(text)]
    if not tokens or "if" in tokens:  # it binds less than all that is read here
        return None
    reader = _Reader(tokens)
    value = reader.either(0)
    return None if isinstance(value, _Unknown | str) or reader.at < len(tokens) else bool(value)


class _Reader:
    """Reads an expression of constants; whatever else stands in it is unknown up to its end."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self.at = 0

    @property
    def _next(self) -> str:
        return self._tokens[self.at] if self.at < len(self._tokens) else ""

    def either(self, depth: int) -> _Value:
        """Read what `or` joins."""
        value = self._every(depth)
        while self._next == "or":
            self.at += 1
            value = _joined(value, self._every(depth), decides=True)
        return value

    def _every(self, depth: int) -> _Value:
        value = self._compared(depth)
        while self._next == "and":
            self.at += 1
            value = _joined(value, self._compared(depth), decides=False)
        return value

    def _compared(self, depth: int) -> _Value:
        if self._next == "not" and depth < _DEEPEST:
            self.at += 1
            value = self._compared(depth + 1)
            return value if isinstance(value, _Unknown) else not value
        left = self._filtered(depth)
        sign = self._next
        if sign in _ORDER or sign in _EQUALS:
            self.at += 1
            left = _compared(left, sign, self._filtered(depth))
        return self._rest(left)

    def _filtered(self, depth: int) -> _Value:
        value = self._single(depth)
        while self._next == "|":
            name = self._tokens[self.at + 1 : self.at + 2]
            self.at += 1 + len(name)
            value = _as_bool(value) if name == ["bool"] else _UNKNOWN
        return value

    def _single(self, depth: int) -> _Value:
        word = self._next
        self.at += 1
        if word == "(" and depth < _DEEPEST:
            value = self.either(depth + 1)
            if self._next != ")":
                return _UNKNOWN
            self.at += 1
            return value
        if word[:1] in {"'", '"'}:
            return word[1:-1]
        if word[:1] in _NUMBERS:
            return float(word)
        return _CONSTANTS.get(word[:1].lower() + word[1:], _UNKNOWN)

    def _rest(self, value: _Value) -> _Value:
        """Read over what belongs to an operand and is not understood, which makes it unknown."""
        level = 0
        while self._next and (level or self._next not in _ENDS):
            level += (self._next in {"(", "[", "{"}) - (self._next in {")", "]", "}"})
            self.at += 1
            value = _UNKNOWN
        return value


def _joined(left: _Value, right: _Value, *, decides: bool) -> _Value:
    """Return what `or` (True decides) or `and` (False decides) makes of two values."""
    known = [bool(value) for value in (left, right) if not isinstance(value, _Unknown)]
    if decides in known:
        return decides
    return not decides if len(known) == 2 else _UNKNOWN  # noqa: PLR2004 - both


def _compared(left: _Value, sign: str, right: _Value) -> _Value:
    if isinstance(left, _Unknown) or isinstance(right, _Unknown):
        return _UNKNOWN
    if sign in _EQUALS:
        return (left == right) is (sign == "==")
    return _ORDER[sign](left, right) if isinstance(left, float) and isinstance(right, float) else _UNKNOWN


def _as_bool(value: _Value) -> _Value:
    """Return what the filter `bool` of Ansible makes of a value. Every other text is false."""
    if isinstance(value, _Unknown | bool) or value is None:
        return value
    return _BOOL.get(value.lower(), False) if isinstance(value, str) else value == 1.0
