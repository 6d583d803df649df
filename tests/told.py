"""An account in few words: `?` is unresolved, (x) implied."""

import re

from grantlint.model import Account, Grant
from grantlint.model.location import Implied, Located, Unresolved
from grantlint.model.scope import Scope


def account_told(account: Account) -> str:
    """Return user and host, and each grant."""
    grants = "; ".join(grant_told(grant) for grant in account.grants)
    return f"{text_told(account.user)}@{text_told(account.host)}{': ' if grants else ''}{grants}"


def grant_told(grant: Grant) -> str:
    """Return privileges, target and grant option."""
    option = "" if grant.option is None else " +GRANT" if isinstance(grant.option, Located) else " ?GRANT"
    return f"{','.join(text_told(privilege) for privilege in grant.privileges)} ON {text_told(grant.target)}{option}"


def text_told(leaf: Located[object] | Unresolved) -> str:
    """Return a leaf; a target without the backticks that change nothing."""
    if not isinstance(leaf, Located):
        return "?"
    text = _NEEDLESS.sub(r"\1", str(leaf.value)) if isinstance(leaf.value, Scope) else str(leaf.value)
    return f"({text})" if isinstance(leaf, Implied) else text


_NEEDLESS = re.compile(r"(?<!`)`((?!\d+`)[0-9A-Za-z_$]+)`(?!`)")
