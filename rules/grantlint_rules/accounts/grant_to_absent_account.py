"""grant-to-absent-account: a grant to a user at a host where nothing declares the user."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Located,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    user_of,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag grants to undeclared accounts of users declared at other hosts.

    Users that are declared nowhere here may be made elsewhere, and so may those that every installation has.
    """
    if not server.declared.grantees:
        return
    first: dict[str, Account] = {}
    made: set[tuple[str, str]] = set()
    for account in server.accounts:
        first.setdefault(server.user_of(account), account)
        made.add((server.user_of(account), server.host_of(account)))
    roles = {role.name.value for role in server.declared.roles if isinstance(role.name, Located)}
    made_elsewhere = roles | server.installation.settings.administrators
    open_ = [account for account in server.declared.accounts if not _is_known(account)]
    for grantee in server.declared.grantees:
        if not isinstance(grantee.user, Located) or not isinstance(grantee.host, Located):
            continue
        user = server.user_of(grantee)
        namesake = first.get(user)
        if namesake is None or (user, server.host_of(grantee)) in made or user_of(grantee) in made_elsewhere:
            continue
        if any(_may_be(server, account, grantee) for account in open_):
            continue
        yield Problem(
            f"nothing declared here makes {grantee}, which a grant names; there is {namesake}",
            grantee.host.span,
            related=(Related(f"{namesake} is declared here", namesake.host.span),),
            about=str(grantee),
            witness=f"unless it was made elsewhere, {_consequence(server, grantee)}",
        )


def _is_known(account: Account) -> bool:
    return isinstance(account.user, Located) and isinstance(account.host, Located)


def _may_be(server: Server, account: Account, grantee: Account) -> bool:
    """Whether an account of which a name is unknown may be what the grant is to."""
    same_user = not isinstance(account.user, Located) or server.user_of(account) == server.user_of(grantee)
    return same_user and (not isinstance(account.host, Located) or server.host_of(account) == server.host_of(grantee))


def _consequence(server: Server, grantee: Account) -> str:
    target = server.installation.target
    if server.is_made_by_grant(grantee):
        return f"GRANT makes it on {target.label}, without a password"
    return f"GRANT gets ERROR {target.traits.grant_to_nobody or 1133} on {target.label}"


RULE = Rule(
    name="grant-to-absent-account",
    summary="A grant to a user at a host where nothing declares the user",
    rationale="""
A grant is to a user and a host, and 'app'@'10.0.3.7' is not 'app'@'10.0.3.%'. To an account that does not exist, GRANT
gets error 1410 on MySQL 8 and 1133 on MariaDB, so that the rest of a script may not run. MySQL up to 5.7.6 and MariaDB
up to 10.1.6 make the account, without a password, and clients at that host get it instead of the one that was meant.
""",
    help="Write the host of the account that is declared, or declare the account that the grant names.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    stronger_than=("any-host",),
    tags=("accounts", "grants"),
    check=across_accounts(check, of="entangled", alike=True),
    bad=(
        """\
-- the shop
CREATE USER 'app'@'10.0.3.%' REQUIRE X509;
GRANT SELECT ON shop.* TO 'app'@'%';  -- expect: grant-to-absent-account
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'other'@'{{ host }}' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.8';  -- expect: grant-to-absent-account
GRANT SELECT ON shop.* TO '{{ user }}'@'10.0.3.8';
GRANT SELECT ON shop.* TO 'app'@'{{ host }}';
""",
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "%"
}
resource "mysql_grant" "app" {  # expect: grant-to-absent-account
  user       = mysql_user.app.user
  database   = "shop"
  privileges = ["SELECT"]
}
""",
    ),
    good=(
        """\
-- the shop; its reports have an account of their own, made elsewhere
CREATE USER 'app'@'10.0.3.%' REQUIRE X509;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.%';
GRANT SELECT ON shop.* TO 'report'@'%';
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'app'@'{{ host }}' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.8';
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER '{{ user }}'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.8';
ALTER USER 'root'@'localhost' IDENTIFIED BY '{{ password }}';
GRANT SELECT ON shop.* TO 'root'@'127.0.0.1';
""",
    ),
)
