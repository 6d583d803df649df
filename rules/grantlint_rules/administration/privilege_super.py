"""privilege-super: SUPER for an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset({"SUPER"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag SUPER on *.* by its own name.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("SUPER changes the settings of the server, and more besides", part=part)


RULE = Rule(
    name="privilege-super",
    summary="SUPER for an account that is no administrator",
    rationale="""
SUPER sets global variables, and on most releases ends other sessions, writes while read_only is on and makes programs
that run as somebody else (facts: I21). MySQL 8.0 split it into dynamic privileges and calls it deprecated; MariaDB 10.5
split it, and 10.11 and 11.0 took parts out of it. What an application wants is nearly always one of the parts, or
log_bin_trust_function_creators.
""",
    help="Grant the one privilege of those that SUPER was split into, or none.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SUPER + controls.REPLICATION_WITHOUT_SUPER + controls.SETTINGS_CHANGED,
    stronger_than=(
        "privilege-process",
        "privilege-reload",
        "privilege-replication",
        "privilege-settings",
        "privilege-shutdown",
    ),
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("SUPER")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [SUPER]  # expect: privilege-super
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, SUPER ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-super
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,SUPER"  # expect: privilege-super
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
        privileges: [SUPER]
""",
    ),
)
