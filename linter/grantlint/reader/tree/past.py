"""The tree of a revision, taken from git's objects into a folder of its own, as a repository that lists the same files.

Nothing of the work tree or of its index is read or written, and no filter or hook runs: the objects are borrowed by an
empty repository with no configuration, which writes the files.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager

from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.git_program import ALONE, Refusal, run_git

_SHORT = 12  # hexadecimal digits of a commit


class Past(NamedTuple):
    """A tree as it was. folder: where it is now; commit: short."""

    folder: str
    commit: str


@contextmanager
def tree_of(root: str, revision: str) -> Generator[Past, None, None]:
    """Yield a revision's tree, written to a folder of its own. The folder is removed afterwards.

    The revision is the one at which the current branch left the named one. Raises UsageError for a revision that the
    repository at `root` does not have.
    """
    from shutil import rmtree  # noqa: PLC0415 - only for who asks for a revision
    from tempfile import mkdtemp  # noqa: PLC0415 - as above

    commit = _commit(root, revision)
    folder = os.path.realpath(mkdtemp(prefix="grantlint-"))
    try:
        _fill(root, commit, folder)
        yield Past(folder, commit[:_SHORT])
    finally:
        rmtree(folder, ignore_errors=True)


def _commit(root: str, revision: str) -> str:
    """Return the last commit that the current branch and a revision have in common, else the revision's own."""
    said = run_git(root, ["rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"])
    if isinstance(said, Refusal) or not said.out.strip():
        raise UsageError(
            f"--changed-since {revision}: the repository {root} has no such revision",
            "a shallow clone lacks older ones: `git fetch --unshallow` gets them, or `fetch-depth: 0` of a checkout",
        )
    commit = _word(said.out)
    common = run_git(root, ["merge-base", commit, "HEAD"])
    return commit if isinstance(common, Refusal) else _word(common.out) or commit


def _fill(root: str, commit: str, folder: str) -> None:
    objects, kind = (_asked(root, word) for word in (["--git-path", "objects"], ["--show-object-format"]))
    _done(folder, ["init", "-q", "--template=", f"--object-format={kind}"])
    borrowed = os.path.join(folder, ".git", "objects", "info")
    os.makedirs(borrowed, exist_ok=True)
    with open(os.path.join(borrowed, "alternates"), "w", encoding="utf-8", errors="surrogateescape") as opened:
        opened.write(os.path.realpath(os.path.join(root, objects)) + "\n")
    _done(folder, ["read-tree", commit])
    _done(folder, ["checkout-index", "-q", "-a", "-f"])


def _asked(root: str, words: list[str]) -> str:
    said = run_git(root, ["rev-parse", *words])
    if isinstance(said, Refusal):
        raise UsageError(f"--changed-since: {said.why}")
    return _word(said.out)


def _done(folder: str, words: list[str]) -> None:
    said = run_git(folder, words, {**ALONE, "GIT_DIR": os.path.join(folder, ".git")})
    if isinstance(said, Refusal):
        raise UsageError(f"--changed-since: the files of that revision cannot be had: {said.why}")


def _word(said: bytes) -> str:
    return os.fsdecode(said).strip()
