"""precedence-differs-by-server: which account a client gets depends on the product."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from grantlint import (
    Account,
    Client,
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_servers,
    fate,
    user_of,
)


def check(servers: Sequence[Server]) -> Iterator[Problem]:
    """Flag accounts whose clients two products give to different accounts.

    Each product is compared with the next.
    """
    reported: set[frozenset[str]] = set()
    for first, second in pairwise(servers):
        if first.rows is second.rows:
            continue  # one table: they make the same of all rows
        for account in _contested_on(first, second):
            client = _contested(account, first, second)
            if client is None:
                continue
            found = [_winner(server, user_of(account), client) for server in (first, second)]
            winners = [winner for winner in found if winner is not None]
            if len(winners) < len(found) or first.are_alike(winners[0], winners[1]):
                continue
            pair = frozenset(map(str, winners))
            if pair in reported:
                continue
            if not all(_is_by_order(server, user_of(account), client, winners) for server in (first, second)):
                continue
            reported.add(pair)
            labels = [server.installation.target.label for server in (first, second)]
            yield Problem(
                f"{winners[0]} and {winners[1]} come in another order on {labels[1]} than on {labels[0]}",
                winners[0].host.span,
                related=(Related(f"{winners[1]} is declared here", winners[1].host.span),),
                witness=f"{user_of(account)} from {client} {fate(first, winners[0], user_of(account), client)} "
                f"on {labels[0]}, {fate(second, winners[1], user_of(account), client)} on {labels[1]}",
            )


def _contested_on(first: Server, second: Server) -> list[Account]:
    contested = [account for server in (first, second) for account, _ in server.contested]
    return list({(first.user_of(account), first.host_of(account)): account for account in contested}.values())


def _contested(account: Account, first: Server, second: Server) -> Client | None:
    """Return a client that the account loses on one of the servers and gets on the other."""
    for server, other in ((first, second), (second, first)):
        loser, winner = server.own(account), other.own(account)
        if loser is None or winner is None:
            continue  # one of them refuses what would make it
        for taker in server.cover(loser).takers:
            if taker.same_side and _winner(other, user_of(account), taker.witness) is winner:
                return taker.witness
    return None


def _is_by_order(server: Server, user: str, client: Client, accounts: Sequence[Account]) -> bool:
    """Whether both accounts match the client, so that their order decides, and nothing that is open can win."""
    seen = server.table.as_seen(client)
    both = all(server.host(server.host_of(account)).matches(seen) for account in accounts)
    return both and server.certainty.of_winner(user, client)


def _winner(server: Server, user: str, client: Client) -> Account | None:
    rows = server.table.decide(user, client).rows
    declaration = server.declaration_of(rows[0]) if len(rows) == 1 else None
    return declaration if isinstance(declaration, Account) else None


RULE = Rule(
    name="precedence-differs-by-server",
    summary="Which account a client gets depends on the product or its version",
    rationale="""
MySQL from 8.0.23 on puts addresses and networks before every name, then ranks by the position of the first wildcard.
MariaDB from 10.4 on ranks by the number of literal characters and knows no difference between names and addresses.
Declarations that run on both, or move from one to the other, log clients in as different accounts. This is checked
where more than one server is in question: with --server twice, or where nothing says which server it is.
""",
    help="Say which server it is, or let the accounts not overlap.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts", "precedence"),
    check=across_servers(check, of="entangled"),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: 'www.%'  # expect: precedence-differs-by-server
    authentication: {secret: vault:db/www}
""",
        """\
CREATE USER 'app'@'%.com' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'www.%' IDENTIFIED BY '{{ two }}';  -- expect: precedence-differs-by-server
""",
        """\
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: 'www.%'  # expect: precedence-differs-by-server
    authentication: {secret: vault:db/www}
  - user: app
    host: www.example.com
    authentication: {secret: vault:db/one}
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: 'www.%'
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: 'www.%'
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: app
    host: 'www.%'
    authentication: {secret: vault:db/www}
  - user: '{{ another }}'
    host: '{{ somewhere }}'
    authentication: {secret: vault:db/www}
""",
        """\
CREATE USER 'app'@'%.com' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'%.example.com' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'www.%' IDENTIFIED VIA unix_socket;
""",
    ),
)
