"""password-not-set: a statement that makes an account and gives it no password."""

from collections.abc import Iterator

from grantlint import Confidence, CreateUser, Problem, Profile, Rule, Server, Severity, across_accounts
from grantlint_rules import controls
from grantlint_rules.proofs import logs_in_without, shows_certificate


def check(server: Server) -> Iterator[Problem]:
    """Flag accounts that never get a password or plugin.

    CREATE USER makes them without, and nothing gives one later.
    """
    made: set[object] = set()
    for step in server.declared.steps:
        if isinstance(step.act, CreateUser) and step.statement is not None:
            made.update(account.identity for account in step.act.accounts)
    for account in server.accounts:
        known = account.authentication
        if account.identity not in made or account.is_locked or shows_certificate(account):
            continue
        if known is None or not any(known):
            yield Problem(
                f"{account} is made without a password, and nothing that was read gives it one",
                account.span,
                witness=logs_in_without(account),
            )


RULE = Rule(
    name="password-not-set",
    summary="CREATE USER without a password",
    rationale="""
`CREATE USER 'app'@'%'` without IDENTIFIED makes an account with an empty password, on every version of MySQL and
MariaDB, and anybody who reaches the server is logged in as it. Servers that check passwords (validate_password)
refuse it; most do not. Nothing is said where a later statement sets a password or a plugin.
""",
    help="Add IDENTIFIED BY with a value from a secret store, or a plugin; or lock the account.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.PASSWORD_SET,
    stronger_than=(
        "any-host",
        "password-empty",
    ),
    tags=(
        "accounts",
        "secrets",
    ),
    check=across_accounts(check, of="steps"),
    bad=(
        """\
CREATE USER 'app'@'10.0.3.7';  -- expect: password-not-set
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7';
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_query:
        query: CREATE USER 'app'@'10.0.3.7'  # expect: password-not-set
""",
    ),
    good=(
        """\
CREATE USER 'app'@'10.0.3.7';
ALTER USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ password }}';
""",
        """\
CREATE USER 'owner'@'localhost' ACCOUNT LOCK;
""",
        """\
CREATE USER 'app'@'localhost' IDENTIFIED VIA unix_socket;
""",
    ),
)
