"""Loops over lists that stand in the files, unrolled: one set of variables for each turn.

A loop over anything else has one turn with an unknown item, and says so.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product, zip_longest
from math import prod

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.values.nodes import (
    Item,
    Omitted,
    Unknown,
    Value,
    elements,
    entries,
    is_null,
    member,
    scalar,
)
from grantlint.reader.formats.ansible.values.resolution import follow
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_TURNS = 20_000
"""Turns of one loop that are unrolled; a loop of more is not read."""

_A_TURN = 5  # values that a turn counts as, of those that a file may repeat: so much longer it takes

_TO_FILL = Unknown("a list that is empty by default, for others to fill")


Turns = list[Item | Unknown] | Unknown
"""An item for each turn; Unknown among them stands for turns of which only a run can tell how many there are."""


class TooManyTurnsError(Exception):
    """More turns of a loop, or of all loops, than are unrolled. Carries the limit as a clause."""


class Loop(NamedTuple):
    """A task's loop: its variable, and its turns or why unknown."""

    variable: str
    node: Node
    turns: Turns
    names: frozenset[str]  # all that differ from turn to turn


def loop_of(task: dict[str, Node], source: Source, scope: Scope | FileScope) -> Loop | None:
    """Return a task's loop, or None if it has none."""
    for key, node in task.items():
        if key != "loop" and not key.startswith("with_"):
            continue
        variable = variable_of(task)
        index = _controlled(task, "index_var", variable)
        unroll = _KINDS.get(key)
        turns: Turns
        if unroll is None:
            turns = Unknown(f"{key} is worked out during a run")
        else:
            try:
                turns = _within_limits(unroll(Value(node, source), scope), task, key, source)
            except TooManyTurnsError as error:
                source.leave_unread(node.start_mark.index, node.end_mark.index, str(error))
                turns = Unknown(str(error))
        return Loop(variable, node, turns, frozenset((variable, index, "ansible_loop")))
    return None


def _within_limits(turns: Turns, task: dict[str, Node], key: str, source: Source) -> Turns:
    """Return the turns of a loop; raise TooManyTurnsError where they are too many."""
    if isinstance(turns, Unknown):
        return turns
    if len(turns) > MAX_TURNS:
        raise TooManyTurnsError(_MOST_OF_LOOP)
    if key not in _OF_SEVERAL and not _is_written_out(task, key):
        _charge(len(turns), source)
    return turns


def _is_written_out(task: dict[str, Node], key: str) -> bool:
    """Return whether a loop's list stands in the task itself: what an alias repeats stands before all that it has."""
    start = task[key].start_mark.index
    return isinstance(task[key], SequenceNode) and any(other.start_mark.index < start for other in task.values())


def _charge(turns: int, source: Source) -> None:
    if not source.may_repeat(turns * _A_TURN):
        raise TooManyTurnsError(_MOST_OF_FILE)


def variable_of(task: dict[str, Node]) -> str:
    """Return the name that an item of a task's loop has."""
    return _controlled(task, "loop_var", "item")


def _controlled(task: dict[str, Node], name: str, absent: str) -> str:
    node = entries(task["loop_control"]).get(name) if "loop_control" in task else None
    return node.value if isinstance(node, ScalarNode) else absent


def _bare(value: Value, scope: Scope | FileScope) -> Item | Unknown:
    """Return what `with_items: users` means: before Ansible 2.2 a bare name was the variable.

    Later it is the text itself, and nobody writes that: a bare name that nothing defines is not known.
    """
    node = value.node
    if not isinstance(node, ScalarNode) or node.style or node.tag or not _BARE.match(node.value):
        return value
    if node.value in {"localhost", "none", "null"}:
        return value
    found = scope.find(node.value) if node.value.isidentifier() else None
    return Unknown("a bare variable") if found is None else found


def _list(item: Item, scope: Scope | FileScope) -> list[Item] | Unknown:
    """Return a list's elements; a single value is a list of one, a variable that has none Unknown."""
    bare = _bare(item, scope) if isinstance(item, Value) else item
    found = bare if isinstance(bare, Unknown) else follow(bare, scope)
    if isinstance(found, Unknown):
        return found
    if isinstance(found, list) or (isinstance(found, Value) and isinstance(found.node, SequenceNode)):
        inside: list[Item] = found if isinstance(found, list) else [*elements(found)]
        return inside if inside or found is item else _TO_FILL
    if isinstance(found, Value) and isinstance(found.node, ScalarNode) and "{{" in found.node.value:
        return Unknown("a Jinja expression")
    if isinstance(found, Omitted) or (isinstance(found, Value) and (is_null(found.node) or not found.node.value)):
        return _TO_FILL
    return [found]


def _flat(items: list[Item], scope: Scope | FileScope) -> Iterator[Item | Unknown]:
    """Flatten one level: elements that are lists, or templates of lists, give their elements."""
    for item in items:
        found = follow(item, scope)
        if isinstance(found, list) or (isinstance(found, Value) and isinstance(found.node, SequenceNode)):
            inner = _list(item, scope)
            yield from inner if isinstance(inner, list) else [inner]
        else:
            yield item


def _row(items: Iterable[Item], scope: Scope | FileScope) -> Item | Unknown:
    """Return one turn of several lists; Unknown where a part of it is a list that has still to be filled."""
    row: list[Item] = []
    for part in _flat([*items], scope):
        if isinstance(part, Unknown):
            return part
        row.append(part)
    return row


