"""What DENY of MariaDB keeps from a session, at the place that is asked for and on parts of it (facts: M2, M3).

A denial stands in the row of its grantee and level, beside what is granted there, and the look-ups that find what is
granted find it. Whatever they find at one level denies what another gives.
"""

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access.grants.lookup import Found, Lookup
from grantlint.access.grants.row import GrantRow
from grantlint.model.scope import Level, Scope
from grantlint.platform.record import NamedTuple


class Denied(NamedTuple):
    """The rows that deny a privilege at a place.

    `doubts`: those of which nobody knows whether they count.
    """

    rows: tuple[GrantRow, ...] = ()
    doubts: tuple[GrantRow, ...] = ()


NOTHING = Denied()
_LONG = "x" * 16  # longer than what patterns of `_` alone take


class Denials:
    """The denials for one session.

    That one look-up takes the row of another account of the user, where one of the rows denies something, no source
    tells: it is in doubt (facts: M6).
    """

    __slots__ = ("_lookup",)

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def of(self, name: str, finds: Sequence[Found], database: str | None, column: str | None = None) -> Denied:
        """Return what denies a privilege.

        `finds`: all that look-ups find for a place, which is in a database or everywhere.
        """
        sure: list[GrantRow] = []
        doubts: list[GrantRow] = []
        for found in finds:
            denying = [[row for row in rows if row.denial((name,), column)] for rows in found.alternatives]
            settled = bool(denying) and all(denying) and not self._is_in_doubt(found)
            (sure if settled else doubts).extend(row for rows in denying for row in rows)
        doubts += [row for row in self._passed_over(finds, database) if row.denial((name,), column)]
        return Denied(tuple(sure), tuple(doubts))

    def parts(self, names: Iterable[str], scope: Scope, column: str | None = None) -> tuple[GrantRow, ...]:
        """Return the rows that deny something on a part of a place.

        Of `names` any will do.
        """
        names = tuple(names)
        inside = (row for row in self._rows() if row.scope != scope and _is_within(row.scope, scope))
        found = [row for row in inside if _denies(row, names)]
        if scope.level is Level.TABLE and column is None:
            found += [row for row in self._rows() if row.scope == scope and _on_columns(row, names)]
        return tuple(found)

    def serving(self) -> tuple[GrantRow, ...]:
        """Return every row that denies the session something."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[GrantRow]:
        table = self._lookup.table
        mine = dict.fromkeys((*self._lookup.global_accounts, *self._lookup.holders))
        return (row for holder in mine for row in table.entries_of(holder) if row.denies)

    def _is_in_doubt(self, found: Found) -> bool:
        return any(not self._is_own(row) for row in found.rows)

    def _passed_over(self, finds: Iterable[Found], database: str | None) -> Iterator[GrantRow]:
        """Yield the account's own rows behind one of another account that a look-up takes."""
        others = [row for found in finds for row in found.rows if not self._is_own(row)]
        if not others:
            return
        on_database = database is not None and any(row.scope.level is Level.DATABASE for row in others)
        scopes = {row.scope for row in others}
        for row in self._lookup.table.entries_of(self._lookup.account):
            named = on_database and row.scope.level is Level.DATABASE and self._lookup.names(row, database or "")
            if named or row.scope in scopes:
                yield row

    def _is_own(self, row: GrantRow) -> bool:
        return row.grantee in self._lookup.global_accounts or row.grantee in self._lookup.holders


def _denies(row: GrantRow, names: tuple[str, ...]) -> bool:
    return bool(row.denial(names)) or _on_columns(row, names)


def _on_columns(row: GrantRow, names: tuple[str, ...]) -> bool:
    return any(name in kept for kept in row.denied_columns.values() for name in names)


def _is_within(inner: Scope, outer: Scope) -> bool:
    """Return whether a target is a part of another, which is everything or one database."""
    if outer.level is Level.GLOBAL:
        return inner.level not in (Level.GLOBAL, Level.PROXY)
    return (
        outer.level is Level.DATABASE
        and inner.level not in (Level.GLOBAL, Level.DATABASE)
        and (inner.database == outer.database)
    )


def some_of(database: str) -> tuple[str, ...]:
    r"""Return databases that a pattern matches. They differ in length where it lets them.

    >>> some_of(r"foo\_bar"), some_of("foo_b%")
    (('foo_bar',), ('fooxbx', 'fooxbxxxxxxxxxxxxxxxx', 'fooxb'))
    """
    made = (_filled(database, anything) for anything in ("x", _LONG, ""))
    return tuple(dict.fromkeys(made))


def _filled(database: str, anything: str) -> str:
    """Return a pattern with what its wildcards may stand for; a backslash takes the next character as it is."""
    characters = iter(database)
    wildcards = {"_": "x", "%": anything}
    return "".join([next(characters, one) if one == "\\" else wildcards.get(one, one) for one in characters])
