"""What lets a session make a database its default one: any privilege in it (facts: H4)."""

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access.grants.lookup import Found, Lookup
from grantlint.access.grants.restrictions.denials import Denials
from grantlint.access.grants.row import GrantRow
from grantlint.access.product.privileges.meaning import expand_all
from grantlint.model.privilege import GRANT_OPTION
from grantlint.model.scope import Level

_PROCEDURES = ("", "PROCEDURE")


class Opening:
    """The rows by which one session may use databases."""

    __slots__ = ("_denials", "_lookup", "_table")

    def __init__(self, lookup: Lookup, denials: Denials | None) -> None:
        self._lookup = lookup
        self._denials = denials
        self._table = lookup.table

    def rows(self, database: str) -> list[GrantRow]:
        """Return the rows that let the session use a database.

        Of global ones the first will do.
        """
        database = self._table.fold(database)
        usable = set(expand_all(self._table.target, Level.DATABASE))
        if self._table.target.traits.grant_option_opens:
            usable.add(GRANT_OPTION)
        everywhere = [*self._lookup.global_rows()]
        if self._denials is not None:
            usable -= self._kept(usable, [*everywhere, *self._lookup.database_rows(database)], database)
        for row in (row for found in everywhere for row in found.rows):
            if any(not self._table.restricted(row.grantee, database, n) for n in usable & row.privileges.keys()):
                return [row]
        if self._lookup.merged:
            usable.add(GRANT_OPTION)
        below = [row for found in self._lookup.database_rows(database) for row in found.rows]
        inside = [row for row in self._rows_that_open() if row.scope.database == database]
        if self._denials is None:
            return [row for row in (*below, *inside) if row.columns or usable & row.privileges.keys()]
        opening = [row for row in below if usable & row.privileges.keys()]
        for row in inside:
            finds = [*self._lookup.object_rows(row.scope)]
            on_columns = [(name, at) for at, given in row.columns.items() for name in given]
            opens = (name in usable and not self._kept((name,), finds, database, at) for name, at in on_columns)
            if (usable & row.privileges.keys()) - self._kept(usable, finds, database) or any(opens):
                opening.append(row)
        return opening

    def _kept(self, names: Iterable[str], finds: Sequence[Found], database: str, column: str | None = None) -> set[str]:
        """Return the privileges that a DENY surely keeps from the session."""
        denials = self._denials
        if denials is None:
            return set()
        return {name for name in names if denials.of(name, finds, database, column).rows}

    def shut_out_by(self, database: str) -> tuple[GrantRow, ...]:
        """Return rows that may come first by a tie, opening nothing."""
        found = self._lookup.database_rows(self._table.fold(database))
        tied = {id(row): row for one in found if one.alternatives[1:] for row in one.rows}
        opening = self.rows(database)
        if any(id(row) not in tied for row in opening):
            return ()
        return tuple([row for row in tied.values() if opening and not any(row is one for one in opening)])

    def _rows_that_open(self) -> Iterator[GrantRow]:
        """Yield the table and routine rows that let the session use their database (check_grant_db).

        They need not win their own look-up. Left out are, on MariaDB, what only PUBLIC has, and on MySQL with an
        active role all routines but procedures (seen on 10.11.19 and 9.7.4).
        """
        lookup = self._lookup
        if lookup.merged:
            holders = lookup.holders
            opening = [
                row for holder in holders for row in self._table.rows_of(holder) if row.scope.kind in _PROCEDURES
            ]
        else:
            accounts = self._table.grantees(lookup.account[0])
            roles = [role for role in lookup.roles if role not in lookup.public_only]
            opening = [
                r for grantee in accounts for r in self._table.rows_of(grantee) if r.value.matches(lookup.client)
            ]
            opening += [row for role in roles for row in self._table.rows_of(role)]
        return (row for row in opening if row.scope.level in (Level.TABLE, Level.ROUTINE))
