"""A long sequence looked at by several processes: a second processor nearly halves what a large tree takes.

Only a small number comes back for each thing, so that the work itself stays in one process and in order.
"""

import os
from collections.abc import Callable, Generator, Sequence

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TypeVar

T = TypeVar("T")

_LEAST = 1_000  # things worth a process: starting one takes as long as reading two hundred files
_MOST = 4  # processes


def split(things: Sequence[T], test: Callable[[T], int]) -> Generator[tuple[T, int], None, None]:
    """Yield each thing in order, with another process's number for it. 1 to 255; 0 says nothing.

    The first share is not tested, as the caller works at it meanwhile, nor is any where there is one processor or no
    fork. A share whose process failed is all 0: the caller meets the trouble itself.
    """
    size = -(-len(things) // max(1, min(_processors(), len(things) // _LEAST)))
    parts = [things[begin : begin + size] for begin in range(0, len(things), max(1, size))]
    shares: list[_Share] = []
    try:
        for part in parts[1:]:
            shares.append(_begin(part, test))  # noqa: PERF401 - what began is ended below
    except OSError:
        pass  # no more processes: the caller looks at the rest too
    try:
        for number, part in enumerate(parts):
            answers = shares[number - 1].answers() if 0 < number <= len(shares) else bytes(len(part))
            yield from zip(part, answers, strict=True)
    finally:
        for share in shares:
            share.end()


class _Share(NamedTuple):
    process: int
    pipe: int
    size: int

    def answers(self) -> bytes:
        pieces: list[bytes] = []
        while piece := os.read(self.pipe, 1 << 16):
            pieces.append(piece)
        answers = b"".join(pieces)
        return answers if len(answers) == self.size else bytes(self.size)

    def end(self) -> None:
        from signal import SIGKILL  # noqa: PLC0415 - not on every system, as fork is not

        os.close(self.pipe)
        os.kill(self.process, SIGKILL)  # it has told all, or nobody wants to know
        os.waitpid(self.process, 0)


def _begin(things: Sequence[T], test: Callable[[T], int]) -> _Share:
    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if not process:
        try:
            os.close(reading)
            answers = bytes(map(test, things))
            while answers:
                answers = answers[os.write(writing, answers) :]
        finally:
            os._exit(0)  # nothing of the parent's is flushed or told twice
    os.close(writing)
    return _Share(process, reading, len(things))


def _processors() -> int:
    if not hasattr(os, "fork"):
        return 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)
