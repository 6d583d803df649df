"""global-dml: rows of every database are changed by an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_WRITES = frozenset({"INSERT", "UPDATE", "DELETE"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag reading or writing rows on *.*, by name."""
    del installation
    part = rights.first(_WRITES)
    if part is not None:
        name = rights.privileges[part].name
        yield Problem(f"{name} on *.* changes rows of every database, those of the account tables included", part=part)


RULE = Rule(
    name="global-dml",
    summary="INSERT, UPDATE or DELETE on *.* for an account that is no administrator",
    rationale="""
A privilege on `*.*` counts in every database, also in those that come later and in `mysql`: UPDATE on `mysql.user`, or
`mysql.global_priv` on MariaDB, makes any account an administrator after the next FLUSH PRIVILEGES or restart. An
application works in its own database.
""",
    help="Grant it on the databases that the account works in.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("INSERT")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [SELECT, INSERT, UPDATE]  # expect: global-dml
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, INSERT ON *.* TO 'app'@'10.0.3.7';  -- expect: global-dml
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
        privileges: [SELECT, INSERT]
""",
        """\
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [INSERT]
""",
    ),
)
