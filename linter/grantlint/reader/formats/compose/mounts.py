"""Which files of the project a container sees where its image looks for scripts and for option files."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from grantlint.model import NotChecked
from grantlint.model.location import Located, Source, Span
from grantlint.model.server import MOUNTED_SCRIPTS
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.compose.environment import text_of
from grantlint.reader.formats.compose.override import Layer
from grantlint.reader.images.references import READ_BY_IMAGES
from grantlint.reader.tree.surroundings import OUTSIDE, Surroundings, UnreadError, as_written, surroundings_of
from grantlint.reader.yaml.mapping import Entry, entries
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of

_DATA = re.compile(r"(?:\A|:)(?:/var/lib/mysql|/bitnami/(?:mysql|mariadb))(?:/data)?/?(?::[\w,]+)?\Z")
_SCRIPTS = "/docker-entrypoint-initdb.d"
_PACKED = (".sql.gz", ".sql.xz", ".sql.bz2", ".sql.zst")


class Mounted(NamedTuple):
    """The project's mounted files and folders, and what is not checked. Paths are like the Compose file's own.

    scripts: the files that the image runs, if all are plain SQL, else None.
    """

    paths: tuple[str, ...]
    not_checked: list[NotChecked]
    scripts: tuple[str, ...] | None


class Folders:
    """The folders that services mount. Each is listed once, however many services do."""

    def __init__(self) -> None:
        self._known: dict[tuple[Surroundings, str], _Folder] = {}

    def at(self, around: Surroundings, path: str) -> "_Folder":
        """Return what a folder holds. Raises UnreadError."""
        found = self._known.get((around, path))
        if found is None:
            names = [entry.name for entry in around.listed(path) if not entry.is_folder]
            packed = sum(1 for name in names if name.endswith(_PACKED))
            sql = [os.path.join(path, name) for name in names if name.endswith(".sql")]
            others = packed or any(name.endswith(".sh") for name in names)
            found = self._known[around, path] = _Folder(bool(names), packed, None if others else tuple(sql))
        return found


class _Folder(NamedTuple):
    """Whether a folder holds files, how many packed scripts there are, and its scripts if all are plain SQL."""

    has_files: bool
    packed: int
    scripts: tuple[str, ...] | None


def mounted(layers: Iterable[Layer], variables: Mapping[str, str], folders: Folders) -> Mounted:
    """Return the project's mounts at which the image reads files. What lies outside of the tree is not checked."""
    found = _Mounts(variables, folders)
    for layer in layers:
        found.add(layer)
    known = [one for one in found.scripts if one is not None]
    scripts = tuple([path for one in known for path in one]) if len(known) == len(found.scripts) else None
    return Mounted(tuple(dict.fromkeys(found.paths)), found.not_checked, scripts)


class _Mounts:
    """The mounts of a service so far. `scripts`: what the image runs of each."""

    __slots__ = ("_folders", "_variables", "not_checked", "paths", "scripts")

    def __init__(self, variables: Mapping[str, str], folders: Folders) -> None:
        self._variables = variables
        self._folders = folders
        self.paths: list[str] = []
        self.not_checked: list[NotChecked] = []
        self.scripts: list[tuple[str, ...] | None] = []

    def add(self, layer: Layer) -> None:
        """Add the mounts of a layer."""
        service, source = layer.service, layer.source
        around = surroundings_of(source)
        if "configs" in service:  # which may be scripts as well
            self.scripts.append(None)
        for node in _volumes(service):
            outside, inside = _ends(node, source, self._variables)
            place, runs = span_of(source, node), inside.startswith(_SCRIPTS)
            if not outside.startswith((".", "/", "~")) or not READ_BY_IMAGES.match(inside):
                if runs or (not inside and _names_scripts(node)):
                    why = f"the volume {outside!r} holds them" if outside else "a variable says where they are"
                    self.not_checked.append(NotChecked(MOUNTED_SCRIPTS, why, place))
                continue
            path = os.path.normpath(os.path.join(layer.folder, outside))
            if outside.startswith(".") and (not around.roots or around.holds(path)):
                if runs and around.roots and not _is_there(around, path):
                    self.not_checked.append(NotChecked(MOUNTED_SCRIPTS, f"{as_written(outside)} is not there", place))
                self.paths.append(path)
                self.not_checked.extend(_packed(self._folders, around, path, inside, place))
            elif outside.startswith("/") and around.holds(path):
                path = path if os.path.isabs(source.path) else os.path.relpath(path)
                self.paths.append(path)
            else:
                what = MOUNTED_SCRIPTS if runs else "files that are mounted"
                self.not_checked.append(NotChecked(what, f"{as_written(outside)} {OUTSIDE}", place))
                continue
            if runs:
                self.scripts.append(_scripts(self._folders, around, path, inside))


