"""failed-logins-unlimited: an account of which it is said that wrong passwords never lock it."""

from collections.abc import Iterator

from grantlint import Account, Confidence, Located, Problem, Profile, Rule, ServerSettings, Severity, each_account
from grantlint_rules import controls

_SAID = ("FAILED_LOGIN_ATTEMPTS", "PASSWORD_LOCK_TIME")


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a zero for either of the two clauses."""
    del settings
    for rule in account.password_rules:
        value = rule.value
        if rule.name.value in _SAID and isinstance(value, Located) and value.value.isdigit() and not int(value.value):
            yield Problem(f"wrong passwords never lock {account}: 0 switches the count of them off", rule.name.span)


RULE = Rule(
    name="failed-logins-unlimited",
    summary="An account that wrong passwords never lock, because the statement says so",
    rationale="""
FAILED_LOGIN_ATTEMPTS and PASSWORD_LOCK_TIME have to be above zero, both of them: a zero in one switches the count off,
and a program may try passwords as fast as the server answers. Written down it looks like a limit. (MySQL manual,
Failed-Login Tracking and Temporary Account Locking.)
""",
    help="Write numbers above zero, such as FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME 1.",
    severity=Severity.INFO,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.FAILED_LOGINS,
    tags=("accounts",),
    check=each_account(check, has="password rule"),
    bad=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD
  FAILED_LOGIN_ATTEMPTS 0;  -- expect: failed-logins-unlimited
CREATE USER 'web'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD FAILED_LOGIN_ATTEMPTS 5
  PASSWORD_LOCK_TIME 0;  -- expect: failed-logins-unlimited
""",
        """\
#!/bin/sh
mysql -e "ALTER USER 'app'@'10.0.3.7' FAILED_LOGIN_ATTEMPTS 0"  # expect: failed-logins-unlimited
""",
    ),
    good=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME UNBOUNDED;
CREATE USER 'web'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE INTERVAL 1 DAY;
""",
    ),
)
