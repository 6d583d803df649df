"""password-equals-user: a password that is the name of the user."""

import re
from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Credential,
    KeepElsewhere,
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
from grantlint_rules.weights import of_password

_TAIL = "0123456789!."
_USER = re.compile(r"[_-]?(?:user|usr)\d*\Z")
_PASSWORD = re.compile(r"[_.@-]?(?:user[_.-]?)?(?:pass(?:word|wd)?|pwd|pw|secret)[\d!.@#]*\Z")


def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a password made of the user name.

    Forwards, backwards, with digits or a word for a password behind it.
    """
    del settings
    user = account.user
    if credential.secrecy is Secrecy.PLAIN and isinstance(user, Located) and user.value:
        name = user.value.lower()
        if credential.holds(lambda text: _is_made_of(name, text.lower())):
            yield Problem(
                "the password is made of the user name: it is among the first that anybody tries",
                remedy=KeepElsewhere(credential.span),
            )


def _is_made_of(name: str, text: str) -> bool:
    if text.rstrip(_TAIL) in {name, name[::-1], name.rstrip(_TAIL)} and name.strip(_TAIL):
        return True
    begin = _USER.sub("", name)
    return len(begin) > 1 and text.startswith(begin) and _PASSWORD.match(text, len(begin)) is not None


RULE = Rule(
    name="password-equals-user",
    summary="A password that is made of the user name",
    rationale="""
The name is no secret: it stands in connection strings, error messages and process lists. Every tool that guesses
passwords begins with the user name, its reverse, and the name with digits or `pass` behind. validate_password refuses
most of that by default since MySQL 8.0; a server without it takes it.
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
    weigh=of_password,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: app}  # expect: password-equals-user
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'app123';  -- expect: password-equals-user
CREATE USER 'aw007'@'10.0.3.7' IDENTIFIED BY 'aw007';  -- expect: password-equals-user
CREATE USER 'replica_user'@'10.0.3.7' IDENTIFIED BY 'replica_password';  -- expect: password-equals-user
CREATE USER 'owner'@'10.0.3.7' IDENTIFIED BY 'owner-pass1!';  -- expect: password-equals-user
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
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'application-word';
CREATE USER 'a'@'10.0.3.7' IDENTIFIED BY 'apassage';
CREATE USER '007'@'10.0.3.7' IDENTIFIED BY '...';
CREATE USER 'replica_user'@'10.0.3.7' IDENTIFIED BY 'replica_pasture';
""",
    ),
)
