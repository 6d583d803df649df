"""An end to work that takes too long: what is under way then is given up, and nothing more is begun."""

from collections.abc import Callable
from time import monotonic

from grantlint.platform.typed import TypeVar

T = TypeVar("T")

_SHORTEST, _LONGEST = 0.001, 0.25  # seconds; a timer of none is no timer
_NOTHING: Callable[[], float] = float


def clock() -> float:
    """Return this moment, in seconds, for deadlines to count from."""
    return monotonic()


class TimeIsUpError(BaseException):
    """The time is up. No `Exception`, so that nobody takes it for a fault of what is under way."""


class Deadline:
    """So many seconds from now; none without any. `begun`: a moment of `clock` to count from in place of now.

    Work is cut off where it stands in the main thread of systems with timers, and between two pieces of it elsewhere.
    """

    __slots__ = ("_behind", "_end", "_is_inside")

    def __init__(self, seconds: float = 0, begun: float | None = None) -> None:
        self._end = (monotonic() if begun is None else begun) + seconds if seconds else None
        self._is_inside = False
        self._behind = _NOTHING

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.left <= 0

    @property
    def left(self) -> float:
        """How many seconds are left."""
        return float("inf") if self._end is None else self._end - monotonic()

    def run(self, work: Callable[[], T], behind: Callable[[], float] = _NOTHING) -> T:
        """Return what a piece of work returns.

        Raises TimeIsUpError where there is no time for it, or not enough. behind: the seconds that what comes behind
        it needs, asked now and then.
        """
        if self._end is None:
            return work()
        if self.left <= behind():
            raise TimeIsUpError
        import signal  # noqa: PLC0415 - for runs with a limit alone
        import threading  # noqa: PLC0415 - as above

        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            return work()
        before = signal.signal(signal.SIGALRM, self._end_work)
        self._is_inside, self._behind = True, behind
        self._set(signal.setitimer)
        try:
            return work()
        finally:
            self._is_inside = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _set(self, timer: Callable[[int, float], object]) -> None:
        """Set a timer for the next look at the clock: what comes behind may have come to need more by then."""
        from signal import ITIMER_REAL  # noqa: PLC0415 - as above

        timer(ITIMER_REAL, min(max(self.left - self._behind(), _SHORTEST), _LONGEST))

    def _end_work(self, _number: int, _frame: object) -> None:
        if not self._is_inside:
            return
        if self.left <= self._behind():
            raise TimeIsUpError
        from signal import setitimer  # noqa: PLC0415 - as above

        self._set(setitimer)
