"""root-remote: root may come over the network."""

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
    reach_of,
)
from grantlint_rules import controls
from grantlint_rules.weights import of_root


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag root at a host that is not the server's own."""
    del settings
    user, host = account.user, account.host
    if not isinstance(user, Located) or user.value != "root" or account.is_locked or account.is_expired:
        return
    if not isinstance(host, Located) or any(grant.gives_all(Level.GLOBAL) for grant in account.grants):
        return  # at any host, that is a finding of its own
    if reach_of(host.value) in {"remote", "any"} and "$" not in host.value:  # which no client's name or address holds
        yield Problem(
            f"{account} is root over the network, the name that everybody tries", host.span, unsaid=given(host)
        )


RULE = Rule(
    name="root-remote",
    summary="root at another host than localhost",
    rationale="""
Every scanner tries root, at every address that listens. An administrator who comes from elsewhere has a name of their
own, so that it can be told who did what, and taken away without changing everybody's password. dev-sec allows root at
localhost, 127.0.0.1 and ::1.
""",
    help="Keep root at localhost, and give each administrator an account of their own.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ROOT_IS_LOCAL,
    stronger_than=("any-host",),
    tags=("accounts", "hosts"),
    check=each_account(check, has="root"),
    weigh=of_root,
    bad=(
        """\
users:
  - user: root
    host: 10.0.3.%  # expect: root-remote
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'root'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: root-remote
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: root
        host: 10.0.3.7  # expect: root-remote
        password: "{{ vault_app }}"
""",
    ),
    good=(
        """\
- hosts: db
  tasks:
    - mysql_user: name=root host=$item password={{ vault_root }}
""",
        """\
users:
  - user: root
    host: localhost
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: root
    host: 127.0.0.1
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: '{{ admin }}'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: shop.*
        privileges: [SELECT]
  - user: root
    host: '{{ host }}'
    authentication: {secret: vault:db/app}
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [ALL]
""",
        """\
CREATE USER 'root'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD ACCOUNT LOCK;
CREATE USER 'root'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE;
""",
    ),
)
