"""What an HCL expression comes to: literals, references, templates of these, `for`, and a condition that is known.

Of functions `replace` alone is evaluated; `toset`, `tolist`, `jsonencode` and `yamlencode` are read as what they are
given. What only a run of Terraform could know is unresolved.
"""

from collections.abc import Callable, Mapping, Sequence

from tree_sitter import Node

from grantlint.model.location import Unresolved
from grantlint.reader.formats.terraform.hcl.references import Path, Scope
from grantlint.reader.formats.terraform.hcl.syntax import Document, Expression, unescaped
from grantlint.reader.formats.terraform.values import (
    BOOL,
    NULL,
    NUMBER,
    STRING,
    Items,
    Members,
    Scalar,
    Value,
    entries_of,
    identity,
)

MAX_DEPTH = 40
MAX_ITEMS = 10_000
MAX_TEXT = 10_000
ENDLESS = "it refers to itself, or to too much"

_OF_REPLACE = 3  # arguments
_READ_THROUGH = frozenset({"toset", "tolist", "tomap", "sensitive", "nonsensitive", "jsonencode", "yamlencode"})
_CHANGES_TWICE = ("uuid", "timestamp", "bcrypt", "plantimestamp")


def evaluate(expression: Expression, scope: Scope) -> Value:
    """Return the value of an expression."""
    return _Reading(expression.document, scope).value(expression.node)


