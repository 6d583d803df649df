"""user-case-collision: two users whose names differ by case alone."""

from collections.abc import Iterator

from grantlint import Account, Confidence, Problem, Profile, Related, Rule, Server, Severity, across_accounts, user_of


def check(server: Server) -> Iterator[Problem]:
    """Flag a user name that differs from another by case alone.

    The other comes before it.
    """
    first: dict[str, Account] = {}
    reported: set[str] = set()
    for account in server.accounts:
        user = user_of(account)
        other = first.setdefault(user.lower(), account)
        if user_of(other) != user and user not in reported:
            reported.add(user)
            yield Problem(
                f"'{user}' and '{user_of(other)}' are two users: names differ by case",
                account.user.span,
                related=(Related(f"{other} is declared here", other.span),),
            )


RULE = Rule(
    name="user-case-collision",
    summary="Two users whose names differ by case alone",
    rationale="""
User names are compared letter by letter (facts: G3), host names are not. `App` and `app` are two accounts with two
passwords and two sets of rights, and whoever revokes a right from one of them leaves the other as it was.
""",
    help="Write the name in one way, or give one of them another name.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=across_accounts(check, of="several", once=True),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
  - user: App  # expect: user-case-collision
    host: 10.0.3.8
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'APP'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: user-case-collision
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
