"""Why a row of the grant tables does not serve a session, as a clause for people."""

from collections.abc import Iterable

from grantlint.access.grants.lookup import Found, Lookup
from grantlint.access.grants.row import GrantRow, shown
from grantlint.model.scope import Level, literal_of


def why_not(lookup: Lookup, row: GrantRow, database: str | None = None) -> str:
    """Return why a row does not serve the session, or ''.

    With `database` the question is for that one; without it a row for a pattern of names serves as long as its
    host matches, namely for the names that no earlier row takes.
    """
    level = row.scope.level
    if level is Level.GLOBAL:
        return _global(lookup, row)
    if level is Level.PROXY:
        return "" if row.value.matches(lookup.client) else _host(lookup, row)
    if lookup.merged:
        if row.grantee not in lookup.holders:
            return f"while a role is active only rows of {shown(lookup.account)} itself and of its roles count"
    elif row.grantee not in lookup.roles and not lookup.reaches(row):
        return _host(lookup, row)
    if level is not Level.DATABASE:
        return _later(lookup, row, lookup.object_rows(row.scope))
    only = row.scope.database if lookup.table.literal_names else literal_of(row.scope.database)
    asked = only if database is None else database
    return "" if asked is None else _later(lookup, row, lookup.database_rows(asked))


def _global(lookup: Lookup, row: GrantRow) -> str:
    accounts = lookup.global_accounts
    if row.grantee in accounts or row.grantee in lookup.roles:
        return ""
    if lookup.account in accounts:
        return f"a global privilege counts for the matched account alone, {shown(lookup.account)}"
    return f"the role was granted to {shown(accounts[0])}, whose global privileges count instead"


def _host(lookup: Lookup, row: GrantRow) -> str:
    if row.scope.level is Level.ROUTINE:
        own = f"the account's own host value {lookup.account[1]!r}"
        return f"its host value {row.host!r} matches neither {own} nor the address of {lookup.client}"
    return f"its host value {row.host!r} does not match {lookup.client}"


def _later(lookup: Lookup, row: GrantRow, finds: Iterable[Found]) -> str:
    winner: GrantRow | None = None
    for found in finds:
        if row in found.rows:
            return ""
        winner = winner or next(iter(found.rows), None)
    if winner is None:
        return "the server skips a row without a database name"
    if lookup.merged:
        return f"while a role is active only the first matching name counts, and {winner.scope} comes first"
    table = "database row" if row.scope.level is Level.DATABASE else "row"
    return f"only one {table} counts, and {winner} comes first"
