"""What the command line names: whether it is there, and which folders a run may read in."""

import os
import stat
from collections.abc import Sequence

from grantlint.platform.errors import UsageError
from grantlint.platform.opening import own_descriptor
from grantlint.reader.tree.listing import NO_FILE, repository_of

STDIN = "-"


def must_exist(path: str) -> None:
    """Raise UsageError for a path that is missing or a device. The error names the nearest name that exists."""
    if not path:
        raise UsageError("a path is empty")
    if "\0" in path:
        raise UsageError(f"{path}: a NUL character stands in no path")
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        near = _nearest(path)
        hint = f"; did you mean {near}?" if near else ""
        what = "a symbolic link to nothing" if os.path.islink(path) else "no such file or folder"
        raise UsageError(f"{path}: {what}{hint}") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return
    if own_descriptor(path) is None or stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise UsageError(f"{path}: {NO_FILE}; what a command prints is read from - (standard input)")


def roots_of(paths: Sequence[str], stdin_filename: str | None) -> tuple[str, ...]:
    """Return the real folders inside which a run reads. For each path its repository, else the folder that it names."""
    folders = dict.fromkeys(path if os.path.isdir(path) else os.path.dirname(path) for path in paths if path != STDIN)
    if STDIN in paths and stdin_filename:
        folders[os.path.dirname(stdin_filename)] = None
    return tuple(dict.fromkeys(repository_of(folder or ".") or os.path.realpath(folder or ".") for folder in folders))


def _nearest(path: str) -> str | None:
    """Return the nearest path that exists. Its first missing part is replaced by the most similar name."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    parent = os.path.dirname(path.rstrip("/"))
    while parent and not os.path.isdir(parent):
        path, parent = parent, os.path.dirname(parent)
    try:
        names = os.listdir(parent or ".")
    except OSError:
        return None
    name = os.path.basename(path.rstrip("/"))
    near = [each for each in get_close_matches(name, names, 2) if each != name]
    return os.path.join(parent, near[0]) if near else None


def below_root(path: str) -> str:
    """Return a path relative to its repository's root. The path as it is where there is no repository."""
    real = os.path.realpath(path)
    root = repository_of(os.path.dirname(real))
    return path if root is None else os.path.relpath(real, root)


class BelowRoots:
    """The places of files in their repositories.

    Each folder is looked up once.
    """

    def __init__(self) -> None:
        self._folders: dict[str, tuple[str, str | None]] = {}

    def of(self, path: str) -> str:
        """Return what `below_root` does of a file."""
        if os.path.islink(path):
            return below_root(path)
        folder, name = os.path.split(path)
        if folder not in self._folders:
            real = os.path.realpath(folder)
            self._folders[folder] = real, repository_of(real)
        real, root = self._folders[folder]
        return path if root is None else os.path.relpath(os.path.join(real, name), root)
