"""Why a session is refused a right that some grant looks as if it gave, and what to change."""

from collections.abc import Iterator, Sequence

from grantlint.access.causes.cause import Cause, yes
from grantlint.access.causes.remedy import remedy
from grantlint.access.grants.rights import Place, Right, rights
from grantlint.access.grants.row import Grantee, GrantRow, shown
from grantlint.access.grants.session import Session
from grantlint.access.grants.verdict import Reason
from grantlint.access.product.privileges.meaning import expand_all
from grantlint.model.privilege import ALL
from grantlint.model.scope import Level, Scope

_TITLES = {
    Reason.ELSEWHERE: ("grant-elsewhere", "the grant is to another account"),
    Reason.HIDDEN: ("hidden-grant", "another row hides the grant"),
    Reason.REVOKED: ("partly-revoked", "a partial revoke takes it here"),
    Reason.TIED: ("tied-grant", "it depends on which of two rows comes first"),
}
_NEAR = 2  # letters in which a name that somebody mistypes differs
_NAMED = 3  # grants in one sentence


def lacking(session: Session, privileges: Sequence[str], place: Place, rows: Sequence[Right]) -> list[Cause]:
    """Return why a session lacks privileges at a place, nearest cause first.

    `rows`: all that is granted to accounts of its user name and their roles.
    """
    grant = str(remedy(session, privileges, place))
    if not privileges:
        grant += ", with the privileges that it needs in place of SELECT"
    denied = [*_denied(session, privileges, place)]
    if denied and _has(session.undenied(), privileges, place):
        return denied
    named = [right for right in rows if _is_of(right, privileges, session)]
    there = [right for right in rights(session, place.database) if _is_of(right, privileges, session)]
    found = [*denied, *_idle(session, privileges, place, there, grant), *_near(session, named, place, grant)]
    rest = yes("no-grant", "no grant serves it", "nothing that the session has gives it", grant)
    return [*found, rest] if all(cause.change != grant for cause in found) else found


def _denied(session: Session, privileges: Sequence[str], place: Place) -> Iterator[Cause]:
    """Yield each DENY that keeps what is asked for from the session, and what ends it."""
    rows: dict[GrantRow, dict[str, None]] = {}
    usable = expand_all(session.table.target, Level.DATABASE)
    for name in privileges or (usable if session.denials is not None else ()):
        for asked in expand_all(session.table.target, _level(place)) if name == ALL else (name,):
            for row in session.denying(asked, place):
                rows.setdefault(row, {})[asked] = None
    for row, names in rows.items():
        words = [name for name in names if name in row.denied]
        words += [f"{name} ({column})" for column, kept in row.denied_columns.items() for name in names if name in kept]
        what, who = f"DENY {', '.join(words)} ON {row.scope}", shown(row.grantee)
        change = f"REVOKE {what} FROM {who}"
        yield yes("denied", "a DENY takes it, whatever is granted", f"{what} TO {who}", change)


def _level(place: Place) -> Level:
    if place.table is not None:
        return Level.TABLE
    if place.routine is not None:
        return Level.ROUTINE
    return Level.GLOBAL if place.database is None else Level.DATABASE


def _has(session: Session, privileges: Sequence[str], place: Place) -> bool:
    """Return whether a session has all of the privileges, or with none may use the database."""
    if not privileges:
        return place.database is not None and session.may_use(place.database)
    at = place.column, place.routine
    return all(session.may(n, place.database, place.table, column=at[0], routine=at[1]).allowed for n in privileges)


def _is_of(right: Right, privileges: Sequence[str], session: Session) -> bool:
    """Return whether a row holds one of these privileges; with none: one that lets its session use a database."""
    held = {*right.row.privileges, *(name for given in right.row.columns.values() for name in given)}
    if ALL in privileges and ALL in right.privileges:
        return True
    return bool(held.intersection(privileges or expand_all(session.table.target, Level.DATABASE)))


def _idle(
    session: Session, privileges: Sequence[str], place: Place, rows: Sequence[Right], grant: str
) -> Iterator[Cause]:
    """Yield the grants that would serve, and why they do not."""
    roles: set[Grantee] = set()
    for right in rows:
        if right.idle is None:
            continue
        why = f"{right.row.scope} TO {shown(right.row.grantee)}: {right.why_not}"
        if right.idle.reason is Reason.INACTIVE:
            role = right.row.grantee
            change = "" if role in roles else _activation(session, role, privileges, place)
            if change:
                roles.add(role)
                yield yes("role-not-active", "a role has it that is not active", why, change)
        elif right.idle.reason is not Reason.DENIED and _is_at(session, right, place):
            kind, title = _TITLES[right.idle.reason]
            yield yes(kind, title, why, grant)