def _scripts(folders: Folders, around: Surroundings, path: str, inside: str) -> tuple[str, ...] | None:
    """Return what an image runs of a mount, None where it is not plain SQL or not known."""
    if not around.roots:
        return None
    if inside.endswith(".sql"):
        return (path,) if path.endswith(".sql") else None
    if inside.endswith((".sh", *_PACKED)):
        return None
    try:
        return folders.at(around, path).scripts
    except UnreadError:
        return None


def _packed(folders: Folders, around: Surroundings, path: str, inside: str, place: Span) -> Iterator[NotChecked]:
    """Yield the mounted scripts that no format reads. Packed ones, and files here of another name than a script's."""
    if not inside.startswith(_SCRIPTS):
        return
    try:
        held = folders.at(around, path)
    except UnreadError:
        return
    for _ in range(held.packed):
        yield NotChecked(MOUNTED_SCRIPTS, "one is packed", place)
    run = inside.endswith((".sql", ".sh", *_PACKED))
    if not held.has_files and run and not path.endswith((".sql", ".sh")):
        yield NotChecked(MOUNTED_SCRIPTS, "the name of one is none of a script here", place)


def targets(service: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the parts of a service's mounts as written. Those in the container, and outside ones among them."""
    for key in ("volumes", "configs"):
        entry = service.get(key)
        for node in entry.value.value if entry and isinstance(entry.value, SequenceNode) else ():
            target = entries(node).get("target")
            written = target.value if target else node
            yield from written.value.split(":") if isinstance(written, ScalarNode) else ()


def _names_scripts(node: Node) -> bool:
    """Return whether a mount of unknown ends is one of scripts, as it is written."""
    target = entries(node).get("target")
    written = target.value if target else node
    return isinstance(written, ScalarNode) and _SCRIPTS in written.value


def _is_there(around: Surroundings, path: str) -> bool:
    try:
        return around.find(path, sys.maxsize) is not None
    except UnreadError:
        return True


def kept(service: Mapping[str, Entry], source: Source) -> Span | None:
    """Return the volume for the server's data folder. None where there is none."""
    for node in _volumes(service):
        inside = node.value if isinstance(node, ScalarNode) else _ends(node, source, {})[1]
        if _DATA.search(inside):
            return span_of(source, node)
    return None


def _volumes(service: Mapping[str, Entry]) -> Iterator[Node]:
    volumes = service.get("volumes")
    yield from volumes.value.value if volumes and isinstance(volumes.value, SequenceNode) else ()


def _ends(node: Node, source: Source, variables: Mapping[str, str]) -> tuple[str, str]:
    """Return a mount's path outside and inside the container; '' where there is none or it is not known."""
    if isinstance(node, ScalarNode):
        text = text_of(node, source, variables)
        outside, _, rest = text.value.partition(":") if isinstance(text, Located) else ("", "", "")
        return outside, rest.partition(":")[0]
    fields = entries(node)
    ends = [_text(fields.get(name), source, variables) for name in ("source", "target")]
    return ends[0], ends[1]


def _text(entry: Entry | None, source: Source, variables: Mapping[str, str]) -> str:
    text = text_of(entry.value, source, variables) if entry else None
    return text.value if isinstance(text, Located) else ""
