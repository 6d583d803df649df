"""privilege-settings: a privilege that administers the server, for an account that does not."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset(
    {
        "SYSTEM_VARIABLES_ADMIN",
        "PERSIST_RO_VARIABLES_ADMIN",
        "SYSTEM_USER",
        "ROLE_ADMIN",
        "CONNECTION_ADMIN",
        "CONNECTION ADMIN",
        "READ_ONLY ADMIN",
        "READ ONLY ADMIN",
        "FEDERATED ADMIN",
        "AUDIT_ADMIN",
        "AUDIT_ABORT_EXEMPT",
        "AUTHENTICATION_POLICY_ADMIN",
        "BINLOG_ENCRYPTION_ADMIN",
        "CLONE_ADMIN",
        "ENCRYPTION_KEY_ADMIN",
        "FIREWALL_ADMIN",
        "FIREWALL_EXEMPT",
        "GROUP_REPLICATION_ADMIN",
        "INNODB_REDO_LOG_ENABLE",
        "PASSWORDLESS_USER_ADMIN",
        "RESOURCE_GROUP_ADMIN",
        "SERVICE_CONNECTION_ADMIN",
        "SESSION_VARIABLES_ADMIN",
        "TABLE_ENCRYPTION_ADMIN",
        "TELEMETRY_LOG_ADMIN",
        "VERSION_TOKEN_ADMIN",
    }
)


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag the dynamic privileges of administration by their own names.

    They are those on *.*; ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("this privilege administers the server", part=part)


RULE = Rule(
    name="privilege-settings",
    summary="A privilege that administers the server, for an account that does not",
    rationale="""
SYSTEM_VARIABLES_ADMIN changes settings of the running server, CONNECTION_ADMIN ends everybody's sessions and passes
by the limit on their number, ROLE_ADMIN hands out every role, SYSTEM_USER makes an account that only its like can
change. They are the parts of SUPER, and belong to who administers.
""",
    help="Take it away, or name the administrator in `administrators`.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SETTINGS_CHANGED,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("SYSTEM_VARIABLES_ADMIN")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [SYSTEM_VARIABLES_ADMIN]  # expect: privilege-settings
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, SYSTEM_VARIABLES_ADMIN ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-settings
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,SYSTEM_VARIABLES_ADMIN"  # expect: privilege-settings
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
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [SYSTEM_VARIABLES_ADMIN]
""",
    ),
)
