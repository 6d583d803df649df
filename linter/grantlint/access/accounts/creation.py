"""Which accounts of a list a server makes, statement by statement, and which it refuses."""

from collections.abc import Iterable

from grantlint.access.accounts.stored import inserted_host, inserted_user, stored_host, stored_user
from grantlint.access.product.target import Target
from grantlint.model.account import identity_of


def made(accounts: Iterable[tuple[str, str]], target: Target, *, by_statement: bool = True) -> list[tuple[str, str]]:
    """Return the accounts that a server accepts, as they were written.

    Left out: user names and host values that are too long (error 1470), an @ in the host of a statement
    (1105), and an account that there is already (1396, or 1062 for a row put into the grant table).
    Facts: G1, G2, G6.

    >>> from grantlint.access.product.target import parse_target
    >>> made([("app", "%"), ("app", ""), ("a" * 33, "%"), ("app", "a@b")], parse_target("mariadb-10.11"))
    [('app', '%'), ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '%')]
    """
    traits = target.traits
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for account in accounts:
        user, host = account
        if by_statement:
            user, host = stored_user(user, target), stored_host(host, target)
        else:
            user, host = inserted_user(user, target), inserted_host(host, target)
        if len(user) > traits.user_length or len(host) > traits.host_length or (by_statement and "@" in host):
            continue
        found.setdefault(identity_of(user, host), account)
    return list(found.values())
