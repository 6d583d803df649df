"""grant-on-test-database: an account works in the database that everybody once had."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag grants on databases whose names begin with test."""
    del installation
    if rights.names - {"USAGE"}:
        yield Problem("a grant on the test database: servers for real data have none")


RULE = Rule(
    name="grant-on-test-database",
    summary="A grant on the test database",
    rationale="""
Installations up to MySQL 5.7 and MariaDB brought a database `test`, and rows that gave everybody all rights on it and
on those whose names begin with `test_`. Whoever knows that looks there first. Benchmarks ask that there is none.
""",
    help="Use a database of its own, and drop `test`.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.TEST_DATABASE,
    tags=("grants",),
    check=each_rights(check, schemas=("test",)),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'test.*'  # expect: grant-on-test-database
        privileges: [ALL]
""",
        r"""
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON `test\_%`.* TO 'app'@'10.0.3.7';  -- expect: grant-on-test-database
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
    ),
)
