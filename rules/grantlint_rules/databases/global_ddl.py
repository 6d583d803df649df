"""global-ddl: the structure of every database is changed by an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_CHANGES = frozenset(
    {"CREATE", "ALTER", "DROP", "CREATE ROUTINE", "ALTER ROUTINE", "TRIGGER", "EVENT", "CREATE TABLESPACE"}
)


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag changes of structure on *.*, by name."""
    del installation
    part = rights.first(_CHANGES)
    if part is not None:
        name = rights.privileges[part].name
        yield Problem(f"{name} on *.* changes the structure of every database", part=part)


RULE = Rule(
    name="global-ddl",
    summary="CREATE, ALTER or DROP on *.* for an account that is no administrator",
    rationale="""
DROP on `*.*` drops every database; CREATE and ALTER reach into those of all other applications, and a trigger or
routine made there runs with somebody else's rights. Migrations need it on the database that they migrate.
""",
    help="Grant it on the databases that the account migrates.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.STRUCTURE + controls.STORED_PROGRAMS,
    stronger_than=("global-dml",),
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("TRIGGER")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [CREATE, DROP]  # expect: global-ddl
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, ALTER ON *.* TO 'app'@'10.0.3.7';  -- expect: global-ddl
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
        privileges: [CREATE, DROP]
""",
        """\
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [DROP]
""",
    ),
)
