"""Random playbooks run by the real Ansible: what it leaves on a server, and what is read of them."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from grantlint.model import DeclaredServer
from grantlint.model.location import Source
from grantlint.reader.formats.ansible.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panel
from live.ansible import Ansible, ansible, random_play
from live.conftest import missing
from live.debian import ProvisionError
from live.leavings import Logins, held_and_logins, left, told_apart
from live.scripts import Held, clear, has_roles
from live.servers import LiveServer

pytestmark = pytest.mark.live
_SHARE = 8  # of the cases that are wanted: each takes seconds
_ENOUGH = 3


@pytest.fixture(scope="session")
def tool() -> Ansible:
    """Return Ansible; skip where it cannot be had, and say so."""
    try:
        return ansible()
    except ProvisionError as error:
        missing(str(error))


def test_a_playbook_leaves_what_is_read_of_it(
    server: LiveServer, tool: Ansible, dice: Random, cases: int, count: Callable[[str], None], tmp_path: Path
) -> None:
    if not server.skip_name_resolve or not has_roles(server.target):
        pytest.skip("asked with skip_name_resolve, of servers that the collection knows")
    server.ask(["CREATE DATABASE IF NOT EXISTS stdb", "CREATE TABLE IF NOT EXISTS stdb.t1 (a INT, b INT)"])
    told: list[str] = []
    failed = 0
    for _ in range(max(cases // _SHARE, 1)):
        play = random_play(dice, server.socket)
        server.ask(clear(server.target))
        said = tool.run(play, tmp_path)
        failed += "fatal: [" in said or "failed: [" in said
        there, read_of_it = left(server), _read(play, server)
        if there != read_of_it:
            told.append(f"{play}\n{said}\n{told_apart(there, read_of_it)}")
        if len(told) == _ENOUGH:
            break
    server.ask([*clear(server.target), "DROP DATABASE stdb"])
    count(f"{max(cases // _SHARE, 1)} playbooks run by Ansible, of which {failed} fail somewhere")
    assert not told, "\n\n".join(told)


def _read(play: str, server: LiveServer) -> tuple[Held, Logins]:
    (declared,) = group(read(Source("site.yml", play))) or (DeclaredServer("", (), ()),)
    (of_target,) = panel(declared, [server.target])[0].servers
    held = (of_target.stopped or of_target).declared
    return held_and_logins(held, server)
