"""grant-on-server-schema: an account may change what the server measures of itself."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_WRITE = frozenset({"ALL", "INSERT", "UPDATE", "DELETE", "DROP", "ALTER", "CREATE"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag writes to performance_schema and sys."""
    del installation
    if rights.names & _WRITE:
        yield Problem(f"a privilege that writes to {rights.schema} changes what the server measures of itself")


RULE = Rule(
    name="grant-on-server-schema",
    summary="A privilege that writes to performance_schema or sys",
    rationale="""
Writes to performance_schema switch instruments on and off, and DROP there empties its tables: what happened on the
server can no longer be told. sys holds programs that run with the rights of mysql.sys. Monitoring needs SELECT alone.
""",
    help="Grant SELECT alone.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SETTINGS_CHANGED,
    tags=("grants",),
    check=each_rights(check, schemas=("performance_schema", "sys"), spares=purposes.spares("INSERT"), unnamed=True),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'sys.*'  # expect: grant-on-server-schema
        privileges: [ALL]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, UPDATE ON performance_schema.* TO 'app'@'10.0.3.7';  -- expect: grant-on-server-schema
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'performance_schema.*'
        privileges: [SELECT]
""",
    ),
)
