"""Reading Ansible text, and showing what was understood in few words."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.formats.ansible.document import read
from grantlint.servers.grouping import group
from told import account_told


@pytest.fixture
def reading() -> Callable[..., list[Declarations]]:
    """Read text, or a file of a tree that is written first: `reading("tasks/main.yml", tree={...}, at=tmp_path)`."""

    def understood(text: str, *, tree: dict[str, str] | None = None, at: Path | None = None) -> list[Declarations]:
        if tree is None or at is None:
            return list(read(Source("site.yml", dedent(text))))
        for name, content in tree.items():
            path = at / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(content), encoding="utf-8")
        path = at / text
        return list(read(Source(str(path), path.read_text(encoding="utf-8"), (os.path.realpath(at),))))

    return understood


@pytest.fixture
def accounts(reading: Callable[..., list[Declarations]]) -> Callable[..., list[str]]:
    """Read and return each account with its grants in the end as one line; `?` stands for what is unresolved."""

    def shown(text: str, *, tree: dict[str, str] | None = None, at: Path | None = None) -> list[str]:
        found = group(reading(text, tree=tree, at=at))
        return [account_told(account) for server in found for account in server.accounts]

    return shown
