"""What accounts of a known purpose need beyond their database, by the words in their names.

Each set is what the tool's own documentation asks for: replication: MySQL manual, Creating a User for Replication;
backup: mysqldump (MySQL 9.4 manual), Percona XtraBackup, mariadb-backup and MyDumper (Requirements);
monitoring: mysqld_exporter, PMM, Zabbix, Datadog, clustercheck; capture of changes: Debezium; routing: ProxySQL,
MaxScale, Orchestrator.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from grantlint import Account, Located, ServerSettings


class Purpose(NamedTuple):
    """A purpose of accounts and the global privileges it needs.

    words: those that tell it.
    """

    words: frozenset[str]
    privileges: frozenset[str]


_WATCHES = frozenset(
    {"PROCESS", "REPLICATION CLIENT", "BINLOG MONITOR", "SLAVE MONITOR", "SHOW DATABASES", "SHOW VIEW"}
)
_COPIES = _WATCHES | {
    "SELECT", "RELOAD", "FLUSH_TABLES", "LOCK TABLES", "EVENT", "TRIGGER", "SHOW_ROUTINE", "BACKUP_ADMIN",
    "CREATE TABLESPACE",
}  # fmt: skip
_REPLICATES = frozenset({"REPLICATION SLAVE", "REPLICATION CLIENT", "REPLICATION_APPLIER", "GROUP_REPLICATION_STREAM"})

_BACKUP = Purpose(
    frozenset(
        {"backup", "backups", "bak", "bkp", "dump", "mysqldump", "mydumper", "xtrabackup", "mariabackup", "sst",
         "wsrep", "galera", "percona"}
    ),
    _COPIES | {"REPLICATION SLAVE ADMIN", "REPLICATION_SLAVE_ADMIN"},
)  # fmt: skip

PURPOSES = (
    Purpose(frozenset({"repl", "rpl", "replica", "replicator", "replication", "slave"}), _REPLICATES),
    _BACKUP,
    Purpose(
        frozenset(
            {"exporter", "monitor", "monitoring", "pmm", "zabbix", "zbx", "nagios", "icinga", "munin", "prometheus",
             "datadog", "telegraf", "newrelic", "netdata", "checkmk", "clustercheck", "metrics"}
        ),
        _WATCHES | {"SELECT", "RELOAD", "BACKUP_ADMIN"},
    ),
    Purpose(
        frozenset({"debezium", "cdc", "maxwell", "canal", "ghost", "binlog"}),
        _REPLICATES | _COPIES,
    ),
    Purpose(frozenset({"reload", "flush"}), frozenset({"RELOAD"})),
    Purpose(
        frozenset({"proxysql", "maxscale", "orchestrator", "orc"}),
        _WATCHES | _REPLICATES | {"SELECT", "RELOAD", "SUPER"},
    ),
)  # fmt: skip
_ASKS_REPLICAS = frozenset({"REPLICATION CLIENT", "BINLOG MONITOR", "SLAVE MONITOR"})
_SHORT = 5  # a word of fewer letters stands alone in a name


def spares(privilege: str) -> Callable[[Account, ServerSettings], bool]:
    """Return a test for accounts that may hold a privilege.

    They are administrators, and those whose purpose needs it.
    """

    def spared(account: Account, settings: ServerSettings) -> bool:
        user = account.user
        return isinstance(user, Located) and (
            user.value in settings.administrators or privilege in needed_by(user.value)
        )

    return spared


def watches(privileges: frozenset[str]) -> bool:
    """Return whether these privileges are those of a tool that watches servers.

    It asks for the state of replicas as well, and writes nothing; PROCESS alone, or beside SELECT, is anybody's.

    >>> watches(frozenset({"PROCESS", "REPLICATION CLIENT", "SELECT"})), watches(frozenset({"PROCESS", "SELECT"}))
    (True, False)
    """
    return not privileges.isdisjoint(_ASKS_REPLICAS) and privileges <= _WATCHES | {"SELECT", "USAGE"}


def copies(account: Account, settings: ServerSettings) -> bool:
    """Return whether an account is for backups, by its name.

    Such a tool asks for the state of a replica where it is told to alone (mariadb-backup, --slave-info).
    """
    del settings
    return isinstance(account.user, Located) and _BACKUP.privileges <= needed_by(account.user.value)


@lru_cache(maxsize=4096)
def needed_by(user: str) -> frozenset[str]:
    """Return the global privileges that a user's name says it needs.

    >>> "PROCESS" in needed_by("mysqld_exporter"), "PROCESS" in needed_by("shop")
    (True, False)
    """
    folded = user.lower()
    pieces = {*re.split(r"[^a-z]+", folded)}
    pieces |= {piece.removesuffix("user") for piece in pieces}
    found = [
        purpose.privileges
        for purpose in PURPOSES
        if any(word in pieces or (len(word) > _SHORT and word in folded) for word in purpose.words)
    ]
    return frozenset[str]().union(*found)
