"""What is left of a row when the rows before it have taken theirs: a client, or the proof that none is.

With A the addresses and B the names of the row, A' and B' those of the rows before it, what is left is
`(A - A') x (B' left out, or no name)` together with `(any address - A') x (B - B')`: a client without a name
at an address of the first kind, or a client of a name of the second kind at any address that no row before
takes. So one-sided questions decide, each for IPv4 and for IPv6 apart, and the three points by looking.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from grantlint.access.cover.sets.boxes import WHOLE, Box, Spend, intersect, ordinary, uncovered
from grantlint.access.cover.sets.languages import IPV6, NAMES, PLAUSIBLE_NAMES, accepts
from grantlint.access.cover.sets.pattern import Pattern
from grantlint.access.cover.sets.sides import EVERYTHING, Sides
from grantlint.access.cover.sets.spots import LOOPBACK4, LOOPBACK6, POINTS, Spot, at_address, at_six
from grantlint.access.cover.sets.texts import shortest


class TooWideError(Exception):
    """A pattern's addresses cannot be listed as boxes.

    Nothing is proven about them.
    """


class Before:
    """The rows before a row as sets, one for each side.

    The engines want them so.
    """

    __slots__ = ("_boxes", "_holes", "_names", "_names4", "_sixes", "_spend", "every", "names", "points")

    def __init__(self, rows: Iterable[Sides], *, names: bool, spend: Spend) -> None:
        """Collect the sides; `names`: the server looks names up. Spends a unit for every four rows."""
        self.points = 0
        self.every = False
        self.names = names
        self._spend = spend
        self._boxes: dict[Box, None] = {}
        holes = {LOOPBACK4} if names else set[int]()
        self._sixes = _Texts({LOOPBACK6} if names else set())
        self._names = _Texts(set())
        self._names4 = _Texts(set())
        for count, sides in enumerate(rows):
            if not count % 4:
                spend(1)
            self.points |= sides.points
            self.every = self.every or sides.every
            if sides.address is not None:
                holes.add(sides.address)
            elif sides.boxes:
                self._boxes.update(dict.fromkeys(sides.boxes))
            self._sixes.add(sides.six)
            self._names.add(sides.name)
            self._names4.add(sides.name4)
        self._holes = sorted(holes)

    def free_number(self, areas: Sequence[Box]) -> int | None:
        """Return an IPv4 address of the area that no earlier row takes.

        It is an ordinary one if there is one.
        """
        for box in areas:
            found = uncovered(ordinary(box), list(self._boxes), self._holes, self._spend)
            if found is not None:
                return found
        for box in areas:
            found = uncovered(box, list(self._boxes), self._holes, self._spend)
            if found is not None:
                return found
        return None

    def free_six(self, targets: Sequence[Pattern]) -> str | None:
        """Return an IPv6 address in all targets that no row before takes."""
        return shortest(targets, self._sixes.patterns, self._sixes.ordered(), IPV6, self._spend)

    def free_name(self, targets: Sequence[Pattern], *, ipv4: bool) -> str | None:
        """Return a name in all targets that no earlier row takes.

        `ipv4`: of clients at IPv4 addresses, else at IPv6 addresses.
        """
        taken = self._names4 if ipv4 else self._names
        wide = shortest(targets, taken.patterns, taken.ordered(), NAMES, self._spend)
        if wide is None or accepts(PLAUSIBLE_NAMES, wide):
            return wide
        return shortest(targets, taken.patterns, taken.ordered(), PLAUSIBLE_NAMES, self._spend) or wide


class _Texts:
    """Patterns and single texts of one side."""

    __slots__ = ("_literals", "_ordered", "patterns")

    def __init__(self, literals: set[str]) -> None:
        self._literals = literals
        self._ordered: list[str] | None = None
        self.patterns: list[Pattern] = []

    def add(self, pattern: Pattern | None) -> None:
        """Count one more pattern, if there is one."""
        if isinstance(pattern, str):
            self._literals.add(pattern)
        elif pattern is not None:
            self.patterns.append(pattern)

    def ordered(self) -> list[str]:
        """Return the single texts in order."""
        if self._ordered is None:
            self._ordered = sorted(self._literals)
        return self._ordered


def left(
    row: Sides, near: Before, everyone: Callable[[], Before] | None = None, also: Sides | None = None
) -> Iterator[Spot]:
    """Yield the clients of a row that no earlier row takes.

    At most one of each kind; no client at all is a proof. `near` holds at least the rows before that may meet `row` on
    the same side, `everyone` returns all rows before (needed only where the row takes names; `near` if None). `also`:
    another row that takes the client on the same side.
    """
    if near.every:
        return
    common = row.points & ~near.points & (7 if also is None else also.points)
    yield from (spot for spot in POINTS if spot.point & common)
    number = near.free_number(_areas(row, also))
    if number is not None:
        yield at_address(number)
    yield from _by_name(row, near, everyone or (lambda: near), also)
    six = _both(row.six, None if also is None else also.six, also)
    if six is not None and (text := near.free_six(six)) is not None:
        yield at_six(text)


def _by_name(row: Sides, near: Before, everyone: Callable[[], Before], also: Sides | None) -> Iterator[Spot]:
    """Yield clients taken by name, at an address that is free.

    No row before takes that address.
    """
    targets = _both(row.name4, None if also is None else also.name4, also)
    if targets is not None and (name := near.free_name(targets, ipv4=True)) is not None:
        number = everyone().free_number((WHOLE,))
        if number is not None:
            yield at_address(number, name)
            return
    targets = _both(row.name, None if also is None else also.name, also)
    if targets is not None and (name := near.free_name(targets, ipv4=False)) is not None:
        text = everyone().free_six((EVERYTHING,))
        if text is not None:
            yield at_six(text, name)


def _areas(row: Sides, also: Sides | None) -> Sequence[Box]:
    mine = row.area
    theirs = (WHOLE,) if also is None else also.area
    if mine is None or theirs is None:
        raise TooWideError
    return mine if also is None else intersect(mine, theirs)


def _both(mine: Pattern | None, theirs: Pattern | None, also: Sides | None) -> list[Pattern] | None:
    """Return the patterns of one side that both rows impose.

    None where no text can match them.
    """
    if also is None:
        return None if mine is None else [mine]
    return None if mine is None or theirs is None else [mine, theirs]
