"""tls-not-required: an account for remote clients that takes a password without TLS."""

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

_WITHOUT_NETWORK = frozenset({"unix_socket", "auth_socket", "mysql_no_login", "named_pipe", "?"})


def check(login: Login, installation: Installation) -> Iterator[Problem]:
    """Flag accounts for remote clients of which no encryption is asked.

    None is flagged where the server asks it of everybody.
    """
    if login.require or login.locked or login.reach in {"local", "?"} or login.plugin in _WITHOUT_NETWORK:
        return
    if not installation.settings.is_on("require_secure_transport"):
        yield Problem(
            "clients may log in over the network without TLS",
            remedy=Add(Addition.REQUIRE, "SSL", Effect.TAKES),
        )


RULE = Rule(
    name="tls-not-required",
    summary="An account for remote clients of which no TLS is asked",
    rationale="""
A client that asks for no encryption gets none, and what it reads and writes can be read on the way. Plugins that send
a hash protect the password at most, never the data. require_secure_transport asks TLS of everybody at once; where a
file that was read sets it, nothing is reported.
""",
    help="Add REQUIRE SSL (require: SSL), or set require_secure_transport = ON for the server.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.TLS,
    tags=("accounts",),
    check=each_login(check, at="host"),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7  # expect: tls-not-required
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: tls-not-required
CREATE USER IF NOT EXISTS 'web'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;  -- expect: tls-not-required
CREATE USER IF NOT EXISTS 'web'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;
ALTER USER 'old'@'10.0.3.9' IDENTIFIED BY RANDOM PASSWORD;
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7  # expect: tls-not-required
        password: "{{ vault_app }}"
""",
    ),
    good=(
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    require: SSL
""",
        """\
server:
  settings: {require_secure_transport: 'ON'}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
