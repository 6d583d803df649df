"""statement-outdated: a statement that older servers took and the newest in long-term support refuse."""

import os
import re
from collections.abc import Iterator, Sequence

from grantlint import (
    Confidence,
    MakeFirst,
    Problem,
    Profile,
    Refused,
    Rule,
    Server,
    Severity,
    across_servers,
    parse_target,
)

_LAST_OF_OLD = {"mysql": (5, 7, 44), "mariadb": (10, 6)}
_OLD = {"mysql": ("mysql-5.6", "mysql-5.7"), "mariadb": ("mariadb-10.6",)}
_BETWEEN = re.compile(r"[\W_]+")
_MARIADB = (
    r"(?i)\bmariadb-(?:server|galera)|\bmariadb\.service\b|\b(?:systemctl|service|rc-service)\b[^\n]*\bmariadb\b"
    r"|\b(?:name|service|pkg|package)s?\s*(?::|=>)\s*['\"]?mariadb\b"
)
_MYSQL = r"(?i)\bmysql-(?:community-)?server|\bmysqld?\.service\b"
_OLD_MYSQL = r"(?i)\bmysql5[67]\b|\bmysql[-_]?(?:server|community)?[-_]5\.[0-7]|mysql_version\s*[=:]\s*['\"]?5\."
_OLD_FILE = r"(?i)(?<![\d.])5[._][567](?![\d.]*\d)|mysql-?5[567](?!\d)"  # `secure-installation5.7.yml`
_ABOUT_VERSIONS = frozenset({"grammar", "plugin"})


def check(servers: Sequence[Server]) -> Iterator[Problem]:
    """Flag each statement that only older servers take.

    The newest of a product refuses it, which once took it. What none of them takes is `statement-rejected`. A file that
    holds what a product has never taken is not for it; one that installs MariaDB or an old MySQL is not for a new one.
    """
    for product in ("mysql", "mariadb"):
        mine = [server for server in servers if server.installation.target.product == product]
        if not mine:
            continue
        newest = max(mine, key=lambda server: server.installation.target.version)
        foreign = {no.step.span.source for no in newest.refused if no.why == "grammar" and not _was_taken(no, product)}
        if product == "mysql":
            sources = {no.step.span.source for no in newest.refused}
            foreign |= {source for source in sources if _is_for_another(source.path, source.text)}
        for refused in newest.refused:
            place = (refused.span, refused.errno)
            if refused.why not in _ABOUT_VERSIONS or refused.step.span.source in foreign:
                continue
            refusing = [server for server in servers if any((no.span, no.errno) == place for no in server.refused)]
            labels = [server.installation.target.label for server in refusing if server in mine]
            if _is_rejected(refusing, servers) or not _was_taken(refused, product):
                continue
            yield Problem(
                f"{', '.join(labels)} {'refuses' if len(labels) == 1 else 'refuse'} this statement with error "
                f"{refused.errno}: {refused.message}",
                refused.span,
                help=refused.help,
                remedy=MakeFirst(refused.step),
            )


def _is_rejected(refusing: Sequence[Server], servers: Sequence[Server]) -> bool:
    """Return whether `statement-rejected` says it: those refuse it for which the file most likely is."""
    fewest = min(len(server.refused) for server in servers)
    return all(server in refusing for server in servers if len(server.refused) == fewest)


def _is_for_another(path: str, text: str) -> bool:
    """Return whether a file is for MariaDB or for an old MySQL, which take it.

    People call either product mysql: so do files that install or start MariaDB, or are called after it.
    """
    words = {*_BETWEEN.split(path.lower())}
    named = "mariadb" in words and "mysql" not in words
    runs = re.search(_MARIADB, text) is not None and re.search(_MYSQL, text) is None
    is_old = re.search(_OLD_MYSQL, text) is not None or re.search(_OLD_FILE, os.path.basename(path)) is not None
    return named or runs or is_old


def _was_taken(refused: Refused, product: str) -> bool:
    """Return whether the grammar of an older series takes the statement, and one of them had the plugin."""
    statement = refused.step.statement
    if statement is None or statement.refusal(product, _LAST_OF_OLD[product]) is not None:
        return False
    source, start, end = refused.span
    plugin = source.text[start:end].strip("'\"`").lower()
    return refused.why != "plugin" or any(plugin in parse_target(name).traits.plugins for name in _OLD[product])


RULE = Rule(
    name="statement-outdated",
    summary="A statement that older servers took and the newest refuse",
    rationale="""
`GRANT ... IDENTIFIED BY` made accounts up to MySQL 5.7, and PASSWORD() made hashes; 8.0 has neither, and 8.4 and 9.x
load mysql_native_password no more. Scripts outlive the server that they were written for: where nothing says which
server runs one, it works until the day of the upgrade, and then accounts and grants are missing. The servers that are
named are those in long-term support.
""",
    help="Write it as new servers have it, or say with --server or the configuration which server it is for.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("server",),
    check=across_servers(check, of="statements"),
    only_assumed=True,
    bad=(
        """\
-- Which server runs this, nothing says.
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7' IDENTIFIED BY '{{ password }}';  -- expect: statement-outdated
""",
        """\
CREATE USER 'web'@'10.0.3.7' IDENTIFIED WITH mysql_native_password BY '{{ password }}';  -- expect: statement-outdated
""",
        """\
#!/bin/sh
mysql -e "GRANT ALL ON shop.* TO 'app'@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"  # expect: statement-outdated
""",
    ),
    good=(
        """\
#!/bin/sh
systemctl start mariadb
mysql -e "GRANT SELECT ON shop.* TO 'app'@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
""",
        """\
#!/bin/sh
yum-config-manager --enable mysql57-community
mysql -e "GRANT SELECT ON shop.* TO 'app'@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
""",
        """\
CREATE USER 'web'@'10.0.3.7' IDENTIFIED BY '{{ password }}';
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7';
""",
        """\
-- This is for MariaDB, and MySQL never took it.
CREATE USER 'web'@'localhost' IDENTIFIED VIA unix_socket;
GRANT SELECT ON shop.* TO 'app'@'localhost' IDENTIFIED BY '{{ password }}';
""",
        """\
-- No server of these has loaded the first by itself; MariaDB never had the second.
CREATE USER 'app'@'localhost' IDENTIFIED WITH auth_socket;
ALTER USER 'web'@'10.0.3.7' IDENTIFIED WITH sha256_password AS '{{ hash }}';
""",
    ),
)
