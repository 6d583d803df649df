"""The files of a folder: as git lists them in a repository, else by a plain walk. No link is followed here."""

import os
from collections.abc import Iterable, Iterator
from errno import EACCES

from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.git_files import GitFiles, ask_git
from grantlint.reader.tree.git_program import Refusal

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

_ELSEWHERE = Refusal("it is not the repository of the current folder")
OTHER_REPOSITORY = "a repository of its own"


class Listing(NamedTuple):
    """The names below a folder, sorted, and what was left out. Names are relative to it; left out as (name, why).

    remark: a sentence where git should have been asked and was not; links: the names that are links, None: not told.
    """

    names: list[str]
    left_out: list[tuple[str, str]]
    unreadable: list[tuple[str, OSError]]
    remark: str = ""
    links: set[str] | None = None

    def is_link(self, folder: str, name: str) -> bool:
        """Whether a listed name is a link. `folder`: the listed one, with `/` at its end."""
        return os.path.islink(folder + name) if self.links is None else name in self.links


def list_files(folder: str) -> Listing:
    """Return the files below a folder that git does not ignore. All of them where git ignores the folder itself.

    Git is asked about the repository of the current folder alone. In another one, and where git does not answer, the
    ignore files are read here, and the index for what is tracked all the same.
    """
    root = repository_of(folder)
    if root is None:
        return walk(folder)
    below = os.path.relpath(os.path.realpath(folder), root)
    below = "" if below == "." else f"{below}/"
    said = ask_git(root, below) if root == repository_of(".") else _ELSEWHERE
    if isinstance(said, GitFiles):
        listing = _sorted_out(said.names, below, said.tracked)
        listing.unreadable.extend(
            (name.removeprefix(below), OSError(EACCES, os.strerror(EACCES))) for name in said.unopened
        )
        remark = ""
    else:
        listing, remark = _without_git(folder, root, below, said.why)
    if not (listing.names or listing.left_out or listing.unreadable):
        listing = walk(folder)
    return listing._replace(remark=remark)


def walk(folder: str) -> Listing:
    """Return all files below a folder."""
    links = set[str]()
    listing = Listing([], [], [], links=links)
    for name in _walk(folder, listing, links):
        listing.names.append(name)
    listing.names.sort()
    return listing


def repository_of(folder: str) -> str | None:
    """Return the root of the git work tree around a folder. None where it is in none."""
    here = os.path.realpath(folder)
    while not is_root(here):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here


def is_root(folder: str) -> bool:
    """Return whether a folder holds a .git. Git never takes one from a repository; a bare one is none here."""
    sign = os.path.join(folder, ".git")
    return os.path.isdir(sign) or os.path.isfile(sign)


def _sorted_out(found: Iterable[str], below: str, tracked: frozenset[str]) -> Listing:
    """Return the names below a folder that are to be read. Skipped folders count only where git tracks their files."""
    names: list[str] = []
    left_out: dict[str, str] = {}
    for path in found:
        name = path.removeprefix(below)
        if not name or not path.startswith(below):
            continue
        skipped = next((part for part in name.split("/")[:-1] if part in SKIPPED_FOLDERS), None)
        if skipped and path not in tracked:
            left_out.setdefault(name[: name.index(skipped) + len(skipped)], f"in a folder named {skipped}")
        elif name.endswith("/"):
            left_out[name] = OTHER_REPOSITORY
        else:
            names.append(name)
    return Listing(names, list(left_out.items()), [])


def _without_git(folder: str, root: str, below: str, why: str) -> tuple[Listing, str]:
    from grantlint.reader.tree.untold import untold_files  # noqa: PLC0415 - pathspec is a start of its own

    found = untold_files(root, below)
    remark = f"ignore files are read without git below {folder}: {why}"
    if found.tracked is None:
        remark += "; git's index cannot be read either, so an ignored file that is tracked is not seen"
    listing = _sorted_out(found.names, below, found.tracked or frozenset())
    listing.unreadable.extend((name.removeprefix(below), error) for name, error in found.unreadable)
    return listing, remark


def _walk(folder: str, listing: Listing, links: set[str]) -> Iterator[str]:
    pending = [""]
    while pending:
        below = pending.pop()
        try:
            with os.scandir(os.path.join(folder, below)) as entries:
                for entry in entries:
                    name = f"{below}{entry.name}"
                    if entry.is_file(follow_symlinks=False):
                        yield name
                    elif entry.is_symlink():
                        links.add(name)
                        yield name
                    elif not entry.is_dir(follow_symlinks=False):
                        listing.left_out.append((name, NO_FILE))
                    elif entry.name in SKIPPED_FOLDERS:
                        listing.left_out.append((name, f"in a folder named {entry.name}"))
                    else:
                        pending.append(f"{name}/")
        except OSError as error:
            listing.unreadable.append((below, error))
