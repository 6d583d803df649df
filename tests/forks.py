"""Runs of a module in processes of their own that need not start an interpreter: forks of one that has it loaded.

A start costs three times the work of a small run, and the tests make some thousand. What a run sees is its own:
arguments, environment, folder, standard streams (files), exit status. What is settled when an interpreter starts
(PYTHON*, the locale, the search path) is not, and such runs start one: see `runs.in_a_process`.
"""

import gc
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO, Any, NamedTuple, NoReturn, Self

import grantlint
import grantlint_rules
from grantlint.platform.pattern import LateCompiled

_LOADED_LATE = ("difflib", "fnmatch", "importlib.metadata", "jsonschema", "ruamel.yaml", "tomllib")
"""What some runs load in the middle: the server has it before, as it has the expressions that are compiled late."""


class Ended(NamedTuple):
    """How a fork ended: its status as subprocess counts it, and what it wrote."""

    status: int
    out: bytes
    err: bytes


class Forks:
    """An interpreter with the program loaded, which forks for each run."""

    def __init__(self) -> None:
        command = [sys.executable, __file__]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the interpreter."""
        self._server.communicate()

    def run(
        self, module: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str], stdin: bytes
    ) -> Ended:
        """Return how `python -m module arguments...` ends in a folder."""
        with tempfile.TemporaryDirectory() as made:
            streams = [Path(made, name) for name in ("in", "out", "err")]
            streams[0].write_bytes(stdin)
            asked = {"module": module, "arguments": arguments, "environment": dict(environment),
                     "folder": folder, "streams": [str(stream) for stream in streams]}  # fmt: skip
            to, of = _open(self._server.stdin), _open(self._server.stdout)
            print(json.dumps(asked), file=to, flush=True)
            status = int(of.readline())
            return Ended(status, streams[1].read_bytes(), streams[2].read_bytes())


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def _serve() -> None:
    for package in (grantlint, grantlint_rules):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    for name in _LOADED_LATE:
        import_module(name)
    for found in gc.get_objects():
        if isinstance(found, LateCompiled):
            _ = found.pattern
    gc.freeze()  # so that no fork writes to what it only reads
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(asked)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _become(asked: dict[str, Any]) -> None:
    for number, (stream, mode) in enumerate(
        zip(asked["streams"], (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)
    ):
        opened = os.open(stream, mode, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.stdin = os.fdopen(0, closefd=False)  # the server's holds what it has read ahead
    sys.argv = ["", *asked["arguments"]]
    try:
        runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise
        _end(end.code or 0)
    _end(0)


def _end(status: int) -> NoReturn:
    """End without taking apart what the server has loaded: that is ten times what a small run costs."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve()
