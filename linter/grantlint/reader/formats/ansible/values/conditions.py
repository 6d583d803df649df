"""What `when` says about one item of a task's loop, as far as that can be told without Jinja.

Told are `item.x is defined`, `item.x is not defined`, `item.x == 'word'` and `item.x != 'word'`, also behind
`default('word')`, and what `and` makes of them. A part that does not look at the item is taken to hold, as it is in a
task without a loop; so is one that says which host an item is for: `inventory_hostname in groups[item.group]`.
"""

from collections.abc import Iterator

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.ansible.values import templates
from grantlint.reader.formats.ansible.values.loops import Loop
from grantlint.reader.formats.ansible.values.nodes import Value, scalar
from grantlint.reader.formats.ansible.values.resolution import follow, is_defined
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode

_TOKEN = Pattern(r"""'[^'\\]*'|"[^"\\]*"|(?<![\w.])[A-Za-z_]\w*|\S""")
_NAME = Pattern(r"[A-Za-z_]\w*")
_DEFINED = Pattern(r"(?P<left>\S+)\s+is\s+(?P<no>not\s+)?(?P<un>un)?defined\Z")
_EQUAL = Pattern(r"""(?P<left>[^=!]*[^=!\s])\s*(?P<sign>[=!]=)\s*(?P<quote>['"])(?P<text>[^'"\\]*)(?P=quote)\Z""")
_SAME = Pattern(r"(?P<left>[A-Za-z_][\w.]*)\s*(?P<sign>[=!]=)\s*(?P<right>[A-Za-z_][\w.]*)\Z")
_THIS_HOST = r"(?:inventory_hostname(?:_short)?|ansible_(?:hostname|fqdn|nodename))"
_WHERE = Pattern(rf"{_THIS_HOST}\s*(?:==|\bin\b)[^()|]*\Z|[^()|=!<>]*==\s*{_THIS_HOST}\Z")
_CHANGES_TYPE = Pattern(r"\|\s*(?:bool|list)\b")
_STRING = Pattern(r"[A-Za-z_][\w./%@-]*\Z")
_OTHER_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
_CHOICES = frozenset({"or", "if", "not"})
_DEEPEST = 20  # parentheses in parentheses


def chosen(when: Node | None, loop: Loop, scope: Scope | FileScope) -> bool | None:
    """Return whether `when` holds for the loop's current item. None where only a run can tell."""
    open_parts = False
    for part in _parts(when):
        if _looks_at(part, loop.names):
            found = _told(part, scope)
            if found is False:
                return False
            open_parts = open_parts or found is None
    return None if open_parts else True


def rules_out(when: Node | None, expression: str, scope: Scope | FileScope) -> bool:
    """Return whether `when` does not hold for what an expression stands for.

    `when: user_name != root_name` for `{{ user_name }}`, where both are root.
    """
    names = frozenset(_NAME.findall(expression)) if "{{" in expression else frozenset[str]()
    return bool(names) and any(_looks_at(part, names) and _compares_two(part, scope) is False for part in _parts(when))


def _compares_two(part: str, scope: Scope | FileScope) -> bool | None:
    """Return what a comparison of two variables comes to; None for another condition, and where one is not known."""
    comparison = _SAME.match(part)
    if comparison is None:
        return None
    right = _text(comparison["right"], scope)
    if right is None or not _is_word(right):
        return None
    equal = _is_text(comparison["left"], right.value, scope)
    return None if equal is None else equal is (comparison["sign"] == "==")


def _parts(when: Node | None) -> Iterator[str]:
    """Yield what all has to hold: the elements of a list, and what `and` joins in them."""
    if isinstance(when, SequenceNode):
        for node in when.value:
            if isinstance(node, ScalarNode):
                yield from _joined_by_and(node.value)
    elif isinstance(when, ScalarNode):
        yield from _joined_by_and(when.value)


def _joined_by_and(text: str, depth: int = 0) -> Iterator[str]:
    text = text.strip()
    level, start, parts = 0, 0, list[str]()
    wrapped = text.startswith("(")
    for token in _TOKEN.finditer(text):
        word = token.group()
        level += (word == "(") - (word == ")")
        if level == 0 and token.end() < len(text):
            wrapped = False
        if level == 0 and word in {"or", "if"}:
            yield text
            return
        if level == 0 and word == "and":
            parts.append(text[start : token.start()].strip())
            start = token.end()
    if parts:
        for part in (*parts, text[start:].strip()):
            yield from _joined_by_and(part, depth + 1) if part.startswith("(") and depth < _DEEPEST else (part,)
    elif wrapped and level == 0 and depth < _DEEPEST:
        yield from _joined_by_and(text[1:-1], depth + 1)
    else:
        yield text


def _looks_at(part: str, names: frozenset[str]) -> bool:
    """Whether the item decides if the task does anything, not where."""
    words = _NAME.findall(part) if "{" in part else [token.group() for token in _TOKEN.finditer(part)]
    if names.isdisjoint(words):
        return False
    return _WHERE.match(part) is None or not _CHOICES.isdisjoint(words)


def _told(part: str, scope: Scope | FileScope) -> bool | None:
    test = _DEFINED.match(part)
    if test is not None:
        expression = templates.expression(test["left"])
        operands = () if expression is None else expression.operands
        if len(operands) != 1 or not operands[0].name:
            return None
        found = is_defined(operands[0], scope)
        return None if found is None else found is ((test["no"] is None) is (test["un"] is None))
    comparison = _EQUAL.match(part)
    if comparison is None or _CHANGES_TYPE.search(comparison["left"]):
        return None
    equal = _is_text(comparison["left"], comparison["text"], scope)
    return None if equal is None else equal is (comparison["sign"] == "==")


def _is_text(expression: str, text: str, scope: Scope | FileScope) -> bool | None:
    """Return whether an expression is this text; None where it is not known, or might be no text but look like it."""
    found = _text(expression, scope)
    if found is None:
        return None
    if found.value != text:
        return False
    return True if _is_word(found) else None


def _text(expression: str, scope: Scope | FileScope) -> ScalarNode | None:
    """Return the scalar that an expression stands for, None where only a run knows it."""
    template = f"{{{{ {expression} }}}}"
    found = follow(Value(scalar(template, 0, len(template)), Source("", template)), scope)
    if not isinstance(found, Value) or not isinstance(found.node, ScalarNode):
        return None
    return None if templates.is_template(found.node.value) else found.node


def _is_word(node: ScalarNode) -> bool:
    """Return whether a scalar is a text for sure, and no number, truth or date that looks like it."""
    return bool(node.style) or (_STRING.match(node.value) is not None and node.value.lower() not in _OTHER_WORDS)
