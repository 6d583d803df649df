"""From a value as written to its text: literal, put together from literals, or unresolved."""

from collections.abc import Sequence

from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.reader.formats.ansible.values import templates
from grantlint.reader.formats.ansible.values.nodes import (
    OMIT,
    Item,
    Omitted,
    Unknown,
    Value,
    is_null,
    is_opaque,
    member,
    scalar,
)
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.formats.ansible.values.written import OPAQUE, Piece, Written
from grantlint.reader.yaml.nodes import ScalarNode, SequenceNode
from grantlint.reader.yaml.offsets import offsets

MAX_STEPS = 10
"""Variables that may lead to one another before it counts as a loop."""

_IN_A_CIRCLE = Unknown("variables that lead to one another")
TO_FILL = Unknown("a variable that is empty until somebody sets it")


def follow(item: Item, scope: Scope | FileScope, steps: int = 0) -> Item | Unknown | Omitted:
    """Return the item that a bare `{{ expression }}` stands for. Any other value is itself."""
    if not isinstance(item, Value) or not isinstance(item.node, ScalarNode):
        return item
    node = item.node
    if node.tag and is_opaque(node):
        return Unknown(f"{_tag(node.tag)} is read only during a run")
    if "{{" not in node.value:
        return item
    name = templates.name_in(node.value)
    if name is not None:
        found = _named(name, (), scope, steps) if steps <= MAX_STEPS else _IN_A_CIRCLE
        return _nowhere(scope) if isinstance(found, _Missing) else found
    part = templates.whole(node.value)
    return item if part is None else _evaluate(part, item, scope, steps)


def is_null_variable(found: Item | Unknown | Omitted, item: Item) -> bool:
    """Whether a value is null by way of a variable. Releases differ in what they pass on, and it is there to be set."""
    return found is not item and isinstance(found, Value) and is_null(found.node)


def _evaluate(part: templates.Part, item: Value, scope: Scope | FileScope, steps: int) -> Item | Unknown | Omitted:
    """Evaluate an expression that begins at `part.inside` of the item's text."""
    if part.expression is None:
        return Unknown("a Jinja expression")
    if steps > MAX_STEPS:
        return _IN_A_CIRCLE
    operands = part.expression.operands
    found = _operand(operands[0], item, part.inside, scope, steps)
    for operand in operands[1:]:
        if isinstance(found, _Missing) or (operand.empty_too and _is_empty(found)):
            found = _operand(operand, item, part.inside, scope, steps)
    return _nowhere(scope) if isinstance(found, _Missing) else found


class _Missing:
    """No file defines the variable, or the value has no such part: `default()` stands in."""


_MISSING = _Missing()


def _nowhere(scope: Scope | FileScope) -> Unknown:
    sealed = scope.file.tree.sealed
    return Unknown(sealed.reason if sealed else "a variable that nothing read here defines")


def _operand(
    operand: templates.Operand,
    item: Value,
    base: int,
    scope: Scope | FileScope,
    steps: int,
) -> Item | Unknown | Omitted | _Missing:
    if operand.collection:
        return []
    if operand.literal is not None:
        return _literal(operand, item, base)
    return _named(operand.name, operand.path, scope, steps)


def _named(name: str, path: Sequence[str], scope: Scope | FileScope, steps: int) -> Item | Unknown | Omitted | _Missing:
    return OMIT if name == "omit" else _variable(name, path, scope, steps)


def _variable(
    name: str, path: Sequence[str], scope: Scope | FileScope, steps: int
) -> Item | Unknown | Omitted | _Missing:
    found = scope.find(name)
    if found is None:
        return _nowhere(scope) if path else _MISSING
    for key in path:
        container = found if isinstance(found, Unknown) else follow(found, scope, steps + 1)
        if isinstance(container, (Unknown, Omitted)):
            return container
        if isinstance(container, Value) and isinstance(container.node, ScalarNode):
            return Unknown("a Jinja expression")
        found = member(container, key)
        if found is None:
            return _MISSING
    return found if isinstance(found, Unknown) else follow(found, scope, steps + 1)


