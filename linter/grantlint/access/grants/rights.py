"""What a session may do, row by row, and who gives it each privilege that somebody asks for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grantlint.access.grants.hidden import denied_by, kept_from, why_not
from grantlint.access.grants.lookup import Lookup
from grantlint.access.grants.restrictions.denials import some_of
from grantlint.access.grants.row import Grantee, GrantRow
from grantlint.access.grants.session import Held, Session
from grantlint.access.grants.verdict import Given, Idle
from grantlint.access.product.privileges.meaning import canonical, expand_all, known, nearest
from grantlint.model.privilege import ALL, GRANT_OPTION
from grantlint.model.scope import Level
from grantlint.platform.record import NamedTuple


class Place(NamedTuple):
    """Where a privilege is asked for.

    Everywhere, in a database, or on a table, a column or a routine of it.
    """

    database: str | None = None
    table: str | None = None
    column: str | None = None
    routine: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole database, or everything."""
        return self.table is None and self.routine is None


EVERYWHERE = Place()


class Right(NamedTuple):
    """A grant row with its privileges as a person reads them.

    `role` if it comes by one, `idle` if it does not serve the session.
    """

    row: GrantRow
    privileges: tuple[str, ...]
    origins: tuple[object, ...]
    role: Grantee | None = None
    idle: Idle | None = None

    @property
    def why_not(self) -> str:
        """Why it does not serve the session, as a clause, or ''."""
        return self.idle.clause if self.idle else ""


