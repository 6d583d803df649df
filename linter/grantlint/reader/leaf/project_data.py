"""The files of folders with known names, in the folders above a file: where projects keep data apart from code."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grantlint.model.location import Source
from grantlint.platform.typed import TypeVar
from grantlint.reader.tree.surroundings import Found, Surroundings, UnreadError, read, surroundings_of
from grantlint.reader.yaml.nodes import MappingNode, documents

Told = TypeVar("Told")
MOST = 100
"""The files that are looked at for one."""
_BYTES = 1 << 18


def files_above(source: Source, folders: Sequence[str], endings: tuple[str, ...]) -> Iterator[Found]:
    """Yield the files of these folders, and of folders in them."""
    around = surroundings_of(source)
    folder: str = around.folder
    number = 0
    while around.roots and folder not in {"", ".", "/"}:
        folder = os.path.dirname(folder)
        for name in folders:
            for found in _files(around, os.path.join(folder, name), endings, deep=True):
                number += 1
                if number > MOST:
                    return
                yield found


def told_by_one(files: Iterable[Found], told: Callable[[Found], Mapping[str, Told]], key: str) -> Told | None:
    """Return what one file alone tells of a key.

    None where none does, or several do: which of them counts, a run alone knows.
    """
    said = [texts[key] for texts in map(told, files) if key in texts]
    return said[0] if len(said) == 1 else None


def mappings_of(found: Found) -> Iterator[tuple[Source, MappingNode]]:
    """Yield the documents of a YAML file that are mappings."""
    try:
        source = read(found)
    except UnreadError:
        return
    for root in documents(source):
        if isinstance(root, MappingNode):
            yield source, root


def _files(around: Surroundings, folder: str, endings: tuple[str, ...], *, deep: bool) -> Iterator[Found]:
    try:
        for entry in around.listed(folder):
            path = os.path.join(folder, entry.name)
            if entry.is_folder and deep:
                yield from _files(around, path, endings, deep=False)
            elif entry.name.endswith(endings):
                found = around.find(path, _BYTES)
                if found is not None:
                    yield found
    except UnreadError:
        return
