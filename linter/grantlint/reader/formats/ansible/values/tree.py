"""The other files of a role or project in which a variable may get its value: a few fixed places, read when asked for.

`defaults/main.yml` and `vars/main.yml` of the role that the file belongs to; `group_vars/` and `host_vars/` beside
the file, beside its playbook or inventory, and in the folders above up to the root of the project.
"""

import os
from collections.abc import Mapping
from functools import lru_cache

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.values.nodes import Value
from grantlint.reader.formats.ansible.values.places import (
    MAIN,
    ROLE_FOLDERS,
    Candidate,
    as_many_as_are_read,
    candidates,
    yaml_below,
)
from grantlint.reader.tree.surroundings import (
    Found,
    Surroundings,
    UnreadError,
    read,
    surroundings_of,
)
from grantlint.reader.yaml.nodes import MappingNode, ScalarNode, documents

MAX_BYTES = 1 << 18


class SealedError(UnreadError):
    """A file that ansible-vault encrypted. People keep secrets there, and may set anything."""


class _Variables(NamedTuple):
    defined: Mapping[str, list[Value]]
    unread: Candidate | None = None  # the first of them
    sealed: Candidate | None = None  # likewise


_NONE = _Variables({})


class Tree:
    """The variables that the files around one file define."""

    __slots__ = ("_around", "_variables", "path")

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self._around = surroundings_of(source)
        self._variables: _Variables | None = None

    def definitions(self, name: str) -> list[Value]:
        """Return a variable's values in the surrounding files. [] for text that is in no file."""
        return [value for value in self._found.defined.get(name, ()) if value.source.path != self.path]

    @property
    def unread(self) -> Candidate | None:
        """An unread surrounding file, or None. It may define any variable."""
        return self._found.unread

    @property
    def sealed(self) -> Candidate | None:
        """A surrounding file that ansible-vault encrypted, or None. It may set what no other file sets."""
        return self._found.sealed

    def beside(self, path: str) -> dict[str, Value]:
        """Return the variables of a file named in a play's `vars_files`. `path`: relative to the playbook.

        Raises UnreadError where the file is not to be read, SealedError where it is encrypted.
        """
        found = self._around.find(os.path.normpath(os.path.join(self._around.folder, path)), MAX_BYTES)
        return dict(_read(found)) if found else {}

    def included(self, path: str) -> dict[str, Value] | None:
        """Return the variables of a file that a task includes. None where it is not in the tree.

        Searched for as Ansible does: in `vars` of the role or beside the playbook, then beside the file. Raises as
        `beside`.
        """
        for folder in self._folders_of_vars():
            found = self._around.find(os.path.normpath(os.path.join(folder, path)), MAX_BYTES)
            if found:
                return dict(_read(found))
        return None

    def may_be_included(self, path: str) -> set[str]:
        """Return the variables that a task's included file may define. `path`: that file, '' for any."""
        names: set[str] = set()
        for folder in self._folders_of_vars()[:-1]:
            for candidate in as_many_as_are_read(yaml_below(self._around, folder)):
                file = os.path.basename(candidate.path)
                if candidate.unread or file in MAIN or (path and os.path.basename(path) != file):
                    continue  # what main says, it says in any case
                try:
                    found = self._around.find(candidate.path, MAX_BYTES)
                    names.update(name for name, _ in (_read(found) if found else ()))
                except UnreadError:
                    continue
        return names

    def _folders_of_vars(self) -> list[str]:
        parent, name = os.path.split(self._around.folder)
        of_role = [os.path.join(parent, "vars")] if name in ROLE_FOLDERS else []
        return [*of_role, os.path.join(self._around.folder, "vars"), self._around.folder]

    @property
    def _found(self) -> _Variables:
        if self._variables is None:
            self._variables = _defined_around(self._around) if self._around.roots else _NONE
        return self._variables


def _defined_around(around: Surroundings) -> _Variables:
    found: list[Found] = []
    unread: list[Candidate] = []
    sealed: list[Candidate] = []
    for candidate in candidates(around):
        if candidate.unread:
            unread.append(candidate)
            continue
        try:
            file = around.find(candidate.path, MAX_BYTES)
            if file is not None:
                _read(file)
                found.append(file)
        except SealedError as error:
            sealed.append(candidate._replace(unread=str(error)))
        except UnreadError as error:
            unread.append(candidate._replace(unread=str(error)))
    return _Variables(_merged(tuple(found)), unread[0] if unread else None, sealed[0] if sealed else None)


@lru_cache(maxsize=16)
def _merged(files: tuple[Found, ...]) -> Mapping[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for file in files:
        for key, value in _read(file):
            found.setdefault(key, []).append(value)
    return found


@lru_cache(maxsize=256)
def _read(file: Found) -> tuple[tuple[str, Value], ...]:
    """Return the top-level variables of a file; what is no mapping has none. Raises UnreadError, SealedError."""
    source = read(file)
    source.format = "ansible"
    if source.text.startswith("$ANSIBLE_VAULT"):
        raise SealedError("is encrypted by ansible-vault")
    found: list[tuple[str, Value]] = []
    for root in documents(source):
        if isinstance(root, Fault):
            raise UnreadError("is not valid YAML")
        if isinstance(root, MappingNode):
            found += [(key.value, Value(node, source)) for key, node in root.value if isinstance(key, ScalarNode)]
    return tuple(found)
