"""all-privileges-by-role: an account that is no administrator may do everything as soon as a role is active."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Level,
    Located,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    unless_known,
)
from grantlint_rules import controls


def check(server: Server) -> Iterator[Problem]:
    """Flag each member of a role with ALL on *.*.

    Administrators and roles are spared.
    """
    everything = {
        role.name.value: grant
        for role in server.declared.roles
        for grant in role.grants
        if isinstance(role.name, Located) and grant.gives_all(Level.GLOBAL)
    }
    names = {role.name.value for role in server.declared.roles if isinstance(role.name, Located)}
    spared = names | server.installation.settings.administrators
    for member in server.declared.members if everything else ():
        user, role = member.user, member.role
        if not isinstance(role, Located) or role.value not in everything:
            continue
        if not isinstance(user, Located) or user.value not in spared:
            who = f"'{user.value}'" if isinstance(user, Located) else "a member"
            yield Problem(
                f"{who} has ALL PRIVILEGES on *.* by the role '{role.value}'",
                user.span,
                related=(Related("the role is granted them", everything[role.value].target.span),),
                unsaid=unless_known(user),
            )


RULE = Rule(
    name="all-privileges-by-role",
    summary="ALL PRIVILEGES on *.* for an account that is no administrator, by a role",
    rationale="""
A role with ALL on `*.*` makes each member an administrator once it is active: by SET ROLE, as a default role, or with
activate_all_roles_on_login. Whoever reads the account's own grants does not see it.
""",
    help="Grant the role what its members use; name real administrators under `administrators`.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=across_accounts(check, of="roles"),
    bad=(
        """\
-- Whichever server it is.
CREATE ROLE ops;
GRANT ALL PRIVILEGES ON *.* TO ops;
CREATE USER 'app'@'10.0.3.7' REQUIRE SSL;
GRANT ops TO 'app'@'10.0.3.7';  -- expect: all-privileges-by-role
""",
        """\
server: {product: mysql-8.4}
roles:
  - role: boss
    grants:
      - target: '*.*'
        privileges: [ALL]
users:
  - user: app  # expect: all-privileges-by-role
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    roles: [boss]
""",
    ),
    good=(
        """\
-- Whichever server it is.
CREATE ROLE ops;
GRANT ALL PRIVILEGES ON shop.* TO ops;
CREATE USER 'app'@'10.0.3.7' REQUIRE SSL;
GRANT ops TO 'app'@'10.0.3.7';
""",
        """\
CREATE ROLE boss;
GRANT ALL ON *.* TO boss;
CREATE USER 'root'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT boss TO 'root'@'10.0.3.7';
GRANT reader TO 'app'@'10.0.3.7';
""",
    ),
)