class _Reading:
    """Evaluates expressions of one file in one scope."""

    __slots__ = ("document", "scope")

    def __init__(self, document: Document, scope: Scope) -> None:
        self.document = document
        self.scope = scope.deeper()

    def value(self, node: Node) -> Value:
        if self.scope.depth > MAX_DEPTH or not self.scope.names.spend():
            return Unresolved(ENDLESS, *self.document.span(node))
        while node.type in _WRAPPERS:
            children = node.named_children
            if not children:
                return self.unknown(node, "an expression")
            if len(children) > 1:
                return self.reference(children)
            node = children[0]
        read = _KINDS.get(node.type)
        return read(self, node) if read else self.unknown(node, "an expression")

    def literal(self, node: Node) -> Value:
        kind = {"numeric_lit": NUMBER, "bool_lit": BOOL}.get(node.type, NULL)
        return Scalar(self.document.text(node), kind, *self.document.span(node))

    def tuple(self, node: Node) -> Value:
        items = [child for child in node.children if child.type == "expression"]
        if len(items) > MAX_ITEMS:
            self.leave(node)
        return Items([self.inner(item) for item in items[:MAX_ITEMS]], *self.document.span(node))

    def leave(self, node: Node) -> None:
        self.scope.names.leave(self.document.span(node), f"a list or map has more than {MAX_ITEMS:,} items")

    def variable(self, node: Node) -> Value:
        return self.reference([node])

    def inner(self, node: Node) -> Value:
        return _Reading(self.document, self.scope).value(node)

    def unknown(self, node: Node, what: str) -> Unresolved:
        text = " ".join(self.document.text(node).split())
        changes = any(word in text for word in _CHANGES_TWICE)
        return Unresolved(what, *self.document.span(node), "" if changes else self.same(text))

    def same(self, text: str) -> str:
        return f"{self.scope.names.name}|{self.scope.instance if self.scope.bound else ''}|{text}"

    def template(self, node: Node) -> Value:
        """Return a string of its parts. Unresolved where one part is not known."""
        pieces: list[str] = []
        for child in node.children:
            if child.type == "template_literal":
                pieces.append(unescaped(self.document.text(child)))
            elif child.type == "template_interpolation":
                inside = next((part for part in child.children if part.type == "expression"), None)
                value = self.inner(inside) if inside else None
                if len(node.named_children) == 3 and value is not None:  # noqa: PLR2004 - "${x}" alone is x itself
                    return value
                if not isinstance(value, Scalar) or value.kind == NULL:
                    reason = value.reason if isinstance(value, Unresolved) else "a template"
                    return self.unknown(node, reason)
                pieces.append(value.text)
                if sum(map(len, pieces)) > MAX_TEXT:
                    return self.unknown(node, "a text that grows without end")
            elif child.type == "template_directive":
                return self.unknown(node, "a template with a directive")
        return Scalar("".join(pieces), STRING, *self.document.span(node))

    def heredoc(self, node: Node) -> Value:
        literals = [child for child in node.named_children if child.type != "heredoc_start"]
        words = [self.document.text(child) for child in literals if child.type == "template_literal"]
        if any(child.type.startswith("template_") and child.type != "template_literal" for child in literals):
            return self.unknown(node, "a template")
        return Scalar("".join(words).strip() + "\n", STRING, *self.document.span(node))

    def object(self, node: Node) -> Value:
        values: dict[str, Value] = {}
        keys: dict[str, Scalar] = {}
        for element in node.named_children:
            sides = [child for child in element.named_children if child.type == "expression"]
            if element.type != "object_elem" or len(sides) != 2:  # noqa: PLR2004 - key and value
                continue
            key = self.key(sides[0])
            if isinstance(key, Scalar):
                keys[key.text] = key
                values[key.text] = self.inner(sides[1])
            else:
                return self.unknown(node, "a map with a key that is not known")
        return Members(values, keys, *self.document.span(node))

    def key(self, node: Node) -> Value:
        """Return the key of an object. A bare word is its own name, brackets make it an expression."""
        inside = node.named_children
        if len(inside) == 1 and inside[0].type == "variable_expr" and node.child_count == 1:
            return Scalar(self.document.text(inside[0]), STRING, *self.document.span(inside[0]))
        return self.inner(node)

    def function(self, node: Node) -> Value:
        name = self.document.text(node.children[0])
        arguments = next((child for child in node.named_children if child.type == "function_arguments"), None)
        given = arguments.named_children if arguments else []
        if name in _READ_THROUGH and len(given) == 1:
            return self.inner(given[0])
        if name == "replace" and len(given) == _OF_REPLACE:
            return self.replaced(node, given)
        return self.unknown(node, f"the function {name}")

    def replaced(self, node: Node, given: Sequence[Node]) -> Value:
        """Return a text with one part replaced. `/.../` is a regular expression, which is not worked out."""
        parts = [part.text for part in map(self.inner, given) if isinstance(part, Scalar) and part.kind == STRING]
        is_pattern = len(parts) == _OF_REPLACE and len(parts[1]) > 1 and parts[1][0] == parts[1][-1] == "/"
        if len(parts) < _OF_REPLACE or is_pattern or len(parts[0]) * len(parts[2]) > MAX_TEXT:
            return self.unknown(node, "the function replace")
        text, part, other = parts
        return Scalar(text.replace(part, other), STRING, *self.document.span(node))

    def conditional(self, node: Node) -> Value:
        sides = [child for child in node.named_children if child.type == "expression"]
        condition = self.inner(sides[0]) if len(sides) == 3 else None  # noqa: PLR2004 - condition, then, else
        if not isinstance(condition, Scalar) or condition.text not in {"true", "false"}:
            return self.unknown(node, "a condition that only a run knows")
        return self.inner(sides[1 if condition.text == "true" else 2])

    def comparison(self, node: Node) -> Value:
        """Return the result of comparing known values. Other operators than == and != are not worked out."""
        at = next((at for at, child in enumerate(node.children) if not child.is_named), 0)
        sign, parts = node.children[at].type, (node.children[:at], node.children[at + 1 :])
        sides = [self.reference(part) if len(part) > 1 else self.inner(part[0]) for part in parts if part]
        scalars = [side for side in sides if isinstance(side, Scalar)]
        if sign not in {"==", "!="} or len(scalars) != 2:  # noqa: PLR2004 - left and right
            return self.unknown(node, "an operator")
        left, right = scalars
        if left.kind == right.kind:
            equal = left.text == right.text
        elif NULL in {left.kind, right.kind}:
            equal = False
        else:
            return self.unknown(node, "a comparison of different kinds")
        return Scalar("true" if equal is (sign == "==") else "false", BOOL, *self.document.span(node))

    def loop(self, node: Node) -> Value:
        """Return the list or map that a `for` makes. Unrolled over what is known; its keys must not come twice."""
        intro = next((child for child in node.named_children if child.type == "for_intro"), None)
        sides = [child for child in node.named_children if child.type == "expression"]
        rest = {child.type for child in node.named_children} & {"for_cond", "ellipsis"}
        over = [child for child in intro.named_children if child.type == "expression"] if intro else []
        if intro is None or len(over) != 1 or rest:
            return self.unknown(node, "a loop with a condition")
        collection = self.inner(over[0])
        if isinstance(collection, Unresolved):
            return self.unknown(node, collection.reason)
        if not entries_of(collection) and "var." in self.document.text(over[0]):
            return self.unknown(node, "a variable that is empty until who calls the module fills it")
        names = [self.document.text(child) for child in intro.named_children if child.type == "identifier"]
        keys: dict[str, Scalar] = {}
        values: dict[str, Value] = {}
        items: list[Value] = []
        turns = entries_of(collection)
        if len(turns) > MAX_ITEMS:
            self.leave(node)
        for key, value in turns[:MAX_ITEMS]:
            bound = {**self.scope.bound, names[0]: value if len(names) == 1 else key, names[-1]: value}
            instance = f"{self.scope.instance}|{identity(key)}|{identity(value)}"
            turn = _Reading(self.document, self.scope._replace(bound=bound, instance=instance))
            made = [turn.value(side) for side in sides]
            if len(made) == 1:
                items.append(made[0])
            elif len(made) == 2 and isinstance(made[0], Scalar):  # noqa: PLR2004 - key and value
                keys[made[0].text], values[made[0].text] = made[0], made[1]
            else:
                return self.unknown(node, "a loop with a key that is not known")
        if node.type == "for_tuple_expr":
            return Items(items, *self.document.span(node))
        return Members(values, keys, *self.document.span(node))

    def reference(self, parts: list[Node]) -> Value:
        span = self.document.span(parts[0], parts[-1])
        same = self.same("".join("".join(map(self.document.text, parts)).split()))
        if parts[0].type == "expression":
            start: Value = self.inner(parts[0])
        elif parts[0].type == "variable_expr":
            start = Unresolved("", *span)
        else:
            return Unresolved("an expression", *span, same)
        steps: list[Value] = []
        for part in parts[1:]:
            found = self.step(part)
            if found is None:
                return Unresolved("an expression", *span, same)
            steps.append(found)
        if parts[0].type == "expression":
            return Path("", tuple(steps), span, same).rest(start, 0)
        path = Path(self.document.text(parts[0]), tuple(steps), span, same)
        if path.root in self.scope.bound:
            return path.rest(self.scope.bound[path.root], 0)
        found = self.scope.names.look_up(path, self.scope)
        return path.unresolved("a name that only a run knows") if found is None else found

    def step(self, part: Node) -> Value | None:
        """Return one step of a reference: `.name`, `[index]` or the old `.0`."""
        if part.type == "get_attr":
            name = part.named_children[0]
            return Scalar(self.document.text(name), STRING, *self.document.span(name))
        if part.type == "index":
            inside = part.named_children[0] if part.named_children else None
            if inside is not None and inside.type == "new_index":
                return self.inner(inside.named_children[0])
            if inside is not None and inside.type == "legacy_index":
                return Scalar(self.document.text(inside).lstrip("."), NUMBER, *self.document.span(inside))
        return None


_WRAPPERS = frozenset({"expression", "literal_value", "template_expr", "collection_value", "operation", "for_expr"})
_KINDS: Mapping[str, Callable[[_Reading, Node], Value]] = {
    "string_lit": _Reading.template,
    "quoted_template": _Reading.template,
    "heredoc_template": _Reading.heredoc,
    "numeric_lit": _Reading.literal,
    "bool_lit": _Reading.literal,
    "null_lit": _Reading.literal,
    "tuple": _Reading.tuple,
    "object": _Reading.object,
    "variable_expr": _Reading.variable,
    "function_call": _Reading.function,
    "conditional": _Reading.conditional,
    "binary_operation": _Reading.comparison,
    "for_tuple_expr": _Reading.loop,
    "for_object_expr": _Reading.loop,
}
