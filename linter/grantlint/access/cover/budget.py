"""How much work the proofs of one server may cost, in units that do not depend on the machine."""

from typing import Final

POOL: Final = 400_000
"""Units a server: about two seconds of CPython 3.11 on a core of 2024."""
PER_ROW: Final = 20
"""Units that each row adds, so that ordinary work on large tables is never cut."""
CEILING: Final = 30_000
"""Most units that one row may use."""


class ExhaustedError(Exception):
    """The row under judgement has used up its share: what is not proven by now stays so."""


class Budget:
    """Units left for a server. Every step of every search is paid for; point queries of a plain row are free."""

    __slots__ = ("_floor", "left")

    def __init__(self, pool: int, rows: int) -> None:
        """Set aside `pool` units and the rows' own share."""
        self.left = pool + PER_ROW * rows
        self._floor = 0

    def open(self) -> None:
        """Begin the next row."""
        self._floor = max(self.left - CEILING, 0)

    def spend(self, units: int) -> None:
        """Pay for work that is about to be done; raise ExhaustedError where the row has no more."""
        self.left -= units
        if self.left < self._floor:
            self.left = max(self.left, 0)
            raise ExhaustedError
