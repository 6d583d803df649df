"""The rows of accounts in which the table and what the server has read of it differ, until FLUSH PRIVILEGES."""

from collections.abc import Iterable

from grantlint.access.state.book.names import Key
from grantlint.platform.record import NamedTuple


class Note(NamedTuple):
    """A row that a write has added to the accounts or deleted.

    `is_there`: added.
    """

    key: Key
    is_there: bool


class Rows:
    """The rows in which the table and the server's memory differ.

    `deleted`: the server knows them, and the table has them no longer. `unread`: the table has them, and the server
    does not know them. `behind`: a statement has written a row where one was deleted, and the server has both. `short`:
    accounts of which grants were deleted from other tables, which the server still knows. `asleep`: accounts with roles
    that the tables give them, and that the server does not know. `notes`: what writes have done to the table, in their
    order.
    """

    __slots__ = ("asleep", "behind", "deleted", "notes", "short", "unread")

    def __init__(self) -> None:
        self.deleted: set[Key] = set()
        self.unread: set[Key] = set()
        self.behind: set[Key] = set()
        self.short: set[Key] = set()
        self.asleep: dict[Key, frozenset[Key]] = {}
        self.notes: list[Note] = []

    def note(self, key: Key, *, is_there: bool) -> bool:
        """Note a row that a write has made or deleted.

        Returns whether its account is nowhere now.
        """
        self.notes.append(Note(key, is_there))
        known, other = (self.deleted, self.unread) if is_there else (self.unread, self.deleted)
        if key in known:
            known.discard(key)
            return not is_there
        other.add(key)
        return False

    def note_all(self, notes: Iterable[Note]) -> None:
        """Note writes to the table while the server goes on unchanged."""
        for key, is_there in notes:
            self.note(key, is_there=is_there)

    def leave(self, key: Key) -> None:
        """Forget an account that a statement has taken out of both."""
        for one in (self.deleted, self.unread, self.behind):
            one.discard(key)
        self.asleep.pop(key, None)

    def move(self, old: Key, new: Key) -> None:
        """Give an account another name in both."""
        for one in (self.deleted, self.unread, self.behind):
            if old in one:
                one.discard(old)
                one.add(new)
        if old in self.asleep:
            self.asleep[new] = self.asleep.get(new, frozenset()) | self.asleep.pop(old)

    def read(self) -> None:
        """Differ no longer."""
        for one in (self.deleted, self.unread, self.behind, self.short, self.asleep):
            one.clear()
