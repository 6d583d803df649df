"""plugin-weak: a plugin whose hashes fall to a dictionary."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Login, Problem, Profile, Rule, Secrecy, Severity, Span, each_login
from grantlint_rules import controls
from grantlint_rules.weights import of_plugin

_WEAK = {
    "mysql_native_password": "stores unsalted SHA-1: equal for equal passwords, and guessed by the billion a second",
    "mysql_old_password": "stores 16 digits that are guessed within minutes",
    "mysql_clear_password": "sends the password as it is",
}
_WITHOUT = (8, 4)
"""The first release without default_authentication_plugin (MySQL manual, What Is New in MySQL 8.4)."""


def check(login: Login, installation: Installation) -> Iterator[Problem]:
    """Flag plugins that store unsalted or short hashes.

    Where an account names none, it has that of the server's settings.
    """
    if login.locked:
        return
    if login.plugin in _WEAK:
        yield Problem(f"{login.plugin} {_WEAK[login.plugin]}")
    elif not login.plugin and login.secrecy in {Secrecy.PLAIN, Secrecy.REFERENCE}:
        yield from _by_default(installation)


def _by_default(installation: Installation) -> Iterator[Problem]:
    """Flag the setting that gives accounts such a plugin."""
    target, settings = installation.target, installation.settings
    if target.product != "mysql":
        return
    for name in ("default_authentication_plugin", "authentication_policy"):
        plugin = (settings.value(name) or "").partition(",")[0].strip()
        place: Span | None = settings.place(name)
        is_there = name == "authentication_policy" or target.version < _WITHOUT
        if plugin in _WEAK and place is not None and is_there:
            yield Problem(f"{plugin}, of the accounts that name no plugin, {_WEAK[plugin]}", place)


RULE = Rule(
    name="plugin-weak",
    summary="A plugin whose stored hashes fall to a dictionary",
    rationale="""
mysql_native_password hashes twice with SHA-1 and no salt. Equal passwords have equal hashes, tables of such hashes
are for sale, and who has the stored hash and has listened to one login can log in without the password. MySQL 8.4 has
the plugin switched off and 9.0 has it no more; MariaDB has ed25519 and parsec beside it. Up to MySQL 8.3
default_authentication_plugin gives it to every account that names none, as authentication_policy does.
""",
    help="Take caching_sha2_password on MySQL, ed25519 or parsec on MariaDB.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.SALTED_HASHES,
    tags=("accounts",),
    check=each_login(check, at="plugin"),
    weigh=of_plugin,
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
        """\
server:
  product: mysql-8.0
  settings: {default_authentication_plugin: mysql_native_password}  # expect: plugin-weak
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
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
server:
  product: mysql-8.4
  settings: {default_authentication_plugin: mysql_native_password}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
