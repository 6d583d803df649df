"""The arguments of a task's module, in each way that Ansible lets them be written.

`mysql_user: {name: app}`, `mysql_user: name=app host=%`, `action: mysql_user name=app`, `action: {module: mysql_user}`,
`local_action: ...`, and `args:` beside any of them.
"""

import re
from collections.abc import Mapping

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.values.nodes import entries, scalar
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from grantlint.reader.yaml.offsets import offsets

MODULES = {
    f"{namespace}{name}": name
    for name in ("mysql_user", "mysql_role", "mysql_variables", "mysql_query")
    for namespace in (
        "",
        "community.mysql.",
        "ansible.mysql.",
        "community.general.",
        "ansible.builtin.",
        "ansible.legacy.",
    )
}
"""The modules that make or change accounts, by every name that they had."""

_BESIDE = frozenset({"mysql_db", "mysql_info", "mysql_replication"})
_ACTIONS = ("action", "local_action")
_WRAPPER = "kolla_toolbox"  # kolla-ansible's: {module_name: mysql_user, module_args: {...}}

# A word of `a=1 b='two words' c={{ a | default('x y') }}`: blanks count only outside of quotes and braces.
_WORD = Pattern(r"""(?:\{\{.*?\}\}|\{%.*?%\}|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s])+""", re.DOTALL)
_QUOTED_VALUE = Pattern(r"""(?P<quote>['"])(?P<text>.*)(?P=quote)\Z""", re.DOTALL)


class Call(NamedTuple):
    """A module with its arguments, by name."""

    module: str
    key: Node  # where the module is named
    arguments: dict[str, Node]
    mapping: Node | None  # the arguments where they are a mapping, to look for repeated keys
    complete: bool  # False: a template holds more of them
    when: Node | None
    condition: str  # `when:` as written, behind those of the blocks around it, a line each


def call_of(task: dict[str, Node], keys: MappingNode, source: Source) -> Call | None:
    """Return a task's call of one of MODULES. None if it calls none of them."""
    for key, node in keys.value:
        if isinstance(key, ScalarNode) and key.value in MODULES:
            return _with_args(MODULES[key.value], key, node, task, source)
    for name in MODULES.keys() & task.keys():  # brought in by `<<`
        return _with_args(MODULES[name], task[name], task[name], task, source)
    for name in _ACTIONS:
        if name in task:
            return _action(task[name], task, source)
    if _WRAPPER in task:
        wrapped = entries(task[_WRAPPER])
        return _named(wrapped.get("module_name"), wrapped.get("module_args"), task, source)
    return None


def _named(named: Node | None, node: Node | None, task: dict[str, Node], source: Source) -> Call | None:
    """Return the call of a module whose name is a value."""
    module = MODULES.get(named.value) if isinstance(named, ScalarNode) else None
    return _with_args(module, named, node, task, source) if module and named and node else None


def _action(node: Node, task: dict[str, Node], source: Source) -> Call | None:
    if isinstance(node, MappingNode):
        return _named(entries(node).get("module"), node, task, source)
    if not isinstance(node, ScalarNode):
        return None
    word = _WORD.search(node.value)
    module = MODULES.get(word.group()) if word else None
    if word is None or module is None:
        return None
    return _with_args(module, _piece(node, word.start(), word.end(), source), node, task, source, word.end())


def _with_args(
    module: str,
    key: Node,
    node: Node,
    task: dict[str, Node],
    source: Source,
    skip: int = 0,
) -> Call:
    complete = True
    mapping: Node | None = None
    if isinstance(node, MappingNode):
        found, mapping = entries(node), node
        found.pop("module", None)
    elif isinstance(node, ScalarNode):
        found, complete = _from_string(node, source, skip)
    else:
        found = {}
    beside = task.get("args")
    if isinstance(beside, MappingNode):
        found = {**entries(beside), **found}
        mapping = mapping if mapping and mapping.value else beside
    elif beside is not None:
        complete = False
    return Call(module, key, found, mapping, complete, task.get("when"), condition_of(task, source))


def deciding(task: Mapping[str, Node]) -> Node | None:
    """Return what decides whether a task or block runs.

    Its `when`, or a tag with which it has to be asked for. Source: Ansible's documentation, Tags, on `never`.
    """
    tags = task.get("tags")
    if tags is None or "when" in task:
        return task.get("when")
    listed = tags.value if isinstance(tags, SequenceNode) else [tags]
    return tags if any(isinstance(tag, ScalarNode) and "never" in tag.value.split(",") for tag in listed) else None


def condition_of(task: Mapping[str, Node], source: Source, *, end: str = "") -> str:
    """Return what decides on a task or block as written. Empty where nothing does; `end` stands behind it."""
    node = deciding(task)
    return "" if node is None else source.text[node.start_mark.index : node.end_mark.index] + end


def login_beside(task: dict[str, Node], source: Source) -> Mapping[str, Node]:
    """Return the arguments of a module that logs in alone.

    Whoever makes databases makes the accounts as well.
    """
    name = next((key for key in task if "mysql_" in key and key.rpartition(".")[2] in _BESIDE), None)
    return {} if name is None else _with_args(name, task[name], task[name], task, source).arguments


def arguments_of(node: Node, source: Source) -> dict[str, Node]:
    """Return the arguments of any module by name. They are a mapping or one text."""
    return _from_string(node, source)[0] if isinstance(node, ScalarNode) else entries(node)


def _from_string(node: ScalarNode, source: Source, skip: int = 0) -> tuple[dict[str, Node], bool]:
    """Read `a=1 b='x y'`; the second value is False if a word is no `key=value`, such as a template."""
    found: dict[str, Node] = {}
    complete = True
    for match in _WORD.finditer(node.value, skip):
        name, equals, raw = match.group().partition("=")
        if not equals or not name.isidentifier():
            complete = False
            continue
        start, end = match.end() - len(raw), match.end()
        quoted = _QUOTED_VALUE.match(raw)
        if quoted:
            start, end = start + 1, end - 1
        found[name] = _piece(node, start, end, source)
    return found, complete


def _piece(node: ScalarNode, start: int, end: int, source: Source) -> ScalarNode:
    """Return value[start:end] of a scalar as a node of its own."""
    places = offsets(source, node)
    if places is None or start >= len(places):
        first, last = node.start_mark.index, node.end_mark.index
    else:
        first, last = places[start], places[end - 1] + 1 if end > start else places[start]
    return scalar(node.value[start:end], first, last)
