"""Finding the tasks that make accounts, and the variables that hold lists of them: in task files, plays and vars."""

from collections.abc import Mapping

from grantlint.model import Account, NotChecked
from grantlint.model.location import Source
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.reader.formats.ansible.calls import Caller, defaults_of
from grantlint.reader.formats.ansible.course import Course
from grantlint.reader.formats.ansible.lists.items import UserList, is_list_name, root_of
from grantlint.reader.formats.ansible.lists.joined import read_as_taken
from grantlint.reader.formats.ansible.modules.arguments import MODULES, call_of, condition_of, deciding, login_beside
from grantlint.reader.formats.ansible.modules.commands import add_script
from grantlint.reader.formats.ansible.modules.containers import container
from grantlint.reader.formats.ansible.modules.fields import Fields, hide_secrets
from grantlint.reader.formats.ansible.printed import with_no_log
from grantlint.reader.formats.ansible.servers import Key, Servers, login_of
from grantlint.reader.formats.ansible.turns import Made
from grantlint.reader.formats.ansible.values.constants import as_run
from grantlint.reader.formats.ansible.values.inclusion import Included
from grantlint.reader.formats.ansible.values.nodes import Item, Unknown, Value, entries
from grantlint.reader.formats.ansible.values.places import Candidate
from grantlint.reader.formats.ansible.values.resolution import follow
from grantlint.reader.formats.ansible.values.tree import SealedError
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.leaf.versions import branch_of
from grantlint.reader.tree.surroundings import UnreadError, as_written
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:  # twenty records that only tasks with SQL need
    from grantlint.reader.sql.steps.steps import Around

MAX_VISITS = 200_000
"""Tasks and mappings that are looked at in one file; aliases may repeat more."""

MAX_LEVELS = 30
"""Levels of blocks, and of mappings around a user list (inventories nest five)."""

_SECTIONS = ("pre_tasks", "tasks", "post_tasks", "handlers")
_SET_FACT = ("set_fact", "ansible.builtin.set_fact")
_OF_A_PLAY = frozenset({"hosts", "roles", "import_playbook", *_SECTIONS})


