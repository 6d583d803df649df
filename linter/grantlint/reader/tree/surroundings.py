"""The files around one that is read, which it names or which belong to it by their place: the one door to them.

Nothing outside of the roots of the run is looked at, not even to see whether it is there; links lead as far as the
roots. Only regular files are opened, each by its folder's descriptor, so that nobody can put another in its place.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from functools import lru_cache
from time import time_ns

from grantlint.model.location import Source
from grantlint.platform.opening import SpecialFileError, TooLargeError, open_file, read_opened
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.contents import NotTextError, decode

OUTSIDE = "leads out of the tree"
NO_PATH = "is no path"
ENDLESS = "is a link that leads to itself"
SPECIAL = "is neither a file nor a folder"

_MAX_LINKS = 40  # on one way, as in Linux
_MAX_PATH = 4096  # bytes, as in Linux
_RECENT = 2_000_000_000  # nanoseconds in which a change may bear the same time as the one before
_SHOWN = 200  # characters of a path as it is written
_LISTED = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_PASSED = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC  # a folder that need not be readable


class UnreadError(Exception):
    """A file that is not read, though it may be there. The message says why, and follows the file's name."""


class Entry(NamedTuple):
    """A name in a folder, the links followed. `unread`: why it is neither file nor folder here."""

    name: str
    is_folder: bool
    unread: str = ""


class Found(NamedTuple):
    """A file inside the roots: path shown, real path, modification time, size.

    modified: in nanoseconds, which with the size tells that the file changed. limit: in bytes.
    """

    path: str
    real: str
    modified: int
    size: int
    limit: int
    roots: tuple[str, ...]


class Surroundings(NamedTuple):
    """The files that a file of this folder may have read. They lie inside the roots, real paths; none without any."""

    folder: str
    roots: tuple[str, ...]

    def find(self, path: str, limit: int) -> Found | None:
        """Return a file of at most `limit` bytes. None where there is none; raises UnreadError."""
        facts = self._facts(path)
        if facts is None:
            return None
        real, status = facts
        if not stat.S_ISREG(status.st_mode):
            raise UnreadError("is a folder" if stat.S_ISDIR(status.st_mode) else SPECIAL)
        if status.st_size > limit:
            raise UnreadError(f"holds more than {limit / 1000:,.0f} KB")
        return Found(path, real, status.st_mtime_ns, status.st_size, limit, self.roots)

    def source(self, path: str, limit: int) -> Source | None:
        """Return a file's text, None where there is none; raises UnreadError."""
        found = self.find(path, limit)
        return read(found) if found else None

    def listed(self, folder: str) -> list[Entry]:
        """Return the entries of a folder, by name. [] where there is none. Raises UnreadError."""
        return [*self._listing(folder).entries]

    def names(self, folder: str, endings: tuple[str, ...]) -> Sequence[str]:
        """Return the names of a folder's files that end so, in order. () where there are none. Raises UnreadError."""
        return self._listing(folder).names(endings)

    def _listing(self, folder: str) -> "_Listing":
        facts = self._facts(folder or ".")
        if facts is None or not stat.S_ISDIR(facts[1].st_mode):
            return _Listing(())
        real, modified = facts[0], facts[1].st_mtime_ns
        try:
            if time_ns() - modified < _RECENT:
                return _Listing(self.entries(folder, real))
            return _settled(self, folder, real, modified)
        except OSError as error:
            raise UnreadError(f"cannot be read: {error.strerror}") from None

    def entries(self, folder: str, real: str) -> list[Entry]:
        """Return the entries of a folder as they are now. `real`: its real path. Raises OSError."""
        handle = _opened_folder(real, self.roots, _LISTED)
        try:
            with os.scandir(handle) as entries:
                return sorted(self._entry(folder, entry) for entry in entries)
        finally:
            os.close(handle)

    def place(self) -> str | None:
        """Return the folder's real path. None where there is none; raises UnreadError."""
        facts = self._facts(self.folder or ".")
        return None if facts is None else facts[0]

    def find_at(self, real: str, name: str, limit: int) -> Found | None:
        """Return a file as `find` does. Of the folder whose real path is known, by one look where it is no link."""
        path, at = os.path.join(self.folder, name), f"{real}/{name}"
        try:
            status = os.lstat(at)
        except OSError:
            return self.find(path, limit)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return self.find(path, limit)
        return Found(path, at, status.st_mtime_ns, status.st_size, limit, self.roots)

    def is_inside(self) -> bool:
        """Whether the folder itself lies inside the roots."""
        return is_inside(_real_folder(os.path.abspath(self.folder)), self.roots)

    def holds(self, path: str) -> bool:
        """Whether a path, links followed, stays inside the roots."""
        try:
            self._real(path)
        except UnreadError:
            return False
        return True

    def _entry(self, folder: str, entry: os.DirEntry[str]) -> Entry:
        if not entry.is_symlink():
            is_folder = entry.is_dir(follow_symlinks=False)
            return Entry(entry.name, is_folder, "" if is_folder or entry.is_file(follow_symlinks=False) else SPECIAL)
        try:
            facts = self._facts(os.path.join(folder, entry.name))
        except UnreadError as error:
            return Entry(entry.name, is_folder=False, unread=str(error))
        is_folder = facts is not None and stat.S_ISDIR(facts[1].st_mode)
        return Entry(entry.name, is_folder)

    def _facts(self, path: str) -> tuple[str, os.stat_result] | None:
        if not self.roots:
            return None
        real = self._real(path)
        try:
            return real, os.lstat(real)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise UnreadError(f"cannot be read: {error.strerror}") from None

    def _real(self, path: str) -> str:
        if not _is_path(path):
            raise UnreadError(NO_PATH)
        path = os.path.normpath(path)
        known = self.folder  # as far as it is the way to the file that is read, its links may lead anywhere
        while known not in {"", "/"} and path != known and not path.startswith(f"{known}/"):
            known = os.path.dirname(known)
        if known == "/" and not path.startswith("/"):
            known = ""
        ahead = path[len(known) :].lstrip("/") if known else path
        return resolve(_real_folder(os.path.abspath(known)), ahead, self.roots)