def is_defined(operand: templates.Operand, scope: Scope | FileScope) -> bool | None:
    """Return whether a variable, or a named part of it, is defined. None where a run decides."""
    found = _variable(operand.name, operand.path, scope, 0)
    return None if isinstance(found, (Unknown, Omitted)) else not isinstance(found, _Missing)


def _literal(operand: templates.Operand, item: Value, base: int) -> Value:
    """Return the text of a literal in an expression, at its place in the file."""
    text = operand.literal or ""
    places = offsets(item.source, item.node) if isinstance(item.node, ScalarNode) else None
    first, last = base + operand.start, base + operand.start + len(text) - 1
    if places is None or not text or last >= len(places):
        span = item.span
        return Value(scalar(text, span.start, span.end), item.source)
    return Value(scalar(text, places[first], places[last] + 1), item.source)


def _is_empty(found: Item | Unknown | Omitted | _Missing) -> bool:
    if isinstance(found, Value):
        return is_null(found.node) or found.node.value in {"", "false", "False", "no"} or found.node.value == []
    return isinstance(found, (list, dict)) and not found


def _tag(tag: str | None) -> str:
    return "a value behind a tag" if tag is None else f"what {tag} stands for"


def written(item: Item, scope: Scope | FileScope) -> Written | Unresolved | Omitted:
    """Return a value's text with its places. Pieces that cannot be resolved are OPAQUE in it.

    Unresolved where nothing of it is known. It then stands where the item itself is written.
    """
    found = follow(item, scope)
    if isinstance(found, Omitted):
        return found
    if is_null_variable(found, item):
        found = TO_FILL
    if isinstance(found, Unknown):
        return unresolved(found.reason, item)
    if not isinstance(found, Value) or not isinstance(found.node, ScalarNode):
        mapping = isinstance(found, dict) or (isinstance(found, Value) and not isinstance(found.node, SequenceNode))
        return unresolved("a mapping where a text belongs" if mapping else "a list where a text belongs", item)
    text: str = found.node.value
    if not templates.is_template(text):
        return Written.of(found.node, found.source)
    split = templates.parts(text)
    if split is None:
        return unresolved("a Jinja template", item)
    pieces = [_piece(part, text, found, scope) for part in split]
    known = any(piece.text != OPAQUE for piece in pieces)
    return Written.of_pieces(tuple(pieces), found.span) if known else unresolved(_reason(split, found, scope), item)


def _piece(part: templates.Part, text: str, value: Value, scope: Scope | FileScope) -> Piece:
    if part.literal:
        return Piece(text[part.start : part.end], value, part.start)
    found = _evaluate(part, value, scope, 1)
    if not isinstance(found, Value) or not isinstance(found.node, ScalarNode) or is_null(found.node):
        return Piece(OPAQUE, value, part.start)
    if not templates.is_template(found.node.value):
        return Piece(found.node.value, found, 0)
    return Piece(OPAQUE, value, part.start)


def _reason(split: tuple[templates.Part, ...], value: Value, scope: Scope | FileScope) -> str:
    found = _evaluate(split[0], value, scope, 1)
    return found.reason if isinstance(found, Unknown) else "a Jinja template"


def text_of(item: Item, scope: Scope | FileScope) -> Text | Omitted:
    """Return a value as located text. Unresolved where any piece of it is not known."""
    if isinstance(item, Value):
        node = item.node
        if isinstance(node, ScalarNode) and not node.tag and "{" not in node.value:
            return Located(node.value, item.source, *item.span[1:])
    found = written(item, scope)
    if not isinstance(found, Written):
        return found
    if OPAQUE in found.value:
        return Unresolved("a Jinja template", *found.span)
    return Located(found.value, *found.span)


def unresolved(reason: str, item: Item, fallback: Span | None = None) -> Unresolved:
    """Return an unresolved value at the place where it is written."""
    span = place_of(item) or fallback or Span(Source("", ""), 0, 0)
    return Unresolved(reason, *span)


def place_of(item: Item) -> Span | None:
    """Return where a value is written. Of a list that a loop put together, its first."""
    if isinstance(item, Value):
        return item.span
    for inner in item.values() if isinstance(item, dict) else item:
        place = place_of(inner)
        if place:
            return place
    return None
