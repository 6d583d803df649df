"""password-short: a password of fewer than twelve characters."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Check,
    Confidence,
    Credential,
    Problem,
    Profile,
    Rule,
    Secrecy,
    ServerSettings,
    Severity,
    Threshold,
    each_secret,
)
from grantlint_rules import controls

_ENOUGH = 12  # PCI DSS 4.0 8.3.6


def than(enough: int) -> Check:
    """Return the check for so many characters."""

    def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
        """Flag passwords of fewer characters."""
        del account, settings
        if credential.secrecy is Secrecy.PLAIN and credential.holds(lambda text: len(text) < enough):
            yield Problem(f"this password has fewer than {enough} characters")

    return each_secret(check)


RULE = Rule(
    name="password-short",
    summary="A password of fewer than twelve characters",
    rationale="""
Hashes of mysql_native_password are tried by the billion a second on one graphics card, so all of eight letters and
digits within a day. Nobody types the password of an application: it can have thirty characters. PCI DSS 4.0 asks for
twelve.
""",
    help="Let a secret store make a longer one.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.PASSWORD_STRENGTH,
    tags=("secrets",),
    check=than(_ENOUGH),
    threshold=Threshold(_ENOUGH, "the characters that a password has at least", than),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: Tr0ub4dor}  # expect: password-short
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'Tr0ub4dor';  -- expect: password-short
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
    ),
)
