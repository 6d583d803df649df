"""anonymous-shadows-named: an anonymous account takes clients that a named account was made for."""

from collections.abc import Iterator

from grantlint import Confidence, Problem, Profile, Related, Rule, Server, Severity, across_accounts, fate, user_of
from grantlint_rules import controls


def check(server: Server) -> Iterator[Problem]:
    """Flag named accounts that lose a client to an anonymous one.

    That client is named.
    """
    for account, cover in server.contested:
        if not user_of(account):
            continue
        for taker in cover.takers:
            if not taker.row.anonymous or not taker.same_side:
                continue
            if not server.certainty.of_winner(user_of(account), taker.witness):
                continue
            thief, user = server.declaration_of(taker.row), user_of(account)
            yield Problem(
                f"{thief} takes clients of {account}",
                account.host.span,
                related=(Related(f"{thief} comes first", thief.span),),
                about=str(account),
                witness=f"{user} from {taker.witness} {fate(server, thief, user, taker.witness)}",
                help=f"Remove {thief}, or declare '{user}' at that host, too.",
            )
            break


RULE = Rule(
    name="anonymous-shadows-named",
    summary="An anonymous account comes before a named one",
    rationale="""
The server sorts accounts by host first and by user second, takes the first that matches host and user name, and
never looks further. An anonymous account matches every user name. So with 'jeffrey'@'%' and ''@'thomas.loc.gov'
jeffrey from thomas.loc.gov is logged in as ''@'thomas.loc.gov': his password is refused (error 1045), none is
wanted, and his privileges are those of nobody. Which account comes first differs between MySQL and MariaDB.
""",
    help="Remove the anonymous account, or declare the named account at that host, too.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ANONYMOUS,
    tags=("accounts", "precedence"),
    on_any_server=True,
    check=across_accounts(check, of="entangled", alike=True),
    bad=(
        """\
users:
  - user: jeffrey
    host: '%'  # expect: anonymous-shadows-named
    authentication: {secret: vault:db/jeffrey}
  - user: ''
    host: thomas.loc.gov
    authentication: {secret: vault:db/guest}
""",
        """\
CREATE USER 'app'@'10.0.3.%' IDENTIFIED BY RANDOM PASSWORD;  -- expect: anonymous-shadows-named
CREATE USER ''@'10.0.3.7';
""",
    ),
    good=(
        """\
users:
  - user: jeffrey
    host: '%'
    authentication: {secret: vault:db/jeffrey}
  - user: jeffrey
    host: thomas.loc.gov
    authentication: {secret: vault:db/jeffrey}
  - user: ''
    host: thomas.loc.gov
    authentication: {secret: vault:db/guest}
""",
    ),
)