class TaskReader:
    """Walks a file's documents and adds their declarations to its servers."""

    __slots__ = (
        "_around",
        "_caller",
        "_course",
        "_file",
        "_included",
        "_lists",
        "_roots",
        "_servers",
        "_source",
        "_visits",
        "_whens",
        "_with_lists",
    )

    def __init__(self, source: Source, servers: Servers, *, with_lists: bool) -> None:
        self._source = source
        self._servers = servers
        self._caller = Caller(source, servers)
        self._file = FileScope(source)
        self._lists: list[UserList] = []
        self._roots: list[tuple[Key, Account]] = []
        self._with_lists = with_lists
        self._visits = 0
        self._included = Included(source, self._file.tree)
        self._around = ""  # the conditions of the blocks around a task, as written
        self._whens: tuple[Node, ...] = ()
        self._course = Course([], (source.path,))

    def read(self, root: Node) -> None:
        """Read one document. A list of plays or tasks, or a mapping of variables."""
        if isinstance(root, MappingNode):
            for name, node in entries(root).items():
                self._file.define(name, Value(node, self._source))
            self._variables(root, ())
        for node in root.value if isinstance(root, SequenceNode) else ():
            if isinstance(node, MappingNode):
                found = entries(node)
                if found.keys().isdisjoint(_OF_A_PLAY):
                    self._task(node, found, self._file, (), 0)
                else:
                    self._play(found)

    def finish(self) -> None:
        """Read the user lists that no task of the file goes over."""
        for users in self._lists:
            if id(users.value.node) not in self._caller.joined:
                read_as_taken(users, self._source, self._servers)
        for server, root in self._roots:
            self._servers.add(server, Made(root, keeps=True), by_task=True)

    def _play(self, play: dict[str, Node]) -> None:
        hosts = play.get("hosts")
        server: Key = (
            () if hosts is None else (self._source.text[hosts.start_mark.index : hosts.end_mark.index].strip(),)
        )
        self._included = Included(self._source, self._file.tree)
        scope = self._with_files(play.get("vars_files"), self._file)
        scope = self._with_vars(play.get("vars"), scope, server)
        scope = self._with_defaults(play.get("module_defaults"), scope)
        scope = with_no_log(play, scope, self._source)
        for role in _elements(play.get("roles")):
            found = entries(role)
            self._note_lists(found, scope, server)
            self._note_lists(entries(found["vars"]) if "vars" in found else {}, scope, server)
        course = self._course
        self._course = course.inside(play)["block"]
        for section in _SECTIONS:
            self._tasks(play.get(section), scope, server, 0)
        self._course = course

    def _tasks(self, node: Node | None, scope: Scope | FileScope, server: Key, level: int) -> None:
        for task in _elements(node):
            if isinstance(task, MappingNode):
                self._task(task, entries(task), scope, server, level)

    def _task(
        self,
        node: MappingNode,
        task: dict[str, Node],
        scope: Scope | FileScope,
        server: Key,
        level: int,
    ) -> None:
        done = None if self._spent(node) else as_run(task)
        if done is None:
            return
        task = done
        if "vars" in task:
            scope = self._with_vars(task["vars"], scope, server)
        if "module_defaults" in task:
            scope = self._with_defaults(task["module_defaults"], scope)
        if "block" in task:
            self._block(node, task, scope, server, level)
            return
        not_read = self._included.take(task, is_sure=not self._around)
        self._servers.not_checked += [not_read] if not_read else []
        scope = self._included.scope(scope)
        for name in _SET_FACT:
            if name in task:
                self._note_lists(entries(task[name]), scope, server)
        call = call_of(task, node, self._source)
        if call is None:
            at = self._course.at(task)
            add_script(task, scope, self._source, lambda: self._servers.of(server), at, self._within(task))
            started = container(task, scope, self._source)
            self._servers.started += [started] if started is not None else []
            arguments = login_beside(task, self._source)
            password = (
                Fields(arguments, self._source, scope).text("login_password") if "login_password" in arguments else None
            )
            if password is not None:
                self._servers.of((*server, *login_of(arguments, task))).log_in(password)
        else:
            key = (*server, *login_of(call.arguments, task))
            if self._around:
                call = call._replace(condition=self._around + call.condition)
            self._caller.declare(call, task, scope, key, self._within(task), at=self._course.at(task))

    def _block(
        self, node: MappingNode, block: dict[str, Node], scope: Scope | FileScope, server: Key, level: int
    ) -> None:
        if level >= MAX_LEVELS:
            self._leave(node, f"blocks nest more than {MAX_LEVELS} levels deep")
            return
        scope = with_no_log(block, scope, self._source)
        outside, around = self._whens, self._around
        self._around += condition_of(block, self._source, end="\n")
        self._whens = self._deciding(block)
        course = self._course
        for part, inside in course.inside(block).items():
            self._course = inside
            self._tasks(block.get(part), scope, server, level + 1)
        self._course = course
        self._whens, self._around = outside, around

    def _deciding(self, task: dict[str, Node]) -> tuple[Node, ...]:
        """Return the conditions around a task, its own included."""
        when = deciding(task)
        return self._whens if when is None else (*self._whens, when)

    def _within(self, task: dict[str, Node]) -> "Around":
        """Return the same as SQL knows them."""
        whens, source = self._deciding(task), self._source
        return lambda _: tuple([branch_of(source, when.start_mark.index, when.end_mark.index) for when in whens])

    def _spent(self, node: Node) -> bool:
        self._visits += 1
        if self._visits == MAX_VISITS + 1:
            self._leave(node, f"the file has more than {MAX_VISITS:,} tasks and mappings, repeated ones included")
        return self._visits > MAX_VISITS

    def _leave(self, node: Node, limit: str) -> None:
        start = node.start_mark.index
        self._source.leave_unread(start, start + 1, limit)

    def _with_vars(self, node: Node | None, scope: Scope | FileScope, server: Key) -> Scope | FileScope:
        """Return the scope inside of `vars:`, a mapping or (of old) a list of mappings."""
        names: dict[str, Item | Unknown] = {}
        for mapping in [node] if isinstance(node, MappingNode) else _elements(node):
            found = entries(mapping)
            hide_secrets(found, self._source)
            names.update({name: Value(value, self._source) for name, value in found.items()})
            self._note_lists(found, Scope(names, scope), server)
        return Scope(names, scope) if names else scope

    def _with_defaults(self, node: Node | None, scope: Scope | FileScope) -> Scope | FileScope:
        """Return the scope inside of `module_defaults:`, which holds arguments for calls that leave them out."""
        found = {} if node is None else entries(node)
        names: dict[str, Item | Unknown] = {
            defaults_of(MODULES[name]): Value(arguments, self._source)
            for name, arguments in found.items()
            if name in MODULES
        }
        return Scope(names, scope) if names else scope

    def _with_files(self, node: Node | None, scope: Scope | FileScope) -> Scope | FileScope:
        """Return the scope inside of `vars_files:`, as far as they are named outright."""
        names: dict[str, Item | Unknown] = {}
        unread = ""
        for path in _elements(node):
            if isinstance(path, ScalarNode) and "{{" not in path.value:
                try:
                    names.update(self._file.tree.beside(path.value))
                except UnreadError as error:
                    file = Candidate(path.value, str(error))
                    why = f"{as_written(file.path)} {error}"
                    self._servers.not_checked.append(
                        NotChecked("variables of a file", why, Value(path, self._source).span)
                    )
                    if not isinstance(error, SealedError):  # there people keep what others refer to
                        names, unread = {}, file.reason  # it may set what those before it set
        return Scope(names, scope, unread) if names or unread else scope

    def _variables(self, root: MappingNode, place: Key) -> None:
        """Look for user lists in a mapping of variables, at any level: inventories and molecule files nest them."""
        found = entries(root)
        hide_secrets(found, self._source)
        if self._with_lists:
            self._note_lists(found, self._file, place)
            for name, node in found.items():
                if not isinstance(node, MappingNode) or is_list_name(name) or self._spent(node):
                    continue
                if len(place) >= MAX_LEVELS:
                    self._leave(node, f"variables nest more than {MAX_LEVELS} levels deep")
                else:
                    self._variables(node, (*place, name))

    def _note_lists(self, variables: Mapping[str, Node], scope: Scope | FileScope, server: Key) -> None:
        if not self._with_lists:
            return
        for name, node in variables.items():
            root = root_of(name, node, self._source)
            if root is not None:
                self._roots.append((server, root))
            if not is_list_name(name):
                continue
            value = Value(node, self._source)
            found = follow(value, scope)
            if isinstance(found, Value) and isinstance(found.node, (SequenceNode, MappingNode)):
                self._lists.append(UserList(name, found, scope, server))
            elif isinstance(found, (Unknown, Value)) and isinstance(node, ScalarNode) and "{{" in node.value:
                reason = found.reason if isinstance(found, Unknown) else "a Jinja expression"
                self._servers.not_checked.append(NotChecked("accounts of a list", reason, value.span))


def _elements(node: Node | None) -> list[Node]:
    return node.value if isinstance(node, SequenceNode) else []
