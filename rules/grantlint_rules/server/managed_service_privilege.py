"""managed-service-privilege: a privilege that nobody has to give on a managed server."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights

_KEPT = frozenset({"SUPER", "FILE", "SHUTDOWN", "CREATE TABLESPACE"})
_MANAGED = {"rds": "Amazon RDS", "aurora": "Amazon Aurora", "azure": "Azure Database", "cloudsql": "Cloud SQL"}


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag SUPER, FILE and SHUTDOWN where the platform keeps them."""
    family = installation.target.label.partition("-")[0]
    part = rights.first(_KEPT) if family in _MANAGED else None
    if part is not None:
        name = rights.privileges[part].name
        yield Problem(f"{_MANAGED[family]} keeps {name} to itself: the GRANT is error 1045 or 1227", part=part)


RULE = Rule(
    name="managed-service-privilege",
    summary="A privilege that a managed server keeps to itself",
    rationale="""
On RDS, Aurora, Azure and Cloud SQL the account that administers lacks SUPER, FILE and SHUTDOWN, and nobody can grant
what they do not have: the answer is error 1045 or 1227, and the tool stops there. ALL on `*.*` fails for the same
reason on some of them. The platforms offer procedures and roles instead (rds_superuser_role, cloudsqlsuperuser).
""",
    help="Leave it out, and use the procedures of the platform.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("grants", "server"),
    check=each_rights(check, level=Level.GLOBAL),
    bad=(
        """\
server: {product: rds-mysql-8.0}
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [SUPER]  # expect: managed-service-privilege
""",
        """\
server: {product: cloudsql-mysql-8.0}
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [SELECT, FILE]  # expect: managed-service-privilege
""",
    ),
    good=(
        """\
server: {product: mysql-8.0}
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [SUPER]
""",
        """\
server: {product: rds-mysql-8.0}
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [RELOAD]
""",
    ),
)
