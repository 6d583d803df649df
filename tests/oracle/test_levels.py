"""ALL of each level, and REVOKE ALL, as MySQL 5.6 and 9.7 and MariaDB 10.11 and 11.8 stored it and let it serve.

A line of levels.jsonl.gz is one account: the server, its grants and revokes, what the server says it holds by scope,
and which statements of `live.levels.NEEDS` its session had the right to. Recorded by what `tests/live/test_levels.py`
asks.
"""

import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from grantlint.access import Client, Session, parse_target
from grantlint.access.grants.rights import asked
from grantlint.access.product.catalogue import DYNAMIC, MARIADB, MYSQL
from live.levels import USER, Step, decided, granted, held

ANSWERS = Path(__file__).parent / "levels.jsonl.gz"
SERVERS = ("mysql-5.6.24", "mysql-9.7.4", "mariadb-10.11.19", "mariadb-11.8.9")
NAMES = sorted({entry.name for entry in MYSQL + DYNAMIC + MARIADB} | {"GRANT OPTION", "PROXY"})


class Recorded(TypedDict):
    """One account."""

    server: str
    steps: list[Step]
    held: dict[str, list[str]]
    done: list[str]


@cache
def recorded() -> list[Recorded]:
    with gzip.open(ANSWERS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("server", SERVERS)
def test_all_of_a_level_gives_what_the_servers_stored_and_did(server: str) -> None:
    counted: Counter[str] = Counter()
    for case in recorded():
        if case["server"] == server:
            table = granted(parse_target(server), case["steps"])
            assert held(table) == case["held"], case["steps"]
            assert [sql for sql, may in decided(table).items() if may] == case["done"], case["steps"]
            counted["cases"] += 1
            counted["done"] += len(case["done"])
    assert counted["cases"] == 30
    assert counted["done"] > 200


@pytest.mark.parametrize("server", SERVERS)
def test_a_privilege_asked_for_by_name_is_there_where_a_server_stored_it_and_nowhere_else(server: str) -> None:
    for case in recorded():
        if case["server"] == server:
            session = Session(granted(parse_target(server), case["steps"]), *USER, Client.tcp("127.0.0.1"))
            everything = {name for names in case["held"].values() for name in names}
            for name in NAMES:
                answer = asked(session, name)
                if not answer.unknown and name != "SHOW CREATE ROUTINE":  # the servers lose it: see live.levels
                    assert answer.allowed == (answer.privilege in everything), (name, case["steps"])
