"""Which declarations make an account that only amend it where another one has: IF NOT EXISTS, GRANT ... IDENTIFIED."""

from collections.abc import Iterator

from grantlint.model import Account
from grantlint.model.step import Step
from grantlint.model.step.acts import CreateUser, GrantPrivileges
from grantlint.servers.panel import Panel

Place = tuple[str, int]


def _place_of(account: Account) -> Place:
    """Return where an account's user name stands."""
    return account.user.source.path, account.user.start


def makers(panel: Panel) -> frozenset[Place]:
    """Return the places of the accounts that such statements make.

    No other declaration of the server makes them. The first of several makes it. What each product refuses makes none.
    """
    declared = panel.declared
    made = {account.identity for account in declared.accounts if not account.amends and account.known_name is not None}
    refused, *others = [{_start(outcome.step) for outcome in server.refused} for server in panel.servers]
    never = refused.intersection(*others)
    found: list[Place] = []
    for step in declared.steps:
        for account in _made_by(step) if _start(step) not in never else ():
            if account.known_name is None:
                found.append(_place_of(account))
            elif account.identity not in made:
                made.add(account.identity)
                found.append(_place_of(account))
    return frozenset(found)


def _made_by(step: Step) -> Iterator[Account]:
    match step.act:
        case CreateUser(accounts=accounts):
            yield from (account for account in accounts if account.amends)
        case GrantPrivileges(says=accounts):
            yield from (account for account in accounts if account.authentication is not None)
        case _:
            pass


def _start(step: Step) -> Place:
    return step.span.source.path, step.span.start
