"""all-privileges-global: an account that is no administrator may do everything."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Level,
    Located,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_account,
    given,
    unless_known,
)
from grantlint_rules import controls
from grantlint_rules.weights import of_administrator


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag ALL on *.* unless the user is an administrator."""
    if isinstance(account.user, Located) and account.user.value in settings.administrators:
        return
    for grant in account.grants:
        if grant.gives_all(Level.GLOBAL):
            unsaid = given(*grant.privileges) or unless_known(account.user)
            yield Problem(f"{account} has ALL PRIVILEGES on *.*", grant.target.span, unsaid=unsaid)


RULE = Rule(
    name="all-privileges-global",
    summary="ALL PRIVILEGES on *.* for an account that is no administrator",
    rationale="""
ALL on `*.*` includes SUPER or its successors, FILE, SHUTDOWN and CREATE USER: such an account reads every table,
changes every other account's password and stops the server. An application needs none of that. Administrators are
named in `server: administrators:` or in the configuration; by default they are the accounts that the products
themselves make, such as root.
""",
    help="Grant what the account uses, on its own database; name real administrators under `administrators`.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    stronger_than=("grant-option",),
    tags=("grants",),
    check=each_account(check, has="global grant"),
    weigh=of_administrator,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: ALL
        target: '*.*'  # expect: all-privileges-global
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "10.0.3.7"
        password: "{{ vault_app }}"
        priv: "*.*:ALL"  # expect: all-privileges-global
""",
    ),
    good=(
        """\
server:
  administrators: [dba]
users:
  - user: dba
    host: localhost
    authentication: {secret: vault:db/dba}
    grants:
      - privileges: ALL
        target: '*.*'
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: ALL
        target: 'shop.*'
""",
        """\
users:
  - user: '{{ somebody }}'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: ALL
        target: '*.*'
""",
    ),
)
