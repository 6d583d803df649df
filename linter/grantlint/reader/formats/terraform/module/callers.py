"""Which variables of a module its calls in the same project set: there a default is what no server gets."""

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.terraform.module.files import SUFFIXES, parsed
from grantlint.reader.tree.surroundings import Surroundings, UnreadError, surroundings_of

_MAX_FOLDERS, _MAX_FILES, _MAX_BYTES = 400, 1_000, 1 << 20
_LOCAL = Pattern(r"source[ \t]*=[ \t]*\"\.{1,2}/")
_PATH = re.compile(r'"(?P<path>\.{1,2}/[^"$]*)"\Z')
_OF_TERRAFORM = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})
_ROOT_SIGN = ".git"


def set_by_calls(source: Source) -> frozenset[str]:
    """Return the variables that a call of a file's module sets. What is not looked at sets none."""
    around = surroundings_of(source)
    return _calls(_root(around)).get(os.path.normpath(around.folder or "."), frozenset())


def _root(around: Surroundings) -> Surroundings:
    here = around
    while here.folder not in {"", "/"}:
        above = here._replace(folder=os.path.dirname(here.folder))
        if os.path.lexists(os.path.join(here.folder, _ROOT_SIGN)) or not above.is_inside():
            return here
        here = above
    return here


@lru_cache(maxsize=4)
def _calls(root: Surroundings) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for path in _files(root):
        try:
            source = root.source(path, _MAX_BYTES)
        except UnreadError:
            continue
        if source is None or _LOCAL.search(source.text) is None:
            continue
        for block in parsed(source).blocks:
            written = block.attributes.get("source") if block.kind == "module" else None
            local = _PATH.match(written.text) if written is not None else None
            if local is not None:
                folder = os.path.normpath(os.path.join(os.path.dirname(path), local["path"]))
                found[folder] = found.get(folder, frozenset()) | (block.attributes.keys() - _OF_TERRAFORM)
    return found


def _files(root: Surroundings) -> Iterator[str]:
    folders, files = [root.folder], 0
    for number, folder in enumerate(folders):
        if number >= _MAX_FOLDERS:
            return
        try:
            entries = root.listed(folder)
        except UnreadError:
            continue
        for entry in entries:
            path = os.path.join(folder, entry.name)
            if entry.is_folder and not entry.name.startswith(".") and not entry.unread:
                folders.append(path)
            elif entry.name.endswith(SUFFIXES) and not entry.unread and files < _MAX_FILES:
                files += 1
                yield path
