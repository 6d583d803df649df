"""Passwords that a run prints: Ansible shows each item of a loop, whatever the module keeps to itself.

`no_log` on the task, on a block or play around it, or a `label` of the loop keeps them out (Ansible documentation,
Protecting sensitive data with no_log; Limiting loop output with label).
"""

import re
from collections.abc import Mapping

from grantlint.model import Fault
from grantlint.model.location import Located, Source
from grantlint.model.remedy import Add, Addition, Effect
from grantlint.reader.formats.ansible.modules.accounts import CREDENTIALS
from grantlint.reader.formats.ansible.values.loops import Loop
from grantlint.reader.formats.ansible.values.nodes import Unknown, Value, entries
from grantlint.reader.formats.ansible.values.resolution import text_of
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.yaml.nodes import Node, ScalarNode, span_of

_NO_LOG = "no_log"
_INHERITED = "no_log of what is around"  # no variable has a blank in its name
_OFF = frozenset({"false", "no", "off", "n"})
_MESSAGE = "each item of the loop is printed when the task runs, its password with it"
_HELP = "Write `no_log: true` at the task, or a `label` without the password under its `loop_control`."


def with_no_log(around: Mapping[str, Node], scope: Scope | FileScope, source: Source) -> Scope | FileScope:
    """Return the scope inside a play or block, with its `no_log`."""
    node = around.get(_NO_LOG)
    return scope if node is None else Scope({_INHERITED: Value(node, source)}, scope)


def printed(
    loop: Loop, arguments: Mapping[str, Node], task: Mapping[str, Node], scope: Scope | FileScope, source: Source
) -> Fault | None:
    """Return the finding of a password that a loop prints. None where nothing prints one."""
    inherited = scope.find(_INHERITED)
    setting = task.get(_NO_LOG) or (inherited.node if isinstance(inherited, Value) else None)
    if setting is not None and not (isinstance(setting, ScalarNode) and setting.value.lower() in _OFF):
        return None
    control = task.get("loop_control")
    if control is not None and "label" in entries(control):
        return None
    of_item = re.compile(rf"\{{\{{-?[\s(]*{re.escape(loop.variable)}\b")  # not what an item is the key of
    for name in CREDENTIALS:
        node = arguments.get(name)
        if isinstance(node, ScalarNode) and of_item.search(node.value):
            if _is_written(loop, Value(node, source), scope):
                return None
            return Fault("password-printed", _MESSAGE, span_of(source, node), _HELP, _remedy(task, source))
    return None


def _is_written(loop: Loop, password: Value, scope: Scope | FileScope) -> bool:
    """Return whether the password of each turn stands in the file.

    That it does is the mistake then, not that it is shown.
    """
    if isinstance(loop.turns, Unknown) or not loop.turns:
        return False
    for turn in loop.turns:
        told = None if isinstance(turn, Unknown) else text_of(password, Scope({loop.variable: turn}, scope))
        if not isinstance(told, Located) or told.source is not password.source:
            return False
    return True


def _remedy(task: Mapping[str, Node], source: Source) -> Add | None:
    """Return the `no_log` that the task lacks, to stand beside its loop."""
    node = next((node for key, node in task.items() if key == "loop" or key.startswith("with_")), None)
    if node is None or _NO_LOG in task:
        return None
    return Add(Addition.NO_LOG, "true", Effect.NONE, span_of(source, node))
