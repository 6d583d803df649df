"""The tasks that go over a list of users, looked up from where the list stands.

A list is read where it stands, as each host may have one of its own; what an item leaves out and what it gives, the
tasks say: those of its role or, where it is a variable of a project, of the project's roles and playbooks.
"""

import os
from collections.abc import Iterator
from functools import lru_cache

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.modules.arguments import Call, call_of
from grantlint.reader.formats.ansible.values.nodes import entries
from grantlint.reader.formats.ansible.values.places import (
    SUFFIXES,
    Candidate,
    as_many_as_are_read,
    folders_above,
    listed,
    yaml_below,
)
from grantlint.reader.formats.ansible.values.tree import MAX_BYTES
from grantlint.reader.tree.surroundings import Surroundings, UnreadError, surroundings_of
from grantlint.reader.yaml.nodes import MappingNode, Node, SequenceNode, documents

MAX_TASK_FILES = 5_000
"""Task files of one project in which lists are looked for."""

_MODULE = "mysql_user"
_SERVERS = ("mysql", "mariadb")  # one of them is in the name of each list
_OF_ROLES = frozenset({"defaults", "vars"})
_FOLDERS = ("tasks", "playbooks", "plays")
_WORD = Pattern(r"\w+")
_PARTS = ("block", "rescue", "always", "pre_tasks", "tasks", "post_tasks", "handlers")


class TaskFiles(NamedTuple):
    """Task files that go over a list. `unread`: the first that is not read, which may do anything."""

    sources: tuple[Source, ...] = ()
    unread: Candidate | None = None


class Taking(NamedTuple):
    """A task that goes over a list."""

    call: Call
    task: dict[str, Node]
    source: Source


def files_over(name: str, source: Source) -> TaskFiles:
    """Return the task files that may go over a list. It stands in `source`, variables or a playbook.

    Of a role in which one file has its name it is each file with the module: another may be included for each item.
    """
    found: list[Source] = []
    unread: list[Candidate] = []
    for unit in _units(surroundings_of(source)):
        unread += [unit.unread] if unit.unread is not None else []
        others = [one for one in unit.sources if one.path != source.path]
        if any(name in one.text for one in others):
            found += [one for one in others if name in one.text or _MODULE in one.text]
    return TaskFiles(tuple(found), unread[0] if unread else None)


def takings(name: str, files: TaskFiles) -> Iterator[Taking]:
    """Yield the tasks whose loops name a list."""
    for source in files.sources:
        if "\\" in source.text or (name in source.text and _MODULE in source.text):
            for root in documents(source):
                if not isinstance(root, Fault):
                    yield from _in_tasks(root, source, name)


def is_reached(task: str, variables: str) -> bool:
    """Return whether a file of variables finds a task's file. Both are paths."""
    parent, folder = os.path.split(os.path.dirname(variables))
    if folder in _OF_ROLES and task.startswith(os.path.join(parent, "tasks", "")):
        return True
    above = os.path.dirname(variables)
    while not _is_run_beside(os.path.relpath(task, above or ".")):
        if above in {"", "/"}:
            return False
        above = os.path.dirname(above)
    return True


def _is_run_beside(path: str) -> bool:
    """Return whether the tasks of a file, by its path from a folder, may have the folder's variables."""
    parts = path.split("/")
    return len(parts) == 1 or parts[0] in _FOLDERS or (parts[0] == "roles" and parts[2:3] == ["tasks"])


def _units(around: Surroundings) -> Iterator[TaskFiles]:
    """Yield the task files of the file's role; where it is of none, of each role and folder of the project."""
    parent, folder = os.path.split(around.folder)
    if folder in _OF_ROLES:
        yield _read(around, yaml_below(around, os.path.join(parent, "tasks")))
        return
    for here in folders_above(around):
        yield from _beside(here)


@lru_cache(maxsize=64)
def _beside(here: Surroundings) -> tuple[TaskFiles, ...]:
    """Return what may be run with the variables of a folder, but for files in which no list is named."""
    roles = os.path.join(here.folder, "roles")
    found: list[TaskFiles] = []
    for role in listed(here, roles):
        if isinstance(role, Candidate):
            found.append(TaskFiles((), role))
        elif role.unread:
            found.append(TaskFiles((), Candidate(os.path.join(roles, role.name), role.unread)))
        elif role.is_folder:
            found.append(_read(here, yaml_below(here, os.path.join(roles, role.name, "tasks"))))
    found += [_read(here, yaml_below(here, os.path.join(here.folder, folder))) for folder in _FOLDERS]
    found.append(_read(here, _playbooks(here))._replace(unread=None))  # what is too large there is data, most likely
    return tuple([unit for unit in found if unit.sources or unit.unread])


def _playbooks(here: Surroundings) -> Iterator[Candidate]:
    for entry in listed(here, here.folder):
        if not isinstance(entry, Candidate) and not entry.is_folder and entry.name.endswith(SUFFIXES):
            yield Candidate(os.path.join(here.folder, entry.name), entry.unread)


def _read(around: Surroundings, files: Iterator[Candidate]) -> TaskFiles:
    sources: list[Source] = []
    unread: list[Candidate] = []
    for file in as_many_as_are_read(files, MAX_TASK_FILES):
        if file.unread:
            unread.append(file)
            continue
        try:
            source = around.source(file.path, MAX_BYTES)
        except UnreadError as error:
            unread.append(file._replace(unread=str(error)))
        else:
            sources += [source] if source and any(word in source.text for word in _SERVERS) else []
    return TaskFiles(tuple(sources), unread[0] if unread else None)


def _in_tasks(root: Node, source: Source, name: str) -> Iterator[Taking]:
    for node, task in _tasks(root):
        call = call_of(task, node, source)
        if call is None or call.module != _MODULE:
            continue
        for key, over in task.items():
            looped = key == "loop" or key.startswith("with_")
            if looped and name in _WORD.findall(source.text[over.start_mark.index : over.end_mark.index]):
                yield Taking(call, task, source)


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
            nodes += [task[part] for part in _PARTS if part in task]
            yield node, task
