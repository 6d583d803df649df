"""direct-grant-table-write: accounts are changed by writes to their tables."""

from collections.abc import Iterator

from grantlint import Confidence, Problem, Profile, Rule, Server, Severity, WriteTable, across_accounts
from grantlint_rules.weights import of_writing

_DUMPS = ("-- MySQL dump ", "-- MariaDB dump ", "/*M!999999", "/*!999999")
_DUMP_HELP = (
    "Leave the schema mysql out of the dump, and take the accounts with SHOW CREATE USER and SHOW GRANTS, which "
    "`mariadb-dump --system=users` does."
)


_ACCOUNTS = frozenset({"user", "global_priv"})
_DROP_HELP = "Write DROP USER IF EXISTS with the names of the accounts: what they were granted goes with them."


def check(server: Server) -> Iterator[Problem]:
    """Flag writes to grant tables. A dump is one mistake; DELETE cleans up, and leaves something to those who ask."""
    dumps: set[object] = set()
    for step in server.declared.steps:
        act = step.act
        if not isinstance(act, WriteTable) or act.shown or act.verb == "DROP":
            continue
        if act.verb == "DELETE":
            if act.table in _ACCOUNTS:
                message = (
                    f"DELETE on mysql.{act.table} leaves the rows of other tables that grant the account something"
                )
                yield Problem(message, step.span, help=_DROP_HELP, profile=Profile.PEDANTIC)
            continue
        source = step.span.source
        if not source.text.startswith(_DUMPS):
            yield Problem(f"{act.verb} on mysql.{act.table} changes accounts past what the server checks", step.span)
        elif source not in dumps:
            dumps.add(source)
            message = "the dump holds the grant tables, and replaces the accounts of the server that reads it"
            yield Problem(message, step.span, help=_DUMP_HELP)


RULE = Rule(
    name="direct-grant-table-write",
    summary="INSERT, REPLACE or UPDATE on a grant table",
    rationale="""
The tables of the mysql schema differ from version to version: the column Password is gone since 5.7, mysql.user is a
view on MariaDB since 10.4 and the statement error 1356, and a hash that the plugin does not take locks the account
out. What is written counts after FLUSH PRIVILEGES or the next restart. Account statements say the same on every server.

DELETE on mysql.user leaves the rows of mysql.db and its like, with which CREATE USER of that name is the error 1396.
The profile pedantic tells of it.
""",
    help="Write CREATE USER, ALTER USER, GRANT or RENAME USER.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("server",),
    check=across_accounts(check, of="table_writes", once=True),
    weigh=of_writing,
    bad=(
        """\
UPDATE mysql.user SET Host = '10.0.3.7' WHERE User = 'app';  -- expect: direct-grant-table-write
FLUSH PRIVILEGES;
""",
        """\
-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64)
-- Server version	5.7.44
USE `mysql`;
INSERT INTO `db` (Host, Db, User) VALUES ('10.0.3.7', 'shop', 'app');  -- expect: direct-grant-table-write
INSERT INTO `user` (Host, User, ssl_cipher, x509_issuer, x509_subject) VALUES ('10.0.3.7', 'app', '', '', '');
""",
        """\
#!/bin/sh
mysql -e "UPDATE mysql.user SET Host='%' WHERE User='app'"  # expect: direct-grant-table-write
""",
        """\
DELETE FROM mysql.user WHERE User = 'app';  -- expect: direct-grant-table-write
FLUSH PRIVILEGES;
""",
    ),
    good=(
        """\
DELETE FROM mysql.db WHERE Db = 'test';
FLUSH PRIVILEGES;
""",
        """\
RENAME USER 'app'@'%' TO 'app'@'10.0.3.7';
""",
    ),
)
