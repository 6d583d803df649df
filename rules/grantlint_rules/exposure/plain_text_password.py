"""plain-text-password: a password that everybody who can read the file knows."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    KeepElsewhere,
    Problem,
    Profile,
    Rule,
    Secrecy,
    ServerSettings,
    Severity,
    each_account,
)
from grantlint_rules import controls
from grantlint_rules.weights import of_password


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a credential that is the password itself."""
    del settings
    authentication = account.authentication
    credential = authentication.credential if authentication else None
    if credential and credential.secrecy is Secrecy.PLAIN:
        form = "base64, which anybody reads" if credential.encoded else "plain text"
        yield Problem(
            f"a password stands in the file as {form}",
            credential.span,
            remedy=KeepElsewhere(credential.span),
            about=str(account),
        )


RULE = Rule(
    name="plain-text-password",
    summary="A password written into the file",
    rationale="""
A password in a repository is known to everybody who has ever cloned it, and stays in its history after it is
taken out. It is the most frequent mistake in public account declarations.
""",
    help="Take it from a store of secrets, in the terms of its format, and change this password: it is known now.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.HARD_CODED_PASSWORDS,
    tags=("secrets",),
    check=each_account(check, has="plain secret"),
    weigh=of_password,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: correct horse battery}  # expect: plain-text-password
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: Tr0ub4dor  # expect: plain-text-password
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'Tr0ub4dor';  -- expect: plain-text-password
""",
        """\
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD: Tr0ub4dor  # expect: plain-text-password, plain-text-password
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
