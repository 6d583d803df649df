"""Random statements about how accounts log in: done or which number, and who is then let in without a password."""

from collections.abc import Callable, Sequence
from random import Random

import pytest

from live.logins import NAMES, SOURCES, answer, clear, left, random_statements
from live.servers import LiveServer

pytestmark = pytest.mark.live
_ENOUGH = 3
_OPTIONS_SINCE = (5, 7)


def test_each_account_lets_in_whom_the_model_says(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None]
) -> None:
    if server.target.version < _OPTIONS_SINCE:
        pytest.skip("CREATE USER has no options there")
    if server.skip_name_resolve or not server.namespace:
        pytest.skip("asked with names, from addresses of its own")
    told: list[str] = []
    statements = 0
    for _ in range(cases):
        script = random_statements(dice, server.target)
        statements += len(script)
        if _difference(server, script):
            told.append(_smallest(server, script))
        if len(told) == _ENOUGH:
            break
    server.ask(clear())
    count(f"{statements:,} statements about how accounts log in")
    assert not told, "\n\n".join(told)


def _difference(server: LiveServer, script: Sequence[str]) -> str:
    server.ask(clear())
    numbers, _ = server.ask(script)
    held = left(script, server.target)
    if -1 in held.numbers:
        return ""
    for statement, number, model in zip(script, numbers, held.numbers, strict=True):
        if number != model:
            return f"{statement}: the server says {number or 'done'}, the model {model or 'done'}"
    clients = [(user, source) for user, _ in NAMES if user in held.accounts for source in SOURCES]
    _, said = server.ask([], [(user, source, ["DO 1"]) for user, source in clients], {})
    for (user, source), one in zip(clients, said, strict=True):
        got = one.error if one.error is not None else one.answers[0]
        if got != answer(held, user, source):
            return f"{user} from {source}: the server says {got}, the model {answer(held, user, source)}"
    return ""


def _smallest(server: LiveServer, script: list[str]) -> str:
    shrunk = True
    while shrunk:
        shrunk = False
        for number in range(len(script)):
            fewer = script[:number] + script[number + 1 :]
            if fewer and _difference(server, fewer):
                script, shrunk = fewer, True
                break
    return f"{server.target}\n" + ";\n".join(script) + f"\n{_difference(server, script)}"
