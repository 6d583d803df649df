"""Files of a revision, read from git's objects: what a change cannot have touched."""

import os

from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.git_program import Answer, Refusal, run_git
from grantlint.reader.tree.listing import repository_of

_LINK = "120000"  # the mode of one, as git has it
_MAX_BYTES = 1 << 28


class Revision(NamedTuple):
    """A commit of a repository. root: of its work tree; name: as the caller says it; commit: in full."""

    root: str
    name: str
    commit: str

    def read(self, path: str) -> bytes | None:
        """Return a file's content at this revision. None where there was no such file.

        path: relative to the current folder, or absolute. Raises UsageError for one that lies outside, a link, or one
        that is too large.
        """
        inside = self.inside(path)
        listed = _answer(run_git(self.root, ["ls-tree", "-z", "-l", self.commit, "--", inside]), self.name)
        entry = os.fsdecode(listed).split("\0", 1)[0]
        if not entry:
            return None
        mode, kind, blob, size = entry.partition("\t")[0].split()
        if kind != "blob":
            return None
        if mode == _LINK:
            raise UsageError(f"{path} was a symbolic link at {self.name} and is not read")
        if int(size) > _MAX_BYTES:
            raise UsageError(f"{path} held {int(size):,} bytes at {self.name}, and no more than 268 MB are read")
        return _answer(run_git(self.root, ["cat-file", "blob", blob]), self.name)

    def inside(self, path: str) -> str:
        """Return a path relative to the repository's root. Raises UsageError for one that lies outside."""
        folder, name = os.path.split(path)
        inside = os.path.relpath(os.path.join(os.path.realpath(folder), name), self.root)
        if inside == ".." or inside.startswith(f"..{os.sep}"):
            raise UsageError(f"{path} lies outside of the repository {self.root}, of which {self.name} is a revision")
        return inside


def revision_of(name: str) -> Revision:
    """Return a revision of the repository around this folder. Raises UsageError where it has no such."""
    root = repository_of(".")
    if root is None:
        raise UsageError(f"--config-from {name} needs a git repository: {os.getcwd()} lies in none")
    said = run_git(root, ["rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}"])
    if isinstance(said, Refusal) or not said.out.strip():
        raise UsageError(
            f"--config-from {name}: the repository {root} has no such revision",
            "a shallow clone lacks older ones: `git fetch --unshallow` gets them, or `fetch-depth: 0` of a checkout",
        )
    return Revision(root, name, os.fsdecode(said.out).strip())


def _answer(said: Answer | Refusal, name: str) -> bytes:
    if isinstance(said, Refusal):
        raise UsageError(f"{name} cannot be read: {said.why}")
    return said.out
