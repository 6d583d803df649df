"""Whether git keeps a file: what it holds is known to everybody who has ever cloned the repository."""

import os
from functools import lru_cache

from grantlint.reader.tree.git_index import tracked_names
from grantlint.reader.tree.untold import git_folder_of


def is_kept_by_git(path: str) -> bool:
    """Return whether git's index has a file.

    False where the index cannot be read.
    """
    real = os.path.realpath(path)
    root = os.path.dirname(real)
    while not os.path.lexists(os.path.join(root, ".git")):
        above = os.path.dirname(root)
        if above == root:
            return False
        root = above
    folder = git_folder_of(root)
    try:
        changed = os.stat(os.path.join(folder, "index")).st_mtime_ns
    except OSError:
        return False
    return os.path.relpath(real, root).replace(os.sep, "/") in _names(folder, changed)


@lru_cache(maxsize=8)
def _names(folder: str, changed: int) -> frozenset[str]:
    del changed  # part of the key: another index
    return frozenset(tracked_names(folder) or ())
