"""Random account tables and clients: what real servers do with them against what the model decides."""

from collections.abc import Callable
from random import Random

import pytest

from live.accounts import client_of, differences, measure, smallest, table_of
from live.cases import random_case
from live.servers import LiveServer

pytestmark = pytest.mark.live
_ENOUGH = 5


def test_every_connection_gets_the_account_or_the_error_that_the_model_decides(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None]
) -> None:
    asked = tied = 0
    told: list[str] = []
    for number in range(cases):
        case = random_case(
            f"{number}",
            dice,
            skip_name_resolve=server.skip_name_resolve,
            ipv6=server.ipv6,
            loopback=not server.namespace,
        )
        measured = measure(server, case)
        asked += len(measured.said)
        table = table_of(server, case, measured.accounts)
        tied += sum(table.decide(user, client_of(case, source)).tie for user, source in case["clients"])
        told += [smallest(server, case, client) for client in differences(server, case, measured)[:1]]
        if len(told) == _ENOUGH:
            break
    count(f"{number + 1} account tables, {asked:,} connections, of which {tied:,} could go to more than one row")
    assert not told, "\n\n".join(told)
