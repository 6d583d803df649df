"""password-never-expires: an account whose password is said to last for ever, or for more than a year."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Check,
    Confidence,
    Located,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    Threshold,
    each_account,
)
from grantlint_rules import controls

_MOST = 365


def than(most: int) -> Check:
    """Return the check for so many days."""

    def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
        """Flag PASSWORD EXPIRE NEVER, and longer intervals."""
        del settings
        for rule in account.password_rules:
            value = rule.value
            if rule.name.value != "PASSWORD EXPIRE" or not isinstance(value, Located) or account.is_locked:
                continue
            if value.value == "NEVER":
                yield Problem(f"the password of {account} never expires", rule.name.span)
            elif value.value.isdigit() and int(value.value) > most:
                yield Problem(f"the password of {account} expires after {int(value.value):,} days", rule.name.span)

    return each_account(check, has="password rule")


RULE = Rule(
    name="password-never-expires",
    summary="A password that never expires, or after more than a year",
    rationale="""
PASSWORD EXPIRE NEVER and long intervals go before default_password_lifetime of the server, so that nobody notices when
a password has been the same for years and half of those who knew it have left. The benchmarks for MySQL ask for 365
days at most. Who changes passwords by a program, as a vault does, has the program's interval for it. (MySQL manual,
CREATE USER Password-Management Options.)
""",
    help="Leave the clause out, so that the server's default_password_lifetime holds, or write INTERVAL 365 DAY.",
    severity=Severity.INFO,
    profile=Profile.HARDENED,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    controls=controls.PASSWORD_LIFETIME,
    tags=("accounts",),
    check=than(_MOST),
    threshold=Threshold(_MOST, "the days that a password lasts at most", than),
    bad=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD
  PASSWORD EXPIRE NEVER;  -- expect: password-never-expires
CREATE USER 'web'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD
  PASSWORD EXPIRE INTERVAL 366 DAY;  -- expect: password-never-expires
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        password_expire: never  # expect: password-never-expires
""",
    ),
    good=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE INTERVAL 365 DAY;
CREATE USER 'web'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE DEFAULT FAILED_LOGIN_ATTEMPTS 400;
CREATE USER 'owner'@'localhost' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE NEVER ACCOUNT LOCK;
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        password_expire: interval
        password_expire_interval: 90
""",
    ),
)
