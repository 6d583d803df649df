"""grant-option: an account that is no administrator may hand its privileges on."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Grant,
    Level,
    Located,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_account,
    given,
    unless_known,
)
from grantlint_rules import controls
from grantlint_rules.weights import of_administrator


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag WITH GRANT OPTION unless the user is an administrator."""
    if isinstance(account.user, Located) and account.user.value in settings.administrators:
        return
    for grant in account.grants:
        place = grant.option_span
        if place is not None:
            target = str(grant.scope or ("a database" if grant.level is Level.DATABASE else "a target of its own"))
            unsaid = given(grant.option) or (unless_known(account.user) if _may_be_own(grant) else None)
            yield Problem(f"{account} may grant its privileges on {target} to others", place, unsaid=unsaid)


def _may_be_own(grant: Grant) -> bool:
    """Return whether a grant may be an administrator's own.

    Theirs are on everything: what is granted on one database is for somebody else.
    """
    database = grant.scope.database if grant.scope is not None else ""
    is_everything = database != "" and not database.strip("%")
    return grant.level in {None, Level.GLOBAL, Level.PROXY} or is_everything


RULE = Rule(
    name="grant-option",
    summary="WITH GRANT OPTION for an account that is no administrator",
    rationale="""
GRANT OPTION covers every privilege that the account has at that level, also those it gets later, and two accounts
with the option can pool what they have. Who may do what is then decided by whoever holds the password, outside any
review. Administrators are named in `server: administrators:` or in the configuration. Of a user whom nobody knows it
is counted on `*.*`, where they may be one, and reported on a database.
""",
    help="Take the option away; let an administrator grant.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.GRANT_OPTION,
    tags=("grants",),
    check=each_account(check, has="grant option"),
    weigh=of_administrator,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT, INSERT]
        target: 'shop.*'
        grant_option: true  # expect: grant-option
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "10.0.3.7"
        password: "{{ vault_app }}"
        priv: "shop.*:SELECT,GRANT"  # expect: grant-option
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7' WITH GRANT OPTION;  -- expect: grant-option
""",
        """\
users:
  - user: '{{ somebody }}'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT, INSERT]
        target: 'shop.*'
        grant_option: true  # expect: grant-option
""",
    ),
    good=(
        """\
users:
  - user: root
    host: localhost
    authentication: {secret: vault:db/root}
    grants:
      - privileges: ALL
        target: '*.*'
        grant_option: true
""",
        """\
users:
  - user: '{{ somebody }}'
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT, INSERT]
        target: '*.*'
        grant_option: true
""",
    ),
)
