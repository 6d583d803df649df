"""Which privileges there are, on which server, from which release to which, and at which levels.

Sources: for MySQL 5.6.24 and 9.7.4 and MariaDB 10.11.19 and 11.8.9 what the servers answered (grammar) and
what they stored for GRANT ALL; the releases between from "Privileges Provided by MySQL" in the MySQL manuals,
from "GRANT" in the MariaDB documentation and from MariaDB's sql/privilege.h.
"""

from grantlint.platform.record import NamedTuple

Version = tuple[int, ...]

EVER: Version = (999,)


class Entry(NamedTuple):
    """One privilege with its levels and releases.

    `levels`: by letter (g d t c r). `until`: the first release without it. `group` is "static", "dynamic" (MySQL: a
    name that the server registers, global only) or "component" (MySQL: known only while the component or plugin that
    registers it is installed, so no part of ALL).
    """

    name: str
    levels: str
    since: Version = ()
    until: Version = EVER
    group: str = "static"


COMMON = (
    Entry("SELECT", "gdtc"),
    Entry("INSERT", "gdtc"),
    Entry("UPDATE", "gdtc"),
    Entry("DELETE", "gdt"),
    Entry("CREATE", "gdt"),
    Entry("DROP", "gdt"),
    Entry("RELOAD", "g"),
    Entry("SHUTDOWN", "g"),
    Entry("PROCESS", "g"),
    Entry("FILE", "g"),
    Entry("REFERENCES", "gdtc"),
    Entry("INDEX", "gdt"),
    Entry("ALTER", "gdt"),
    Entry("SHOW DATABASES", "g"),
    Entry("SUPER", "g"),
    Entry("CREATE TEMPORARY TABLES", "gd"),
    Entry("LOCK TABLES", "gd"),
    Entry("EXECUTE", "gdr"),
    Entry("REPLICATION SLAVE", "g"),
    Entry("CREATE VIEW", "gdt"),
    Entry("SHOW VIEW", "gdt"),
    Entry("CREATE ROUTINE", "gd"),
    Entry("ALTER ROUTINE", "gdr"),
    Entry("CREATE USER", "g"),
    Entry("EVENT", "gd"),
    Entry("TRIGGER", "gdt"),
    Entry("CREATE TABLESPACE", "g"),
)

MYSQL = (
    *COMMON,
    Entry("REPLICATION CLIENT", "g"),
    Entry("CREATE ROLE", "g", (8, 0)),
    Entry("DROP ROLE", "g", (8, 0)),
)


def _dynamic(since: Version, *names: str, until: Version = EVER, group: str = "dynamic") -> tuple[Entry, ...]:
    return tuple(Entry(name, "g", since, until, group) for name in names)


DYNAMIC = (
    *_dynamic(
        (8, 0),
        "AUDIT_ADMIN",
        "BACKUP_ADMIN",
        "BINLOG_ADMIN",
        "CONNECTION_ADMIN",
        "ENCRYPTION_KEY_ADMIN",
        "GROUP_REPLICATION_ADMIN",
        "PERSIST_RO_VARIABLES_ADMIN",
        "REPLICATION_SLAVE_ADMIN",
        "RESOURCE_GROUP_ADMIN",
        "RESOURCE_GROUP_USER",
        "ROLE_ADMIN",
        "SYSTEM_VARIABLES_ADMIN",
        "XA_RECOVER_ADMIN",
    ),
    *_dynamic((8, 0), "SET_USER_ID", until=(8, 4)),
    *_dynamic(
        (8, 0, 14),
        "APPLICATION_PASSWORD_ADMIN",
        "BINLOG_ENCRYPTION_ADMIN",
        "SERVICE_CONNECTION_ADMIN",
        "SESSION_VARIABLES_ADMIN",
    ),
    *_dynamic((8, 0, 16), "SYSTEM_USER", "TABLE_ENCRYPTION_ADMIN"),
    *_dynamic((8, 0, 17), "CLONE_ADMIN", "INNODB_REDO_LOG_ARCHIVE"),
    *_dynamic((8, 0, 18), "REPLICATION_APPLIER"),
    *_dynamic((8, 0, 20), "SHOW_ROUTINE"),
    *_dynamic((8, 0, 21), "INNODB_REDO_LOG_ENABLE"),
    *_dynamic((8, 0, 23), "FLUSH_OPTIMIZER_COSTS", "FLUSH_STATUS", "FLUSH_TABLES", "FLUSH_USER_RESOURCES"),
    *_dynamic((8, 0, 26), "GROUP_REPLICATION_STREAM"),
    *_dynamic((8, 0, 27), "AUTHENTICATION_POLICY_ADMIN", "FIREWALL_EXEMPT", "PASSWORDLESS_USER_ADMIN"),
    *_dynamic((8, 0, 28), "AUDIT_ABORT_EXEMPT"),
    *_dynamic((8, 0, 29), "SENSITIVE_VARIABLES_OBSERVER"),
    *_dynamic((8, 0, 33), "TELEMETRY_LOG_ADMIN"),
    *_dynamic((8, 2), "ALLOW_NONEXISTENT_DEFINER", "SET_ANY_DEFINER"),
    *_dynamic((8, 3), "TRANSACTION_GTID_TAG"),
    *_dynamic((8, 4), "FLUSH_PRIVILEGES", "OPTIMIZE_LOCAL_TABLE"),
    *_dynamic((9, 2), "CREATE_SPATIAL_REFERENCE_SYSTEM"),
    *_dynamic((9, 7), "MANAGE_DATA_MASKING_POLICY"),
    *_dynamic((8, 0), "FIREWALL_ADMIN", "FIREWALL_USER", "VERSION_TOKEN_ADMIN", group="component"),
    *_dynamic((8, 0, 18), "NDB_STORED_USER", group="component"),
    *_dynamic((8, 0, 31), "SKIP_QUERY_REWRITE", group="component"),
    *_dynamic((8, 0, 33), "MASKING_DICTIONARIES_ADMIN", group="component"),
)

