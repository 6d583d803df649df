"""Work that takes too long is given up, and none is begun when the time is up."""

import signal
import threading
import time
from contextlib import suppress

import pytest

from grantlint.platform.deadline import Deadline, TimeIsUpError


def busy() -> None:
    """Work until somebody ends it, as a loop that was not foreseen does, and listen to no exception."""
    while True:
        with suppress(Exception):
            sum(range(100))


def test_work_without_an_end_is_given_up_and_what_comes_then_is_not_begun() -> None:
    before = signal.getsignal(signal.SIGALRM)
    deadline = Deadline(0.05)
    with pytest.raises(TimeIsUpError):
        deadline.run(busy)
    assert deadline.is_over
    with pytest.raises(TimeIsUpError):
        deadline.run(lambda: pytest.fail("begun"))
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_work_that_ends_in_time_returns_what_it_has_and_leaves_no_timer() -> None:
    assert Deadline(60).run(lambda: 7) == 7
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert Deadline().run(lambda: signal.getitimer(signal.ITIMER_REAL)) == (0.0, 0.0)
    assert not Deadline().is_over


def test_a_thread_ends_between_two_pieces_of_work() -> None:
    ended: list[bool] = []

    def work() -> None:
        deadline = Deadline(0.01)
        deadline.run(lambda: time.sleep(0.02))
        try:
            deadline.run(lambda: None)
        except TimeIsUpError:
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]
