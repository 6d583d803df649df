"""On which databases grants are, and how they spell columns: only a grant on the same may change others."""

from collections.abc import Hashable, Iterable, Iterator

from grantlint.access.state.book.names import Key, target_of
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.scope import Level


class Spellings:
    """The databases and the spellings of columns, by grantee and target.

    They are those of all grants so far, also of such that are taken back.
    """

    __slots__ = ("_databases", "_of")

    def __init__(self) -> None:
        self._databases: set[tuple[Key, Hashable]] = set()
        self._of: dict[tuple[Key, Hashable, str], set[str]] = {}

    def note(self, key: Key, grant: Grant) -> None:
        """Note the database of a grant, and how it spells columns."""
        if grant.level is Level.DATABASE:
            self._databases.add((key, target_of(grant)))
        for column in _columns(grant):
            self._of.setdefault((key, target_of(grant), column.lower()), set()).add(column)

    def note_all(self, key: Key, grants: Iterable[Grant]) -> None:
        """Note how several grants spell their columns."""
        for grant in grants:
            self.note(key, grant)

    def may_be_on(self, key: Key, grant: Grant) -> bool:
        """Return whether an earlier grant may be on the same database."""
        return (key, target_of(grant)) in self._databases

    def settle(self, key: Key, grant: Grant) -> None:
        """Note that a grant's spellings of its columns are the only ones."""
        for column in _columns(grant):
            self._of.pop((key, target_of(grant), column.lower()), None)
        self.note(key, grant)

    def differ(self, key: Key, grant: Grant) -> bool:
        """Return whether an earlier grant may spell a column otherwise."""
        named = set(_columns(grant))
        return any(not self._of.get((key, target_of(grant), column.lower()), named) <= named for column in named)


def _columns(grant: Grant) -> Iterator[str]:
    if grant.scope is not None and grant.scope.level is Level.TABLE:
        for leaf in grant.privileges:
            if isinstance(leaf, Located):
                yield from leaf.value.columns
