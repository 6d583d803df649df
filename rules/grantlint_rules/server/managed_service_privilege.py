"""managed-service-privilege: a privilege that nobody has to give on a managed server."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights, kept_by


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag what the platform keeps to itself, and ALL, which holds it."""
    for part, (name, _) in enumerate(rights.privileges):
        platform = kept_by(name, installation.target)
        if platform:
            every = f"ALL on *.* holds SUPER, which {platform} keeps to itself"
            yield Problem(
                f"{every if name == 'ALL' else f'{platform} keeps {name} to itself'}: the GRANT is error 1045",
                part=part,
            )
            return


RULE = Rule(
    name="managed-service-privilege",
    summary="A privilege that a managed server keeps to itself",
    rationale="""
On RDS, Aurora, Azure and Cloud SQL the account that administers lacks SUPER, FILE and SHUTDOWN, and nobody can grant
what they do not have: the answer is error 1045, and the tool stops there. ALL on `*.*` fails for the same reason; on a
database it is granted. The platforms offer procedures and roles instead (rds_superuser_role, cloudsqlsuperuser).
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
        """\
server: {product: aurora-mysql-3}
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [ALL]  # expect: managed-service-privilege
      - target: 'shop.*'
        privileges: [ALL]
""",
        """\
resource "google_sql_database_instance" "shop" {
  database_version = "MYSQL_8_0"
}
resource "google_sql_user" "app" {
  instance = google_sql_database_instance.shop.name
  name     = "app"
  host     = "10.0.3.7"
  password = var.app
}
resource "mysql_grant" "app" {
  user       = google_sql_user.app.name
  host       = google_sql_user.app.host
  database   = "*"
  table      = "*"
  privileges = ["SUPER"]  # expect: managed-service-privilege
}
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
