"""database-omitted: a grant on everything, because nobody wrote on what."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Implied,
    Level,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_account,
)


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag grants on *.* whose target nobody wrote.

    The file says what is granted, and not on what.
    """
    del settings
    for grant in account.grants:
        target = grant.target
        if not isinstance(target, Implied) or target.value.level is not Level.GLOBAL:
            continue
        if not all(isinstance(leaf, Implied) for leaf in grant.privileges):
            yield Problem(f"no database is written, so that {account} has this on every database", target.span)


RULE = Rule(
    name="database-omitted",
    summary="A grant on every database, because none is written",
    rationale="""
`mysql_grant` of Terraform and the Grant of Crossplane's and of the MariaDB operator take `*` where `database` is left
out: what was to be a right in one database is one in all of them, the server's own included. Who means that writes it.
""",
    help='Write the database; if every one is meant, write `database` as "*".',
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants",),
    check=each_account(check, has="omitted target"),
    bad=(
        """\
resource "mysql_user" "report" {
  user = "report"
  host = "10.0.3.7"
}
resource "mysql_grant" "report" {  # expect: database-omitted
  user       = mysql_user.report.user
  host       = mysql_user.report.host
  privileges = ["SELECT"]
}
""",
        """\
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata: {name: report}
spec:
  mariaDbRef: {name: shop}
  host: 10.0.3.7
  passwordSecretKeyRef: {name: report, key: password}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant  # expect: database-omitted
metadata: {name: report}
spec:
  mariaDbRef: {name: shop}
  username: report
  host: 10.0.3.7
  privileges: [SELECT]
""",
    ),
    good=(
        """\
resource "mysql_user" "report" {
  user = "report"
  host = "10.0.3.7"
}
resource "mysql_grant" "report" {
  user       = mysql_user.report.user
  host       = mysql_user.report.host
  database   = "*"
  privileges = ["SELECT"]
}
""",
        """\
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD: ${ROOT_PASSWORD:?}
""",
        """\
resource "mysql_user" "report" {
  user = "report"
  host = "10.0.3.7"
}
resource "mysql_grant" "report" {
  user       = mysql_user.report.user
  host       = mysql_user.report.host
  database   = "shop"
  privileges = ["SELECT"]
}
""",
    ),
)
