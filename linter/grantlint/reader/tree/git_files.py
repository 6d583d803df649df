"""What git says of the files of a work tree: asked in a way that runs nothing and heeds no setting of the repository.

A repository's own configuration may name commands (`core.fsmonitor`, hooks, filters) and move the work tree or the
ignore files; a folder of a change may look like a repository. So git is asked only at a root that was found by its
`.git`, with all of these off, and its environment holds no GIT_ variable of the caller's: a hook's GIT_DIR and
GIT_INDEX_FILE speak of the folder that git runs in, not of this one.
"""

import os
from typing import NamedTuple

PATIENCE = 120.0  # seconds; ten thousand files take a tenth of one
_OFF = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    f"core.excludesFile={os.devnull}",
    "protocol.allow=never",  # a file that only a remote has is not fetched
)
_UNTRACKED = "?"  # the tag that git gives such a file
_UNOPENED = "warning: could not open directory '"


class Refusal(NamedTuple):
    """Why git has not answered, as a clause."""

    why: str


class GitFiles(NamedTuple):
    """The names that git gives, relative to the root: tracked, or neither tracked nor ignored; ../ for none.

    unopened: folders that git could not look into. tracked: those of the names that git tracks.
    """

    names: list[str]
    unopened: list[str]
    tracked: frozenset[str]


def ask_git(root: str, below: str) -> GitFiles | Refusal:
    """Return the files below a folder of a work tree, '' for all."""
    import subprocess  # noqa: PLC0415 - 3 ms that only a repository needs

    program = _program(root)
    if program is None:
        return Refusal("git is not installed")
    options = [word for setting in _OFF for word in ("-c", setting)]
    command = [program, "--no-pager", "--literal-pathspecs", *options]
    command += ["ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard", "--", *([below] if below else [])]
    try:
        run = subprocess.run(  # noqa: S603 - no word of it is a file's, but the folder's name behind --
            command, cwd=root, env=_environment(root), stdin=subprocess.DEVNULL, capture_output=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Refusal(f"git did not answer within {PATIENCE:.0f} seconds")
    except OSError as error:
        return Refusal(f"git cannot be started: {error.strerror}")
    said = os.fsdecode(run.stderr)
    if run.returncode:
        return Refusal(f"git refuses: {said.strip().partition(chr(10))[0] or f'exit status {run.returncode}'}")
    unopened = [line.removeprefix(_UNOPENED).partition("'")[0] for line in said.splitlines() if _UNOPENED in line]
    tagged = [entry.partition(" ") for entry in os.fsdecode(run.stdout).split("\0") if entry]
    tracked = frozenset(name for tag, _, name in tagged if tag != _UNTRACKED)
    return GitFiles(sorted({name for _, _, name in tagged}), unopened, tracked)


def _environment(root: str) -> dict[str, str]:
    """Return the caller's environment without what steers git, and with what keeps git at this root."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_WORK_TREE": root,  # over core.worktree and core.bare
        "GIT_CEILING_DIRECTORIES": os.path.dirname(root),  # where .git is none, no repository above is meant
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",  # what it says is read
    }


def _program(root: str) -> str | None:
    """Return the path of git; never one that lies in the repository, or that a relative entry of PATH leads to."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = os.path.join(folder, "git")
        if os.path.isabs(folder) and os.access(program, os.X_OK) and os.path.isfile(program):
            if f"{os.path.realpath(program)}/".startswith(os.path.join(root, "")):
                continue
            return program
    return None
