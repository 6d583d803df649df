"""anonymous-account: an account without a user name, which anybody may be."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Effect,
    Located,
    Problem,
    Profile,
    Remove,
    Rule,
    ServerSettings,
    Severity,
    each_account,
)
from grantlint_rules import controls


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag the empty user name."""
    del settings
    if isinstance(account.user, Located) and not account.user.value:
        yield Problem(
            f"{account} is anonymous: it takes every user name without a better match",
            account.user.span,
            remedy=Remove(account.span, "the account", Effect.TAKES),
        )


RULE = Rule(
    name="anonymous-account",
    summary="An account with an empty user name",
    rationale="""
An account whose user name is empty matches every user name, including names that have an account of their own at
a less specific host. Old installations made such accounts; nobody needs one today.
""",
    help="Remove the account; give whoever used it a name.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ANONYMOUS,
    stronger_than=("any-host",),
    tags=("accounts",),
    check=each_account(check, has="anonymous"),
    bad=(
        """\
users:
  - user: ''  # expect: anonymous-account
    host: localhost
    authentication: {secret: vault:db/nobody}
""",
        """\
CREATE USER ''@'localhost' IDENTIFIED BY RANDOM PASSWORD;  -- expect: anonymous-account
""",
    ),
    good=(
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
    ),
)
