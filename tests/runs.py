"""How a run of the program ends, and runs in a process of their own: what several folders of tests ask for."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

from forks import Ended, Forks


class Ran(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
Raw = Callable[..., Ended]

AT_THE_START = ("PYTHON", "LC_", "LANG")
"""How the names of variables begin that an interpreter reads when it starts."""


def in_a_process(module: str, forks: Forks | None = None) -> Run:
    """Return what runs a module in a process of its own: a fork, where one is given that does."""
    raw = raw_in_a_process(module, forks)

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Ran:
        ended = raw(*arguments, stdin=stdin, **environment)
        return Ran(ended.status, ended.out.decode(), ended.err.decode())

    return run


def raw_in_a_process(module: str, forks: Forks | None = None) -> Raw:
    """Return what does the same, and tells the output as it is."""

    def run(*arguments: str, stdin: bytes = b"", folder: str | os.PathLike[str] = ".", **environment: str) -> Ended:
        every = {**os.environ, **environment}
        if forks is not None and not any(name.startswith(AT_THE_START) for name in environment):
            return forks.run(module, arguments, os.path.abspath(folder), every, stdin)
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, cwd=folder, env=every, input=stdin, capture_output=True, check=False, timeout=60)
        return Ended(done.returncode, done.stdout, done.stderr)

    return run