class Asked(NamedTuple):
    """Whether a session has one privilege, and by which rows.

    `rights` give it and are empty where it is not given; `lost` would, but do not count. `partly`: on some tables,
    columns or routines of the database alone. `but`: a DENY keeps it from these parts. `uncertain`: rows tie and
    disagree, or nobody knows whether the `doubts` deny it. `unknown`: the server has no such
    privilege; the sentence says so.
    """

    privilege: str
    rights: tuple[Right, ...]
    lost: tuple[Right, ...] = ()
    uncertain: bool = False
    unknown: str = ""
    partly: bool = False
    but: tuple[Right, ...] = ()
    doubts: tuple[GrantRow, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the session surely has the privilege.

        That is whatever a tie may do, and in all of the database, where one is asked.
        """
        return bool(self.rights) and not self.uncertain and not self.partly


def rights(session: Session, database: str | None = None) -> list[Right]:
    """Return the rows that serve a session or seem to.

    With `database`, those about it.
    """
    held = session.held() if database is None else _about(session, session.table.fold(database))
    found: list[Right] = []
    for row, role, idle in sorted(held, key=lambda one: (one.idle is not None, [*Level].index(one.row.scope.level))):
        privileges = privileges_of(session, row, database)
        reason = idle or (None if privileges else _taken(session, row, database))
        found.append(Right(row, privileges or privileges_of(session, row), row.origins, role, reason))
    return found


def denials(session: Session, database: str | None = None) -> list[Right]:
    """Return what DENY keeps from a session, row by row.

    With `database`, in that one.
    """
    if session.denials is None:
        return []
    asked = None if database is None else session.table.fold(database)
    return [
        _denial(session, row) for row in session.denials.serving() if asked is None or _is_about(session, row, asked)
    ]


def _is_about(session: Session, row: GrantRow, database: str) -> bool:
    if row.scope.level is Level.DATABASE:
        return session.lookup.serves(row, database)
    return row.scope.level is Level.GLOBAL or row.scope.database == database


def _denial(session: Session, row: GrantRow) -> Right:
    """Return a row with what it denies in place of what it gives."""
    names = (*_summed_up(session, row, row.denied), *_on_columns(row.denied_columns))
    maps = (row.denied, *row.denied_columns.values())
    origins = dict.fromkeys(origin for kept in maps for origins in kept.values() for origin in origins)
    role = row.grantee if row.grantee in session.lookup.roles else None
    return Right(row, names, tuple(origins), role)


def _taken(session: Session, row: GrantRow, database: str | None) -> Idle:
    """Return what takes all that a row gives."""
    denying = _denying(session, row, database)
    given = [(name, None) for name in row.privileges]
    on_columns = [(name, column) for column, names in row.columns.items() for name in names]
    rows = [one for name, column in (*given, *on_columns) for one in denying(name, column)]
    return denied_by(rows[0]) if rows else kept_from(database)


def _nothing(name: str, column: str | None) -> Sequence[GrantRow]:
    del name, column
    return ()


def _denying(session: Session, row: GrantRow, database: str | None) -> Callable[[str, str | None], Sequence[GrantRow]]:
    """Return what tells which rows deny a privilege of this row, or of a column of it.

    With `database`, in that one; else in one that the row names.
    """
    denials = session.denials
    if denials is None:
        return _nothing
    lookup, scope = session.lookup, row.scope
    finds = [*lookup.global_rows()]
    within = database if scope.level is Level.GLOBAL else scope.database
    if scope.level is Level.DATABASE:
        within = database or _served_by(lookup, row)
    if within is not None:
        finds += lookup.database_rows(within)
    if scope.level in (Level.TABLE, Level.ROUTINE):
        finds += lookup.object_rows(scope)
    return lambda name, column: denials.of(name, finds, within, column).rows


def _served_by(lookup: Lookup, row: GrantRow) -> str:
    """Return a database that a row serves, one that no row before it takes where such is found."""
    samples = some_of(row.scope.database)
    served = (one for one in samples if any(row in found.rows for found in lookup.database_rows(one)))
    return next(served, samples[0])


def _about(session: Session, database: str) -> Iterator[Held]:
    """Yield the rows that concern a database, each with why it does not serve there."""
    for held in session.held():
        scope = held.row.scope
        if scope.level is Level.DATABASE:
            if session.lookup.names(held.row, database):
                yield held._replace(idle=held.idle or why_not(session.lookup, held.row, database))
        elif scope.level is Level.GLOBAL or scope.database == database:
            yield held


def privileges_of(session: Session, row: GrantRow, database: str | None = None) -> tuple[str, ...]:
    """Return a row's privileges as GRANT would write them.

    ALL where it has all, columns in brackets. With `database` those are left out that a partial revoke keeps from it.
    """
    denying = _denying(session, row, database)
    given = (name for name in row.privileges if not denying(name, None))
    if database is not None and row.scope.level is Level.GLOBAL:
        given = (name for name in given if not session.table.restricted(row.grantee, database, name))
    names = _summed_up(session, row, given)
    columns = {column: [n for n in given if not denying(n, column)] for column, given in row.columns.items()}
    return (*names, *_on_columns(columns))


def _on_columns(columns: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield privileges with the columns in brackets."""
    listed: dict[str, list[str]] = {}
    for column, given in columns.items():
        for name in given:
            listed.setdefault(name, []).append(column)
    return (f"{name} ({', '.join(named)})" for name, named in listed.items())


def _summed_up(session: Session, row: GrantRow, privileges: Iterable[str]) -> list[str]:
    """Return names of privileges with ALL for all of a level, and GRANT OPTION last."""
    everything = expand_all(session.table.target, row.scope.level)
    names = list(dict.fromkeys(privileges))
    if everything and set(everything) <= set(names):
        names = [ALL, *(name for name in names if name not in everything)]
    return sorted(names, key=lambda name: name == GRANT_OPTION)


def asked(session: Session, privilege: str, place: Place = EVERYWHERE) -> Asked:
    """Return who gives a session a privilege at a place."""
    target = session.table.target
    name = canonical(privilege, target)
    if not known(name, target):
        near = nearest(privilege, target)
        hint = f"; the nearest is {near}" if near else ""
        return Asked(name, (), unknown=f"{target.label} has no privilege {name}{hint}")
    verdict = session.may(name, place.database, place.table, column=place.column, routine=place.routine)
    lost = tuple(
        Right(one.row, (name,), (*one.row.privileges.get(name, ()),), None, one.idle) for one in verdict.hidden
    )
    if verdict.allowed or verdict.uncertain:
        given = tuple(_by_row(session, verdict.by, place))
        but = tuple([_denial(session, row) for row in verdict.but])
        in_part = bool(but) and place.database is not None
        return Asked(name, given, lost, verdict.uncertain, partly=in_part, but=but, doubts=verdict.doubts)
    partly = [one for one in rights(session, place.database) if not one.why_not and _gives(one, name)]
    if not place.is_whole:  # what a table's columns have is no right to the table
        on = [one for one in partly if verdict.columns and one.row.scope.name == place.table]
        return Asked(name, tuple(on), lost, partly=bool(on))
    partly = [one for one in partly if one.row.scope.level is not Level.GLOBAL]
    return Asked(name, tuple(partly), lost, partly=place.database is not None)


def _by_row(session: Session, given: Iterable[Given], place: Place) -> Iterator[Right]:
    """Yield what gives something, once for each row.

    The many parts of ALL mostly come from one.
    """
    rows: dict[int, list[Given]] = {}
    for one in given:
        rows.setdefault(id(one.row), []).append(one)
    for parts in rows.values():
        row, role = parts[0].row, parts[0].role
        origins = tuple(dict.fromkeys(origin for one in parts for origin in one.origins))
        on = "" if all(one.privilege in row.privileges for one in parts) else f" ({place.column})"
        names = _summed_up(session, row, (one.privilege for one in parts))
        yield Right(row, tuple([f"{name}{on}" for name in names]), origins, role)


def _gives(right: Right, name: str) -> bool:
    """Return whether a right holds the privilege.

    What ALL stands for at its level is written out in its row.
    """
    if ALL in right.privileges and name in right.row.privileges:
        return True
    return any(one == name or one.startswith(f"{name} (") for one in right.privileges)
