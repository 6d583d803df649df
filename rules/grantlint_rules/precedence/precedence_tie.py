"""precedence-tie: two accounts that match one client, and that the server leaves in no order."""

from collections.abc import Iterator

from grantlint import Account, Confidence, Problem, Profile, Related, Rule, Server, Severity, across_accounts


def check(server: Server) -> Iterator[Problem]:
    """Flag the later account of each pair that ties.

    They tie for a client; later is the one that is written later; those of one item are alike.
    """
    for account, cover in server.contested:
        for row, client in cover.tied:
            other = server.declaration_of(row)
            if row.host == server.host_of(account) or (isinstance(other, Account) and server.are_alike(account, other)):
                continue  # one account, declared twice, or two between which it makes no difference
            if not server.certainty.of_rank(cover.user, client):
                continue
            if other.span.start < account.span.start or other.span.source is not account.span.source:
                yield Problem(
                    f"{account} and {other} tie: which of them a client gets depends on the order of creation, "
                    "and a restart may change it",
                    account.host.span,
                    related=(Related(f"{other} has the same rank", other.span),),
                    about=str(account),
                    witness=f"{cover.user} from {client} gets either",
                )
                break


RULE = Rule(
    name="precedence-tie",
    summary="Two accounts for one client that the server leaves in no order",
    rationale="""
MySQL orders host values by coarse measures: the position of the first wildcard, or before 8.0.23 whether there is one
at all. Accounts that come out equal stay in the order in which they happen to be: that of creation, and after FLUSH
PRIVILEGES or a restart another. MariaDB has no ties.
""",
    help="Give one of them a host value that the server ranks higher, or let them not overlap.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts", "precedence"),
    check=across_accounts(check, of="entangled", alike=True),
    bad=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: '%.com'  # expect: precedence-tie
    authentication: {secret: vault:db/app-elsewhere}
""",
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE ROLE reader;
CREATE USER 'app'@'%.example.com' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'%.com' IDENTIFIED BY '{{ one }}';  -- expect: precedence-tie
GRANT reader TO 'app'@'%.com';
CREATE USER 'web'@'%.example.com' IDENTIFIED BY '{{ two }}';
CREATE USER 'web'@'%.com' IDENTIFIED BY '{{ two }}';  -- expect: precedence-tie
GRANT SELECT ON shop.* TO 'web'@'%.com';
GRANT SELECT ON shop.* TO 'web'@'%.example.com' WITH GRANT OPTION;
""",
    ),
    good=(
        """\
server: {product: mariadb-10.11}
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: '%.com'
    authentication: {secret: vault:db/app-elsewhere}
""",
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE ROLE reader;
CREATE USER 'app'@'%.example.com' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'%.com' IDENTIFIED BY '{{ one }}';
GRANT reader TO 'app'@'%.com', 'app'@'%.example.com';
GRANT SELECT, INSERT ON shop.* TO 'app'@'%.com';
GRANT INSERT ON shop.* TO 'app'@'%.example.com';
GRANT SELECT ON shop.* TO 'app'@'%.example.com';
""",
    ),
)
