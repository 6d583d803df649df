"""A first, simple cover: ask for a few clients that a row matches who gets them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grantlint.access.client import Client
from grantlint.access.connection import AccountTable
from grantlint.access.host import HostValue
from grantlint.access.rows import Row


class Taker(NamedTuple):
    """A row that takes a client of another, and the client."""

    row: Row
    witness: Client
    same_side: bool


class Cover(NamedTuple):
    """Who takes clients of a row."""

    takers: tuple[Taker, ...]
    witness: Client | None
    outcome: str
    user: str
    more: bool = False
    tied: tuple[tuple[Row, Client], ...] = ()


class Coverage:
    """Clients of the rows of a table, by sampling."""

    def __init__(self, table: AccountTable, prefer: Sequence[Client] = ()) -> None:
        self._table = table
        self._prefer = tuple(prefer)
        self._rows = {row.index: row for row in table.rows}
        self._anonymous = [row for row in table.rows if row.anonymous]

    def of(self, index: int) -> Cover:
        """Return who takes clients of the row that was given at this position."""
        row = self._rows[index]
        takers: dict[int, Taker] = {}
        for other in (*self._anonymous, *(r for r in self._table.rows if r.user == row.user)):
            for client in (*self._prefer, *_samples(other.value), *_samples(row.value)):
                if row.value.matches(self._table.as_seen(client)) and row is not other:
                    winners = self._table.decide(row.user, client).rows
                    if winners == (other,):
                        takers.setdefault(other.index, Taker(other, client, same_side=True))
        own = [c for c in (*self._prefer, *_samples(row.value)) if self._table.decide(row.user, c).rows == (row,)]
        outcome = "partly" if own else "unknown"
        return Cover(tuple(takers.values()), own[0] if own else None, outcome if takers else "own", row.user)


def _samples(value: HostValue) -> Iterator[Client]:
    text = value.text.replace("%", "7").replace("_", "7").partition("/")[0]
    if text == "localhost":
        yield Client.socket()
    if all(character.isdigit() or character == "." for character in text) and text.count(".") == 3:  # noqa: PLR2004
        yield Client(text, None)
    else:
        yield Client("192.0.2.7", text)
    yield Client("192.0.2.7", None)
