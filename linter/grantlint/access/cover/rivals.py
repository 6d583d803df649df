"""Everything that may stand between a user and one of its rows: the user's own rows and the anonymous ones."""

from collections.abc import Callable, Iterator, Sequence

from grantlint.access.accounts.rows import Row
from grantlint.access.cover.budget import Budget
from grantlint.access.cover.index import Entry, Few, Many
from grantlint.access.cover.residual import Before
from grantlint.access.cover.sets.sides import Sides


class Rivals:
    """The rows that the server looks through for one user.

    For an anonymous row these are the anonymous ones.
    """

    __slots__ = ("_sides", "budget", "effort", "indexes", "names")

    def __init__(
        self, indexes: Sequence[Few | Many], sides: Callable[[Row], Sides], budget: Budget, *, names: bool
    ) -> None:
        """Take the indexes together; `sides` reads a row's host value, `names`: the server looks names up."""
        self._sides = sides
        self.indexes = [index for index in indexes if index.entries]
        self.budget = budget
        self.effort = sum(index.effort for index in self.indexes)
        self.names = names

    def entry(self, row: Row) -> Entry:
        """Return a row with its sides."""
        return Entry(row, self._sides(row))

    def meeting(self, entry: Entry, limit: int) -> Iterator[Entry]:
        """Yield the other rows that may share a client on one side.

        Up to the rank `limit`.
        """
        for index in self.indexes:
            for other in index.meeting(entry.sides, limit, self.budget.spend):
                if other.row is not entry.row:
                    yield other

    def earlier(self, entry: Entry, limit: int) -> Iterator[Entry]:
        """Yield the other rows up to a rank, each index best first."""
        for index in self.indexes:
            for other in index.entries:
                if other.row.rank > limit:
                    break
                if other.row is not entry.row:
                    yield other

    def places(self, limit: int) -> Iterator[Entry]:
        """Yield the first rows with an address side off the points.

        Up to the rank `limit`.
        """
        for index in self.indexes:
            yield from (entry for entry in index.places if entry.row.rank <= limit)

    def named(self, limit: int) -> Iterator[Entry]:
        """Yield the first rows that take a name other than localhost.

        Up to the rank `limit`.
        """
        for index in self.indexes:
            yield from (entry for entry in index.named if entry.row.rank <= limit)

    def before(self, entry: Entry, limit: int) -> Before:
        """Return all other rows up to the rank `limit` for the engines."""
        rows = (other.sides for other in self.earlier(entry, limit))
        return Before(rows, names=self.names, spend=self.budget.spend)
