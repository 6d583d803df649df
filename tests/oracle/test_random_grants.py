"""Random grants, asked of real servers with real statements: MySQL 5.6 and 9.7, MariaDB 10.11 and 11.8.

A line of random_grants.jsonl.gz is one server: its settings, accounts and roles, the grant statements that it
accepted, and for each session the answers to one statement for each question and database: 1 done, 0 refused with
1142, 1143, 1370 or 1044. Sources are 127.0.0.x and the socket; with lower_case_table_names the databases were
named in mixed case.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from grantlint.access import AccountTable, Client, GrantSettings, GrantTable, Session, Verdict, parse_target

ANSWERS = Path(__file__).parent / "random_grants.jsonl.gz"
DATABASES = {0: ("foo", "foo_bar", "fooxbar", "bar"), 1: ("FOO", "Foo_bar", "fooxbar", "bar")}
ASKED = {"mysql-5.6.24": 9_040, "mysql-9.7.4": 21_200, "mariadb-10.11.19": 21_720, "mariadb-11.8.9": 8_960}

Question = bool | Verdict


class Recorded(TypedDict):
    """One server."""

    server: str
    settings: dict[str, object]
    accounts: list[tuple[str, str]]
    roles: list[str]
    statements: list[tuple[str, list[object], dict[str, bool]]]
    sessions: list[tuple[str, str, str, list[tuple[str, str]] | None, str]]


@cache
def recorded() -> list[Recorded]:
    with gzip.open(ANSWERS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def granted(case: Recorded) -> GrantTable:
    settings = GrantSettings()._replace(**case["settings"])
    mandatory = tuple((user, host) for user, host in settings.mandatory_roles)
    table = GrantTable(parse_target(case["server"]), settings._replace(mandatory_roles=mandatory))
    for statement, words, options in case["statements"]:
        getattr(table, statement)(*words, **options)
    return table


def questions(session: Session, database: str) -> Iterator[Question]:
    """Ask what the statements asked, in their order."""
    yield session.may("SELECT", database, "t", column="a")
    yield session.may("SELECT", database, "t", column="b")
    yield session.may("DELETE", database, "t")
    yield session.may("INSERT", database, "u")
    yield session.may("UPDATE", database, "t", column="a")
    yield session.may("SELECT", database, "u", column="a")
    yield session.may("EXECUTE", database, routine="p", kind="PROCEDURE")
    yield session.may("EXECUTE", database, routine="f", kind="FUNCTION")
    select, option = session.may("SELECT", database, "u"), session.may("GRANT OPTION", database, "u")
    both = select.allowed and option.allowed
    yield Verdict(both, uncertain=not both and (select.uncertain or option.uncertain))
    yield session.may_use(database)


@pytest.mark.parametrize("server", ASKED)
def test_every_statement_is_decided_as_the_server_did(server: str) -> None:
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    for number, case in enumerate(recorded()):
        if case["server"] != server:
            continue
        table = granted(case)
        names = DATABASES[table.settings.lower_case_table_names]
        for _, source, current_user, roles, answers in case["sessions"]:
            user, host = current_user.rsplit("@", 1)
            client = Client.socket() if source == "socket" else Client.tcp(source)
            active = None if roles is None else [(role, of) for role, of in roles]
            session = Session(table, user, host, client, roles=active)
            found = [(name, answer) for name in names for answer in questions(session, name)]
            for place, ((name, answer), measured) in enumerate(zip(found, answers, strict=True)):
                counted["asked"] += 1
                uncertain = isinstance(answer, Verdict) and answer.uncertain
                counted["tied"] += uncertain
                allowed = answer.allowed if isinstance(answer, Verdict) else answer
                if not uncertain and allowed != (measured == "1"):
                    wrong.append(f"{number} {current_user} {source} {name} question {place % 10}: {measured} {answer}")
    assert not wrong, "\n".join(wrong[:20])
    assert counted["asked"] == ASKED[server]
    assert counted["tied"] < counted["asked"] / (25 if server == "mysql-5.6.24" else 100)


@pytest.mark.parametrize("server", ASKED)
def test_the_accounts_are_those_that_stage_1_chooses(server: str) -> None:
    for case in recorded():
        if case["server"] == server:
            roles = [] if server.startswith("mariadb") else [(role, "%") for role in case["roles"]]
            table = AccountTable(parse_target(server), [("root", "localhost"), *map(tuple, case["accounts"]), *roles])
            for user, source, current_user, _, _ in case["sessions"]:
                client = Client.socket() if source == "socket" else Client.tcp(source)
                assert current_user in {f"{row.user}@{row.host}" for row in table.decide(user, client).rows}
