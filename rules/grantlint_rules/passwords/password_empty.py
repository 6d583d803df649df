"""password-empty: an account without a password."""

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
from grantlint_rules.proofs import logs_in_without, shows_certificate
from grantlint_rules.weights import of_none

_BY_PASSWORD = frozenset(
    {"", "mysql_native_password", "caching_sha2_password", "sha256_password", "ed25519", "parsec"},
)


def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
    """Flag an empty password, unless nobody logs in by it."""
    del settings
    plugin = account.authentication.plugin if account.authentication else None
    by_password = plugin is None or (isinstance(plugin, Located) and plugin.value.lower() in _BY_PASSWORD)
    if credential.secrecy is not Secrecy.EMPTY or not by_password or account.is_locked or shows_certificate(account):
        return
    yield Problem(f"{account} has no password", witness=logs_in_without(account))


RULE = Rule(
    name="password-empty",
    summary="An account without a password",
    rationale="""
Whoever reaches the server from a host that the account takes is logged in by the name alone. Scanners try root and a
dozen other names without a password on every address there is. At localhost it is every process of the machine, and
every request that an application can be made to send there. A plugin that is named without a password or hash
(`IDENTIFIED WITH caching_sha2_password`) makes an account with an empty one.
""",
    help="Give it a password from a secret store, a plugin such as auth_socket or unix_socket, or lock it.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.PASSWORD_SET,
    stronger_than=("any-host",),
    tags=(
        "accounts",
        "secrets",
    ),
    check=each_secret(check),
    weigh=of_none,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: ''}  # expect: password-empty
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '';  -- expect: password-empty
""",
        """\
-- MySQL dump
CREATE USER 'web'@'10.0.3.8' IDENTIFIED WITH caching_sha2_password;  -- expect: password-empty
""",
        """\
-- MariaDB dump
CREATE USER 'web'@'10.0.3.8' IDENTIFIED VIA unix_socket OR mysql_native_password;  -- expect: password-empty
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user: {name: app, host: 10.0.3.7, plugin: caching_sha2_password}  # expect: password-empty
""",
        """\
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ALLOW_EMPTY_PASSWORD: "yes"  # expect: password-empty
      MYSQL_ROOT_HOST: localhost
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
    authentication: {password: ''}
    locked: true
""",
        """\
CREATE USER 'app'@'localhost' IDENTIFIED WITH auth_socket;
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {plugin: auth_socket, password: ''}
  - user: web
    host: 10.0.3.7
    authentication: {plugin: '{{ plugin }}', password: ''}
""",
    ),
)
