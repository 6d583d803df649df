"""mysql-schema-readable: an account may read the password hashes of all others."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_READS = frozenset({"SELECT", "SHOW VIEW", "LOCK TABLES", "EXECUTE", "EVENT", "CREATE TEMPORARY TABLES"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag SELECT on the whole mysql schema, where nothing beside it writes."""
    del installation
    if "SELECT" in rights.names <= _READS:
        yield Problem("SELECT on the mysql schema reads the password hashes of all accounts")


RULE = Rule(
    name="mysql-schema-readable",
    summary="SELECT on the whole mysql schema",
    rationale="""
mysql.user, and mysql.global_priv on MariaDB, hold a hash for each password. Those of mysql_native_password are
unsalted SHA-1 and fall to a dictionary within minutes. Tools that list accounts need single tables, and few of their
columns.
""",
    help="Grant SELECT on the tables that are read, such as mysql.proc or mysql.time_zone_name.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=each_rights(check, level=Level.DATABASE, schemas=("mysql",), spares=purposes.spares("SELECT")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'mysql.*'  # expect: mysql-schema-readable
        privileges: [SELECT]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON mysql.* TO 'app'@'10.0.3.7';  -- expect: mysql-schema-readable
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ one }}';
GRANT SELECT, SHOW VIEW ON mysql.* TO 'app'@'10.0.3.7';  -- expect: mysql-schema-readable
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'mysql.time_zone_name'
        privileges: [SELECT]
""",
        """\
users:
  - user: backup
    host: 10.0.3.7
    authentication: {secret: vault:db/backup}
    grants:
      - target: 'mysql.*'
        privileges: [SELECT]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ one }}';
GRANT SELECT, INSERT ON mysql.* TO 'app'@'10.0.3.7';
GRANT SHOW VIEW ON mysql.* TO 'app'@'10.0.3.7';
""",
    ),
)
