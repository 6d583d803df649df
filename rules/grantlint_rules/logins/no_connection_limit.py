"""no-connection-limit: an account that may take all connections."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Login, Problem, Profile, Rule, Severity, each_login
from grantlint_rules import controls


def check(login: Login, installation: Installation) -> Iterator[Problem]:
    """Flag accounts for remote clients without a connection limit.

    Neither they nor the server has one.
    """
    if "MAX_USER_CONNECTIONS" in login.limits or login.locked or login.reach in {"local", "?"}:
        return
    if not (installation.settings.value("max_user_connections") or "0").strip("0"):
        yield Problem("nothing limits how many connections the account takes")


RULE = Rule(
    name="no-connection-limit",
    summary="An account without a limit on its connections",
    rationale="""
One application with a leak in its pool takes max_connections, and from then on nobody else gets in, the administrator
included. MAX_USER_CONNECTIONS of the account, or max_user_connections of the server, keeps some for the others.
""",
    help="Give the account MAX_USER_CONNECTIONS, or set max_user_connections for the server.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.CONNECTION_LIMITS,
    tags=("accounts",),
    check=each_login(check, at="host"),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7  # expect: no-connection-limit
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: no-connection-limit
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    limits: {max_user_connections: 20}
""",
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
    ),
)