MARIADB = (
    *COMMON,
    Entry("REPLICATION CLIENT", "g", (), (10, 5, 2)),
    Entry("DELETE HISTORY", "gdt", (10, 3, 4)),
    Entry("BINLOG MONITOR", "g", (10, 5, 2)),
    Entry("SET USER", "g", (10, 5, 2)),
    Entry("FEDERATED ADMIN", "g", (10, 5, 2)),
    Entry("CONNECTION ADMIN", "g", (10, 5, 2)),
    Entry("READ_ONLY ADMIN", "g", (10, 5, 2)),
    Entry("REPLICATION SLAVE ADMIN", "g", (10, 5, 2)),
    Entry("REPLICATION MASTER ADMIN", "g", (10, 5, 2)),
    Entry("BINLOG ADMIN", "g", (10, 5, 2)),
    Entry("BINLOG REPLAY", "g", (10, 5, 2)),
    Entry("SLAVE MONITOR", "g", (10, 5, 8)),
    Entry("SHOW CREATE ROUTINE", "gdr", (11, 3)),
)

# Spellings that a server takes for one of its own names: product -> (spelling, name, since).
ALIASES = {
    "mysql": (),
    "mariadb": (
        ("REPLICATION CLIENT", "BINLOG MONITOR", (10, 5, 2)),
        ("REPLICATION REPLICA", "REPLICATION SLAVE", (10, 5, 1)),
        ("REPLICATION REPLICA ADMIN", "REPLICATION SLAVE ADMIN", (10, 5, 2)),
        ("REPLICA MONITOR", "SLAVE MONITOR", (10, 5, 8)),
        ("READ ONLY ADMIN", "READ_ONLY ADMIN", (10, 5, 2)),
    ),
}

# What MariaDB's SUPER stands for besides itself, and the first release in which it no longer does
# (sql/privilege.h; 10.11 and 11.0 split these off).
SUPER_IMPLIES = (
    ("READ_ONLY ADMIN", (10, 11)),
    ("SET USER", (11, 0)),
    ("FEDERATED ADMIN", (11, 0)),
    ("CONNECTION ADMIN", (11, 0)),
    ("REPLICATION SLAVE ADMIN", (11, 0)),
    ("REPLICATION MASTER ADMIN", (11, 0)),
    ("BINLOG ADMIN", (11, 0)),
    ("BINLOG REPLAY", (11, 0)),
    ("BINLOG MONITOR", (11, 0)),
    ("SLAVE MONITOR", (11, 0)),
)

# What people write for a privilege that has another name: statements that are no privileges, and names that
# one product has dropped or only the other has. The first that the server knows is the one meant.
MEANT = {
    "ALTER DATABASE": ("ALTER",),
    "ALTER FUNCTION": ("ALTER ROUTINE",),
    "ALTER PROCEDURE": ("ALTER ROUTINE",),
    "ALTER TABLE": ("ALTER",),
    "ALTER USER": ("CREATE USER",),
    "CREATE DATABASE": ("CREATE",),
    "CREATE FUNCTION": ("CREATE ROUTINE",),
    "CREATE INDEX": ("INDEX",),
    "CREATE PROCEDURE": ("CREATE ROUTINE",),
    "CREATE SCHEMA": ("CREATE",),
    "CREATE TABLE": ("CREATE",),
    "CREATE TRIGGER": ("TRIGGER",),
    "CREATE EVENT": ("EVENT",),
    "DELETE VERSIONING ROWS": ("DELETE HISTORY",),
    "DROP DATABASE": ("DROP",),
    "DROP INDEX": ("INDEX",),
    "DROP TABLE": ("DROP",),
    "DROP USER": ("CREATE USER",),
    "DROP VIEW": ("DROP",),
    "GRANT": ("GRANT OPTION",),
    "READ": ("SELECT",),
    "SET_USER_ID": ("SET_ANY_DEFINER", "SET USER"),
    "SET_ANY_DEFINER": ("SET_USER_ID", "SET USER"),
    "SET USER": ("SET_ANY_DEFINER", "SET_USER_ID"),
    "BINLOG MONITOR": ("REPLICATION CLIENT",),
    "BINLOG_MONITOR": ("BINLOG MONITOR", "REPLICATION CLIENT"),
    "REPLICATION REPLICA": ("REPLICATION SLAVE",),
    "REPLICATION REPLICA ADMIN": ("REPLICATION_SLAVE_ADMIN",),
    "SHOW PROCESSLIST": ("PROCESS",),
    "SHOW CREATE ROUTINE": ("SHOW_ROUTINE",),
    "SHOW_ROUTINE": ("SHOW CREATE ROUTINE",),
    "TRUNCATE": ("DROP",),
    "WITH GRANT OPTION": ("GRANT OPTION",),
}
