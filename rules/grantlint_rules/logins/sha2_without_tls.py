"""sha2-without-tls: a plugin that many clients cannot use without TLS, and no TLS asked for."""

from collections.abc import Iterator

from grantlint import (
    Add,
    Addition,
    Confidence,
    Effect,
    Installation,
    Login,
    Problem,
    Profile,
    Rule,
    Severity,
    each_login,
)
from grantlint_rules import controls

_SHA2 = frozenset({"caching_sha2_password", "sha256_password"})


def check(login: Login, installation: Installation) -> Iterator[Problem]:
    """Flag the SHA-256 plugins where no encryption is asked.

    Only accounts for remote clients are looked at.
    """
    if login.plugin not in _SHA2 or login.require or login.locked or login.reach in {"local", "?"}:
        return
    if not installation.settings.is_on("require_secure_transport"):
        yield Problem(
            f"without TLS, {login.plugin} needs the server's public key, which clients do not ask for by themselves",
            witness="the first login by TCP without TLS: error 2061, Authentication requires secure connection",
            remedy=Add(Addition.REQUIRE, "SSL", Effect.TAKES),
        )


RULE = Rule(
    name="sha2-without-tls",
    summary="A SHA-256 plugin for remote clients of which no TLS is asked",
    rationale="""
caching_sha2_password and sha256_password send the password itself, through TLS or encrypted with the server's public
key. A client without TLS that was not told to fetch that key fails with error 2061 until the server has the password
in its cache; one that fetches it unchecked may fetch the key of somebody in between. (MySQL manual, Caching SHA-2
Pluggable Authentication.)
""",
    help="Add REQUIRE SSL, so that clients are configured for TLS from the start.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.TLS,
    stronger_than=("tls-not-required",),
    tags=("accounts",),
    check=each_login(check, at="plugin"),
    bad=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {plugin: caching_sha2_password, secret: vault:db/app}  # expect: sha2-without-tls
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED WITH caching_sha2_password BY RANDOM PASSWORD;  -- expect: sha2-without-tls
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.7
    authentication: {plugin: caching_sha2_password, secret: vault:db/app}
    require: SSL
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: localhost
    authentication: {plugin: caching_sha2_password, secret: vault:db/app}
""",
    ),
)
