"""Tasks of Ansible that give a client what the items of a loop hold: whole statements, or names in them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.reader.formats.ansible.modules.commands import commands_of, told, turns_of
from grantlint.reader.formats.ansible.values.in_scripts import OfTask
from grantlint.reader.formats.ansible.values.nodes import entries
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.formats.shell.statements import Found
from grantlint.reader.leaf.variables import Binding, Variables
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents

_LOOPS = ("loop", "with_")


class _Task(NamedTuple):
    """A command in a loop, and what its variables are in each turn."""

    command: ScalarNode
    turns: list[Scope | FileScope]


class Looped(Variables):
    """The variables of the loops around commands. `others`: those of the rest of the file."""

    def __init__(self, source: Source, others: Variables) -> None:
        self._source = source
        self._others = others
        scope = FileScope(source)
        roots = [root for root in documents(source) if not isinstance(root, Fault)]  # templates are as they stand
        tasks = [
            _Task(command, turns_of(task, scope, source))
            for task in _tasks(roots)
            if any(key.startswith(_LOOPS) for key in task)
            for _, command in commands_of(task)
            if "{{" in command.value
        ]
        self._tasks = sorted(tasks, key=_start)

    def statements(self) -> Iterator[Found]:
        """Yield the SQL of items that stand in the file itself."""
        for task in self._tasks:
            for source, found in told(task.command, task.turns, self._source):
                yield from found if source is self._source else ()

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the values that a text names. In a command with a loop they are those of each turn."""
        before = bisect_right(self._tasks, offset, key=_start)
        task = self._tasks[before - 1] if before else None
        if task is None or offset > task.command.end_mark.index:
            return self._others.at(offset, text)
        known = self._others.at(offset, text)
        return [{**one, **turn} for one in known for turn in OfTask(self._source, task.turns).at(offset, text)]


def _start(task: _Task) -> int:
    return cast("int", task.command.start_mark.index)


def _tasks(roots: Iterable[Node]) -> Iterator[dict[str, Node]]:
    """Yield the mappings in lists, at whatever level."""
    seen: set[int] = set()
    pending = [*roots]
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            items = cast("list[Node]", node.value)
            pending += items
            yield from (entries(item) for item in items if isinstance(item, MappingNode))
        elif isinstance(node, MappingNode):
            pending += [value for _, value in cast("list[tuple[Node, Node]]", node.value)]
