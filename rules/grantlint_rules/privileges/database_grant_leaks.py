"""database-grant-leaks: a grant to one account that serves the sessions of another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grantlint import (
    Confidence,
    Grant,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    has_sure_session,
    sample_database,
    user_of,
)

if TYPE_CHECKING:  # a name for a type is no reason to load the model of sessions
    from grantlint import GrantRow, Session


def check(server: Server) -> Iterator[Problem]:
    """Flag database grants that serve sessions of another account.

    They are at another host, or to nobody, and give a session more than its own account has.
    """
    reported: set[int] = set()
    for account in server.census.sharing:
        own = (server.user_of(account), server.host_of(account))
        if not server.grants_of(own[0]).may_share(own):
            continue
        client = server.client_of(account)
        if client is None or not has_sure_session(server, account, client):
            continue
        session = server.session(*own, client)
        for row in session.lookup.rows_at_hand:
            grants = [origin for origin in row.origins if isinstance(origin, Grant)]
            if row.grantee == own or not grants or id(grants[0]) in reported:
                continue
            database = sample_database(row.scope.database, row.scope.database)
            privilege = None if database is None else _given(session, row, database)
            if privilege is not None:
                reported.add(id(grants[0]))
                yield Problem(
                    f"the grant {row} also serves sessions of {account}",
                    grants[0].target.span,
                    related=(Related(f"{account} is declared here", account.host.span),),
                    about=str(row),
                    witness=f"{user_of(account)} from {session.client} is logged in as {account} and has "
                    f"{privilege} in `{database}` by it",
                )


def _given(session: "Session", row: "GrantRow", database: str) -> str | None:
    """Return the first privilege that the session has in a database by one row alone."""
    if not session.lookup.serves(row, database):
        return None
    for privilege in row.privileges:
        verdict = session.may(privilege, database)
        if verdict.allowed and all(given.row is row for given in verdict.by):
            return privilege
    return None


RULE = Rule(
    name="database-grant-leaks",
    summary="A database grant that serves other accounts of the user, or everybody",
    rationale="""
Database, table and routine grants are looked up by the user name and by the client's host, not by the account that
logged in. A session of 'app'@'10.0.3.7' is also served by grants to 'app'@'10.0.%', and grants to an anonymous account
serve every user. Only global privileges come from the very account.
""",
    help="Grant it to the accounts that need it, at hosts that do not overlap; never to an anonymous account.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants", "precedence"),
    check=across_accounts(check, of="sharing", alike=True),
    bad=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop.*'
  - user: app
    host: '10.0.%'
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [DELETE]
        target: 'archive.*'  # expect: database-grant-leaks
""",
        """\
CREATE USER 'app'@'10.0.%' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ two }}';
GRANT INSERT ON shop.* TO 'app'@'10.0.%';  -- expect: database-grant-leaks
GRANT SELECT ON stock.* TO 'app'@'10.0.3.7';
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop.*'
  - user: app
    host: '10.9.%'
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [DELETE]
        target: 'archive.*'
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    locked: true
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop.*'
  - user: app
    host: '10.0.%'
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [DELETE]
        target: 'archive.*'
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [DELETE]
        target: '*.*'
  - user: app
    host: '10.0.%'
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [DELETE]
        target: 'archive.*'
""",
    ),
)