_BARE = Pattern(
    r"[A-Za-z_]\w*(?:\Z|\[)|(?:groups|hostvars|item)\."
    r"|[A-Za-z_]\w*(?:\.\w+)*\.(?:stdout|stderr|stdout_lines|stderr_lines|results|files|keys|values|items)\b"
)
"""A name as no host or user has one: of a variable, or of a part that results of tasks and mappings have."""
_FILTERED = Pattern(
    r"\{\{\s*(?P<base>[\w.]+)\s*\|\s*"
    r"(?:(?P<pairs>dict2items)|subelements\(\s*['\"](?P<key>\w+)['\"][^)]*\)|product\(\s*(?P<other>[\w.]+)\s*\))"
    r"\s*(?:\|\s*list\s*)?\}\}\Z",
)


def _filtered(value: Value, scope: Scope | FileScope) -> Turns | None:
    """Unroll `a | dict2items`, `a | subelements("b")` and `a | product(b)`; None if it is none of them."""
    match = _FILTERED.match(value.node.value.strip()) if isinstance(value.node, ScalarNode) else None
    if match is None:
        return None
    base = _template(match["base"], value)
    if match["pairs"]:
        return _dictionary(base, scope)
    if match["key"]:
        return _below(base, match["key"], scope)
    return _rows([base, _template(match["other"], value)], scope, value.source)


def _template(name: str, place: Value) -> Value:
    return Value(scalar(f"{{{{ {name} }}}}", place.span.start, place.span.end), place.source)


def _plain(value: Value, scope: Scope | FileScope) -> Turns:
    filtered = _filtered(value, scope)
    if filtered is not None:
        return filtered
    found = follow(value, scope)
    if isinstance(found, Value) and not isinstance(found.node, SequenceNode):
        expression = found.node.value if isinstance(found.node, ScalarNode) else ""
        return Unknown("a Jinja expression" if "{{" in expression else "no list")
    return _turns(_list(value, scope))


def _turns(items: list[Item] | Unknown) -> Turns:
    return items if isinstance(items, Unknown) else [*items]


def _items(value: Value, scope: Scope | FileScope) -> Turns:
    found = _list(value, scope)
    return found if isinstance(found, Unknown) else [*_flat(found, scope)]


def _lists(outer: list[Item], scope: Scope | FileScope) -> list[list[Item]] | Unknown:
    found: list[list[Item]] = []
    for item in outer:
        inner = _list(item, scope)
        if isinstance(inner, Unknown):
            return inner
        found.append(inner)
    return found


def _nested(value: Value, scope: Scope | FileScope) -> Turns:
    outer = _list(value, scope)
    return outer if isinstance(outer, Unknown) else _rows(outer, scope, value.source)


def _rows(outer: list[Item], scope: Scope | FileScope, source: Source) -> Turns:
    found = _lists(outer, scope)
    if isinstance(found, Unknown):
        return found
    turns = prod(map(len, found))
    if turns > MAX_TURNS:
        raise TooManyTurnsError(_MOST_OF_LOOP)
    _charge(turns, source)
    return [_row(row, scope) for row in product(*found)] if found else []


def _together(value: Value, scope: Scope | FileScope) -> Turns:
    outer = _list(value, scope)
    found = outer if isinstance(outer, Unknown) else _lists(outer, scope)
    if isinstance(found, Unknown):
        return found
    filler = Value(scalar("", value.span.start, value.span.end), value.source)
    return [_row(row, scope) for row in zip_longest(*found, fillvalue=filler)]


def _subelements(value: Value, scope: Scope | FileScope) -> Turns:
    terms = _list(value, scope)
    if isinstance(terms, Unknown):
        return terms
    if len(terms) < 2 or not isinstance(terms[1], Value):  # noqa: PLR2004 - the list, and the key into its elements
        return Unknown("no list with a key")
    key = terms[1].node.value if isinstance(terms[1].node, ScalarNode) else ""
    return _below(terms[0], str(key), scope)


def _below(item: Item, key: str, scope: Scope | FileScope) -> Turns:
    outer = _list(item, scope)
    return outer if isinstance(outer, Unknown) else list(islice(_pairs_below(outer, key, scope), MAX_TURNS + 1))


def _pairs_below(outer: list[Item], key: str, scope: Scope | FileScope) -> Iterator[Item | Unknown]:
    for item in outer:
        found = follow(item, scope)
        if isinstance(found, Unknown):
            yield found
        inner = None if isinstance(found, (Unknown, Omitted)) else member(found, key)
        if inner is None or isinstance(found, (Unknown, Omitted)):
            continue
        listed = _list(inner, scope)
        if listed is _TO_FILL:
            yield _TO_FILL
            continue
        for each in listed if isinstance(listed, list) else [inner]:
            yield [found, each]


def _dictionary(value: Value, scope: Scope | FileScope) -> Turns:
    bare = _bare(value, scope)
    found = bare if isinstance(bare, Unknown) else follow(bare, scope)
    if isinstance(found, Unknown):
        return found
    if not isinstance(found, Value) or not isinstance(found.node, MappingNode):
        return _TO_FILL if isinstance(found, Omitted) or not found else Unknown("no mapping")
    if not found.node.value and found is not value:
        return _TO_FILL
    names = {key.value: key for key, _ in found.node.value if isinstance(key, ScalarNode)}
    return [
        {"key": Value(names.get(name, node), found.source), "value": Value(node, found.source)}
        for name, node in entries(found.node).items()
    ]


_KINDS: dict[str, Callable[[Value, Scope | FileScope], Turns]] = {
    "loop": _plain,
    "with_list": _plain,
    "with_items": _items,
    "with_flattened": _items,
    "with_nested": _nested,
    "with_cartesian": _nested,
    "with_together": _together,
    "with_subelements": _subelements,
    "with_dict": _dictionary,
}
_OF_SEVERAL = frozenset({"with_nested", "with_cartesian"})
_MOST_OF_LOOP = f"a loop has more than {MAX_TURNS:,} turns"
_MOST_OF_FILE = "the loops of a file have more turns than are unrolled"
