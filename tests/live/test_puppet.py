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
from live.leavings import Logins, held_and_logins, left, told_apart
from live.puppet import Puppet, puppet, random_manifest
from live.scripts import Held, clear, has_roles
from live.servers import LiveServer

pytestmark = pytest.mark.live
_SHARE = 8  # of the cases that are wanted: each takes seconds
_ENOUGH = 3
_BEFORE = (
    "SET GLOBAL sql_mode = DEFAULT",
    "CREATE DATABASE IF NOT EXISTS stdb",
    "CREATE TABLE IF NOT EXISTS stdb.t1 (a INT, b INT, CALLER INT)",
    "CREATE PROCEDURE IF NOT EXISTS stdb.p1() SELECT 1",
)


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
        there, read_of_it = left(server), _read(manifest, server)
        if there != read_of_it:
            told.append(f"{manifest}\n{said}\n{told_apart(there, read_of_it)}")
        if len(told) == _ENOUGH:
            break
    server.ask([*clear(server.target), "DROP DATABASE stdb"])
    count(f"{max(cases // _SHARE, 1)} manifests applied by Puppet, of which {failed} fail somewhere")
    assert not told, "\n\n".join(told)


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
    return held_and_logins(held, server)
