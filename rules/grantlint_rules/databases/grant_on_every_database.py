"""grant-on-every-database: a pattern for a database that takes all of them."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag a database pattern that takes every name."""
    if rights.names - {"USAGE"} and not installation.database_names_are_literal:
        yield Problem("a grant on `%`.* counts in every database, mysql among them")


RULE = Rule(
    name="grant-on-every-database",
    summary="A database grant on the pattern that takes every database",
    rationale="""
In `GRANT ... ON db.*` the name is a pattern, and `%` is every database there is or will be, `mysql` with the accounts
included. It looks narrower than `*.*` and is not, for all that is granted on databases.
""",
    help="Name the databases, or a pattern that begins like them.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.CHANGES_WHERE_NEEDED,
    tags=("grants",),
    check=each_rights(check, schemas=("%",), spares=purposes.spares("INSERT")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '`%`.*'  # expect: grant-on-every-database
        privileges: [SELECT]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, UPDATE ON `%`.* TO 'app'@'10.0.3.7';  -- expect: grant-on-every-database
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop%.*'
        privileges: [SELECT]
""",
        """\
server: {product: mysql-8.4, settings: {partial_revokes: 'ON'}}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '`%`.*'
        privileges: [SELECT]
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '`%`.*'
        privileges: [USAGE]
""",
    ),
)