def _activation(session: Session, role: Grantee, privileges: Sequence[str], place: Place) -> str:
    """Return what has a role serve the session, or '' where nothing does."""
    beside = session.active if session.table.target.product != "mariadb" else ()
    if _would_serve(session, (*beside, role), privileges, place):
        return f"{_activated(session, role)}, or SET ROLE in the session"
    if beside and _would_serve(session, (role,), privileges, place):
        return f"SET ROLE {shown(role)} in the session; beside the roles that are active it gives nothing"
    return ""


def _would_serve(session: Session, roles: Sequence[Grantee], privileges: Sequence[str], place: Place) -> bool:
    """Return whether a session with these roles may do one thing more of what is asked."""
    other = Session(session.table, *session.account, session.client, roles=roles)
    if not privileges:
        return place.database is not None and other.may_use(place.database)
    at = place.column, place.routine
    return any(other.may(n, place.database, place.table, column=at[0], routine=at[1]).allowed for n in privileges)


def _activated(session: Session, role: Grantee) -> str:
    """Return the statement that has a role active at login, beside those that are."""
    if session.table.target.product == "mariadb":
        return f"SET DEFAULT ROLE '{role[0]}' FOR {shown(session.account)}"
    roles = ", ".join(map(shown, (*session.active, role)))
    return f"SET DEFAULT ROLE {roles} TO {shown(session.account)}"


def _is_at(session: Session, right: Right, place: Place) -> bool:
    """Return whether a row is about the place."""
    scope = right.row.scope
    if scope.level is Level.GLOBAL:
        return True
    if place.database is None or scope.level is Level.PROXY:
        return False
    database = session.table.fold(place.database)
    if scope.level is Level.DATABASE:
        return session.lookup.names(right.row, database)
    return scope.database == database and (place.is_whole or scope.name in (place.table, place.routine))


def _near(session: Session, rows: Sequence[Right], place: Place, grant: str) -> Iterator[Cause]:
    """Yield that the account has grants on something whose name is near, or on a part of what is asked for."""
    if place.database is None:
        return
    own = [right for right in rows if right.row.grantee == session.account and right.idle is None]
    for found, words in (
        (_parts(own, place, session.table.fold(place.database)), f"not all of {_named(place)}"),
        (_mistyped([one for one in own if not _is_at(session, one, place)], place), f"not {_named(place)}"),
    ):
        if found:
            shown_ = ", ".join(found[:_NAMED]) + (f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else "")
            title = "the grant is on something else"
            yield yes("near-grant", title, f"{shown_} {'is' if len(found) == 1 else 'are'} {words}", grant)


def _named(place: Place) -> str:
    if place.routine is not None:
        return str(Scope(Level.ROUTINE, place.database or "", place.routine))
    if place.table is None:
        return repr(place.database)
    table = str(Scope(Level.TABLE, place.database or "", place.table))
    return table if place.column is None else f"the column {place.column!r} of {table}"


def _parts(rows: Sequence[Right], place: Place, database: str) -> list[str]:
    """Return the targets of rows inside a database, or of columns of a table, where more is asked for."""
    inside = [right.row for right in rows if right.row.scope.database == database]
    if place.is_whole:
        return [str(row.scope) for row in inside if row.scope.level in (Level.TABLE, Level.ROUTINE)]
    return [f"({', '.join(row.columns)}) of {row.scope}" for row in inside if row.columns]


def _mistyped(rows: Sequence[Right], place: Place) -> list[str]:
    """Return the targets of rows whose names differ in a few letters from what is asked for."""
    found: dict[str, None] = {}
    asked = place.database or ""
    for right in rows:
        scope = right.row.scope
        if scope.database != asked and scope.level in (Level.DATABASE, Level.TABLE, Level.ROUTINE):
            whole = scope.level is Level.DATABASE or not place.is_whole
            near = whole and _is_near(scope.database, asked)
        else:
            name = place.table if scope.level is Level.TABLE else place.routine
            near = name is not None and scope.name != name and _is_near(scope.name, name)
        if near:
            found[str(scope)] = None
    return [*found]


def _is_near(one: str, other: str) -> bool:
    plain, asked = one.replace("\\", "").casefold(), other.casefold()
    if plain == asked:
        return True
    same = sum(1 for mine, theirs in zip(plain, asked, strict=False) if mine == theirs)
    return max(len(plain), len(asked)) - same <= _NEAR and min(len(plain), len(asked)) > _NEAR
