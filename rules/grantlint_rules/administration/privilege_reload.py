"""privilege-reload: RELOAD for an account that neither administers nor makes backups."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import purposes

_NAMES = frozenset({"RELOAD"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag RELOAD on *.* by its own name.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("RELOAD flushes tables, logs and privileges, and takes the global read lock", part=part)


RULE = Rule(
    name="privilege-reload",
    summary="RELOAD for an account that neither administers nor makes backups",
    rationale="""
`FLUSH TABLES WITH READ LOCK` needs RELOAD and stops all writes until the session ends. Backups need that; an
application that holds it can stop the server for everybody, by mistake or on purpose.
""",
    help="Take RELOAD away, or name the account after the backup that needs it.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("RELOAD")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [RELOAD]  # expect: privilege-reload
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, RELOAD ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-reload
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,RELOAD"  # expect: privilege-reload
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
  - user: backup
    host: 10.0.3.7
    authentication: {secret: vault:db/backup}
    grants:
      - target: '*.*'
        privileges: [RELOAD]
""",
    ),
)
