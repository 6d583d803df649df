"""An account in few words: `?` is unresolved, (x) implied."""

from grantlint.location import Implied, Located, Text
from grantlint.model import Account, Grant


def account_told(account: Account) -> str:
    """Return user and host, and each grant."""
    grants = "; ".join(grant_told(grant) for grant in account.grants)
    return f"{text_told(account.user)}@{text_told(account.host)}{': ' if grants else ''}{grants}"


def grant_told(grant: Grant) -> str:
    """Return privileges, target and grant option."""
    option = "" if grant.option is None else " +GRANT" if isinstance(grant.option, Located) else " ?GRANT"
    return f"{','.join(text_told(privilege) for privilege in grant.privileges)} ON {text_told(grant.target)}{option}"


def text_told(text: Text) -> str:
    """Return a leaf."""
    if not isinstance(text, Located):
        return "?"
    return f"({text.value})" if isinstance(text, Implied) else text.value
