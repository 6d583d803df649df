"""database-grant-leaks: a grant to one account that serves the sessions of another."""

from collections.abc import Iterable, Iterator

from grantlint import (
    Confidence,
    Grant,
    Level,
    Problem,
    Profile,
    Related,
    Rule,
    Scope,
    Server,
    Severity,
    across_accounts,
    has_sure_session,
    sample_database,
    user_of,
)

TYPE_CHECKING = False  # as in grantlint
if TYPE_CHECKING:  # a name for a type is no reason to load the model of sessions
    from grantlint import GrantRow, Session

_Grantee = tuple[str, str]
_Rank = tuple[int, ...]
_ALL = Scope(Level.DATABASE, "%")
_Kind = tuple[_Grantee | None, frozenset[str]]
"""Whose row comes first, and the privileges."""


def check(server: Server) -> Iterator[Problem]:
    """Flag database grants that serve sessions of another account.

    They are at another host, or to nobody, and give a session more than its own account has.
    """
    waiting = _Waiting()
    asked: set[_Grantee] = set()
    for account in server.census.sharing:
        own = (server.user_of(account), server.host_of(account))
        if own in asked or not server.grants_of(own[0]).may_share(own):
            continue
        client = server.client_of(account)
        if client is None or not has_sure_session(server, account, client):
            continue
        asked.add(own)
        session = server.session(*own, client)
        for row in server.within(account, session, waiting.taken(session)):
            privilege = None
            database = sample_database(row.scope.database, row.scope.database)
            if database is not None:
                privilege = _given(session, row, database)
            if privilege is None:
                waiting.put_back(row, session, database)
                continue
            grant = _first_grant(row)
            if waiting.is_new(grant):
                yield Problem(
                    f"the grant {row} also serves sessions of {account}",
                    grant.target.span,
                    related=(Related(f"{account} is declared here", account.host.span),),
                    about=str(row),
                    witness=f"{user_of(account)} from {session.client} is logged in as {account} and has "
                    f"{privilege} in `{database}` by it",
                )


class _Waiting:
    """The rows of which nothing is told yet, apart by what keeps them from serving: none is asked again in vain."""

    def __init__(self) -> None:
        self._told: set[int] = set()
        self._rows: dict[_Grantee, dict[_Kind, list[GrantRow]]] = {}
        self._best: dict[_Grantee, _Rank] = {}  # of the rows of each that may wait

    def is_new(self, grant: Grant) -> bool:
        """Return whether a grant is told of for the first time."""
        is_new = id(grant) not in self._told
        self._told.add(id(grant))
        return is_new

    def taken(self, session: "Session") -> "list[GrantRow]":
        """Return the rows of others that may serve a session, in order.

        Each waits no longer until it is put back.
        """
        lookup = session.lookup
        at_hand: dict[_Grantee, list[GrantRow]] = {}
        for near in lookup.near:
            for row in near.rows if lookup.merged else near.rows[:1]:  # one at a host value stands for all there
                at_hand.setdefault(row.grantee, near.rows)
        everywhere = _Everywhere(session)
        hiding = _hiding_all_behind(session, at_hand)
        found: list[GrantRow] = []
        for grantee in at_hand.keys() - {session.account}:
            kinds = self._kinds_of(grantee, at_hand[grantee])
            if hiding is not None and kinds and self._best[grantee] > hiding:
                continue
            for kind in [*kinds]:
                hider, privileges = kind
                if (hider not in at_hand or not _is_plain(session)) and not everywhere.has_all(privileges):
                    found += kinds.pop(kind)
        return sorted((row for row in found if session.table.is_live(row)), key=lookup.place)

    def _kinds_of(self, grantee: _Grantee, rows: "list[GrantRow]") -> "dict[_Kind, list[GrantRow]]":
        if grantee not in self._rows:
            self._rows[grantee] = {}
            for row in rows:
                if row.grantee == grantee and any(isinstance(origin, Grant) for origin in row.origins):
                    self._put(row, None)
                    self._best[grantee] = min(self._best.get(grantee, row.rank), row.rank)
        return self._rows[grantee]

    def put_back(self, row: "GrantRow", session: "Session", database: str | None) -> None:
        """Let a row wait for another session."""
        if database is None:
            return
        hider: _Grantee | None = None
        if _is_plain(session) and not session.lookup.serves(row, database):
            first = next((one for found in session.lookup.database_rows(database) for one in found.rows), None)
            hider = None if first is None else first.grantee
        self._put(row, hider)

    def _put(self, row: "GrantRow", hider: _Grantee | None) -> None:
        kinds = self._rows.setdefault(row.grantee, {})
        kinds.setdefault((hider, frozenset(row.privileges)), []).append(row)


def _hiding_all_behind(session: "Session", at_hand: Iterable[_Grantee]) -> _Rank | None:
    """Return the best rank of a row that serves a session in every database: no row of a worse one does."""
    if not _is_plain(session) or session.table.literal_names:
        return None
    rows = [session.table.row(grantee, _ALL) for grantee in at_hand]
    return min((row.rank for row in rows if row is not None and session.table.is_live(row)), default=None)


class _Everywhere:
    """What a session may do in all databases: no grant in one gives it that."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._may: dict[str, bool] = {}

    def has_all(self, privileges: frozenset[str]) -> bool:
        """Return whether it surely has all of some privileges everywhere."""
        return not self._session.table.literal_names and all(map(self._has, privileges))

    def _has(self, privilege: str) -> bool:
        if privilege not in self._may:
            self._may[privilege] = self._session.may(privilege).allowed
        return self._may[privilege]


def _given(session: "Session", row: "GrantRow", database: str) -> str | None:
    """Return the first privilege that the session has in a database by one row alone."""
    if not session.lookup.serves(row, database):
        return None
    for privilege in row.privileges:
        verdict = session.may(privilege, database)
        if verdict.allowed and all(given.row is row for given in verdict.by):
            return privilege
    return None


def _is_plain(session: "Session") -> bool:
    """Return whether a session has nothing by roles: one row of its user or of nobody serves it in a database."""
    return not session.lookup.roles and not session.lookup.merged


def _first_grant(row: "GrantRow") -> Grant:
    return next(origin for origin in row.origins if isinstance(origin, Grant))


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
