"""database-grant-hidden: a database grant that another one keeps from working."""

from collections.abc import Iterable, Iterator

from grantlint import (
    Account,
    Confidence,
    Grant,
    Level,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    has_sure_session,
    sample_database,
)

TYPE_CHECKING = False  # as in grantlint
if TYPE_CHECKING:  # a name for a type is no reason to load the model of sessions
    from grantlint import GrantRow, GrantTable, Session

_FEW = 32
"""Up to this many kinds of rows of a user it pays to compare them before a session is opened."""


def check(server: Server) -> Iterator[Problem]:
    """Flag each grant of an account that another row hides.

    Its own session does not get to it, because the other row comes first.
    """
    asked: set[tuple[str, str]] = set()
    for account in server.census.rivalling:
        own = (server.user_of(account), server.host_of(account))
        table = server.grants_of(own[0])
        if own in asked or not _may_lose(table, own):
            continue
        client = server.client_of(account)
        if client is None or not has_sure_session(server, account, client):
            continue
        asked.add(own)  # another declaration of it is the same row
        session = server.session(*own, client)
        for row in server.within(account, session, session.lookup.own_rows):
            yield from _hidden(account, row, session, server)


def _may_lose(table: "GrantTable", own: tuple[str, str]) -> bool:
    """Return whether some row that may serve its sessions shares a database with one of the account and gives less."""
    rows = [row for row in table.rows_of(own) if row.scope.level is Level.DATABASE]
    kinds = table.kinds(own[0]) if table.may_share(own) else _kinds(rows)
    if len(kinds) > _FEW:
        return True
    return any(
        not privileges.issuperset(row.privileges) and sample_database(database, row.scope.database) is not None
        for row in rows
        for database, privileges in kinds
    )


def _kinds(rows: "Iterable[GrantRow]") -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((row.scope.database, frozenset(row.privileges)) for row in rows)


_NAMED = 3


def _hidden(account: Account, row: "GrantRow", session: "Session", server: Server) -> Iterator[Problem]:
    for first in server.within(account, session, session.lookup.before(row)):
        lost = [privilege for privilege in row.privileges if privilege not in first.privileges]
        database = sample_database(first.scope.database, row.scope.database) if lost else None
        if database is None or not session.lookup.serves(first, database):
            continue  # it does not serve the session either
        if not session.lookup.names(row, database):
            continue
        lost = [privilege for privilege in lost if _lacks(session, privilege, database)]
        grants = [origin for origin in row.origins if isinstance(origin, Grant)]
        hiders = [origin for origin in first.origins if isinstance(origin, Grant)]
        if lost and grants:
            # how many ALL stands for differs between products that else come to the same
            shown = ", ".join(lost) if len(lost) <= _NAMED else f"{lost[0]} and others"
            yield Problem(
                f"{account} does not get {shown} of {row.scope} in `{database}`: "
                f"{first} comes first, and only one database grant counts",
                grants[0].target.span,
                related=tuple(Related("this grant comes first", hider.target.span) for hider in hiders[:1]),
                about=f"{account} {row.scope}",
                witness=f"{lost[0]} in `{database}` is denied to {account} from {session.client}",
            )
            return


def _lacks(session: "Session", privilege: str, database: str) -> bool:
    verdict = session.may(privilege, database)
    return not verdict.allowed and not verdict.uncertain


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
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants", "precedence"),
    check=across_accounts(check, of="rivalling", alike=True),
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
        r"""
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON `shop\_eu`.* TO 'app'@'10.0.3.7';
GRANT INSERT ON `shop%`.* TO 'app'@'10.0.3.7';  -- expect: database-grant-hidden
""",
        r"""

server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT, INSERT]
        target: '`shop%`.*'  # expect: database-grant-hidden
  - user: ''
    host: 10.0.3.7
    authentication: {secret: vault:db/nobody}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
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
        r"""

server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    locked: true
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
      - privileges: [SELECT, INSERT]
        target: '`shop%`.*'
""",
        r"""

server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [INSERT]
        target: '*.*'
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
      - privileges: [SELECT, INSERT]
        target: '`shop%`.*'
""",
        r"""

server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
      - privileges: [SELECT]
        target: '`shop%`.*'
""",
    ),
)
