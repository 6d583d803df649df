"""Why a row of the grant tables does not serve a session, as a clause for people."""

from collections.abc import Iterable

from grantlint.access.grants.lookup import Found, Lookup
from grantlint.access.grants.row import GrantRow, shown
from grantlint.access.grants.verdict import Idle, Reason
from grantlint.model.scope import Level
from grantlint.model.scope.databases import literal_of


def why_not(lookup: Lookup, row: GrantRow, database: str | None = None) -> Idle | None:
    """Return why a row does not serve the session, or None.

    With `database` the question is for that one; without it a row for a pattern of names serves as long as its
    host matches, namely for the names that no earlier row takes.
    """
    level = row.scope.level
    if level is Level.GLOBAL:
        return _global(lookup, row)
    if level is Level.PROXY:
        return None if row.value.matches(lookup.client) else _host(lookup, row)
    if lookup.merged:
        if row.grantee not in lookup.holders:
            clause = f"while a role is active only rows of {shown(lookup.account)} itself and of its roles count"
            return Idle(Reason.ELSEWHERE, clause)
    elif row.grantee not in lookup.roles and not lookup.reaches(row):
        return _host(lookup, row)
    if level is not Level.DATABASE:
        return _later(lookup, row, lookup.object_rows(row.scope))
    only = row.scope.database if lookup.table.literal_names else literal_of(row.scope.database)
    asked = only if database is None else database
    return None if asked is None else _later(lookup, row, lookup.database_rows(asked))


def kept_from(database: str | None) -> Idle:
    """Return that a partial revoke keeps a global privilege from a database."""
    return Idle(Reason.REVOKED, f"a partial revoke keeps it from {database}")


def denied_by(row: GrantRow) -> Idle:
    """Return that a DENY in a row takes what is granted."""
    return Idle(Reason.DENIED, f"a DENY on {row} takes it, whatever is granted")


def _global(lookup: Lookup, row: GrantRow) -> Idle | None:
    accounts = lookup.global_accounts
    if row.grantee in accounts or row.grantee in lookup.roles:
        return None
    if lookup.account in accounts:
        return Idle(
            Reason.ELSEWHERE, f"a global privilege counts for the matched account alone, {shown(lookup.account)}"
        )
    clause = f"the role was granted to {shown(accounts[0])}, whose global privileges count instead"
    return Idle(Reason.ELSEWHERE, clause)


def _host(lookup: Lookup, row: GrantRow) -> Idle:
    if row.scope.level is Level.ROUTINE:
        own = f"the account's own host value {lookup.account[1]!r}"
        clause = f"its host value {row.host!r} matches neither {own} nor the address of {lookup.client}"
    else:
        clause = f"its host value {row.host!r} does not match {lookup.client}"
    return Idle(Reason.ELSEWHERE, clause)


def _later(lookup: Lookup, row: GrantRow, finds: Iterable[Found]) -> Idle | None:
    winner: GrantRow | None = None
    for found in finds:
        if row in found.rows:
            return None
        winner = winner or next(iter(found.rows), None)
    if winner is None:
        clause = "the server skips a row without a database name"
    elif lookup.merged:
        clause = f"while a role is active only the first matching name counts, and {winner.scope} comes first"
    else:
        table = "database row" if row.scope.level is Level.DATABASE else "row"
        clause = f"only one {table} counts, and {winner} comes first"
    return Idle(Reason.HIDDEN, clause)
