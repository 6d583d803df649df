"""password-hash-unsalted: a hash that can be looked up."""

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
    each_secret,
)
from grantlint_rules import controls

_NATIVE = re.compile(r"\*[0-9A-Fa-f]{40}|[0-9a-f]{16}")


def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
    """Flag hashes of mysql_native_password and of its predecessor."""
    del account, settings
    if credential.secrecy is Secrecy.HASH and credential.holds(_is_unsalted):
        yield Problem("this hash is unsalted: it is as good as the password for many")


def _is_unsalted(text: str) -> bool:
    return _NATIVE.fullmatch(text) is not None


RULE = Rule(
    name="password-hash-unsalted",
    summary="An unsalted password hash in the file",
    rationale="""
`*` and 40 digits is SHA-1 of SHA-1, without a salt: it is looked up in tables, guessed by the billion a second, and
equal for equal passwords. Whoever reads the file can try at leisure. With a client made for it, the hash of the first
SHA-1 is enough to log in.
""",
    help="Refer to a secret store; take a plugin with salted hashes.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.HARD_CODED_PASSWORDS + controls.SALTED_HASHES,
    tags=("secrets",),
    check=each_secret(check),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {hash: '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'}  # expect: password-hash-unsalted
""",
        """\
CREATE USER 'app'@'10.0.3.7'
  IDENTIFIED BY PASSWORD '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19';  -- expect: password-hash-unsalted
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
CREATE USER 'app'@'10.0.3.7'
  IDENTIFIED WITH caching_sha2_password AS '$A$005$fakefakefakefakefakefakefakefakefakefakefakefakefakefakefakefak';
""",
    ),
)
