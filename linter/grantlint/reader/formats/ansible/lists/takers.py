"""What the tasks of a role grant to the items of its user list: `priv: "{{ item.db }}.*:ALL"`.

A list is read where it stands, so what tasks make of its items is looked up from there. Where the list is none of the
role's own, the task says that its grants are not seen.
"""

import os
import re
from collections.abc import Iterator, Sequence

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.modules.arguments import call_of
from grantlint.reader.formats.ansible.values.loops import variable_of
from grantlint.reader.formats.ansible.values.nodes import Value, entries
from grantlint.reader.formats.ansible.values.tree import Tree
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents

_BLOCKS = ("block", "rescue", "always")
_PLAIN_LOOPS = frozenset({"loop", "with_items", "with_list", "with_flattened"})
_WORD = Pattern(r"\w+")
_LIST = Pattern(r"\s*(?:\{\{)?\s*(?P<name>\w+)\s*(?:\|\s*d(?:efault)?\(\s*\[\s*\]\s*\)\s*)?(?:\}\})?\s*\Z")
_OWN = Pattern(
    r"""\s*\{\{\s*\w+(?:\.\d|\.value)?\.(?:priv|privs|privileges|grants)\s*
    (?:\|\s*d(?:efault)?\(\s*(?:omit|\[\s*\]|'[^']*:\s*USAGE'|"[^"]*:\s*USAGE"|''|"")\s*(?:,\s*[Tt]rue\s*)?\)\s*)?\}\}\Z""",
    re.IGNORECASE | re.VERBOSE,
)


class Granted(NamedTuple):
    """The `priv` argument of a task over a list.

    `variable`: its name for an item, None where it holds more than the item.
    """

    priv: Value
    variable: str | None


def granted_to(name: str, tree: Tree) -> list[Granted]:
    """Return a role's task grants to the items of its list. They come on top of the items' own."""
    return [
        granted
        for source in tree.tasks_of_role().sources
        if "\\" in source.text or (name in source.text and "mysql_user" in source.text)
        for root in documents(source)
        if not isinstance(root, Fault)
        for granted in _in_tasks(root, source, name)
    ]


def grants_are_lost(priv: Value, lists: Sequence[Value]) -> bool:
    """Whether a task's grants to the items of these lists go unseen. The lists are read where they stand."""
    return not _is_own(priv) and not all(_is_of_one_role(priv.source.path, one.source.path) for one in lists)


def _is_of_one_role(task: str, variables: str) -> bool:
    role, folder = os.path.split(os.path.dirname(variables))
    return folder in {"defaults", "vars"} and task.startswith(os.path.join(role, "tasks", ""))


def _is_own(priv: Value) -> bool:
    return isinstance(priv.node, ScalarNode) and _OWN.match(priv.node.value) is not None


def _in_tasks(root: Node, source: Source, name: str) -> Iterator[Granted]:
    for node, task in _tasks(root):
        call = call_of(task, node, source)
        if call is None or call.module != "mysql_user" or "priv" not in call.arguments:
            continue
        priv = Value(call.arguments["priv"], source)
        for key, over in task.items() if not _is_own(priv) else ():
            looped = key == "loop" or key.startswith("with_")
            if looped and name in _WORD.findall(source.text[over.start_mark.index : over.end_mark.index]):
                yield Granted(priv, variable_of(task) if key in _PLAIN_LOOPS and _is_all(over, name) else None)


def _tasks(root: Node) -> Iterator[tuple[MappingNode, dict[str, Node]]]:
    nodes, seen = [root], set[int]()
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            nodes += reversed(node.value)
        elif isinstance(node, MappingNode):
            task = entries(node)
            nodes += [task[part] for part in _BLOCKS if part in task]
            yield node, task


def _is_all(over: Node, name: str) -> bool:
    found = _LIST.match(over.value) if isinstance(over, ScalarNode) else None
    return found is not None and found["name"] == name
