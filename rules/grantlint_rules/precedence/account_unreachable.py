"""account-unreachable: an account that no client ever gets."""

from collections.abc import Iterator

from grantlint import Confidence, Problem, Profile, Related, Rule, Server, Severity, across_accounts, fate


def check(server: Server) -> Iterator[Problem]:
    """Flag accounts that provably get no client.

    Rows before them take every one; dead host values are for other rules.
    """
    for account, cover in server.contested:
        if not server.is_lost(account):
            continue
        takers = [(taker, server.declaration_of(taker.row)) for taker in cover.takers]
        names = _listed([str(declaration) for _, declaration in takers], more=cover.more)
        yield Problem(
            f"no client is ever logged in as {account}: {names} {'takes' if len(takers) == 1 else 'take'} all of them",
            account.host.span,
            related=tuple(Related(f"{other} comes first", other.span) for _, other in takers[:3]),
            about=str(account),
            witness="; ".join(
                f"{cover.user} from {taker.witness} {fate(server, other, cover.user, taker.witness)}"
                for taker, other in takers[:1]
                if server.certainty.of_winner(cover.user, taker.witness)
            ),
        )


def _listed(names: list[str], *, more: bool) -> str:
    if len(names) > 3 or more:  # noqa: PLR2004 - three names tell
        return f"{', '.join(names[:3])} and others"
    return " and ".join(names) or "accounts before it"


RULE = Rule(
    name="account-unreachable",
    summary="An account that no client ever gets",
    rationale="""
The server takes the first account in its order that matches host and user, and never looks further. An account whose
every client is taken by accounts before it is never used: its password, its grants and its lock mean nothing. This is
a proof over all addresses and names, not a sample: 256 addresses do cover 10.0.3.%. Where no file says whether
skip_name_resolve is on, it has to hold for both.
""",
    help="Remove the account, or the ones before it.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    stronger_than=("account-shadowed",),
    tags=("accounts", "precedence"),
    check=across_accounts(check, of="entangled", alike=True),
    bad=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: '10.0.3.%'  # expect: account-unreachable
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.0/24
    authentication: {secret: vault:db/app}
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.0/26
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.64/26
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.128/26
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.192/26
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.%  # expect: account-unreachable
    authentication: {secret: vault:db/app}
""",
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE USER 'app'@'10.0.3.%' IDENTIFIED BY '{{ one }}';  -- expect: account-unreachable
CREATE USER 'app'@'10.0.3.0/24' IDENTIFIED BY '{{ one }}';
""",
    ),
    good=(
        """\
server: {product: mariadb-10.11}
users:
  - user: root
    host: localhost
    authentication: {secret: vault:db/root}
  - user: root
    host: 127.0.0.1
    authentication: {secret: vault:db/root}
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.0/25
    authentication: {secret: vault:db/app}
""",
    ),
)