class _Listing:
    """The entries of a folder, by name."""

    __slots__ = ("_by_ending", "entries")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._by_ending: dict[tuple[str, ...], tuple[str, ...]] = {}

    def names(self, endings: tuple[str, ...]) -> Sequence[str]:
        """Return the names of files that end so. Looked for once, however many files of the folder ask."""
        known = self._by_ending.get(endings)
        if known is None:
            found = [entry.name for entry in self.entries if entry.name.endswith(endings) and not entry.is_folder]
            known = self._by_ending[endings] = tuple(found)
        return known


@lru_cache(maxsize=64)
def _settled(around: Surroundings, folder: str, real: str, _modified: int) -> _Listing:
    """Return the entries of a folder that is as it was: each file that names it asks for them."""
    return _Listing(around.entries(folder, real))


def surroundings_of(source: Source) -> Surroundings:
    """Return the surroundings of a file."""
    folder = os.path.dirname(source.path)
    return Surroundings(os.path.normpath(folder) if folder else "", source.roots)


def read(found: Found) -> Source:
    """Return the text of a file that was found, raising UnreadError."""
    try:
        folder = _opened_folder(os.path.dirname(found.real), found.roots, _PASSED)
        try:
            file = open_file(os.path.basename(found.real), folder=folder)
        finally:
            os.close(folder)
        try:
            return Source(found.path, decode(read_opened(file, found.limit)), found.roots)
        finally:
            os.close(file.handle)
    except SpecialFileError:
        raise UnreadError(SPECIAL) from None
    except OSError as error:
        raise UnreadError(f"cannot be read: {error.strerror}") from None
    except TooLargeError:
        raise UnreadError(f"holds more than {found.limit / 1000:,.0f} KB") from None
    except NotTextError:
        raise UnreadError("is no text in UTF-8") from None


def as_written(path: str) -> str:
    """Return a path for a message, cut where it is very long."""
    return path if len(path) <= _SHOWN else f"{path[:_SHOWN]}…"


def resolve(folder: str, path: str, roots: Sequence[str]) -> str:
    """Return the real path that a path leads to from a folder. Raises UnreadError where it leaves the roots.

    The folder is a real path. Outside of the roots nothing is asked of the disk: not whether it is there, nor whether
    it is a link.
    """
    at = folder
    ahead = [*_parts_backwards(path)]
    links = 0
    while ahead:
        part = ahead.pop()
        if part in {"", "."}:
            continue
        if part in {"/", ".."}:
            at = "/" if part == "/" else os.path.dirname(at)
            continue
        at = os.path.join(at, part)
        if not is_inside(at, roots):
            if not any(is_inside(root, (at,)) for root in roots):
                raise UnreadError(OUTSIDE)
            continue  # on the way down to a root
        try:
            target = os.readlink(at)
        except OSError:
            continue  # no link, or nothing
        links += 1
        if links > _MAX_LINKS:
            raise UnreadError(ENDLESS)
        at = os.path.dirname(at)
        ahead += _parts_backwards(target)
    if not is_inside(at, roots):
        raise UnreadError(OUTSIDE)
    return at


def is_inside(path: str, roots: Sequence[str]) -> bool:
    """Whether a real path is one of these folders, or below one."""
    return any(path == root or path.startswith(os.path.join(root, "")) for root in roots)


def _is_path(text: str) -> bool:
    """Whether the system takes a text for a path at all."""
    try:
        return len(os.fsencode(text)) < _MAX_PATH and "\0" not in text
    except UnicodeEncodeError:
        return False


def _parts_backwards(path: str) -> Iterator[str]:
    yield from reversed(path.split("/"))
    if path.startswith("/"):
        yield "/"


def _opened_folder(real: str, roots: Sequence[str], flags: int) -> int:
    """Return the descriptor of a folder, reached from its root without following a link."""
    root = next(root for root in roots if is_inside(real, (root,)))
    handle = os.open(root, flags)
    for part in os.path.relpath(real, root).split("/"):
        try:
            inner = os.open(part, flags | os.O_NOFOLLOW, dir_fd=handle)
        finally:
            os.close(handle)
        handle = inner
    return handle


@lru_cache(maxsize=1024)
def _real_folder(path: str) -> str:
    return os.path.realpath(path)
