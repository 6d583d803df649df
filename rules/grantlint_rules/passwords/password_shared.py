"""password-shared: one password for accounts of different users."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Secrecy,
    Server,
    Severity,
    across_accounts,
    user_of,
)
from grantlint_rules import controls


def check(server: Server) -> Iterator[Problem]:
    """Flag a password in the files that is that of another user as well, at the later of the two."""
    seen: dict[object, Account] = {}
    for account in server.accounts:
        credential = account.authentication.credential if account.authentication else None
        if credential is None or credential.secrecy not in {Secrecy.PLAIN, Secrecy.HASH}:
            continue
        other = seen.setdefault(credential.likeness, account)
        if user_of(other) != user_of(account):
            yield Problem(
                f"{account} and {other} have the same password",
                credential.span,
                related=(Related(f"{other} is declared here", other.span),),
            )


RULE = Rule(
    name="password-shared",
    summary="One password for accounts of different users",
    rationale="""
Who learns the password of one account has those of the others, so the narrow rights of each are worth nothing. When
it has to be changed, it has to be changed everywhere at once, and so it is not. Only passwords and hashes that stand
in the files are compared, and none is shown.
""",
    help="Give each user a password of its own.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SHARED_USER,
    tags=("secrets",),
    check=across_accounts(check, once=True),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: correct horse battery}
  - user: report
    host: 10.0.3.8
    authentication: {password: correct horse battery}  # expect: password-shared
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'correct horse battery';
CREATE USER 'report'@'10.0.3.8' IDENTIFIED BY 'correct horse battery';  -- expect: password-shared
""",
    ),
    good=(
        """\
users:
  - user: app
    hosts: [10.0.3.7, 10.0.3.8]
    authentication: {password: correct horse battery}
  - user: report
    host: 10.0.3.8
    authentication: {password: another horse battery}
""",
    ),
)
