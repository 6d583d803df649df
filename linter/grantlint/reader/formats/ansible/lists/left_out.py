"""What tasks make of a list's items where no loop can be unrolled: the host that is left out, the grants on top."""

import re
from collections.abc import Iterable, Sequence

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.lists.takers import TaskFiles, is_reached, takings
from grantlint.reader.formats.ansible.values.loops import variable_of
from grantlint.reader.formats.ansible.values.nodes import Value
from grantlint.reader.yaml.nodes import Node, ScalarNode

_PLAIN_LOOPS = ("loop", "with_items", "with_list", "with_flattened")
_LIST = Pattern(r"\s*(?:\{\{)?\s*(?P<name>\w+)\s*(?:\|\s*d(?:efault)?\(\s*\[\s*\]\s*\)\s*)?(?:\}\})?\s*\Z")
_OWN = Pattern(
    r"""\s*\{\{\s*\w+(?:\.\d|\.value)?\.(?:priv|privs|privileges|grants)\s*
    (?:\|\s*d(?:efault)?\(\s*(?:omit|\[\s*\]|'[^']*:\s*USAGE'|"[^"]*:\s*USAGE"|''|"")\s*(?:,\s*[Tt]rue\s*)?\)\s*)?\}\}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_HOST_DEFAULT = Pattern(r"""host:\s*['"]?\{\{\s*item\.(?:\d\.)?host\s*\|\s*d(?:efault)?\(\s*['"]([^'"]*)['"]""")


class Granted(NamedTuple):
    """The `priv` argument of a task over a list.

    `variable`: its name for an item, None where it holds more than the item.
    """

    priv: Value
    variable: str | None


def host_defaults(files: TaskFiles) -> frozenset[str]:
    """Return what task files take for an absent `item.host`."""
    return frozenset(default for source in files.sources for default in _HOST_DEFAULT.findall(source.text))


def granted_to(name: str, files: TaskFiles) -> list[Granted]:
    """Return what tasks grant to the items of a list. They come on top of the items' own."""
    return [*_granted(name, files)]


def _granted(name: str, files: TaskFiles) -> Iterable[Granted]:
    for taking in takings(name, files):
        written = taking.call.arguments.get("priv")
        if written is None or _is_own(priv := Value(written, taking.source)):
            continue
        plain = any(key in taking.task and _is_all(taking.task[key], name) for key in _PLAIN_LOOPS)
        yield Granted(priv, variable_of(taking.task) if plain else None)


def grants_are_lost(priv: Value, lists: Sequence[Value]) -> bool:
    """Return whether a task's grants to items go unseen. The lists are read where they stand."""
    return not _is_own(priv) and not all(is_reached(priv.source.path, one.source.path) for one in lists)


def _is_own(priv: Value) -> bool:
    return isinstance(priv.node, ScalarNode) and _OWN.match(priv.node.value) is not None


def _is_all(over: Node, name: str) -> bool:
    found = _LIST.match(over.value) if isinstance(over, ScalarNode) else None
    return found is not None and found["name"] == name
