"""Reading SLS text, and showing what was understood in few words."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.formats.salt.document import read
from grantlint.servers.grouping import group
from told import account_told

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
            f"{sign}{account_told(account)}"
            for server in group(reading(text))
            for sign, found in (("", server.accounts), ("+ ", server.grantees))
            for account in found
        ]

    return shown
