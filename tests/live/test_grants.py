"""Random grants and roles: what sessions may do on real servers, by real statements, against the model."""

from collections.abc import Callable
from random import Random

import pytest

from live.grants import random_grants, set_up, smallest_grants, try_out
from live.servers import LiveServer

pytestmark = pytest.mark.live
_ENOUGH = 3


def test_every_statement_of_a_session_is_done_or_refused_as_the_model_decides(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None]
) -> None:
    server.ask(set_up())
    asked = left_open = 0
    told: list[str] = []
    for _ in range(cases):
        case = random_grants(dice, server)
        answers = try_out(server, case)
        asked += answers.asked
        left_open += answers.open
        if answers.wrong:
            told.append(smallest_grants(server, case))
        if len(told) == _ENOUGH:
            break
    count(f"{cases} sets of grants, {asked:,} statements, of which {left_open:,} rest on ties")
    assert not told, "\n\n".join(told)
    assert asked
