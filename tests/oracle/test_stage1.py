"""What five real servers answered, asked again: 134,771 connections over 1,303 account tables.

A line of stage1.jsonl.gz is one case: account rows, how they were made, clients, the names that look-ups
give, and for each server the CURRENT_USER() of every connection or its error number. Where MySQL holds
two rows to be equal, its winner is only one of them: it must be among the rows that tie.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from grantlint.access import AccountTable, Client, Decision, RowsMadeBy, parse_target

ANSWERS = Path(__file__).parent / "stage1.jsonl.gz"
ASKED = {  # server -> connections it answered; a case that a server cannot hold has no answer of it
    "mysql-5.6.24": 27004,
    "mysql-9.7.4": 27004,
    "mariadb-10.5.23": 26921,
    "mariadb-10.11.19": 26921,
    "mariadb-11.8.9": 26921,
}


class Answer(TypedDict):
    """What one server said: per client its CURRENT_USER() or error; rows that it did not take."""

    winner: list[str | int]
    refused: dict[str, object]


class Case(TypedDict):
    """One account table and the connections that were tried against it."""

    id: str
    skip_name_resolve: bool
    names: dict[str, str]
    accounts: list[tuple[str, str]]
    clients: list[tuple[str, str]]
    rows_made_by: RowsMadeBy
    answers: dict[str, Answer]


@cache
def cases() -> list[Case]:
    with gzip.open(ANSWERS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def decisions(case: Case, server: str) -> Iterator[tuple[Decision, str | int]]:
    answer = case["answers"][server]
    refused = answer.get("refused", {})
    table = AccountTable(
        parse_target(server),
        [(user, host) for index, (user, host) in enumerate(case["accounts"]) if str(index) not in refused],
        skip_name_resolve=case["skip_name_resolve"],
        rows_made_by=case["rows_made_by"],
    )
    for (user, source), measured in zip(case["clients"], answer["winner"], strict=True):
        client = Client.socket() if source == "socket" else Client.tcp(source, case["names"].get(source))
        yield table.decide(user, client), measured


@pytest.mark.parametrize("server", ASKED)
def test_every_answer_of_the_server_is_what_the_model_decides(server: str) -> None:
    asked = 0
    wrong: list[str] = []
    for case in cases():
        if server not in case["answers"]:
            continue
        for decision, measured in decisions(case, server):
            asked += 1
            winners = {f"{row.user}@{row.host}" for row in decision.rows}
            if measured != decision.error if isinstance(measured, int) else measured not in winners:
                wrong.append(f"{case['id']}: {decision.user} from {decision.client}: {measured}, not {decision}")
    assert not wrong, "\n".join(wrong[:20])
    assert asked == ASKED[server]


@pytest.mark.parametrize("server", ["mariadb-10.5.23", "mariadb-10.11.19", "mariadb-11.8.9"])
def test_mariadb_leaves_no_tie_but_between_two_spellings_of_one_account(server: str) -> None:
    for case in cases():
        for decision, _ in decisions(case, server) if server in case["answers"] else ():
            assert len({(row.user, row.host) for row in decision.rows}) <= 1, (case["id"], decision)


@pytest.mark.parametrize("server", ["mysql-5.6.24", "mysql-9.7.4"])
def test_few_mysql_answers_rest_on_a_tie(server: str) -> None:
    """A model that calls everything a tie would agree with every answer."""
    ties = Counter(decision.tie for case in cases() for decision, _ in decisions(case, server))
    assert 0 < ties[True] < ties[False] / 50


def test_the_file_holds_every_answer_it_is_said_to_hold() -> None:
    assert len(cases()) == 1303
    assert sum(len(answer["winner"]) for case in cases() for answer in case["answers"].values()) == 134_771
