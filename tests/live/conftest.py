"""Real servers, one at a time; `make test-live` runs what is here, a plain `pytest` does not.

GRANTLINT_SEED repeats a run, GRANTLINT_LIVE_CASES sets how many random tables each server gets with each setting,
GRANTLINT_LIVE_SERVERS (names of provision.py, with commas) chooses servers, GRANTLINT_LIVE_CACHE says where they are,
GRANTLINT_LIVE_NAMESPACE=no has the tests do without namespaces.
"""

import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import NoReturn

import pytest

from live.debian import ProvisionError
from live.provision import SERVERS, provision
from live.servers import LiveServer, namespace

SEED = int(os.environ.get("GRANTLINT_SEED") or random.SystemRandom().randrange(10**6))
CASES = int(os.environ.get("GRANTLINT_LIVE_CASES") or 40)
CHOSEN = [
    name for name in SERVERS if name in (os.environ.get("GRANTLINT_LIVE_SERVERS") or ",".join(SERVERS)).split(",")
]
_SETTINGS = {"names": False, "skip_name_resolve": True}
_told: dict[str, None] = {}


@cache
def start(name: str, *, skip_name_resolve: bool) -> LiveServer | str:
    """Return a running server, or why there is none."""
    try:
        server = LiveServer(provision(name), skip_name_resolve=skip_name_resolve)
    except ProvisionError as error:
        return f"{name}: {error}"
    _told[f"{name}: {server.version}, judged as {server.target}"] = None
    return server


@pytest.fixture(scope="session", params=[f"{name}-{setting}" for name in CHOSEN for setting in _SETTINGS])
def server(request: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """Return a running server with one of the settings; skip what cannot be had here, and say so."""
    name, _, setting = request.param.rpartition("-")
    if not namespace() and not _SETTINGS[setting]:
        missing("no network namespace is permitted here: clients are at 127.0.x.y, and without names")
    started = start(name, skip_name_resolve=_SETTINGS[setting])
    if isinstance(started, str):
        missing(started)
    yield started
    started.close()
    start.cache_clear()


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Return numbers that GRANTLINT_SEED repeats for this very test."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def cases() -> int:
    """Return how many random tables are wanted."""
    return CASES


def missing(why: str) -> NoReturn:
    """Skip a test, and say at the end of the run why."""
    _told[why] = None
    pytest.skip(why)


@pytest.fixture
def count(server: LiveServer) -> Callable[[str], None]:
    """Return what makes the end of the run say what was done."""

    def add(what: str) -> None:
        _told[f"{server.target}, skip_name_resolve={int(server.skip_name_resolve)}: {what}"] = None

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was asked, and how to ask it again."""
    if _told:
        terminalreporter.section(f"real servers, GRANTLINT_SEED={SEED} GRANTLINT_LIVE_CASES={CASES}")
        for line in _told:
            terminalreporter.line(line)
