"""reserved-account-dropped: an account of the server or its platform is dropped or renamed."""

from collections.abc import Iterable, Iterator

from grantlint import (
    AccountName,
    Confidence,
    DropUser,
    Located,
    Problem,
    Profile,
    RenameUser,
    Rule,
    Server,
    Severity,
    across_accounts,
)
from grantlint_rules.reserved import OWNERS, PACKAGED

_OWNERS = {**OWNERS, **PACKAGED}


def check(server: Server) -> Iterator[Problem]:
    """Flag DROP USER and RENAME USER of reserved accounts.

    Products, platforms and packages need those.
    """
    for step in server.declared.steps:
        for name in _taken_away(step.act):
            user = name.user.value if isinstance(name.user, Located) else ""
            owner = _OWNERS.get(user.lower())
            if owner:
                yield Problem(f"'{user}' belongs to {owner}, and what uses it fails without it", name.span)


def _taken_away(act: object) -> Iterable[AccountName]:
    if isinstance(act, DropUser):
        return act.accounts
    return [old for old, _ in act.pairs] if isinstance(act, RenameUser) else ()


RULE = Rule(
    name="reserved-account-dropped",
    summary="An account that the server, its platform or a package needs is dropped or renamed",
    rationale="""
mysql.sys defines the views of sys, mariadb.sys the view mysql.user, mysql.session runs sessions of plugins (facts: N1,
N2, N3); without them views answer error 1449, and an upgrade fails. Managed offers administer by accounts of theirs,
and Debian's packages stop, check and upgrade the server as debian-sys-maint.
""",
    help="Leave it: it is locked, or lets nobody in from outside.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts", "server"),
    check=across_accounts(check, of="removals", once=True),
    bad=(
        """\
DROP USER 'mysql.sys'@'localhost';  -- expect: reserved-account-dropped
""",
        """\
RENAME USER 'debian-sys-maint'@'localhost' TO 'maint'@'localhost';  -- expect: reserved-account-dropped
""",
        """\
#!/bin/sh
mysql -e "DROP USER 'mysql.sys'@'localhost'"  # expect: reserved-account-dropped
""",
    ),
    good=(
        """\
DROP USER 'test'@'localhost';
RENAME USER 'app'@'%' TO 'app'@'10.0.3.7';
""",
    ),
)
