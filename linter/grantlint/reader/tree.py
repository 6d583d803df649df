"""The files of a folder: as git lists them in a repository, else by a plain walk. No link is followed here."""

import os
from collections.abc import Iterator
from typing import NamedTuple

SKIPPED_FOLDERS = frozenset(
    {
        ".git", ".hg", ".svn", ".bzr", "CVS",
        ".venv", "venv", "virtualenv", "site-packages", "node_modules", "bower_components", "vendor", "third_party",
        "__pycache__", ".tox", ".nox", ".cache", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis",
        ".terraform", ".terragrunt-cache", ".vagrant", ".molecule", ".idea", ".vscode",
    }
)  # fmt: skip
"""Folders that hold what others wrote, or what tools keep for themselves."""

NO_FILE = "neither a file nor a folder"

_OTHER_REPOSITORY = "a repository of its own"


class Listing(NamedTuple):
    """The names found below a folder, relative to it and sorted, and what was left out (name, why)."""

    names: list[str]
    left_out: list[tuple[str, str]]
    unreadable: list[tuple[str, OSError]]


def list_files(folder: str) -> Listing:
    """Return the files below a folder; those that git ignores are left out, unless git ignores the folder itself."""
    by_git = _by_git(folder) if repository_of(folder) else None
    if by_git:
        return by_git
    listing = Listing([], [], [])
    for name in _walk(folder, listing):
        listing.names.append(name)
    listing.names.sort()
    return listing


def repository_of(folder: str) -> str | None:
    """Return the root of the git work tree that a folder lies in, or None."""
    here = os.path.realpath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here


def _by_git(folder: str) -> Listing | None:
    """Ask git, which knows all its ignore files; None where it cannot tell or has nothing to show."""
    import subprocess  # noqa: PLC0415 - 3 ms that only a repository needs

    # A hook's GIT_DIR and GIT_INDEX_FILE speak of the folder that git runs in, not of this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "ls-files", "-coz", "--exclude-standard"]
    try:
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603 - fixed words
    except OSError:
        return None  # no git on this machine
    if run.returncode or not run.stdout:
        return None
    names: list[str] = []
    left_out: dict[str, str] = {}
    for name in sorted(set(os.fsdecode(run.stdout).split("\0")) - {""}):
        skipped = next((part for part in name.split("/")[:-1] if part in SKIPPED_FOLDERS), None)
        if skipped:
            left_out.setdefault(name[: name.index(skipped) + len(skipped)], f"in a folder named {skipped}")
        elif name.endswith("/"):
            left_out[name] = _OTHER_REPOSITORY
        else:
            names.append(name)
    return Listing(names, list(left_out.items()), [])


def _walk(folder: str, listing: Listing) -> Iterator[str]:
    pending = [""]
    while pending:
        below = pending.pop()
        try:
            with os.scandir(os.path.join(folder, below)) as entries:
                for entry in entries:
                    name = f"{below}{entry.name}"
                    if entry.is_file(follow_symlinks=False) or entry.is_symlink():
                        yield name
                    elif not entry.is_dir(follow_symlinks=False):
                        listing.left_out.append((name, NO_FILE))
                    elif entry.name in SKIPPED_FOLDERS:
                        listing.left_out.append((name, f"in a folder named {entry.name}"))
                    else:
                        pending.append(f"{name}/")
        except OSError as error:
            listing.unreadable.append((below, error))
