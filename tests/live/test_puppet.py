"""Random manifests applied by the real Puppet: what is left on a server, and what is read of them."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from grantlint.model import DeclaredServer
from grantlint.model.location import Located, Source
from grantlint.reader.formats.puppet.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panel
from live.conftest import missing
from live.debian import ProvisionError
from live.puppet import Puppet, puppet, random_manifest
from live.scripts import USERS, Held, clear, has_roles, held_by, names, shown
from live.servers import LiveServer

pytestmark = pytest.mark.live
_SHARE = 8  # of the cases that are wanted: each takes seconds
_ENOUGH = 3
_NO_ACCOUNT = 1141
_BEFORE = (
    "SET GLOBAL sql_mode = DEFAULT",
    "CREATE DATABASE IF NOT EXISTS stdb",
    "CREATE TABLE IF NOT EXISTS stdb.t1 (a INT, b INT, CALLER INT)",
    "CREATE PROCEDURE IF NOT EXISTS stdb.p1() SELECT 1",
)

Logins = dict[tuple[str, str], str]


@pytest.fixture(scope="session")
def tool() -> Puppet:
    """Return Puppet; skip where it cannot be had, and say so."""
    try:
        return puppet()
    except ProvisionError as error:
        missing(str(error))


def test_a_manifest_leaves_what_is_read_of_it(
    server: LiveServer, tool: Puppet, dice: Random, cases: int, count: Callable[[str], None], tmp_path: Path
) -> None:
    if not server.skip_name_resolve or not has_roles(server.target):
        pytest.skip("asked with skip_name_resolve, of servers with roles: others are of before the module")
    server.ask(_BEFORE)
    told: list[str] = []
    failed = 0
    for _ in range(max(cases // _SHARE, 1)):
        manifest = random_manifest(dice, server.target)
        server.ask(clear(server.target))
        said = tool.run(manifest, server, tmp_path)
        failed += "Error: " in said
        left, read_of_it = _left(server), _read(manifest, server)
        if left != read_of_it:
            told.append(f"{manifest}\n{said}\n{_told_apart(left, read_of_it)}")
        if len(told) == _ENOUGH:
            break
    server.ask([*clear(server.target), "DROP DATABASE stdb"])
    count(f"{max(cases // _SHARE, 1)} manifests applied by Puppet, of which {failed} fail somewhere")
    assert not told, "\n\n".join(told)


def _left(server: LiveServer) -> tuple[Held, Logins]:
    every = names(server.target)
    asked = [f"SHOW GRANTS FOR '{user}'@'{host}'" if host else f"SHOW GRANTS FOR {user}" for user, host in every]
    numbers, _ = server.ask(asked)
    there = [one for one, number in enumerate(numbers) if number != _NO_ACCOUNT]
    rows = server.read(asked[one] for one in there)
    lines = {every[one]: [line for (line,) in found] for one, found in zip(there, rows, strict=True)}
    return shown(lines, server.target), _logins(server, [every[one] for one in there if every[one][0] in USERS])


def _logins(server: LiveServer, accounts: list[tuple[str, str]]) -> Logins:
    """Return what each account is to show over TLS, and whether it is locked."""
    rows = server.read(f"SHOW CREATE USER '{user}'@'{host}'" for user, host in accounts)
    found: Logins = {}
    for name, ((line,),) in zip(accounts, rows, strict=True):
        require = line.partition(" REQUIRE ")[2].split(" ")[0] if " REQUIRE " in line else "NONE"
        found[name] = f"{require}{' LOCK' if 'ACCOUNT LOCK' in line else ''}"
    return found


def _read(manifest: str, server: LiveServer) -> tuple[Held, Logins]:
    declared = (*group(read(Source("site.pp", manifest))), DeclaredServer("", (), ()))[0]
    (of_target,) = panel(declared, [server.target])[0].servers
    loads, plugin_of = of_target.installation.loads, of_target.installation.plugin_of
    made = [
        account
        for account in of_target.declared.accounts
        if not isinstance(plugin := plugin_of(account), Located) or loads(plugin)
    ]
    held = of_target.declared._replace(accounts=tuple(made))
    there = held_by(held, server.target)
    logins = {
        account.known_name: f"{_require(account.require)}{' LOCK' if account.is_locked else ''}"
        for account in reversed(held.accounts)  # the first declaration of one counts
        if account.known_name in there.names
    }
    return there, logins


def _require(said: tuple[object, ...]) -> str:
    return str(getattr(said[0], "value", "?")).split(" ")[0] if said else "NONE"


def _told_apart(left: tuple[Held, Logins], model: tuple[Held, Logins]) -> str:
    there, read_of_it = (
        {*map(str, held.names), *held.lines, *(f"{name}: {login}" for name, login in logins.items())}
        for held, logins in (left, model)
    )
    return f"left alone: {sorted(there - read_of_it)}\nread alone: {sorted(read_of_it - there)}"
