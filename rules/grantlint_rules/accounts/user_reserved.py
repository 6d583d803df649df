"""user-reserved: an account that the server or its platform keeps for itself."""

from collections.abc import Iterator

from grantlint import Confidence, Problem, Profile, Rule, ServerSettings, Severity, each_user
from grantlint_rules.reserved import OWNERS


def check(user: str, settings: ServerSettings) -> Iterator[Problem]:
    """Flag users that the products and platforms make for themselves."""
    del settings
    yield Problem(f"{user} belongs to {OWNERS[user.lower()]}, which makes the account and may change it at any time")


RULE = Rule(
    name="user-reserved",
    summary="An account that the server or its platform keeps for itself",
    rationale="""
The products make accounts that own views and run internal sessions (facts: K1, K2, K3), and managed offers make some
to administer with. To declare one of them changes or breaks it: views of sys stop to work, an upgrade or the platform
fails or puts it back.
""",
    help="Leave it out; make an account of another name.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=each_user(check, named=OWNERS),
    bad=(
        """\
users:
  - user: mysql.sys  # expect: user-reserved
    host: localhost
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'rdsadmin'@'localhost' IDENTIFIED BY RANDOM PASSWORD;  -- expect: user-reserved
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
