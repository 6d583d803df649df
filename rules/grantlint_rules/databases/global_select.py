"""global-select: every database is read by an account that neither administers, copies nor watches."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_SAY_MORE = frozenset({"INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag SELECT on *.* where no privilege beside it says more."""
    del installation
    part = None if rights.names & _SAY_MORE else rights.first({"SELECT"})
    if part is not None:
        yield Problem("SELECT on *.* reads every database, the password hashes in mysql included", part=part)


RULE = Rule(
    name="global-select",
    summary="SELECT on *.* for an account of another purpose than backup or monitoring",
    rationale="""
SELECT on `*.*` reads what every application keeps, and `mysql.user` with the password hashes of everybody, also what
is made later. Dumps and some exporters need it; who reports on one database does not.
""",
    help="Grant SELECT on the databases that the account reads.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("SELECT")),
    bad=(
        """\
users:
  - user: report
    host: 10.0.3.7
    authentication: {secret: vault:db/report}
    grants:
      - target: '*.*'
        privileges: [SELECT]  # expect: global-select
""",
        """\
CREATE USER 'report'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, SHOW VIEW ON *.* TO 'report'@'10.0.3.7';  -- expect: global-select
""",
    ),
    good=(
        """\
users:
  - user: backup
    host: 10.0.3.7
    authentication: {secret: vault:db/backup}
    grants:
      - target: '*.*'
        privileges: [SELECT]
""",
        """\
users:
  - user: report
    host: 10.0.3.7
    authentication: {secret: vault:db/report}
    grants:
      - target: 'shop.*'
        privileges: [SELECT]
""",
    ),
)
