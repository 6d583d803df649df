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
from grantlint_rules.placeholders import is_placeholder
from grantlint_rules.weights import is_fallback, of_sharing

_SHOWN = 4  # accounts that are named


def check(server: Server) -> Iterator[Problem]:
    """Flag a password that several users have.

    Once, at the first account of a second user.
    """
    sharing: dict[object, list[Account]] = {}
    for account in server.accounts:
        credential = account.authentication.credential if account.authentication else None
        if credential is None or credential.secrecy not in {Secrecy.PLAIN, Secrecy.HASH}:
            continue
        if not credential.holds(is_placeholder) and not credential.holds(is_fallback):
            sharing.setdefault(credential.likeness, []).append(account)
    for accounts in sharing.values():
        other = accounts[0]
        second = next((each for each in accounts if user_of(each) != user_of(other)), None)
        credential = second.authentication.credential if second and second.authentication else None
        if credential is None:
            continue
        more = f" (and {len(accounts) - _SHOWN} more)" if len(accounts) > _SHOWN else ""
        yield Problem(
            f"{' and '.join(map(str, accounts[:_SHOWN]))}{more} have the same password",
            credential.span,
            related=(Related(f"{other} is declared here", other.span),),
            about=" ".join(sorted(map(str, accounts))),
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
    check=across_accounts(check, of="several", once=True),
    weigh=of_sharing,
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
        """\
users:
  - user: app
    host: 10.0.3.7
  - user: report
    host: 10.0.3.8
    authentication: {secret: vault:db/app}
""",
    ),
)
