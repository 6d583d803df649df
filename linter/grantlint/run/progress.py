"""Signs of life on standard error, for whoever waits at a terminal."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic

from grantlint.platform.typed import TypeVar

T = TypeVar("T")

_PATIENCE = 1.0  # seconds before a run is long
_EVERY = 0.1  # seconds between two signs of life


def with_progress(things: Iterable[T], what: str) -> Iterator[T]:
    """Yield the things, and count them for who waits.

    Counts appear at a terminal, after a second.
    """
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison] # closed by the shell: `2>&-`
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
