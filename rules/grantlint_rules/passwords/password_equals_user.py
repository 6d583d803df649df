"""password-equals-user: a password that is the name of the user."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Credential,
    Located,
    Problem,
    Profile,
    Rule,
    Secrecy,
    ServerSettings,
    Severity,
    each_secret,
)
from grantlint_rules import controls


def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a password made of the user name.

    Forwards, backwards or with digits behind it.
    """
    del settings
    user = account.user
    if credential.secrecy is Secrecy.PLAIN and isinstance(user, Located) and user.value:
        name = user.value.lower()
        if credential.holds(lambda text: text.lower().rstrip("0123456789!.") in {name, name[::-1]}):
            yield Problem("the password is made of the user name: it is the first that anybody tries")


RULE = Rule(
    name="password-equals-user",
    summary="A password that is made of the user name",
    rationale="""
The name is no secret: it stands in connection strings, error messages and process lists. Every tool that guesses
passwords begins with the user name, its reverse, and the name with digits behind it. validate_password has refused
that by default since MySQL 8.0; a server without it takes it.
""",
    help="Let a secret store make the password, and refer to it.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.PASSWORD_STRENGTH,
    stronger_than=(
        "plain-text-password",
        "password-common",
        "password-short",
    ),
    tags=("secrets",),
    check=each_secret(check),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: app}  # expect: password-equals-user
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'app123';  -- expect: password-equals-user
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: app  # expect: password-equals-user
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
  - user: app
    host: 10.0.3.7
    authentication: {password: correct horse battery}
""",
        """\
users:
  - user: '{{ user }}'
    host: 10.0.3.7
    authentication: {password: Tr0ub4dor}
  - user: ''
    host: 10.0.3.7
    authentication: {password: Tr0ub4dor}
""",
    ),
)
