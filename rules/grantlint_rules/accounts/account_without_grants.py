"""account-without-grants: an account that may do nothing."""

from collections.abc import Iterator

from grantlint import Confidence, Located, Problem, Profile, Rule, Server, Severity, across_accounts


def check(server: Server) -> Iterator[Problem]:
    """Flag accounts without a grant or a role."""
    members = {
        (one.user.value, one.host.value)
        for one in server.declared.memberships
        if isinstance(one.user, Located) and isinstance(one.host, Located)
    }
    for account in server.accounts:
        if not account.grants and not account.amends and not account.is_locked and account.known_name not in members:
            yield Problem(f"{account} has no grant and no role in what was read", account.user.span)


RULE = Rule(
    name="account-without-grants",
    summary="An account without a grant or a role",
    rationale="""
An account that may do nothing still lets somebody in, and to see what the server shows to everybody. Either its
grants are made elsewhere, then they are not judged here, or nobody needs it any more.
""",
    help="Declare its grants beside it, or take the account out.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.LOW,
    since="0.1.0",
    tags=("accounts",),
    check=across_accounts(check, once=True),
    bad=(
        """\
users:
  - user: app  # expect: account-without-grants
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: account-without-grants
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [SELECT]
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    locked: true
""",
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_grant" "app" {
  user     = mysql_user.app.user
  host     = var.host
  roles    = ["reader"]
}
resource "mysql_grant" "direct" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop"
  privileges = ["SELECT"]
}
""",
    ),
)
