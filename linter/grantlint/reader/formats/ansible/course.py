"""How far a playbook has come, and what of it ends where a task fails.

A failed task ends the playbook for its host, later plays included; a block with a `rescue` ends alone, and `always` is
run all the same (Ansible documentation, Blocks; Error handling in playbooks; facts: O2).
"""

from collections.abc import Hashable, Mapping

from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.turns import At
from grantlint.reader.yaml.nodes import Node, ScalarNode

_YES = frozenset({"yes", "true", "on", "y", "t", "1"})
_NO = frozenset({"no", "false", "off", "n", "f", "0"})


class Course(NamedTuple):
    """The way through a playbook, or a part of a block.

    past: the tasks so far, of all parts. within, after: as of At; None where `after` is the task itself.
    """

    past: list[Mapping[str, Node]]
    within: tuple[Hashable, ...]
    after: int | None = None
    goes_on: bool = False

    def at(self, task: Mapping[str, Node]) -> At:
        """Return where the next task stands."""
        self.past.append(task)
        number = len(self.past)
        after = number if self.after is None else self.after
        return At(self.within, number, after, ends=not goes_on(task, otherwise=self.goes_on))

    def inside(self, around: Mapping[str, Node]) -> "dict[str, Course]":
        """Return the ways through a block's parts.

        A play is but a `block`.
        """
        here, begins = len(self.past), len(self.past) + 1
        part = self._replace(goes_on=goes_on(around, otherwise=self.goes_on))
        block = part._replace(within=(*self.within, here)) if "rescue" in around else part
        always = part._replace(after=begins if self.after is None else self.after)
        return {"block": block, "rescue": part, "always": always}


def goes_on(task: Mapping[str, Node], *, otherwise: bool) -> bool:
    """Return whether the play surely goes on where a task fails.

    `otherwise`: whether what is around the task says so.
    """
    if "ignore_errors" not in task and "failed_when" not in task:  # as most
        return otherwise
    never, ignores = task.get("failed_when"), task.get("ignore_errors")
    if isinstance(never, ScalarNode) and never.value.lower() in _NO:
        return True
    if isinstance(ignores, ScalarNode):
        return ignores.value.lower() in _YES
    return otherwise and ignores is None
