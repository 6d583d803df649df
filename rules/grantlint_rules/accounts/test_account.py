"""test-account: an account of a test or a demonstration."""

from collections.abc import Iterator

from grantlint import Confidence, Problem, Profile, Rule, ServerSettings, Severity, each_user
from grantlint_rules import controls

_NAMES = ("test", "tester", "testuser", "test_user", "demo", "example", "sample", "guest", "dummy", "foo", "bar")


def check(user: str, settings: ServerSettings) -> Iterator[Problem]:
    """Flag users that are called test, demo and the like."""
    del settings
    yield Problem(f"an account called {user} belongs to a test or a demonstration, not to a server with real data")


RULE = Rule(
    name="test-account",
    summary="An account that is named after a test or a demonstration",
    rationale="""
Accounts called test or demo are the first after root that anybody tries, nobody owns them, and they stay when the
test is over. PCI DSS 4.0 6.5.6 asks that there is none in production, the STIG for MySQL 8.0 likewise.
""",
    help="Name the account after its application, or take it out.",
    severity=Severity.INFO,
    profile=Profile.HARDENED,
    confidence=Confidence.LOW,
    since="0.1.0",
    controls=controls.TEST_ACCOUNTS,
    tags=("accounts",),
    check=each_user(check, named=_NAMES),
    bad=(
        """\
users:
  - user: test  # expect: test-account
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'demo'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: test-account
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
