"""Reading SLS text, and showing what was understood in few words."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from grantlint.grouping import group
from grantlint.location import Implied, Located, Source, Text
from grantlint.model import Account, Declarations, Grant
from grantlint.reader.salt import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


@pytest.fixture
def reading() -> Reading:
    """Read text as an SLS file."""

    def understood(text: str) -> list[Declarations]:
        return list(read(Source("init.sls", dedent(text))))

    return understood


@pytest.fixture
def accounts(reading: Reading) -> Shown:
    """Read and return each account and grantee with its grants as one line; `?` is unresolved, (x) implied."""

    def shown(text: str) -> list[str]:
        return [
            f"{sign}{_account(account)}"
            for server in group(reading(text))
            for sign, found in (("", server.accounts), ("+ ", server.grantees))
            for account in found
        ]

    return shown


def _account(account: Account) -> str:
    grants = "; ".join(_grant(grant) for grant in account.grants)
    return f"{_text(account.user)}@{_text(account.host)}{': ' if grants else ''}{grants}"


def _grant(grant: Grant) -> str:
    option = "" if grant.option is None else " +GRANT" if isinstance(grant.option, Located) else " ?GRANT"
    return f"{','.join(_text(privilege) for privilege in grant.privileges)} ON {_text(grant.target)}{option}"


def _text(text: Text) -> str:
    if not isinstance(text, Located):
        return "?"
    return f"({text.value})" if isinstance(text, Implied) else text.value
