"""Reading Puppet text, and showing what was understood in few words."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.formats.puppet.document import read
from grantlint.servers.grouping import group
from told import account_told

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


@pytest.fixture
def reading() -> Reading:
    """Read text as a manifest, or as the file of another name."""

    def understood(text: str, path: str = "db.pp") -> list[Declarations]:
        return list(read(Source(path, dedent(text))))

    return understood


@pytest.fixture
def accounts(reading: Reading) -> Shown:
    """Read and return each account and grantee with its grants as one line; `?` is unresolved, (x) implied."""

    def shown(text: str, path: str = "db.pp") -> list[str]:
        return [
            f"{sign}{account_told(account)}"
            for server in group(reading(text, path))
            for sign, found in (("", server.accounts), ("+ ", server.grantees))
            for account in found
        ]

    return shown
