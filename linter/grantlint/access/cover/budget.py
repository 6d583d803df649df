"""How much work the proofs of one server may cost, in units that do not depend on the machine."""

from grantlint.platform.typed import Protocol

POOL = 200_000
"""Units a server: about two seconds of CPython 3.11."""
PER_ROW = 40
"""Units that each row has of its own, enough for a few likely clients however the others fare."""
CEILING = 30_000
"""Most units that one row may take."""
_SHARE = 16


class ExhaustedError(Exception):
    """The row under judgement has used up its share.

    What is not proven by now stays so.
    """


class Allowance(Protocol):
    """The units left for all servers of a run.

    A file may declare any number of servers.
    """

    left: int


class _Own:
    """The units left for one server, where no run counts them."""

    __slots__ = ("left",)

    def __init__(self, units: int) -> None:
        self.left = units


class Budget:
    """Units left for a server. Every step of every search is paid for; the look at a plain row is free.

    A row may take a sixteenth of what is left, so that hard rows thin out the pool but never empty it.
    """

    __slots__ = ("_allowance", "_allowed", "_spent", "left")

    def __init__(self, pool: int = POOL, allowance: Allowance | None = None) -> None:
        """Set the pool aside, as far as the run has units left."""
        self._allowance = allowance or _Own(pool)
        self.left = min(pool, self._allowance.left)
        self._spent = 0
        self._allowed = 0

    def open(self) -> None:
        """Begin the next row.

        What the row before took beyond its own share is gone from the pool.
        """
        beyond = max(min(self._spent, self._allowed) - PER_ROW, 0)
        self.left -= beyond
        self._allowance.left -= beyond
        self._allowed = PER_ROW + min(self.left // _SHARE, CEILING)
        self._spent = 0

    def spend(self, units: int) -> None:
        """Pay for work that is about to be done.

        Raises ExhaustedError where the row has no more.
        """
        self._spent += units
        if self._spent > self._allowed:
            raise ExhaustedError
