"""What git says of the files of a work tree: asked in a way that runs nothing and heeds no setting of the repository.

A repository's own configuration may name commands (`core.fsmonitor`, hooks, filters) and move the work tree or the
ignore files; a folder of a change may look like a repository. So git is asked only at a root that was found by its
`.git`, with all of these off, and its environment holds no GIT_ variable of the caller's: a hook's GIT_DIR and
GIT_INDEX_FILE speak of the folder that git runs in, not of this one.
"""

import os

from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.git_program import Refusal, run_git

_UNTRACKED = "?"  # the tag that git gives such a file
_UNOPENED = "warning: could not open directory '"


class GitFiles(NamedTuple):
    """The names that git lists, relative to the root. Tracked, or neither tracked nor ignored; ../ for none.

    unopened: folders that git could not look into. tracked: those of the names that git tracks.
    """

    names: list[str]
    unopened: list[str]
    tracked: frozenset[str]


def ask_git(root: str, below: str) -> GitFiles | Refusal:
    """Return git's files below a folder of a work tree. '' for all of the tree."""
    words = ["ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard", "--", *([below] if below else [])]
    answer = run_git(root, words)
    if isinstance(answer, Refusal):
        return answer
    unopened = [line.removeprefix(_UNOPENED).partition("'")[0] for line in answer.err.splitlines() if _UNOPENED in line]
    tagged = [entry.partition(" ") for entry in os.fsdecode(answer.out).split("\0") if entry]
    tracked = frozenset(name for tag, _, name in tagged if tag != _UNTRACKED)
    return GitFiles(sorted({name for _, _, name in tagged}), unopened, tracked)
