"""privilege-replication: a privilege of replication for an account of another purpose."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset(
    {
        "REPLICATION SLAVE",
        "REPLICATION REPLICA",
        "REPLICATION_SLAVE_ADMIN",
        "REPLICATION SLAVE ADMIN",
        "REPLICATION MASTER ADMIN",
        "BINLOG ADMIN",
        "BINLOG_ADMIN",
        "BINLOG REPLAY",
    }
)


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag the privileges of replication on *.* by their own names.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("this reads or writes the binary log, which holds every change of every database", part=part)


RULE = Rule(
    name="privilege-replication",
    summary="A privilege of replication for an account of another purpose",
    rationale="""
REPLICATION SLAVE streams the binary log: every row that anybody writes, in all databases, whatever else the account
may read. The others stop replication or write into it. Accounts whose names tell replication, backup or capture of
changes are not reported.
""",
    help="Take it away, or give replication an account of its own.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    controls=controls.REPLICATION,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("REPLICATION SLAVE")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [REPLICATION SLAVE]  # expect: privilege-replication
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, REPLICATION SLAVE ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-replication
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,REPLICATION SLAVE"  # expect: privilege-replication
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
  - user: repl
    host: 10.0.3.7
    authentication: {secret: vault:db/repl}
    grants:
      - target: '*.*'
        privileges: [REPLICATION SLAVE]
""",
    ),
)
