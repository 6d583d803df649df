"""Random SLS files applied by the real Salt: what is left on a server, and what is read of them."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from grantlint.model import DeclaredServer
from grantlint.model.location import Source
from grantlint.reader.formats.salt.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panel
from live.conftest import missing
from live.debian import ProvisionError
from live.leavings import Logins, held_and_logins, left, told_apart
from live.salt import Salt, random_states, salt
from live.scripts import Held, clear, has_roles
from live.servers import LiveServer

pytestmark = pytest.mark.live
_SHARE = 4  # of the cases that are wanted: each takes a second
_ENOUGH = 3
_BEFORE = (
    "SET GLOBAL sql_mode = DEFAULT",
    "CREATE DATABASE IF NOT EXISTS stdb",
    "CREATE TABLE IF NOT EXISTS stdb.t1 (a INT, b INT)",
)


@pytest.fixture(scope="session")
def tool() -> Salt:
    """Return Salt; skip where it cannot be had, and say so."""
    try:
        return salt()
    except ProvisionError as error:
        missing(str(error))


def test_states_leave_what_is_read_of_them(
    server: LiveServer, tool: Salt, dice: Random, cases: int, count: Callable[[str], None], tmp_path: Path
) -> None:
    if not server.skip_name_resolve or not has_roles(server.target):
        pytest.skip("asked with skip_name_resolve, of servers with roles: others have no SHOW CREATE USER")
    server.ask(_BEFORE)
    told: list[str] = []
    failed = 0
    for _ in range(max(cases // _SHARE, 1)):
        states = random_states(dice, server.target)
        server.ask([*clear(server.target), "DROP DATABASE IF EXISTS st_new"])
        said = tool.run(states, server, tmp_path)
        failed += "Error: " in said
        there, read_of_it = left(server), _read(states, server)
        if there != read_of_it:
            told.append(f"{states}\n{said}\n{told_apart(there, read_of_it)}")
        if len(told) == _ENOUGH:
            break
    server.ask([*clear(server.target), "DROP DATABASE stdb"])
    count(f"{max(cases // _SHARE, 1)} SLS files applied by Salt, of which {failed} fail somewhere")
    assert not told, "\n\n".join(told)


def _read(states: str, server: LiveServer) -> tuple[Held, Logins]:
    declared = (*group(read(Source("site.sls", states))), DeclaredServer("", (), ()))[0]
    (of_target,) = panel(declared, [server.target])[0].servers
    held = (of_target.stopped or of_target).declared
    return held_and_logins(held, server)
