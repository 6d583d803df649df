"""Random scripts of account statements, one statement after the other: done or which number, and who is left."""

from collections.abc import Callable, Sequence
from random import Random

import pytest

from live.leavings import grants_left
from live.scripts import Held, clear, expected, random_script, shown
from live.servers import LiveServer

pytestmark = pytest.mark.live
_SCRIPTS = 10  # for each case that is wanted
_ENOUGH = 5


def test_each_statement_is_done_or_refused_as_replay_says(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None]
) -> None:
    if server.skip_name_resolve and server.namespace:
        pytest.skip("asked without it: statements do not depend on skip_name_resolve")
    server.ask(["CREATE DATABASE IF NOT EXISTS stdb", "CREATE TABLE IF NOT EXISTS stdb.t1 (a INT, b INT)"])
    if server.target.product == "mariadb":
        server.ask(["SET sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_CREATE_USER'"])  # as it is by default
    told: list[str] = []
    statements = refusals = 0
    for _ in range(cases * _SCRIPTS):
        script = random_script(dice, server.target)
        difference = _difference(server, script)
        statements += len(script)
        refusals += difference.count
        if difference.told:
            told.append(_smallest(server, script))
        if len(told) == _ENOUGH:
            break
    server.ask([*clear(server.target), "DROP DATABASE stdb", "SET sql_mode = 'STRICT_ALL_TABLES'"])
    count(f"{statements:,} statements, of which {refusals:,} are refused")
    assert not told, "\n\n".join(told)


class _Difference:
    def __init__(self, count: int, told: str) -> None:
        self.count = count
        self.told = told


def _difference(server: LiveServer, script: Sequence[str]) -> _Difference:
    server.ask(clear(server.target))
    numbers, _ = server.ask(script)
    wanted = expected(script, server.target)
    refusals = sum(number is not None for number in numbers)
    for statement, number, model in zip(script, numbers, wanted.numbers, strict=True):
        if model == -1:
            return _Difference(refusals, "")
        if number != model:
            return _Difference(
                refusals, f"{statement}: the server says {number or 'done'}, the model {model or 'done'}"
            )
    for when, model_left in (("now", wanted.now), ("after FLUSH PRIVILEGES", wanted.flushed)):
        left = shown(grants_left(server), server.target) if model_left is not None else None
        if left is not None and model_left is not None and left != model_left:
            return _Difference(refusals, f"{when} {_told_apart(left, model_left)}")
        server.ask(["FLUSH PRIVILEGES"])
    return _Difference(refusals, "")


def _told_apart(left: Held, model: Held) -> str:
    found = []
    for here, there in zip(left, model, strict=True):
        found.append(f"the server alone has {sorted(here - there)}, the model alone {sorted(there - here)}")
    return "; ".join(found)


def _smallest(server: LiveServer, script: list[str]) -> str:
    """Return the difference of the fewest statements that still show one."""
    shrunk = True
    while shrunk:
        shrunk = False
        for number in range(len(script)):
            fewer = script[:number] + script[number + 1 :]
            if fewer and _difference(server, fewer).told:
                script, shrunk = fewer, True
                break
    lines = "".join(f"  {statement};\n" for statement in script)
    return f"{server.target}\n{lines}  {_difference(server, script).told}"
