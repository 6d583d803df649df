"""The account statements that shell tasks give a client, read where they stand: in the task, or in what it names."""

from collections.abc import Callable, Iterable, Iterator

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.reader.formats.ansible.modules.queries import may_write_accounts
from grantlint.reader.formats.ansible.servers import Server
from grantlint.reader.formats.ansible.turns import At
from grantlint.reader.formats.ansible.values.loops import loop_of
from grantlint.reader.formats.ansible.values.nodes import Unknown, Value, entries, scalar
from grantlint.reader.formats.ansible.values.resolution import follow
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode

if TYPE_CHECKING:
    from grantlint.reader.formats.shell.statements import Found
    from grantlint.reader.sql.steps.steps import Around

_COMMANDS = frozenset(
    f"{namespace}{name}" for name in ("shell", "command", "raw") for namespace in ("", "ansible.builtin.")
)
_REFERENCE = Pattern(r"\{\{-?\s*[A-Za-z_][\w.]*\s*-?\}\}")
_CLIENTS = ("mysql", "mariadb")
_NOWHERE = -1
"""The place of what a command has beside a variable."""
_MOST = 64
"""Turns of a loop that are taken one by one; the items of a longer one are not known."""


def add_script(
    task: dict[str, Node],
    scope: Scope | FileScope,
    source: Source,
    into: Callable[[], Server],
    at: At | None,
    under: "Around",
) -> None:
    """Add the account statements that a shell task gives a client. `under`: the conditions around it."""
    for name, node in commands_of(task):
        scopes = turns_of(task, scope, source) if "{{" in node.value else [scope]
        if may_write_accounts(node.value):
            from grantlint.reader.formats.yaml_scripts.document import sql_of  # noqa: PLC0415 - few tasks have SQL

            _add(source, sql_of(node, source, source, (name,)), scopes, source, into, at, under)
        elif "{{" in node.value:
            for other, found in told(node, scopes, source):
                _add(other, found, scopes, source, into, at, under)


def commands_of(task: dict[str, Node]) -> Iterator[tuple[str, ScalarNode]]:
    """Yield the commands of a task that may call a client. Each comes with its module."""
    for name in _COMMANDS & task.keys():
        node = task[name]
        if isinstance(node, MappingNode):
            node = next((value for key, value in entries(node).items() if key in {"cmd", "_raw_params"}), node)
        if isinstance(node, ScalarNode) and (
            any(client in node.value for client in _CLIENTS) or _REFERENCE.fullmatch(node.value.strip())
        ):
            yield name, node


def _add(
    source: Source,
    found: "Iterable[Found]",
    scopes: list[Scope | FileScope],
    task: Source,
    into: Callable[[], Server],
    at: At | None,
    under: "Around",
) -> None:
    from grantlint.reader.formats.ansible.values.in_scripts import OfTask  # noqa: PLC0415 - as below
    from grantlint.reader.formats.shell.document import read_found  # noqa: PLC0415 - few tasks have SQL

    declarations = Declarations("ansible", task.path)
    if read_found(source, found, declarations, OfTask(task, scopes), under) or declarations.steps:
        into().absorb(declarations, at, in_calls=True)


def turns_of(task: dict[str, Node], scope: Scope | FileScope, source: Source) -> list[Scope | FileScope]:
    """Return what a task sees in each turn of its loop. A task without one has one turn."""
    loop = loop_of(task, source, scope)
    if loop is None:
        return [scope]
    few = not isinstance(loop.turns, Unknown) and len(loop.turns) <= _MOST
    turns = loop.turns if few and not isinstance(loop.turns, Unknown) else [Unknown("an item of a loop")]
    return [Scope({loop.variable: turn}, scope) for turn in turns]


def told(
    node: ScalarNode, scopes: Iterable[Scope | FileScope], source: Source
) -> "Iterable[tuple[Source, list[Found]]]":
    """Return the SQL of variables that hold statements, by its file."""
    found: dict[Source, list[Found]] = {}
    for scope in scopes:
        for reference in _REFERENCE.finditer(node.value):
            place = scalar(reference[0], node.start_mark.index, node.end_mark.index)
            value = follow(Value(place, source), scope)
            if isinstance(value, Value) and isinstance(value.node, ScalarNode) and may_write_accounts(value.node.value):
                found.setdefault(value.source, []).extend(_statements(node.value, reference.span(), value))
    return found.items()


def _statements(command: str, place: tuple[int, int], value: Value) -> "Iterator[Found]":
    """Yield the SQL of a command in which a variable is replaced by its value; its places are those of the value."""
    from grantlint.reader.formats.shell.passage import Passage  # noqa: PLC0415 - as above
    from grantlint.reader.formats.shell.statements import sql_in  # noqa: PLC0415 - as above
    from grantlint.reader.formats.yaml_scripts.document import passage_of  # noqa: PLC0415 - as above

    told = passage_of(value.node, value.source, value.source) if isinstance(value.node, ScalarNode) else None
    if told is None:
        return
    before, behind = command[: place[0]], command[place[1] :]
    at = [*[_NOWHERE] * len(before), *told.at, *[_NOWHERE] * len(behind)]
    for one in sql_in(Passage(before + told.text + behind, at), ours=True):
        if one.certain and _NOWHERE not in one.passage.at:
            yield one._replace(literals=())
