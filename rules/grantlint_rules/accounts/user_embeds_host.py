"""user-embeds-host: user@host in the place of the user."""

from collections.abc import Iterator

from grantlint import Account, Confidence, Located, Problem, Profile, Rule, ServerSettings, Severity, each_account


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag an @ inside a user name.

    Something stands on both sides of it.
    """
    del settings
    if not isinstance(account.user, Located) or "@" not in account.user.value:
        return
    user, _, host = account.user.value.partition("@")
    if user and host:
        yield Problem(
            f"{account} is an account whose user name is '{account.user.value}', not '{user}' at '{host}'",
            account.user.span,
            witness=f"{user} from {host} is not logged in as {account}",
            help=f"Write the user as '{user}' and the host as '{host}', each in its own place.",
        )


RULE = Rule(
    name="user-embeds-host",
    summary="user@host written in the place of the user",
    rationale="""
`'app@localhost'` in one pair of quotes is a user name with an @ in it, at the default host `%`: an account that
nobody logs in to by accident, and that looks like a narrow one in every listing.
""",
    help="Write user and host apart.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=each_account(check, has="at sign"),
    bad=(
        """\
users:
  - user: app@localhost  # expect: user-embeds-host
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app@localhost' IDENTIFIED BY RANDOM PASSWORD;  -- expect: user-embeds-host
""",
    ),
    good=(
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: '{{ user }}'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
  - user: '@home'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
  - user: 'home@'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
