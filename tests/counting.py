"""A function that a profiler tells of each call, for tests that count work as inputs grow."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def profiled(count: Callable[[FrameType, str, object], None]) -> Iterator[None]:
    """Have a function told of each call within.

    Nothing is collected meanwhile: Python 3.11.2, which Debian 12 has, may crash in a collection that begins there.
    """
    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
