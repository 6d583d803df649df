"""database-grant-hidden: a database grant that another one keeps from working."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grantlint import (
    Account,
    Grant,
    Problem,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    has_sure_session,
    sample_database,
)

if TYPE_CHECKING:  # a name for a type is no reason to load the model of sessions
    from grantlint import GrantRow, Session

_MOST_ROWS = 64  # of one user; pairs beyond that are left out rather than slow


def check(server: Server) -> Iterator[Problem]:
    """Flag each row of an account that its own session does not get to, because another row comes first."""
    for account in server.census.rivalling:
        rows = server.grants_of(server.user_of(account)).database_rows(server.user_of(account))[:_MOST_ROWS]
        client = server.client_of(account) if len(rows) > 1 else None
        if client is not None and has_sure_session(server, account, client):
            session = server.session(server.user_of(account), server.host_of(account), client)
            for number, row in enumerate(rows):
                if row.grantee == session.account:
                    yield from _hidden(account, row, rows[:number], session)


def _hidden(
    account: Account, row: "GrantRow", earlier: "tuple[GrantRow, ...]", session: "Session"
) -> Iterator[Problem]:
    for first in earlier:
        lost = [privilege for privilege in row.privileges if privilege not in first.privileges]
        database = sample_database(first.scope.database, row.scope.database) if lost else None
        if database is None:
            continue
        if not any(first is found for each in session.lookup.database_rows(database) for found in each.rows):
            continue  # it does not serve the session either
        lost = [privilege for privilege in lost if _loses(row, session, privilege, database)]
        grants = [origin for origin in row.origins if isinstance(origin, Grant)]
        hiders = [origin for origin in first.origins if isinstance(origin, Grant)]
        if lost and grants:
            yield Problem(
                f"{account} does not get {', '.join(lost)} of {row.scope} in `{database}`: "
                f"{first} comes first, and only one database grant counts",
                grants[0].target.span,
                related=tuple(Related("this grant comes first", hider.target.span) for hider in hiders[:1]),
                witness=f"{lost[0]} in `{database}` is denied to {account} from {session.client}",
            )
            return


def _loses(row: "GrantRow", session: "Session", privilege: str, database: str) -> bool:
    verdict = session.may(privilege, database)
    return not verdict.allowed and not verdict.uncertain and any(loser.row is row for loser in verdict.hidden)


RULE = Rule(
    name="database-grant-hidden",
    summary="A database grant hidden by a more specific one",
    rationale=r"""
For a database the server takes one row of its grant table, the most specific that fits, and never adds up several.
With SELECT on `shop\_eu`.* and INSERT on `shop%`.*, the account may not insert into shop_eu. Host comes before database
in the order, so a grant at a narrower host hides one on the very database.
""",
    help="Repeat the privileges in the more specific grant, or give up one of the two.",
    severity=Severity.WARNING,
    tags=("grants", "precedence"),
    check=across_accounts(check, of="rivalling"),
    bad=(
        r"""
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
      - privileges: [SELECT, INSERT]
        target: '`shop%`.*'  # expect: database-grant-hidden
""",
    ),
    good=(
        r"""
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT, INSERT]
        target: '`shop\_eu`.*'
      - privileges: [SELECT]
        target: '`shop%`.*'
""",
    ),
)
