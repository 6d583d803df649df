"""Rules as values (`rule`, `finding`), where they come from (`registry`), who asks them (`engine`), what is suppressed.

The room has the name of the function `grantlint.lint`, and Python hands out either by it, whichever was made first: so
the room can be called, and does the same.
"""

import sys
from collections.abc import Callable
from types import ModuleType

from grantlint.platform.typed import cast


class _Room(ModuleType):
    """A module that may be called as the function of its name (Python's data model: a module's `__class__`)."""

    def __call__(self, *paths: object, **options: object) -> object:
        """Return what `grantlint.doors.api.lint` returns."""
        from importlib import import_module  # noqa: PLC0415 - for who calls it alone

        return cast("Callable[..., object]", import_module("grantlint.doors.api").lint)(*paths, **options)


sys.modules[__name__].__class__ = _Room
