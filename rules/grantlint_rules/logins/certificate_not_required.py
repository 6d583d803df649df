"""certificate-not-required: an account for remote clients that needs no certificate."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Login, Problem, Profile, Rule, Severity, each_login
from grantlint_rules import controls


def check(login: Login, installation: Installation) -> Iterator[Problem]:
    """Flag accounts for remote clients with TLS but no certificate.

    Both are what is asked of a client.
    """
    del installation
    if login.require == "SSL" and not login.locked and login.reach in {"remote", "any"}:
        yield Problem("clients may log in over the network without a certificate")


RULE = Rule(
    name="certificate-not-required",
    summary="An account for remote clients of which no certificate is asked",
    rationale="""
REQUIRE SSL encrypts, and lets in whoever knows the password from wherever the host value allows. With REQUIRE X509,
or a SUBJECT or ISSUER, the client also shows a certificate, so that a stolen password alone is worth nothing. The
benchmark for MySQL 9.7 asks for that.
""",
    help="Ask for a certificate: REQUIRE X509, or SUBJECT and ISSUER.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.CLIENT_CERTIFICATES,
    tags=("accounts",),
    check=each_login(check, at="host"),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7  # expect: certificate-not-required
    authentication: {secret: vault:db/app}
    require: SSL
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD REQUIRE SSL;  -- expect: certificate-not-required
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    require: X509
""",
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
    require: SSL
""",
    ),
)
