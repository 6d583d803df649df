"""What tools declare and a server refuses: accounts whose names are too long, grants of what their level has not.

Statements that files hold are steps, whose refusals `undone` has.
"""

from collections.abc import Iterator

from grantlint.access.causes.cause import Cause, yes
from grantlint.access.product.privileges.refusal import beside_all, refusal
from grantlint.access.product.target import Target
from grantlint.access.server.doubts.undone import Sought
from grantlint.access.state.instead import of_level
from grantlint.model import Account, DeclaredServer, Grant
from grantlint.model.location import Located
from grantlint.model.scope import Level
from grantlint.model.step.acts import AccountName

_TOO_LONG = 1470
_SYNTAX = 1064


def fitting(declared: DeclaredServer, target: Target) -> DeclaredServer:
    """Return a declared server without the accounts that the product cannot have.

    It is the same one where there are none.
    """
    accounts = [account for account in declared.accounts if _too_long(account, target) is None]
    return declared if len(accounts) == len(declared.accounts) else declared._replace(accounts=tuple(accounts))


def unmade(declared: DeclaredServer, target: Target, sought: Sought) -> Iterator[Cause]:
    """Yield the accounts for the client that the server refuses to make."""
    for account in declared.accounts:
        said = _too_long(account, target)
        if said is not None and sought.is_for(AccountName(account.user, account.host, account.span)):
            message, most = said
            why = f"{account.span.where} gets ERROR {_TOO_LONG}: {message}"
            yield yes("refused", "the account cannot be made", why, f"take a name of at most {most} characters")


def ungranted(declared: DeclaredServer, target: Target, sought: Sought) -> Iterator[Cause]:
    """Yield the grants to the account that the server refuses.

    It does as a whole, for one of their privileges.
    """
    for account in (*declared.accounts, *declared.grantees):
        if account.known_name != sought.winner:
            continue
        for grant in account.grants:
            scope = grant.scope
            if scope is not None and scope.level is not Level.PROXY and sought.concerns(grant):
                yield from _refused(grant, scope.level, target)


def _refused(grant: Grant, level: Level, target: Target) -> Iterator[Cause]:
    leaves = [leaf for leaf in grant.privileges if isinstance(leaf, Located)]
    title = "the grant that would serve is refused"
    beside = beside_all([leaf.value for leaf in leaves])
    if beside is not None:
        why = f"{leaves[beside].span.where} gets ERROR {_SYNTAX}: a privilege stands beside ALL"
        yield yes("refused", title, why, "ALL stands alone: leave the other privileges out")
        return
    for leaf in leaves:
        name, columns = leaf.value
        no = refusal(name, target, level, columns=bool(columns))
        if no is not None:
            change = of_level("GRANT", name, level, target, columns=bool(columns))
            yield yes("refused", title, f"{leaf.span.where} gets ERROR {no.errno}: {no.message}", change)
            return


def _too_long(account: Account, target: Target) -> tuple[str, int] | None:
    """Return the server's words for a name that no column holds, and how long one may be."""
    traits = target.traits
    for leaf, most, what in ((account.user, traits.user_length, "user"), (account.host, traits.host_length, "host")):
        if isinstance(leaf, Located) and len(leaf.value.rstrip()) > most:
            return f"String '{leaf.value[:70]}' is too long for {what} name (should be no longer than {most})", most
    return None
