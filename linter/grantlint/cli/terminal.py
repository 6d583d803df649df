"""What is printed where: reports on standard output, remarks on standard error."""

import os
import sys
from collections.abc import Iterable

from grantlint.platform.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:  # as in cli/main.py
    from grantlint.report.page import Page


def print_report(report: "Page") -> None:
    """Write a report to standard output.

    What its encoding lacks is written as an escape. A reader that has seen enough, such as `head -1`, is no error: what
    it leaves is thrown away. Raises UsageError where the output takes nothing.
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] # closed by the shell: `>&-`
        return
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(report.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python flushes at its end
        if not isinstance(error, BrokenPipeError):
            raise UsageError(f"the report cannot be written: {error.strerror}") from error


def complain(sentence: str, *further: str) -> None:
    """Write a sentence to standard error, with lines below it."""
    from grantlint.run.ending import complaint  # noqa: PLC0415 - most starts have nothing to complain of

    remark(complaint(sentence, *further))


def warn(remarks: Iterable[str], faults: int, missing: str) -> None:
    """Say how files were read, and what their faults hide.

    `missing`: where that is lacking, such as "not in the answer".
    """
    for remark_on in remarks:
        complain(remark_on)
    if faults:
        many = "fault" if faults == 1 else "faults"
        complain(f"the files have {faults:,} {many}, and what those hide is {missing}: run grantlint on them")


def remark(words: "Page") -> None:
    """Write words to standard error."""
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] # closed by the shell: `2>&-`
        sys.stderr.write(words)


def wants_colour(when: str) -> bool:
    """Return whether standard output is sent colours.

    `when` is always, never or auto. With auto a terminal is, unless it is dumb or NO_COLOR is set, and anything else
    where FORCE_COLOR is.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (os.environ.get("TERM") != "dumb" and is_terminal())


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return os.isatty(1)
