"""The files that Compose lays over each other of its own accord, and those of which a service is extended.

`compose.override.yaml` is laid over `compose.yaml` beside it, unless `.env` names the files (COMPOSE_FILE). With `-f`
a command line says which, and none is laid over. Source: the Compose specification, Merge and Extends; Docker's
manual, "Set or change pre-defined environment variables in Docker Compose"; the default file names of compose-go.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.compose.env_files import Setting, env_file
from grantlint.reader.tree.surroundings import UnreadError, surroundings_of
from grantlint.reader.yaml.blanking import readable_of
from grantlint.reader.yaml.mapping import Entry, entries
from grantlint.reader.yaml.nodes import documents

_MAX_BYTES = 1 << 20
_MOST_FILES = 20  # that one COMPOSE_FILE names
DEFAULT_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)


class Layer(NamedTuple):
    """One file's definition of one service. `folder`: where its paths begin."""

    source: Source
    service: Mapping[str, Entry]
    folder: str


class Other(NamedTuple):
    """The services of another file. `unread`: why nobody knows them, '' where that is not so."""

    source: Source | None = None
    services: Mapping[str, Entry] = {}
    unread: str = ""


class Files(NamedTuple):
    """What Compose makes one project of. `variables` are those of its `.env`.

    `below`: what a file is laid over, `above`: what is laid over it, the last one uppermost. `folder`: where their
    paths begin. `unread`: why something of it is not known.
    """

    folder: str
    below: tuple[Other, ...] = ()
    above: tuple[Other, ...] = ()
    variables: Mapping[str, Setting] = {}
    unread: str = ""


def files_of(source: Source) -> Files:
    """Return the files of the project that a Compose file belongs to."""
    folder = surroundings_of(source).folder
    variables, unread = dict[str, Setting](), ""
    try:
        variables = env_file(source, folder, ".env") or {}
    except UnreadError as error:
        unread = f".env {error}"
    found = _named(source, folder, variables)
    if found is not None:
        return found._replace(unread=unread or found.unread)
    name = os.path.basename(source.path)
    below = _beside(source, folder, DEFAULT_NAMES if name in _OVERRIDES else ())
    above = _beside(source, folder, _OVERRIDES if name in DEFAULT_NAMES else ())
    unread = unread or next((one.unread for one in above if one.unread), "")
    return Files(folder, below, above, variables, unread)


def _named(source: Source, own: str, variables: Mapping[str, Setting]) -> Files | None:
    """Return the project of a `.env` that names this file, here or in a folder around it."""
    path = os.path.normpath(source.path)
    for folder in _upwards(own):
        if folder != own:
            try:
                around = env_file(source, folder, ".env") or {}
            except UnreadError:
                return None  # that is beyond what may be read
            variables = {**variables, **around}  # the working folder's come first
        if "COMPOSE_FILE" not in variables:
            continue
        sign = variables["COMPOSE_PATH_SEPARATOR"].value if "COMPOSE_PATH_SEPARATOR" in variables else ":"
        names = variables["COMPOSE_FILE"].value.split(sign or ":")[:_MOST_FILES]
        paths = [os.path.normpath(os.path.join(folder, name.strip())) for name in names]
        if path in paths and variables["COMPOSE_FILE"].literal:
            at = paths.index(path)
            below = tuple([_other(source, one) for one in paths[:at]])
            above = tuple([_other(source, one) for one in paths[at + 1 :]])
            unread = next((one.unread for one in above if one.unread), "")
            return Files(os.path.dirname(paths[0]), below, above, variables, unread)
    return None


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those around it, as far as its path is written."""
    while True:
        yield folder
        if folder in {"", "/", "."} or folder.startswith(".."):
            return
        folder = os.path.dirname(folder)


def _beside(source: Source, folder: str, names: tuple[str, ...]) -> tuple[Other, ...]:
    for name in names:
        other = _other(source, os.path.join(folder, name))
        if other.source is not None or other.unread not in {"", _MISSING}:
            return (other,)
    return ()


_MISSING = "is not here"


def _other(source: Source, path: str) -> Other:
    """Return the services of another file by its path."""
    name = os.path.basename(path)
    try:
        found = surroundings_of(source).source(os.path.normpath(path), _MAX_BYTES)
    except UnreadError as error:
        return Other(unread=f"{name} {error}")
    return Other(unread=_MISSING) if found is None else _read(found)


@lru_cache(maxsize=64)
def _read(source: Source) -> Other:
    readable = readable_of(source)
    for root in documents(readable):
        if isinstance(root, Fault):
            return Other(unread=f"{os.path.basename(source.path)} is no YAML")
        top = entries(root)
        return Other(source, entries(top["services"].value) if "services" in top else {})
    return Other(source)


def extended_file(layer: Layer, name: str) -> Other:
    """Return the file that a service's `extends` names."""
    return _other(layer.source, os.path.join(layer.folder, name))


def bases_of(source: Source, service: str, words: frozenset[str] = frozenset()) -> Iterator[Layer]:
    """Yield what other Compose files say of a service.

    Those beside this one and a folder up: a command line may join them. words: of which one is in the file's name.
    """
    around = surroundings_of(source)
    for folder in dict.fromkeys((around.folder, os.path.dirname(around.folder))):
        try:
            names = [entry.name for entry in around.listed(folder) if not entry.is_folder]
        except UnreadError:
            continue
        named = [name for name in names if "compose" in name and name.endswith((".yml", ".yaml"))]
        told = [name for name in named if not words or not words.isdisjoint(re.split(r"[-_.]", name.lower()))]
        for name in told[:_MOST_FILES]:
            other = _other(source, os.path.join(folder, name))
            if other.source is not None and other.source.path != source.path and service in other.services:
                yield Layer(other.source, entries(other.services[service].value), folder)
