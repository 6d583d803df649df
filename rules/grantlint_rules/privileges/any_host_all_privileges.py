"""any-host-all-privileges: an account open to any host that may do everything."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Level,
    Located,
    Problem,
    Profile,
    Related,
    Rule,
    ServerSettings,
    Severity,
    each_account,
    given,
    is_any_host,
)
from grantlint_rules import controls
from grantlint_rules.images import of_image
from grantlint_rules.weights import of_network


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag ALL on *.* at an open host, whoever it is."""
    del settings
    host = account.host
    if not isinstance(host, Located) or not is_any_host(host.value) or account.is_locked or account.may_be_role:
        return
    for grant in account.grants:
        if grant.gives_all(Level.GLOBAL):
            yield Problem(
                f"{account} may do everything, from any host",
                host.span,
                related=(Related("ALL PRIVILEGES on *.* is granted here", grant.target.span),),
                help=of_image(host),
                unsaid=given(host),
            )
            return


RULE = Rule(
    name="any-host-all-privileges",
    summary="Any host and ALL PRIVILEGES in one account",
    rationale="""
With the host `%` nothing but a password stands between the network and the account, and with ALL PRIVILEGES on
`*.*` the account is the server. Advice on error 1130 often ends in exactly this account. Administrators come from
known places.
""",
    help="Name the hosts it comes from ('10.0.3.%', localhost), and grant only what it uses.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE + controls.WILDCARD_HOST + controls.ROOT_IS_LOCAL,
    stronger_than=("any-host", "root-remote", "all-privileges-global", "grant-option"),
    tags=("grants", "hosts"),
    check=each_account(check, has="any host"),
    weigh=of_network,
    bad=(
        """\
users:
  - user: root
    host: '%'  # expect: any-host-all-privileges
    authentication: {secret: vault:db/root}
    grants:
      - privileges: [ALL PRIVILEGES]
        target: '*.*'
        grant_option: true
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "%"  # expect: any-host-all-privileges
        password: "{{ vault_app }}"
        priv: "*.*:ALL"
""",
    ),
    good=(
        """\
users:
  - user: root
    host: localhost
    authentication: {secret: vault:db/root}
    grants:
      - privileges: [ALL PRIVILEGES]
        target: '*.*'
        grant_option: true
""",
        """\
users:
  - user: app
    host: '%'
    locked: true
    authentication: {secret: vault:db/root}
    grants:
      - privileges: [ALL PRIVILEGES]
        target: '*.*'
""",
    ),
)
