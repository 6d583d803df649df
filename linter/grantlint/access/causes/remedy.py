"""The GRANT that gives an account what it lacks, as this server takes it."""

from collections.abc import Sequence

from grantlint.access.grants.rights import Place
from grantlint.access.grants.row import GrantRow, shown
from grantlint.access.grants.session import Session
from grantlint.access.product.privileges.meaning import levels_of
from grantlint.access.product.privileges.refusal import kept_by
from grantlint.model.scope import Level, Scope
from grantlint.model.scope.databases import escaped, literal_of
from grantlint.platform.record import NamedTuple

_PLACEHOLDER = ("SELECT",)


class Remedy(NamedTuple):
    """The statements that give what is missing.

    `hides`: the row that would no longer count and is written out in them.
    """

    statements: str
    hides: GrantRow | None = None

    def __str__(self) -> str:
        """Return it as a person types it, with what it takes the place of."""
        hidden = f"; it comes before {self.hides}, so that it repeats what that gives" if self.hides else ""
        return f"{self.statements}{hidden}"


def remedy(session: Session, privileges: Sequence[str], place: Place) -> Remedy:
    """Return the GRANT that gives a session privileges at a place.

    No privileges: any one in the database. One row of the database grants counts (facts: I2): where another serves the
    place, the new one has its privileges.
    """
    by_level: dict[Level, list[str]] = {}
    target = session.table.target
    kept: list[str] = []
    for name in privileges or _PLACEHOLDER:
        level = _level(name, place, session)
        if level is Level.GLOBAL and kept_by(name, target):
            kept.append(name)
        else:
            by_level.setdefault(level, []).append(name)
    hides: GrantRow | None = None
    statements: list[str] = []
    for level, names in by_level.items():
        words = [_with_column(name, place, level, session) for name in names]
        scope = _scope(level, place, session)
        serving = _serving(session, level, place)
        grantee = session.account
        if serving is not None and serving.grantee == grantee and _covers_only(serving, place, session):
            scope = serving.scope
        elif serving is not None and serving.grantee not in session.lookup.roles:
            hides = serving
            words += [name for name in serving.privileges if name not in names]
        statements.append(f"GRANT {', '.join(words)} ON {scope} TO {shown(grantee)}")
    if kept:
        statements.append(f"nothing gives {', '.join(kept)}: {target.platform} keeps it, and has procedures for it")
    function = place.routine is not None and Level.ROUTINE in by_level
    return Remedy("; ".join(statements) + (", or ON FUNCTION where it is one" if function else ""), hides)


def _level(name: str, place: Place, session: Session) -> Level:
    """Return the lowest level at or above a place at which a privilege can be granted."""
    levels = levels_of(name, session.table.target)
    wanted = [Level.DATABASE] if place.database is not None else []
    if place.table is not None:
        wanted.insert(0, Level.TABLE)
    elif place.routine is not None:
        wanted.insert(0, Level.ROUTINE)
    return next((level for level in wanted if level in levels), Level.GLOBAL)


def _scope(level: Level, place: Place, session: Session) -> Scope:
    database = place.database or ""
    if level is Level.DATABASE:
        return Scope(level, database if session.table.literal_names else escaped(database))
    if level is Level.TABLE:
        return Scope(level, database, place.table or "")
    if level is Level.ROUTINE:
        return Scope(level, database, place.routine or "", "PROCEDURE")
    return Scope(Level.GLOBAL)


def _with_column(name: str, place: Place, level: Level, session: Session) -> str:
    takes = level is Level.TABLE and Level.COLUMN in levels_of(name, session.table.target)
    return f"{name} ({place.column})" if place.column is not None and takes else name


def _serving(session: Session, level: Level, place: Place) -> GrantRow | None:
    """Return the row that a new one at this level would stand beside, where one alone counts."""
    if place.database is None or level not in (Level.DATABASE, Level.TABLE):
        return None
    database = session.table.fold(place.database)
    if level is Level.DATABASE:
        finds = iter(session.lookup.database_rows(database))
    else:
        finds = session.lookup.object_rows(Scope(level, database, session.table.fold(place.table or "")))
    return next((row for found in finds for row in found.rows if row.grantee not in session.lookup.roles), None)


def _covers_only(row: GrantRow, place: Place, session: Session) -> bool:
    """Return whether a row is on the very place and on nothing else."""
    if row.scope.level is not Level.DATABASE:
        return True
    only: str | None = row.scope.database if session.table.literal_names else literal_of(row.scope.database)
    return only == session.table.fold(place.database or "")
