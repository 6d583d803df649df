"""The files of a repository, read without git: what its index tracks, and what its ignore files leave."""

import os

from grantlint.platform.opening import TooLargeError, read_file
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.git_index import tracked_names
from grantlint.reader.tree.ignore_files import Ignoring

_POINTER = "gitdir: "
_LARGEST = 1 << 16  # bytes of a file that only names a folder


class Untold(NamedTuple):
    """Names relative to the root, sorted. Those of repositories inside end in a slash."""

    names: list[str]
    unreadable: list[tuple[str, OSError]]
    tracked: frozenset[str] | None


def untold_files(root: str, below: str) -> Untold:
    """Return the tracked or not ignored files below a folder. Read without git."""
    git_folder = git_folder_of(root)
    tracked = tracked_names(git_folder)
    shared = os.path.join(git_folder, _line(os.path.join(git_folder, "commondir")))  # with other work trees
    excluded = os.path.join(shared, "info", "exclude")
    look = _Look(root, [], [])
    parts = below.split("/")[:-1]
    ignoring = Ignoring().joined_by_file(excluded, 0)
    for depth in range(len(parts)):
        ignoring = ignoring.joined_by(os.path.join(root, *parts[:depth]), depth)
        if ignoring.leaves_out(parts[: depth + 1], folder=True):
            break
    else:
        look.at(below, ignoring)
    names = {*look.names, *(name for name in tracked or () if name.startswith(below))}
    return Untold(sorted(names), look.unreadable, None if tracked is None else frozenset(tracked))


class _Look(NamedTuple):
    root: str
    names: list[str]
    unreadable: list[tuple[str, OSError]]

    def at(self, below: str, ignoring: Ignoring) -> None:
        """Add the files below a folder that are not ignored. What is ignored is not even opened."""
        top, pending = below, [(below, ignoring)]
        while pending:
            below, ignoring = pending.pop()
            parts = below.split("/")[:-1]
            entries: list[os.DirEntry[str]] = []
            try:
                with os.scandir(os.path.join(self.root, below)) as found:
                    entries.extend(found)
            except OSError as error:
                self.unreadable.append((below, error))
            special = {entry.name.lower() for entry in entries if entry.name.startswith(".git")}
            if ".git" in special and below != top and _is_repository(os.path.join(self.root, below)):
                self.names.append(below)
                continue
            here = ignoring
            if ".gitignore" in special:
                here = ignoring.joined_by(os.path.join(self.root, below), len(parts))
            for entry in entries:
                folder = entry.is_dir(follow_symlinks=False)
                if entry.name == ".git" or here.leaves_out([*parts, entry.name], folder=folder):
                    continue
                if folder:
                    pending.append((f"{below}{entry.name}/", here))
                elif entry.is_symlink() or entry.is_file(follow_symlinks=False):  # git knows no pipe or device either
                    self.names.append(f"{below}{entry.name}")


def _is_repository(folder: str) -> bool:
    sign = os.path.join(folder, ".git")
    return os.path.isfile(os.path.join(sign, "HEAD")) or os.path.isfile(sign)


def git_folder_of(root: str) -> str:
    """Return where git keeps the index of a work tree.

    It is .git, or the folder that the file .git names.
    """
    sign = os.path.join(root, ".git")
    named = _line(sign) if os.path.isfile(sign) else ""
    return os.path.join(root, named.removeprefix(_POINTER)) if named.startswith(_POINTER) else sign


def _line(file: str) -> str:
    """Return what a file of one line says; nothing where it cannot be read."""
    try:
        return os.fsdecode(read_file(file, _LARGEST)).strip("\n")
    except (OSError, TooLargeError, ValueError):
        return ""
