"""Accounts that grants name and nothing makes, in files of grants alone: GRANT would have been refused without them."""

from grantlint.access.state.acts.amendment import unsaid
from grantlint.model import DeclaredServer
from grantlint.model.account import Account
from grantlint.model.location import Located
from grantlint.model.step.acts import AccountName


def with_grantees(declared: DeclaredServer) -> tuple[DeclaredServer, tuple[Account, ...]]:
    """Return a server with the accounts that its grants name.

    Only one that declares grants alone has them added; they are returned as well.
    """
    if declared.accounts or declared.roles:
        return declared, ()
    known = [one for one in declared.grantees if isinstance(one.user, Located) and isinstance(one.host, Located)]
    bare = tuple(unsaid(AccountName(one.user, one.host, one.span)) for one in known)
    if not bare:
        return declared, ()
    held = tuple(
        one._replace(grants=account.grants, named_alone=True) for one, account in zip(bare, known, strict=True)
    )
    rest = tuple(one for one in declared.grantees if one not in known)
    before = declared.before._replace(accounts=(*declared.before.accounts, *bare))
    return declared._replace(accounts=held, grantees=rest, before=before), bare
