"""Options that tasks write into a server's option file: lineinfile, replace, blockinfile, ini_file, commands.

Source: the modules' own documentation (ansible.builtin, community.general): arguments, aliases, defaults. A task counts
whatever its `when` asks, as those about accounts do; where tasks set an option otherwise, it is not known.
"""

from collections.abc import Iterable, Iterator

from grantlint.model.location import Located, Source, Span, Text
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.modules.arguments import arguments_of
from grantlint.reader.formats.ansible.modules.fields import Fields
from grantlint.reader.formats.ansible.servers import Key, Servers
from grantlint.reader.formats.ansible.values.constants import as_run
from grantlint.reader.formats.ansible.values.loops import loop_of
from grantlint.reader.formats.ansible.values.nodes import Unknown, Value, entries, place
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.formats.mycnf.edits import Edit, is_option_file, replaced, settings, taken_out, written
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_HINT = Pattern(r"\b(?:lineinfile|ini_file|blockinfile|replace|sed|tee)\b")
_FILES = Pattern(r"\.cnf|my\.ini|(?i:mysql\w*_conf|my_?cnf|mariadb\w*_conf)")
_MODULES = {
    f"{namespace}{name}": name
    for name, namespaces in {
        "lineinfile": ("", "ansible.builtin."),
        "replace": ("", "ansible.builtin."),
        "blockinfile": ("", "ansible.builtin."),
        "ini_file": ("", "community.general.", "ansible.builtin."),
        "shell": ("", "ansible.builtin."),
        "command": ("", "ansible.builtin."),
    }.items()
    for namespace in namespaces
}
_COMMANDS = frozenset({"shell", "command"})
_SECTIONS = ("pre_tasks", "tasks", "post_tasks", "handlers")
_BLOCKS = ("block", "rescue", "always")
_OF_FILE = ("path", "dest", "destfile", "name")
_WRITES = ("line", "value", "replace", "block", "content")
_LEVELS = 30


class _Task(NamedTuple):
    """A task, and the variables that it sees."""

    task: dict[str, Node]
    scope: Scope | FileScope


def add_options(roots: Iterable[Node], source: Source, servers: Servers) -> None:
    """Add the settings that tasks write into option files.

    Each belongs to the server of its play.
    """
    if _HINT.search(source.text) is None or _FILES.search(source.text) is None:
        return
    found: dict[Key, list[tuple[Edit, Span]]] = {}
    for root in roots:
        for key, task in _tasks_of(root, source):
            found.setdefault(key, []).extend(_edits(task, source))
    for key, edits in found.items():
        for name, value in settings(edits).items():
            servers.of(key).set(name, value, value.span)


def _tasks_of(root: Node, source: Source) -> Iterator[tuple[Key, _Task]]:
    """Yield the tasks of a document with the key of their server, as those about accounts have it."""
    file = FileScope(source)
    for node in root.value if isinstance(root, SequenceNode) else ():
        each = entries(node)
        if each.keys().isdisjoint({"hosts", *_SECTIONS}):
            yield from (((), task) for task in _within([node], file, 0))
            continue
        hosts = each.get("hosts")
        key = () if hosts is None else (source.text[hosts.start_mark.index : hosts.end_mark.index].strip(),)
        scope = _with_vars(each, source, file)
        for section in _SECTIONS:
            yield from ((key, task) for task in _within(_items(each.get(section)), scope, 0))


def _within(nodes: Iterable[Node], scope: Scope | FileScope, level: int) -> Iterator[_Task]:
    for node in nodes:
        task = as_run(entries(node)) if isinstance(node, MappingNode) else None
        if task is not None and level < _LEVELS:
            yield _Task(task, scope)
            for part in _BLOCKS:
                yield from _within(_items(task.get(part)), scope, level + 1)


def _with_vars(mapping: dict[str, Node], source: Source, scope: Scope | FileScope) -> Scope | FileScope:
    names = {name: Value(node, source) for name, node in entries(mapping["vars"]).items()} if "vars" in mapping else {}
    return Scope(names, scope) if names else scope


def _items(node: Node | None) -> list[Node]:
    return node.value if isinstance(node, SequenceNode) else []


def _edits(one: _Task, source: Source) -> Iterator[tuple[Edit, Span]]:
    name = next((key for key in one.task if key in _MODULES), None)
    if name is None:
        return
    node, module = one.task[name], _MODULES[name]
    if module in _COMMANDS:
        yield from _of_command(node, source)
        return
    beside = one.task.get("args")
    arguments = {**({} if beside is None else entries(beside)), **arguments_of(node, source)}
    scope = _with_vars(one.task, source, one.scope)
    path = next((arguments[key] for key in _OF_FILE if key in arguments), None)
    if not isinstance(path, ScalarNode) or not is_option_file(path.value):
        return
    at = place(source, next((arguments[key] for key in _WRITES if key in arguments), node))
    loop = loop_of(one.task, source, scope)
    turns = [] if loop is None or isinstance(loop.turns, Unknown) else loop.turns
    scopes = [Scope({loop.variable: turn}, scope) for turn in turns] if loop is not None and turns else [scope]
    for each in scopes:
        fields = Fields(arguments, source, each)
        yield from ((edit, at) for edit in _of_module(module, fields))


def _of_module(module: str, fields: Fields) -> Iterator[Edit]:
    absent = _known(fields.text("state")) == "absent"
    if module == "ini_file":
        yield from _of_ini(fields, absent=absent)
    elif module == "replace":
        yield from replaced(_text(fields, "regexp"), _text(fields, "replace"))
    elif absent:
        yield from taken_out(_text(fields, "regexp", "regex", "search_string", "line"))
    elif module == "lineinfile":
        yield from _of_text(fields.text("line", "value"), _text(fields, "regexp", "regex", "search_string"))
    else:
        yield from _of_text(fields.text("block", "content"))


def _of_ini(fields: Fields, *, absent: bool) -> Iterator[Edit]:
    name, value = _text(fields, "option"), fields.text("value")
    for edit in written(f"[{_text(fields, 'section')}]\n{name}"):
        if absent:
            yield from taken_out(name)
        else:
            yield edit if value is None else edit._replace(value=_known(value))


def _of_text(text: Text | None, pattern: str = "") -> Iterator[Edit]:
    """Yield what a text sets that takes the place of what matches. Of a template its own words tell the option."""
    if isinstance(text, Located):
        yield from replaced(pattern, text.value.replace("\\n", "\n")) if pattern else written(text.value)
    elif text is not None:
        yield from written(text.source.text[text.start : text.end].strip("'\""))


def _of_command(node: Node, source: Source) -> Iterator[tuple[Edit, Span]]:
    """Yield what a command writes, as one of a script does."""
    if isinstance(node, MappingNode):
        node = next((value for key, value in entries(node).items() if key in {"cmd", "_raw_params"}), node)
    if not isinstance(node, ScalarNode) or _FILES.search(node.value) is None:
        return
    from grantlint.reader.formats.shell.commands.option_edits import edits_in  # noqa: PLC0415 - few tasks write some
    from grantlint.reader.formats.yaml_scripts.document import passage_of  # noqa: PLC0415 - as above

    passage = passage_of(node, source, source)
    if passage is not None:
        yield from edits_in(passage, source)


def _text(fields: Fields, *names: str) -> str:
    return _known(fields.text(*names)) or ""


def _known(text: Text | None) -> str | None:
    return text.value if isinstance(text, Located) else None
