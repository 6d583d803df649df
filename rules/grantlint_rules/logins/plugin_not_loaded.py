"""plugin-not-loaded: an account that logs in by a plugin which the server does not have, or has switched off."""

from collections.abc import Iterator

from grantlint import Confidence, Implied, Located, Problem, Profile, Rule, Server, Severity, across_accounts


def check(server: Server) -> Iterator[Problem]:
    """Flag each account whose plugin the server does not load.

    A statement that names such a plugin is refused, and `statement-rejected`.
    """
    for account in server.accounts:
        plugin = server.installation.plugin_of(account)
        if isinstance(plugin, Located) and not server.installation.loads(plugin):
            sending = account.authentication.sending if account.authentication else None
            by_tool = sending is not None and isinstance(plugin, Implied)
            yield Problem(
                f"{account} logs in by a plugin that the server does not load: error 1524 when it is made and at login",
                plugin.span,
                help=f"{sending.tool} sends {sending.plugin}: {sending.remedy}" if sending and by_tool else "",
            )


RULE = Rule(
    name="plugin-not-loaded",
    summary="An account whose authentication plugin the server lacks or has switched off",
    rationale="""
A server answers CREATE USER with error 1524 if it does not have the plugin, and so it answers each login of an account
that an older server or a restored dump has left behind. MySQL 8.4 has mysql_native_password switched off, 9.0 has it no
more; MariaDB has had MySQL's caching_sha2_password since 11.4.9 and 11.8.4 alone, as a plugin that somebody installs.
""",
    help="Take the server's default plugin. Another is loaded by INSTALL PLUGIN or plugin_load_add, "
    "mysql_native_password by mysql_native_password=ON on 8.4 and by nothing from 9.0 on; Debian's and Ubuntu's "
    "packages of MySQL have loaded auth_socket.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=across_accounts(check, of="plugins"),
    bad=(
        """\
server:
  product: mysql-9.7
users:
  - user: old
    host: 10.0.3.7
    authentication:
      plugin: mysql_native_password  # expect: plugin-not-loaded
""",
        """\
server:
  product: mariadb-10.11
users:
  - user: ported
    host: 10.0.3.7
    authentication:
      plugin: caching_sha2_password  # expect: plugin-not-loaded
""",
        """\
mysql> SELECT VERSION();
+-----------+
| VERSION() |
+-----------+
| 9.7.0     |
+-----------+
mysql> SELECT user, host, plugin FROM mysql.user;
+------+----------+-----------------------+
| user | host     | plugin                |
+------+----------+-----------------------+
| app  | 10.0.3.7 | mysql_native_password |  -- expect: plugin-not-loaded
+------+----------+-----------------------+
""",
    ),
    good=(
        """\
server:
  product: mysql-8.0
users:
  - user: old
    host: 10.0.3.7
    authentication:
      plugin: mysql_native_password
""",
        """\
server:
  product: mariadb-11.8
users:
  - user: admin
    host: localhost
    authentication:
      plugin: unix_socket
""",
        """\
server: {product: mysql-9.7}
users:
  - user: app
    host: 10.0.3.7
  - user: web
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
