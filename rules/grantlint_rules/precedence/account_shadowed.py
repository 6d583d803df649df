"""account-shadowed: clients of one account get another of the same user that is not its like."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    fate,
    user_of,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag accounts that lose clients to an account with another login.

    It is one of the same user; equal ones are one account.
    """
    for account, cover in server.contested:
        if not user_of(account) or server.is_lost(account):
            continue
        for taker in cover.takers:
            other = server.declaration_of(taker.row)
            if taker.row.anonymous or not taker.same_side or not isinstance(other, Account):
                continue
            user, client = user_of(account), taker.witness
            if server.is_made_by_grant(other) or not server.certainty.of_winner(user, client):
                continue
            differences = account.differences(other)
            if differences:
                yield Problem(
                    f"{other} takes clients of {account}, and their declarations differ in {' and '.join(differences)}",
                    account.host.span,
                    related=(Related(f"{other} comes first", other.host.span),),
                    about=str(account),
                    witness=f"{user} from {client} {fate(server, other, user, client)}",
                )
                break


RULE = Rule(
    name="account-shadowed",
    summary="Clients of an account get another one of the same user, with another login",
    rationale="""
'app'@'10.0.%' and 'app'@'10.0.3.7' are two accounts with two passwords, locks and TLS demands. Clients at 10.0.3.7 get
the second, and nothing of the first. A password changed, a lock set or a certificate demanded on one of them does not
hold for the other.
""",
    help="Give both the same login, or let their hosts not overlap.",
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
    host: '10.0.%'  # expect: account-shadowed
    authentication: {secret: vault:db/app}
    require: X509
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.%' IDENTIFIED BY '{{ one }}' REQUIRE SSL;  -- expect: account-shadowed
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ two }}';
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    hosts: ['10.0.%', 10.0.3.7]
    authentication: {secret: vault:db/app}
    require: X509
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: '10.0.%'
    authentication: {secret: vault:db/app}
  - user: ''
    host: 10.0.3.7
    authentication: {secret: vault:db/nobody}
  - user: ''
    host: '10.0.3.%'
    authentication: {secret: vault:db/anybody}
  - user: web
    host: '10.0.3.%'
    authentication: {secret: vault:db/web}
  - user: web
    host: 10.0.3.0/24
    authentication: {secret: vault:db/web-again}
""",
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE USER 'app'@'10.0.%' IDENTIFIED BY '{{ one }}';
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7';
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: '10.0.%'
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app-again}
  - user: '{{ another }}'
    host: 10.0.3.7
    authentication: {secret: vault:db/other}
""",
    ),
)
