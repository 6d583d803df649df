"""grant-declared-twice: two resources of Terraform for one grant, of which the second cannot be made."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Located,
    Problem,
    Profile,
    Related,
    Rule,
    Scope,
    ServerSettings,
    Severity,
    Span,
    each_account,
)


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag the second `mysql_grant` of an account on the same target."""
    del settings
    if len(account.grants) < 2 or account.grants[-1].span.source.format != "terraform":  # noqa: PLR2004 - a pair
        return
    first: dict[Scope, Span] = {}
    for grant in account.grants:
        target = grant.target
        if not isinstance(target, Located):
            continue
        earlier = first.setdefault(target.value, grant.span)
        if earlier != grant.span:
            yield Problem(
                f"another resource grants to {account} on {target.value}: the provider stops at the second",
                grant.span,
                related=(Related("granted here first", earlier),),
            )


RULE = Rule(
    name="grant-declared-twice",
    summary="Two resources of Terraform that grant to one account on the same target",
    rationale="""
The provider reads what an account has on a database and table, and takes all of it for its own. A second mysql_grant
on the same target is the error `user/role already has grant`, and where it was imported, the two revoke what the
other one grants in every run. (petoju/mysql, resource_grant.go, CreateGrant.)
""",
    help="Write one mysql_grant for the target, with all its privileges.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants",),
    check=each_account(check, has="several resources"),
    bad=(
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_grant" "reads" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop"
  privileges = ["SELECT"]
}
resource "mysql_grant" "writes" {  # expect: grant-declared-twice
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop"
  privileges = ["INSERT"]
}
""",
    ),
    good=(
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_grant" "reads" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop"
  privileges = ["SELECT"]
}
resource "mysql_grant" "orders" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop"
  table      = "orders"
  privileges = ["INSERT"]
}
resource "mysql_grant" "unknown" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = var.database
  privileges = ["INSERT"]
}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7';
GRANT INSERT ON shop.* TO 'app'@'10.0.3.7';
""",
    ),
)
