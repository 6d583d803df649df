"""user-blank: blanks around a user name."""

from collections.abc import Iterator

from grantlint import Confidence, Problem, Profile, Rule, ServerSettings, Severity, each_user


def check(user: str, settings: ServerSettings) -> Iterator[Problem]:
    """Flag blanks before or behind a user name."""
    del settings
    if user != user.strip(" \t") and user.strip(" \t"):
        yield Problem("MySQL cuts off the blanks around a user name, and MariaDB those behind it")


RULE = Rule(
    name="user-blank",
    summary="Blanks around a user name",
    rationale="""
MySQL trims blanks around a user name; MariaDB keeps them until the next FLUSH PRIVILEGES or restart, and then those
in front of it (facts: G4). So the account is not the one in the file, and on MariaDB nobody logs in as it without
typing a blank.
""",
    help="Take the blanks out.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=each_user(check, having=" \t"),
    bad=(
        """\
users:
  - user: ' app'  # expect: user-blank
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER ' app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: user-blank
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: ' '
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
