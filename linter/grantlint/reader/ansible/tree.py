"""The other files of a role or project in which a variable may get its value: a few fixed places, read when asked for.

`defaults/main.yml` and `vars/main.yml` of the role that the file belongs to; `group_vars/` and `host_vars/` beside
the file, beside its playbook or inventory, and in the folders above up to the root of the project.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from grantlint.location import Source
from grantlint.model import Fault
from grantlint.pattern import Pattern
from grantlint.reader.ansible.values import Value
from grantlint.reader.yaml_nodes import MappingNode, ScalarNode, documents

MAX_LEVELS = 6
MAX_FILES = 200
MAX_BYTES = 1 << 18

_HOST_DEFAULT = Pattern(r"""host:\s*['"]?\{\{\s*item\.(?:\d\.)?host\s*\|\s*d(?:efault)?\(\s*['"]([^'"]*)['"]""")

Version = tuple[str, int, int]

_ROLE_FOLDERS = frozenset({"tasks", "handlers", "defaults", "vars", "meta"})
_ROOT_SIGNS = (".git", "ansible.cfg", "galaxy.yml")
_SUFFIXES = (".yml", ".yaml")


class Tree:
    """The variables that the files around one file define."""

    __slots__ = ("_defined", "_host_defaults", "_tasks", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._defined: Mapping[str, list[Value]] | None = None
        self._host_defaults: frozenset[str] | None = None
        self._tasks: list[Source] | None = None

    def definitions(self, name: str) -> list[Value]:
        """Return every value that the surrounding files give a variable; none for text that is in no file."""
        if self._defined is None:
            self._defined = _defined_around(os.path.dirname(self.path)) if self._on_disk() else {}
        return [value for value in self._defined.get(name, ()) if value.source.path != self.path]

    def beside(self, path: str) -> dict[str, Value]:
        """Return the variables of a file that a play names in `vars_files`, relative to the playbook."""
        if not self._on_disk():
            return {}
        version = _version(os.path.normpath(os.path.join(os.path.dirname(self.path), path)))
        return dict(_read(*version)) if version else {}

    def host_default(self) -> str | None:
        """Return what the tasks of the role that the file belongs to take for an absent `item.host`.

        None where the file is no role's, or its tasks name no default or several.
        """
        if self._host_defaults is None:
            found = (_HOST_DEFAULT.findall(source.text) for source in self.tasks_of_role())
            self._host_defaults = frozenset(default for defaults in found for default in defaults)
        return next(iter(self._host_defaults)) if len(self._host_defaults) == 1 else None

    def tasks_of_role(self) -> list[Source]:
        """Return the task files of the role whose defaults or vars the file is of; none for any other file."""
        if self._tasks is None:
            parent, name = os.path.split(os.path.dirname(self.path))
            files: Iterable[str] = ()
            if name in {"defaults", "vars"} and self._on_disk():
                files = islice(_yaml_below(os.path.join(parent, "tasks"), 2), MAX_FILES)
            self._tasks = [Source(path, _text(path)) for path in files]
        return self._tasks

    def _on_disk(self) -> bool:
        return bool(self.path) and os.path.isfile(self.path)


def _defined_around(folder: str) -> Mapping[str, list[Value]]:
    return _merged(tuple(filter(None, map(_version, _candidates(folder)))))


@lru_cache(maxsize=16)
def _merged(versions: tuple[Version, ...]) -> Mapping[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for version in versions:
        for key, value in _read(*version):
            found.setdefault(key, []).append(value)
    return found


@lru_cache(maxsize=64)
def _candidates(folder: str) -> tuple[str, ...]:
    """Return the files of variables that concern the files of a folder."""
    return tuple(dict.fromkeys(islice(_search(folder), MAX_FILES)))


def _search(folder: str) -> Iterator[str]:
    for _ in range(MAX_LEVELS):
        parent, name = os.path.split(folder)
        if name in _ROLE_FOLDERS:
            for kind in ("defaults", "vars"):
                yield from _main_files(os.path.join(parent, kind))
        for kind in ("group_vars", "host_vars"):
            yield from _yaml_below(os.path.join(folder, kind), 2)
        for inventory in ("inventory", "inventories", "environments"):
            yield from _inventory_variables(os.path.join(folder, inventory))
        if folder in {"", "/"} or any(os.path.exists(os.path.join(folder, sign)) for sign in _ROOT_SIGNS):
            return
        folder = parent


def _main_files(folder: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        path = os.path.join(folder, f"main{suffix}")
        if os.path.isfile(path):
            yield path
    yield from _yaml_below(os.path.join(folder, "main"), 1)


def _inventory_variables(folder: str) -> Iterator[str]:
    for kind in ("group_vars", "host_vars"):
        yield from _yaml_below(os.path.join(folder, kind), 2)
    for entry in _listed(folder):
        if entry.is_dir(follow_symlinks=False):
            for kind in ("group_vars", "host_vars"):
                yield from _yaml_below(os.path.join(entry.path, kind), 2)


def _yaml_below(folder: str, levels: int) -> Iterator[str]:
    """Yield the YAML files of a folder and of the folders in it: `all.yml`, `db`, `db/users.yml`."""
    for entry in _listed(folder):
        if entry.is_dir(follow_symlinks=False):
            if levels > 1:
                yield from _yaml_below(entry.path, levels - 1)
        elif entry.is_file(follow_symlinks=False) and (entry.name.endswith(_SUFFIXES) or "." not in entry.name):
            yield os.path.normpath(entry.path)


def _listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder or ".") as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _version(path: str) -> Version | None:
    """Return a file's path with what tells that it changed; None for what is not there or too large."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return (path, stat.st_mtime_ns, stat.st_size) if stat.st_size <= MAX_BYTES else None


def _text(path: str) -> str:
    """Return a file's text; that of what cannot be read is empty."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read(MAX_BYTES)
    except (OSError, UnicodeDecodeError):
        return ""


@lru_cache(maxsize=256)
def _read(path: str, modified: int, size: int) -> tuple[tuple[str, Value], ...]:
    """Return the top-level variables of a file; what is no readable YAML mapping has none."""
    del modified, size  # part of the key: a file that changed is read again
    source = Source(path, _text(path))
    if source.text.startswith("$ANSIBLE_VAULT"):
        return ()
    found: list[tuple[str, Value]] = []
    for root in documents(source):
        if not isinstance(root, Fault) and isinstance(root, MappingNode):
            found += [(key.value, Value(node, source)) for key, node in root.value if isinstance(key, ScalarNode)]
    return tuple(found)
