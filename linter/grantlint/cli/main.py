"""The console script: which command, and what becomes of its errors.

Every way out is an exit status (see `grantlint --help`) and at most a sentence; a traceback only with --debug.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from grantlint import __version__
from grantlint.cli.terminal import complain, print_report, remark
from grantlint.platform.errors import UsageError

TYPE_CHECKING = False  # as in grantlint
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = (
    "baseline", "check", "config", "convert", "files", "init", "lsp", "parse", "rules", "rule", "schema", "table",
    "test-rules", "why",
)  # fmt: skip
"""Each a module, see `module_of`. Where the first argument is none of them, `check` is meant."""

_ROOMS = {
    "config": "configuration",
    "init": "configuration",
    "rule": "rulebook",
    "rules": "rulebook",
    "test-rules": "rulebook",
}
"""Folders of cli/commands, for the commands that stand in one."""

SYNONYMS = {"explain": "rule"}
_ELSEWHERE = {
    "diff": "--diff",
    "fix": "--fix",
    "lint": "check",
    "list": "rules",
    "run": "check",
    "scan": "check",
    "validate": "check",
}
"""What others call it: words that are near to nothing here, or to the wrong thing."""

INTERRUPTED = 130  # as a shell counts a process that SIGINT ends


def run() -> "NoReturn":
    """Run the command that sys.argv names, and exit."""
    # Nothing here makes cycles worth collecting, and looking for them takes most of the time of a large policy:
    # 24 s instead of 3.5 s to compose 100,000 accounts. Frozen objects are not torn down one by one at the end.
    gc.disable()
    status = main(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of a run with these arguments."""
    return guarded(_dispatch, arguments)


def guarded(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """Return the exit status of a command, or of its error."""
    try:
        return command(arguments)
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, not a traceback
        from grantlint.run.ending import ending_of  # noqa: PLC0415 - as few as end in an error

        ending = ending_of(error, debug="--debug" in arguments)
        remark(ending.complaints)
        return ending.status


def _dispatch(arguments: Sequence[str]) -> int:
    if [*arguments] in (["--version"], ["-V"]):  # ahead of every import that costs something
        print_report(f"grantlint {__version__}\n")  # type: ignore[arg-type]  # our own words, which need no page
        return 0
    if [*arguments] in (["--help"], ["-h"]):
        from grantlint.cli.overview import overview  # noqa: PLC0415 - for who asks
        from grantlint.report.page import document  # noqa: PLC0415 - as above

        print_report(document(overview(COMMANDS)))
        return 0
    if "--help-all" in arguments:
        arguments = ["check", "--help"]
    first = arguments[0] if arguments else ""
    if first in {"help", "version"} and not os.path.lexists(first):
        return _dispatch([*arguments[1:2], f"--{first}"])
    first = SYNONYMS.get(first, first)
    name, rest = (first, arguments[1:]) if first in COMMANDS else ("check", arguments)
    if name != first and first.replace("-", "").isalpha() and not first.startswith("-") and not os.path.lexists(first):
        _refuse_slip(first)
    if name == first and os.path.lexists(first):
        complain(f"{first} is taken as the command, though a file or folder is named so too; for that write ./{first}")
    command: Callable[[Sequence[str]], int] = import_module(module_of(name)).run
    return command(rest)


def module_of(command: str) -> str:
    """Return the module name of a command."""
    room = f"{_ROOMS[command]}." if command in _ROOMS else ""
    return f"grantlint.cli.commands.{room}{command.replace('-', '_')}"


def _refuse_slip(word: str) -> None:
    """Raise UsageError for a word that is no path and nearly a command."""
    from grantlint.platform.nearest import nearest  # noqa: PLC0415 - only for a slip

    near = _ELSEWHERE.get(word) or nearest(word, (*COMMANDS, *SYNONYMS))
    if near:
        raise UsageError(f"{word} is no command, and no file or folder; did you mean `grantlint {near}`?")
