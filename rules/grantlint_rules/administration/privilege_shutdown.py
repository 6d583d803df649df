"""privilege-shutdown: SHUTDOWN for an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset({"SHUTDOWN"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag SHUTDOWN on *.* by its own name.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("SHUTDOWN stops the server", part=part)


RULE = Rule(
    name="privilege-shutdown",
    summary="SHUTDOWN for an account that is no administrator",
    rationale="""
SHUTDOWN stops the server by one statement, and with it everybody's applications. systemd and containers stop it by a
signal and need no account of the database at all.
""",
    help="Take SHUTDOWN away; stop the server through its service manager.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SHUTDOWN,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("SHUTDOWN")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [SHUTDOWN]  # expect: privilege-shutdown
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, SHUTDOWN ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-shutdown
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,SHUTDOWN"  # expect: privilege-shutdown
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
        privileges: [SHUTDOWN]
""",
    ),
)
