"""Reading Terraform text, and showing what was understood in few words."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.formats.terraform.document import read
from grantlint.servers.grouping import group
from told import account_told

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


@pytest.fixture
def reading() -> Reading:
    """Read text, or a file of a folder that is written first: `reading("main.tf", tree={...}, at=tmp_path)`."""

    def understood(text: str, *, tree: dict[str, str] | None = None, at: Path | None = None) -> list[Declarations]:
        if tree is None or at is None:
            return list(read(Source("main.tf", dedent(text))))
        for name, content in tree.items():
            path = at / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(content), encoding="utf-8")
        path = at / text
        return list(read(Source(str(path), path.read_text(encoding="utf-8"), (os.path.realpath(at),))))

    return understood


@pytest.fixture
def accounts(reading: Reading) -> Shown:
    """Read and return each account and grantee with its grants as one line; `?` is unresolved, (x) implied."""

    def shown(text: str, *, tree: dict[str, str] | None = None, at: Path | None = None) -> list[str]:
        servers = group(reading(text, tree=tree, at=at))
        return [
            f"{sign}{account_told(account)}"
            for server in servers
            for sign, found in (("", server.accounts), ("+ ", server.grantees))
            for account in found
        ]

    return shown
