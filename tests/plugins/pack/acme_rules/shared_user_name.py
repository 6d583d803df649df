"""acme-shared-user-name: an account that everybody calls by the same name."""

from collections.abc import Iterator

from grantlint import Account, Located, Problem, Rule, ServerSettings, Severity, each_account

SHARED = frozenset({"app", "web", "test"})


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Report user names that tell nobody whose the account is."""
    del settings
    user = account.user
    if isinstance(user, Located) and user.value in SHARED:
        yield Problem(f"{account} has a name that tells nobody whose it is", user.span)


RULE = Rule(
    name="acme-shared-user-name",
    summary="A user name that several applications have",
    rationale="Who is paged when an account called `app` locks a table?",
    help="Name the account after its application.",
    severity=Severity.INFO,
    tags=("acme",),
    check=each_account(check),
    bad=("users:\n  - user: app  # expect: acme-shared-user-name\n    host: 10.0.0.1\n",),
    good=("users:\n  - user: shop\n    host: 10.0.0.1\n",),
)
