"""What ALL stands for at each level, what REVOKE ALL takes, and what each privilege by itself gives."""

from collections.abc import Callable

import pytest

from live.grants import set_up
from live.levels import all_of_each_level, carry_out, decided, done, each_alone, granted, held, statement
from live.servers import LiveServer

pytestmark = pytest.mark.live


def test_all_of_a_level_is_stored_and_serves_as_the_model_decides(
    server: LiveServer, count: Callable[[str], None]
) -> None:
    server.ask(set_up())
    asked = 0
    for steps in all_of_each_level():
        sql = [*map(statement, steps)]
        table = granted(server.target, steps)
        assert carry_out(server, steps) == held(table), sql
        answers = decided(table)
        assert done(server) == answers, sql
        asked += len(answers)
    count(f"{asked:,} statements of sessions with ALL of a level")


def test_each_privilege_alone_is_stored_as_the_model_has_it(server: LiveServer, count: Callable[[str], None]) -> None:
    server.ask(set_up())
    names = 0
    for steps in each_alone(server.target):
        assert carry_out(server, steps) == held(granted(server.target, steps)), [*map(statement, steps)]
        names += 1
    count(f"{names} grants of one privilege")
