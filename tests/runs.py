"""How a run of the program ends, and runs in a process of their own: what several folders of tests ask for."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple


class Ran(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def in_a_process(module: str) -> Run:
    """Return what runs a module in a process of its own, in the current folder."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, **environment},
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
