"""`include_vars`: a task that reads a file of variables, which go before all but facts for the rest of the play.

Source: Ansible's documentation, Understanding variable precedence, and the module's page.
"""

from grantlint.model import NotChecked
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.values.nodes import Item, Unknown, Value, entries
from grantlint.reader.formats.ansible.values.places import Candidate
from grantlint.reader.formats.ansible.values.tree import SealedError, Tree
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.tree.surroundings import UnreadError, as_written
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode

_NAMES = ("include_vars", "ansible.builtin.include_vars", "ansible.legacy.include_vars")
_CONDITIONS = ("when", "loop")
_MAY_SET = Unknown("a variable that a file may set which a task includes")


class _Asked(NamedTuple):
    """What a task includes; `file` is '' where only a run knows which file that is."""

    node: Node
    file: str
    into: str = ""  # the one variable that holds them all


class Included:
    """The variables that tasks of a play have included so far."""

    __slots__ = ("_names", "_source", "_tree", "_unread")

    def __init__(self, source: Source, tree: Tree) -> None:
        self._source = source
        self._tree = tree
        self._names: dict[str, Item | Unknown] = {}
        self._unread = ""

    def scope(self, outer: Scope | FileScope) -> Scope | FileScope:
        """Return the scope of a task behind those that were taken."""
        return Scope(self._names, outer, self._unread) if self._names or self._unread else outer

    def take(self, task: dict[str, Node], *, is_sure: bool) -> NotChecked | None:
        """Add the variables that a task includes, if any. Returns what is not read.

        `is_sure`: whether no block around the task has a condition.
        """
        if task.keys().isdisjoint(_NAMES):
            return None
        asked = next(_asked(task[name]) for name in _NAMES if name in task)
        if asked.into:
            self._names[asked.into] = _MAY_SET
        elif not asked.file or not is_sure or any(key in _CONDITIONS or key.startswith("with_") for key in task):
            self._names |= dict.fromkeys(self._tree.may_be_included(asked.file), _MAY_SET)
        else:
            return self._read(asked)
        return None

    def _read(self, asked: _Asked) -> NotChecked | None:
        place = Value(asked.node, self._source).span
        try:
            found = self._tree.included(asked.file)
        except UnreadError as error:
            file = Candidate(asked.file, str(error))
            if not isinstance(error, SealedError):  # there people keep what others refer to
                self._names, self._unread = {}, file.reason
            return NotChecked("variables of a file", f"{as_written(file.path)} {error}", place)
        if found is None:
            return NotChecked("variables of a file", f"{as_written(asked.file)} is not in this tree", place)
        self._names |= found
        return None


def _asked(node: Node) -> _Asked:
    if isinstance(node, ScalarNode):
        is_told = "{{" not in node.value and "=" not in node.value
        return _Asked(node, node.value.strip() if is_told else "")
    found = entries(node) if isinstance(node, MappingNode) else {}
    into, file = found.get("name"), found.get("file") or found.get("_raw_params")
    is_told = isinstance(file, ScalarNode) and "{{" not in file.value
    return _Asked(
        file or node,
        file.value if is_told and isinstance(file, ScalarNode) else "",
        into.value if isinstance(into, ScalarNode) else "",
    )
