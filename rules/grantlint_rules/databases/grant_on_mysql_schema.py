"""grant-on-mysql-schema: an account may write to the tables that hold the accounts."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_WRITE = frozenset({"ALL", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "TRIGGER"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag privileges on the mysql schema or its tables that write."""
    del installation
    if rights.level in {Level.DATABASE, Level.TABLE} and rights.names & _WRITE:
        yield Problem("who writes to the mysql schema makes themselves an administrator")


RULE = Rule(
    name="grant-on-mysql-schema",
    summary="A privilege that writes to the mysql schema",
    rationale="""
The mysql schema holds the accounts and their rights. An UPDATE there gives an account whatever its owner likes, after
the next FLUSH PRIVILEGES or restart, and no GRANT is ever seen. MariaDB keeps accounts in mysql.global_priv.
""",
    help="Take it away; change accounts by account statements, as an administrator.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=each_rights(check, schemas=("mysql",), spares=purposes.spares("INSERT"), unnamed=True),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'mysql.*'  # expect: grant-on-mysql-schema
        privileges: [ALL]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, UPDATE ON mysql.user TO 'app'@'10.0.3.7';  -- expect: grant-on-mysql-schema
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'mysql.*'
        privileges: [SELECT]
""",
        """\
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: 'mysql.*'
        privileges: [ALL]
""",
    ),
)
