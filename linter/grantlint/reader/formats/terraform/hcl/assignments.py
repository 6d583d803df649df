"""A list of `NAME=value` in HCL, each value at its own place."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from grantlint.model.location import Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.terraform.hcl.expressions import evaluate
from grantlint.reader.formats.terraform.hcl.references import Scope
from grantlint.reader.formats.terraform.hcl.syntax import Document, Expression
from grantlint.reader.formats.terraform.values import STRING, Items, Scalar, Value

_NAME = re.compile(r'"?(?P<name>[A-Za-z_]\w*)=')


class Assignment(NamedTuple):
    """A name with its value. `span`: the item of the list that says it."""

    name: str
    value: Value
    span: Span


def assignments(expression: Expression, scope: Scope) -> Iterator[Assignment]:
    """Yield the assignments of a list. Those of a list elsewhere have its place."""
    node = _bare(expression.node)
    if node.type == "tuple":
        items = [child for child in node.children if child.type == "expression"]
        found = [(_last_reference(item, expression.document, scope), item) for item in items]
        values = [(evaluate(Expression(expression.document, item), scope), inner) for inner, item in found]
    else:
        whole = evaluate(expression, scope)
        values = [(value, None) for value in whole.values] if isinstance(whole, Items) else []
    for value, inner in values:
        span = value.span
        name = _NAME.match(span.source.text, span.start, span.end)
        if name is not None:
            yield Assignment(name["name"], inner or _said(value, Span(span.source, name.end(), span.end - 1)), span)


def _said(value: Value, place: Span) -> Value:
    """Return what stands behind the sign: at its place, where it is written as it is read."""
    if not isinstance(value, Scalar):
        return Unresolved("a template", *place)
    said = value.text.partition("=")[2]
    is_written = place.source.text[place.start : place.end] == said
    return Scalar(said, STRING, *(place if is_written else value.span))


def _last_reference(item: Node, document: Document, scope: Scope) -> Value | None:
    """Return the value of `"NAME=${reference}"`, where it stands. None of any other item."""
    node = _bare(item)
    pieces = [child for child in node.children if child.type in {"template_literal", "template_interpolation"}]
    if [piece.type for piece in pieces] != ["template_literal", "template_interpolation"]:
        return None
    if not document.text(pieces[0]).endswith("=") or document.text(pieces[0]).count("=") > 1:
        return None
    inside = next((part for part in pieces[1].children if part.type == "expression"), None)
    return evaluate(Expression(document, inside), scope) if inside is not None else None


def _bare(node: Node) -> Node:
    """Return the node that wrappers without a meaning of their own stand around."""
    while (
        node.type in {"expression", "literal_value", "template_expr", "collection_value"}
        and node.named_child_count == 1
    ):
        node = node.named_children[0]
    return node
