"""rights-differ-by-host: a user may do other things from one host than from another."""

from collections.abc import Hashable, Iterator

from grantlint import (
    Account,
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    user_of,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag accounts whose grants differ from the user's first account."""
    first: dict[str, tuple[Account, frozenset[Hashable] | None]] = {}
    for account in server.accounts:
        user = user_of(account)
        if user not in first:
            first[user] = (account, _known_rights(account))
            continue
        other, rights = first[user]
        if user and rights is not None and _known_rights(account) not in (None, rights):
            yield Problem(
                f"{account} may do other things than {other}",
                account.host.span,
                related=(Related("the same user from another host", other.host.span),),
            )


def _known_rights(account: Account) -> frozenset[Hashable] | None:
    """Return what an account was granted; None where nobody knows all of it."""
    known = all(grant.scope is not None and grant.known_privileges is not None for grant in account.grants)
    return account.rights if known else None


RULE = Rule(
    name="rights-differ-by-host",
    summary="A user who may do other things from one host than from another",
    rationale="""
`'app'@'10.0.3.7'` and `'app'@'%'` are two accounts. People who see one user grant to one of them and wonder why the
application may do less after it has moved, or more. Where the difference is meant, two names say so.
""",
    help="Grant the same to each account of the user, or give them names of their own.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("accounts", "precedence"),
    check=across_accounts(check, once=True),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [SELECT, INSERT]
  - user: app
    host: 10.0.3.8  # expect: rights-differ-by-host
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [SELECT]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'app'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;  -- expect: rights-differ-by-host
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7';
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'app'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;  -- expect: rights-differ-by-host
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7' WITH GRANT OPTION;
GRANT SELECT ON shop.* TO 'app'@'10.0.3.8';
""",
    ),
    good=(
        """\
users:
  - user: app
    hosts: [10.0.3.7, 10.0.3.8]
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [SELECT]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'app'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, INSERT ON shop.* TO 'app'@'10.0.3.7';
GRANT INSERT ON shop.* TO 'app'@'10.0.3.8';
GRANT SELECT ON shop.* TO 'app'@'10.0.3.8';
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'app'@'10.0.3.8' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON `{{ database }}`.* TO 'app'@'10.0.3.7';
GRANT SELECT ON shop.* TO 'app'@'10.0.3.8';
""",
    ),
)
