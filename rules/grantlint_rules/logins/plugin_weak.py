"""plugin-weak: a plugin whose hashes fall to a dictionary."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Login, Problem, Profile, Rule, Severity, each_login
from grantlint_rules import controls

_WEAK = {
    "mysql_native_password": "stores unsalted SHA-1: equal for equal passwords, and guessed by the billion a second",
    "mysql_old_password": "stores 16 digits that are guessed within minutes",
    "mysql_clear_password": "sends the password as it is",
}


def check(login: Login, installation: Installation) -> Iterator[Problem]:
    """Flag plugins that store unsalted or short hashes."""
    del installation
    if login.plugin in _WEAK and not login.locked:
        yield Problem(f"{login.plugin} {_WEAK[login.plugin]}")


RULE = Rule(
    name="plugin-weak",
    summary="A plugin whose stored hashes fall to a dictionary",
    rationale="""
mysql_native_password hashes twice with SHA-1 and no salt. Equal passwords have equal hashes, tables of such hashes
are for sale, and who has the stored hash and has listened to one login can log in without the password. MySQL 8.4 has
the plugin switched off and 9.0 has it no more; MariaDB has ed25519 and parsec beside it.
""",
    help="Take caching_sha2_password on MySQL, ed25519 or parsec on MariaDB.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SALTED_HASHES,
    tags=("accounts",),
    check=each_login(check, at="plugin"),
    bad=(
        """\
server: {product: mysql-8.0}
users:
  - user: app
    host: 10.0.3.7
    authentication: {plugin: mysql_native_password, secret: vault:db/app}  # expect: plugin-weak
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED WITH mysql_native_password BY '{{ password }}';  -- expect: plugin-weak
""",
    ),
    good=(
        """\
server: {product: mysql-8.0}
users:
  - user: app
    host: 10.0.3.7
    authentication: {plugin: caching_sha2_password, secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
