"""Everything that may stand between a user and one of its rows: the user's own rows and the anonymous ones."""

from collections.abc import Iterator, Sequence

from grantlint.access.cover.boxes import WHOLE
from grantlint.access.cover.budget import Budget
from grantlint.access.cover.index import Entry, Few, Many
from grantlint.access.cover.residual import Before
from grantlint.access.cover.sides import EVERYTHING, Spot, at_address
from grantlint.access.cover.witness import POOL


class Rivals:
    """The rows that the server looks through for one user name; for an anonymous row, the anonymous ones."""

    __slots__ = ("budget", "indexes", "names")

    def __init__(self, indexes: Sequence[Few | Many], budget: Budget, *, names: bool) -> None:
        """Take the indexes together; `names`: the server looks names up."""
        self.indexes = [index for index in indexes if index.entries]
        self.budget = budget
        self.names = names

    def taking(self, spot: Spot, limit: int) -> list[Entry]:
        """Return the rows of least rank, up to `limit`, that take the client."""
        best: list[Entry] = []
        for index in self.indexes:
            found = index.taking(spot, limit, self.budget.spend)
            if found and found[0].row.rank < limit:
                best = found
                limit = found[0].row.rank
            else:
                best += found
        return best

    def meeting(self, entry: Entry, limit: int) -> Iterator[Entry]:
        """Yield the other rows up to the rank `limit` that may share a client with the row on one side."""
        for index in self.indexes:
            for other in index.meeting(entry.sides, limit, self.budget.spend):
                if other.row is not entry.row:
                    yield other

    def earlier(self, entry: Entry, limit: int) -> Iterator[Entry]:
        """Yield the other rows up to the rank `limit`, each index best first."""
        for index in self.indexes:
            for other in index.entries:
                if other.row.rank > limit:
                    break
                if other.row is not entry.row:
                    yield other

    def places(self, limit: int) -> Iterator[Entry]:
        """Yield the first rows, up to the rank `limit`, that have an address side off the points."""
        for index in self.indexes:
            yield from (entry for entry in index.places if entry.row.rank <= limit)

    def named(self, limit: int) -> Iterator[Entry]:
        """Yield the first rows, up to the rank `limit`, that take a name other than localhost."""
        for index in self.indexes:
            yield from (entry for entry in index.named if entry.row.rank <= limit)

    def before(self, entry: Entry, limit: int) -> Before:
        """Return all other rows up to the rank `limit` for the engines."""
        rows = (other.sides for other in self.earlier(entry, limit))
        return Before(rows, names=self.names, spend=self.budget.spend)

    def open_place(self, entry: Entry) -> Spot | None:
        """Return a client without a name at an address that no other row up to this one takes."""
        limit = entry.row.rank
        for number in POOL:
            spot = at_address(number)
            if all(other.row is entry.row for other in self.taking(spot, limit)):
                return spot
        everyone = self.before(entry, limit)
        free = everyone.free_number((WHOLE,))
        if free is not None:
            return at_address(free)
        text = everyone.free_six((EVERYTHING,))
        return None if text is None else Spot(0, None, text, None)
