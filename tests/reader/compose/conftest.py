"""Reading Compose text, and showing what was understood in few words."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from grantlint.access import parse_target
from grantlint.model import Account, Declarations
from grantlint.model.location import Implied, Located, Source, Unresolved
from grantlint.reader.formats.compose.document import read
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels


@pytest.fixture
def reading() -> Callable[..., list[Declarations]]:
    """Read text, or `compose.yml` of a folder that is written first: `reading(text, at=tmp_path, beside={...})`.

    `root`: the folder inside which files are read, where that is another.
    """

    def understood(
        text: str, *, at: Path | None = None, beside: dict[str, str] | None = None, root: Path | None = None
    ) -> list[Declarations]:
        if at is None:
            return list(read(Source("compose.yml", dedent(text))))
        for name, content in {**(beside or {}), "compose.yml": text}.items():
            (at / name).parent.mkdir(parents=True, exist_ok=True)
            (at / name).write_text(dedent(content), encoding="utf-8")
        path = at / "compose.yml"
        return list(read(Source(str(path), path.read_text(encoding="utf-8"), (os.path.realpath(root or at),))))

    return understood


@pytest.fixture
def accounts(reading: Callable[..., list[Declarations]]) -> Callable[..., list[str]]:
    """Read, and return each account with its credential and grants as one line; `?` stands for what is unresolved."""

    def shown(text: str, *, at: Path | None = None, beside: dict[str, str] | None = None) -> list[str]:
        found = reading(text, at=at, beside=beside)
        return [account_line(account) for declarations in found for account in declarations.accounts]

    return shown


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., list[str]]:
    """Read a folder, and return the accounts that are there once the entry point has ended or is through."""

    def left(text: str, *, at: Path | None = None, beside: dict[str, str] | None = None) -> list[str]:
        folder = at or tmp_path
        for name, content in {**(beside or {}), "compose.yml": text}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        loaded = load(Request([str(folder)]), Settings())
        target = parse_target("mariadb-11.8" if "image: mariadb" in text else "mysql-8.4")
        (server,) = panels(group(loaded.declarations), [target]).made[0].servers
        declared = (server.stopped or server).declared
        return [account_line(account).split(" ")[0].rstrip(":") for account in declared.accounts]

    return left


def account_line(account: Account) -> str:
    """Return what an account is in few words; what nobody wrote stands in brackets."""
    credential = account.authentication.credential if account.authentication else None
    grants = "; ".join(
        f"{','.join(map(_text, grant.privileges))} ON {_text(grant.target)}{' +GRANT' if grant.option else ''}"
        for grant in account.grants
    )
    proof = f" {credential.secrecy.value}" if credential else ""
    return f"{_text(account.user)}@{_text(account.host)}{proof}{': ' if grants else ''}{grants}"


def _text(leaf: Located[object] | Unresolved) -> str:
    if not isinstance(leaf, Located):
        return "?"
    return f"({leaf.value})" if isinstance(leaf, Implied) else str(leaf.value)
