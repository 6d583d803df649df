"""Real servers, one at a time; `make test-live` runs what is here, a plain `pytest` does not.

GRANTLINT_SEED repeats a run, GRANTLINT_LIVE_CASES sets the number of random tables for each server and setting,
GRANTLINT_LIVE_SERVERS chooses among the servers of provision.py, GRANTLINT_LIVE_CACHE is where they are kept.
"""

import os
import random
from collections.abc import Iterator

import pytest

from live.debian import ProvisionError
from live.provision import SERVERS, provision
from live.servers import LiveServer, namespace

SEED = int(os.environ.get("GRANTLINT_SEED") or random.SystemRandom().randrange(10**6))
CASES = int(os.environ.get("GRANTLINT_LIVE_CASES") or 40)
CHOSEN = os.environ.get("GRANTLINT_LIVE_SERVERS")
STARTED: dict[str, str] = {}
MISSING: dict[str, str] = {}
COUNTED: dict[str, int] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/live/" in item.path.as_posix():
            item.add_marker(pytest.mark.live)
