"""What is printed where: reports on standard output, remarks and progress on standard error."""

import os
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from grantlint.errors import UsageError
from grantlint.report.page import Page, page

T = TypeVar("T")

_PATIENCE = 1.0  # seconds before a run is long
_EVERY = 0.1  # seconds between two signs of life


def print_report(report: Page) -> None:
    """Write a report to standard output; what its encoding lacks is written as an escape.

    A reader that has seen enough, such as `head -1`, is no error: what it leaves is thrown away. Raises UsageError
    where the output takes nothing.
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


def complaint(sentence: str, *further: str) -> Page:
    """Return a sentence as it goes to standard error, and what else there is to say in lines below it."""
    return page((f"grantlint: {sentence}", *further))


def complain(sentence: str, *further: str) -> None:
    """Write a sentence to standard error, with lines below it."""
    remark(complaint(sentence, *further))


def remark(words: Page) -> None:
    """Write words to standard error."""
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] # closed by the shell: `2>&-`
        sys.stderr.write(words)


def wants_colour(*, refused: bool) -> bool:
    """Return whether standard output is a terminal that may be sent colours (https://no-color.org)."""
    refused = refused or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return not refused and os.isatty(1)


def with_progress(things: Iterable[T], what: str) -> Iterator[T]:
    """Yield the things, and where someone waits longer than a second, count them on standard error."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison] # as above
        yield from things
        return
    begun = shown = monotonic()
    number = 0
    for number, thing in enumerate(things, 1):
        now = monotonic()
        if now - begun > _PATIENCE and now - shown > _EVERY:
            shown = now
            sys.stderr.write(f"\r{number:,} {what} ")
            sys.stderr.flush()
        yield thing
    if shown > begun:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
