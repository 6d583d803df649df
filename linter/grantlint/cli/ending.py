"""How a run ends: its exit status, with what goes to standard output and what to standard error."""

from collections.abc import Sequence
from typing import NamedTuple

from grantlint.cli.terminal import complaint
from grantlint.errors import GrantlintError

MISUSE = 2
CRASHED = 3


class EndedItselfError(Exception):
    """What became of a process in the middle of a rule; the message says how it ended."""


class Ending(NamedTuple):
    """The end of a run, before anything is printed."""

    status: int
    report: str = ""
    complaints: str = ""


def ending_of(error: BaseException, *, debug: bool) -> Ending:
    """Return the end that an error makes of a run: a sentence, and a traceback only for who debugs."""
    status, sentence = _told(error)
    return Ending(status, "", (traceback(error) if debug else "") + complaint(sentence))


def traceback(error: BaseException) -> str:
    """Return where an error came from."""
    from traceback import format_exception  # noqa: PLC0415 - only for --debug

    return "".join(format_exception(error))


def _told(error: BaseException) -> tuple[int, str]:
    if isinstance(error, GrantlintError):
        return error.exit_status, str(error)
    if isinstance(error, OSError):
        return MISUSE, f"{error.filename or 'the current folder'}: {error.strerror}"
    notes: Sequence[str] = getattr(error, "__notes__", ())
    where = "".join(f" {note}" for note in notes)
    return CRASHED, f"internal error{where} ({type(error).__name__}): please report what --debug prints"
