"""set-password-hash: SET PASSWORD with a hash, on a server that takes it for the password."""

from collections.abc import Iterator

from grantlint import (
    AlterUser,
    Confidence,
    Problem,
    Profile,
    Rule,
    Secrecy,
    Server,
    Severity,
    across_accounts,
)
from grantlint_rules.passwords.password_is_a_hash import is_hash


def check(server: Server) -> Iterator[Problem]:
    """Flag hashes in SET PASSWORD, which older servers and MariaDB want there."""
    if server.installation.target.traits.set_password_takes_hash:
        return
    for step in server.declared.steps:
        if not isinstance(step.act, AlterUser) or not step.act.keeps_plugin:
            continue
        for account in step.act.accounts:
            credential = account.authentication.credential if account.authentication else None
            if credential is not None and credential.secrecy is Secrecy.PLAIN and credential.holds(is_hash):
                yield Problem(
                    f"this server takes the hash for the password of {account}: who knows the real one is not let in",
                    credential.span,
                )


RULE = Rule(
    name="set-password-hash",
    summary="SET PASSWORD with a hash on a server that takes the password",
    rationale="""
MariaDB, and MySQL before 5.7.6, want a hash behind `SET PASSWORD =` and refuse anything else with error 1372. Later
releases of MySQL take the password itself: the hash from an old script becomes the password, for all to read
(MySQL 5.7 manual, SET PASSWORD Statement; facts: G7).
""",
    help="Write ALTER USER ... IDENTIFIED WITH plugin AS '...', which takes the hash.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("secrets",),
    check=across_accounts(check, of="alterations"),
    bad=(
        """\
-- MySQL dump
-- Server version	8.4.6
SET PASSWORD FOR 'app'@'10.0.3.7' = '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';  -- expect: set-password-hash
""",
        """\
services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_RANDOM_ROOT_PASSWORD: "1"
    configs:
      - source: accounts
        target: /docker-entrypoint-initdb.d/accounts.sql
configs:
  accounts:
    content: |
      CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
      SET PASSWORD FOR 'app'@'10.0.3.7' = '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';  -- expect: set-password-hash
""",
    ),
    good=(
        """\
-- MariaDB dump
-- Server version	11.8.9-MariaDB
SET PASSWORD FOR 'app'@'10.0.3.7' = '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';
""",
        """\
-- MySQL dump
-- Server version	8.4.6
SET PASSWORD FOR 'web'@'10.0.3.7' = '{{ vault_web }}';
""",
    ),
)
