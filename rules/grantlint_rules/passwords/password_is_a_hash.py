"""password-is-a-hash: a hash where the password itself belongs, so that the hash is the password."""

import re
from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Credential,
    Problem,
    Profile,
    Rule,
    Secrecy,
    ServerSettings,
    Severity,
    Span,
    each_secret,
)

_HASH = re.compile(r"\*[0-9A-F]{40}|\$A\$[0-9A-Fa-f]{3}\$.{63,}|\$mysql\$A\$.+", re.DOTALL)

_SET_PASSWORD = re.compile(r"\bset\s+password\b[^;]*=\s*\Z", re.IGNORECASE)
_NEAR = 300  # characters: the longest names of an account stand between


def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
    """Flag plain passwords that have the form of a hash.

    The hash is one of MySQL or MariaDB.
    """
    del account, settings
    if credential.secrecy is Secrecy.PLAIN and credential.holds(is_hash) and not _is_set(credential.span):
        yield Problem("this hash is taken for the password itself: who knows the real one is not let in")


def _is_set(span: Span) -> bool:
    """Return whether SET PASSWORD takes the text, of which MariaDB and MySQL before 5.7.6 want the hash."""
    before = span.source.text[max(span.start - _NEAR, 0) : span.start]
    return _SET_PASSWORD.search(before) is not None


def is_hash(text: str) -> bool:
    """Return whether a text has the form of a stored hash.

    MySQL or MariaDB stores it.
    """
    return _HASH.fullmatch(text) is not None


RULE = Rule(
    name="password-is-a-hash",
    summary="A hash where the password itself belongs",
    rationale="""
IDENTIFIED BY and the `password` of tools take the password as it is typed. A hash there is hashed once more: the
application is refused with error 1045, and the text that anybody reads in the file lets them in.
""",
    help="Say that it is a hash: IDENTIFIED WITH plugin AS '...', Ansible's `encrypted: true`, a password_hash.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    stronger_than=("plain-text-password",),
    tags=("secrets",),
    check=each_secret(check),
    bad=(
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'  # expect: password-is-a-hash
        priv: 'shop.*:SELECT'
""",
        """\
ALTER USER 'app'@'10.0.3.7' IDENTIFIED BY
  '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';  -- expect: password-is-a-hash
""",
    ),
    good=(
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'
        encrypted: true
        priv: 'shop.*:SELECT'
""",
        """\
-- MariaDB takes a hash here, and nothing else.
SET PASSWORD FOR 'app'@'10.0.3.7' = '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';
""",
        """\
CREATE USER 'app'@'10.0.3.7'
  IDENTIFIED WITH mysql_native_password AS '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';
""",
    ),
)
