"""Git, run in a way that runs nothing else and heeds no setting of the repository (see `git_files`)."""

import os
from collections.abc import Mapping, Sequence

from grantlint.platform.record import NamedTuple

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
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""For a repository of our own making: the caller's configuration, which may name filters, does not count there."""


class Refusal(NamedTuple):
    """Why git has not answered, as a clause."""

    why: str


class Answer(NamedTuple):
    """Git's standard output and standard error."""

    out: bytes
    err: str


def run_git(root: str, words: Sequence[str], more: Mapping[str, str] | None = None) -> Answer | Refusal:
    """Return git's answer to a command at a work tree's root. more: variables added to its environment.

    No word may be a file's but behind `--` or `--end-of-options`.
    """
    import subprocess  # noqa: PLC0415 - 3 ms that only a repository needs

    program = _program(root)
    if program is None:
        return Refusal("git is not installed")
    options = [word for setting in _OFF for word in ("-c", setting)]
    command = [program, "--no-pager", "--literal-pathspecs", *options, *words]
    try:
        run = subprocess.run(  # noqa: S603 - no word of it is a file's, but behind -- or --end-of-options
            command, cwd=root, env={**_environment(root), **(more or {})}, stdin=subprocess.DEVNULL,
            capture_output=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Refusal(f"git did not answer within {PATIENCE:.0f} seconds")
    except OSError as error:
        return Refusal(f"git cannot be started: {error.strerror}")
    said = os.fsdecode(run.stderr)
    if run.returncode:
        return Refusal(f"git refuses: {said.strip().partition(chr(10))[0] or f'exit status {run.returncode}'}")
    return Answer(run.stdout, said)


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
