"""Where the variables of a role or project stand: a few fixed places around a file, listed when asked for."""

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.surroundings import Entry, Surroundings, UnreadError, as_written

MAX_LEVELS = 10
"""Of folders in a folder of variables: Ansible goes through all of them."""

MAX_FILES = 200

ROLE_FOLDERS = frozenset({"tasks", "handlers", "defaults", "vars", "meta"})
MAIN = frozenset({"main.yml", "main.yaml"})
_ROOT_SIGNS = (".git", "ansible.cfg", "galaxy.yml")
SUFFIXES = (".yml", ".yaml")


class Candidate(NamedTuple):
    """A file that may set variables. `unread`: why it is not read, '' where it may be."""

    path: str
    unread: str = ""

    @property
    def reason(self) -> str:
        """Why a variable is not known."""
        return f"a variable that {as_written(self.path)} may set, which {self.unread}"


@lru_cache(maxsize=64)
def candidates(around: Surroundings) -> tuple[Candidate, ...]:
    """Return the files of variables that concern the files of a folder.

    Those that may be read have no reason.
    """
    return tuple(dict.fromkeys(as_many_as_are_read(_search(around))))


def as_many_as_are_read(files: Iterator[Candidate], most: int = MAX_FILES) -> Iterator[Candidate]:
    """Yield files up to a number, and the next one as unread."""
    yield from islice(files, most)
    for file in islice(files, 1):
        yield file._replace(unread=file.unread or f"is not read, as more than {most:,} files belong here")


def folders_above(around: Surroundings) -> Iterator[Surroundings]:
    """Yield a folder and those above it. The last is the root of the project."""
    folder = around.folder
    while (here := around._replace(folder=folder)).is_inside():
        yield here
        if folder in {"", "/"} or any(os.path.lexists(os.path.join(folder, sign)) for sign in _ROOT_SIGNS):
            return
        folder = os.path.dirname(folder)


def _search(around: Surroundings) -> Iterator[Candidate]:
    for here in folders_above(around):
        parent, name = os.path.split(here.folder)
        if name in ROLE_FOLDERS:
            for kind in ("defaults", "vars"):
                yield from _main_files(around, os.path.join(parent, kind))
        yield from _beside_playbook(here)


@lru_cache(maxsize=256)
def _beside_playbook(around: Surroundings) -> tuple[Candidate, ...]:
    """Return the files of variables that concern all playbooks of a folder."""
    found: list[Candidate] = []
    for kind in ("group_vars", "host_vars"):
        found += islice(yaml_below(around, os.path.join(around.folder, kind)), MAX_FILES + 1)
    for inventory in ("inventory", "inventories", "environments"):
        found += islice(_inventory_variables(around, os.path.join(around.folder, inventory)), MAX_FILES + 1)
    return tuple(found)


def _main_files(around: Surroundings, folder: str) -> Iterator[Candidate]:
    for entry in listed(around, folder):
        if isinstance(entry, Candidate):
            yield entry
        elif entry.name in MAIN and not entry.is_folder:
            yield Candidate(os.path.join(folder, entry.name), entry.unread)
    yield from yaml_below(around, os.path.join(folder, "main"))


def _inventory_variables(around: Surroundings, folder: str) -> Iterator[Candidate]:
    for kind in ("group_vars", "host_vars"):
        yield from yaml_below(around, os.path.join(folder, kind))
    for entry in listed(around, folder):
        if isinstance(entry, Candidate):
            yield entry
        elif entry.unread:
            yield Candidate(os.path.join(folder, entry.name), entry.unread)
        elif entry.is_folder:
            for kind in ("group_vars", "host_vars"):
                yield from yaml_below(around, os.path.join(folder, entry.name, kind))


def yaml_below(around: Surroundings, folder: str, levels: int = MAX_LEVELS) -> Iterator[Candidate]:
    """Yield the YAML files of a folder and of those in it.

    Such as `all.yml`, `db`, `db/users.yml`.
    """
    if levels == 0:
        yield Candidate(folder, f"is not read, as folders nest more than {MAX_LEVELS} levels deep")
        return
    for entry in listed(around, folder):
        if isinstance(entry, Candidate):
            yield entry
        elif entry.is_folder:
            yield from yaml_below(around, os.path.join(folder, entry.name), levels - 1)
        elif entry.name.endswith(SUFFIXES) or "." not in entry.name:
            yield Candidate(os.path.normpath(os.path.join(folder, entry.name)), entry.unread)


def listed(around: Surroundings, folder: str) -> list[Entry | Candidate]:
    """Return what stands in a folder. It is the folder itself where nobody is to look into it."""
    try:
        return [*around.listed(folder)]
    except UnreadError as error:
        return [Candidate(folder, str(error))]
