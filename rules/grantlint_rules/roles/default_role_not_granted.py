"""default-role-not-granted: a role that is to be active at login, of an account that does not have it."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Located,
    Membership,
    Problem,
    Profile,
    Rule,
    Server,
    Severity,
    Unresolved,
    across_accounts,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag default roles that nothing grants.

    Nothing is flagged unless all grants of roles are known.
    """
    declared = server.declared
    granted = declared.members
    if any(map(_is_open, granted)):
        return
    have = {one.identity for one in granted}
    for one in declared.default_roles:
        if not _is_open(one) and one.identity not in have:
            whose = f"'{_text(one.user)}'@'{_text(one.host)}'"
            yield Problem(f"nothing grants the default role '{_text(one.role)}' to {whose}", one.role.span)


def _is_open(one: Membership) -> bool:
    return any(isinstance(leaf, Unresolved) for leaf in (one.role, one.role_host, one.user, one.host))


def _text(leaf: Located[str] | Unresolved | None) -> str:
    return leaf.value if isinstance(leaf, Located) else "%"


RULE = Rule(
    name="default-role-not-granted",
    summary="A default role that the account does not have",
    rationale="""
SET DEFAULT ROLE says which of an account's roles are active at login, and grants none: MySQL answers error 3530 for a
role that the account does not have, and the tool that sends it stops there. Statements of SQL are
`statement-rejected`. (MySQL manual, SET DEFAULT ROLE.)
""",
    help="Grant the role to the account as well, or take it out of its default roles.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("accounts",),
    check=across_accounts(check, of="default_roles", once=True),
    bad=(
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_role" "reader" {
  name = "reader"
}
resource "mysql_default_roles" "app" {
  user  = mysql_user.app.user
  host  = mysql_user.app.host
  roles = ["reader"]  # expect: default-role-not-granted
}
""",
    ),
    good=(
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_role" "reader" {
  name = "reader"
}
resource "mysql_grant" "app" {
  user     = mysql_user.app.user
  host     = mysql_user.app.host
  database = ""
  roles    = [mysql_role.reader.name]
}
resource "mysql_default_roles" "app" {
  user  = mysql_user.app.user
  host  = mysql_user.app.host
  roles = ["reader"]
}
""",
        """\
server: {product: mysql-8.4}
roles:
  - role: reader
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    roles: [reader]
    default_roles: [reader]
""",
    ),
)
