"""privilege-process: PROCESS for an account that neither administers nor watches."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset({"PROCESS"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag PROCESS on *.* by its own name.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None and not purposes.watches(rights.names):
        yield Problem("PROCESS shows the statements of all sessions, with the values in them", part=part)


RULE = Rule(
    name="privilege-process",
    summary="PROCESS for an account that neither administers nor watches",
    rationale="""
PROCESS shows what every session runs, with the literals in it, such as those of every INSERT. Monitoring
and backup tools ask for it; accounts that are named after one of them are not reported, nor are those that have it with
REPLICATION CLIENT and may write nothing, as such tools do. Everybody sees their own
sessions without it.
""",
    help="Take PROCESS away, or name the account after the tool that needs it.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    controls=controls.PROCESS,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("PROCESS")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [PROCESS]  # expect: privilege-process
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, PROCESS ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-process
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,PROCESS"  # expect: privilege-process
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
  - user: mysqld_exporter
    host: 10.0.3.7
    authentication: {secret: vault:db/mysqld_exporter}
    grants:
      - target: '*.*'
        privileges: [PROCESS]
""",
        """\
users:
  - user: mackerel
    host: localhost
    authentication: {secret: vault:db/mackerel}
    grants:
      - target: '*.*'
        privileges: [SELECT, PROCESS, REPLICATION CLIENT]
""",
    ),
)
