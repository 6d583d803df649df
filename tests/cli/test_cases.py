"""`grantlint why --cases`: the recorded cases of five real servers, and what is no case."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

RECORDED = Path(__file__).parent.parent / "oracle" / "stage1.jsonl.gz"
SERVERS = ("mysql-5.6.24", "mysql-9.7.4", "mariadb-10.5.23", "mariadb-10.11.19", "mariadb-11.8.9")
EVERY = 8  # each case is replayed in tests/oracle; here it is the way in and out that counts


@pytest.fixture(scope="module")
def lines() -> list[str]:
    with gzip.open(RECORDED, "rt", encoding="utf-8") as file:
        return list(file)[::EVERY]


@pytest.mark.parametrize("server", SERVERS)
def test_the_winners_are_those_of_the_server(server: str, lines: list[str], here: Path, grantlint: Run) -> None:
    (here / "cases.jsonl").write_text("".join(lines), encoding="utf-8")
    ran = grantlint("why", "--cases", "cases.jsonl", "--server", server)
    assert (ran.status, ran.err) == (0, "")
    asked = 0
    for line, said in zip(lines, ran.out.splitlines(), strict=True):
        case, answer = json.loads(line), json.loads(said)
        assert answer["id"] == case["id"]
        recorded = case["answers"].get(server, {"winner": []})["winner"]
        for winner, measured in zip(answer["winner"], recorded, strict=bool(recorded)):
            asked += 1
            assert winner == measured if isinstance(measured, int) else measured in winner, case["id"]
    assert asked > 3000


CASE: dict[str, Any] = {
    "id": 7,
    "accounts": [["app", "%.com"], ["app", "%.example.com"], ["", "10.0.3.7"], ["app", "WEB2"]],
    "names": {"10.0.4.7": "web1.example.com", "10.0.4.8": "web2"},
    "clients": [["app", "10.0.4.7"], ["app", "10.0.3.7"], ["app", "socket"], ["app", "10.9.9.9"], ["app", "10.0.4.8"]],
}


def asked(grantlint: Run, here: Path, case: object, *options: str) -> tuple[int, Any, str]:
    text = case if isinstance(case, str) else json.dumps(case)
    (here / "cases.jsonl").write_text(text + "\n", encoding="utf-8")
    ran = grantlint("why", "--cases", "cases.jsonl", *options)
    return ran.status, json.loads(ran.out) if ran.out else None, ran.err


def test_a_tie_names_all_rows_that_may_win(here: Path, grantlint: Run) -> None:
    _, answer, _ = asked(grantlint, here, CASE, "--server", "mysql-8.4")
    tie, *others = answer["winner"]
    assert sorted(tie) == ["app@%.com", "app@%.example.com"]
    assert others == [["@10.0.3.7"], 1045, 1130, ["app@web2"]]
    assert answer["id"] == 7


def test_a_case_may_name_its_server(here: Path, grantlint: Run) -> None:
    _, answer, _ = asked(grantlint, here, CASE | {"server": "mariadb-11.8"})
    assert answer["winner"][0] == ["app@%.example.com"]


def test_skip_name_resolve_takes_the_names_away(here: Path, grantlint: Run) -> None:
    _, answer, _ = asked(grantlint, here, CASE | {"skip_name_resolve": True}, "--server", "mysql-8.4")
    assert answer["winner"] == [1130, ["@10.0.3.7"], 1045, 1130, 1130]


def test_rows_that_the_server_refuses_are_left_out(here: Path, grantlint: Run) -> None:
    long_user, long_host = "a" * 33, "h" * 250 + ".example.com"
    case = {
        "accounts": [[long_user, "10.0.3.7"], ["app", long_host], ["app", "a@b"], ["app", ""], ["app", "%"]],
        "clients": [[long_user, "10.0.3.7"], ["app", "10.0.3.7"]],
    }
    assert asked(grantlint, here, case, "--server", "mysql-8.4")[1]["winner"] == [1045, ["app@%"]]
    assert asked(grantlint, here, case, "--server", "mariadb-11.8")[1]["winner"][0] == [f"{long_user}@10.0.3.7"]


def test_a_row_put_into_the_grant_table_keeps_its_case(here: Path, grantlint: Run) -> None:
    case = {"accounts": [["app", "2001:DB8::5"]], "clients": [["app", "2001:db8::5"]], "server": "mysql-8.4"}
    assert asked(grantlint, here, case)[1]["winner"] == [["app@2001:db8::5"]]
    assert asked(grantlint, here, case | {"rows_made_by": "insert"})[1]["winner"] == [1045]


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        ("{", "no JSON"),
        (f'{{"id": {"[" * 100}{"]" * 100}}}', "no case: it nests more than 100 levels deep"),
        (f'{{"id": {"[" * 99}{"]" * 99}}}', "which server"),
        (f'{{"id": {"9" * 5000}}}', "no case: a number in it has too many digits"),
        ("[1]", "a case is a JSON object"),
        (CASE, "which server"),
        (CASE | {"server": "oracle-23"}, "names no server"),
        ({"clients": [], "server": "mysql"}, "accounts is missing"),
        ({"accounts": [["app"]], "clients": [], "server": "mysql"}, "accounts[0] is no [user, host value]"),
        ({"accounts": [], "clients": [["app", "web1"]], "server": "mysql"}, "'web1' is no IPv4 or IPv6 address"),
        ({"accounts": [], "clients": [["app", 7]], "server": "mysql"}, "clients[0]"),
        (CASE | {"server": "mysql", "skip_name_resolve": "yes"}, "must be true or false"),
        (CASE | {"server": "mysql", "rows_made_by": "magic"}, "must be one of"),
        (CASE | {"server": "mysql", "names": []}, "names is no object"),
        (CASE | {"server": "mysql", "names": {"10.0.4.7": 7}}, "is no text"),
    ],
)
def test_what_is_no_case_is_refused_with_its_line(case: object, complaint: str, here: Path, grantlint: Run) -> None:
    status, answer, said = asked(grantlint, here, case)
    assert (status, answer) == (2, None)
    assert complaint in said
    assert "cases.jsonl:1: " in said


def test_answers_before_a_broken_line_are_printed(here: Path, grantlint: Run) -> None:
    (here / "cases.jsonl").write_text(json.dumps(CASE) + "\n\nnonsense\n", encoding="utf-8")
    ran = grantlint("why", "--cases", "cases.jsonl", "--server", "mysql-8.4")
    assert ran.status == 2
    assert json.loads(ran.out)["id"] == 7
    assert "cases.jsonl:3: no JSON" in ran.err


def test_cases_come_from_standard_input_as_well(process: Run) -> None:
    ran = process("why", "--cases", "-", "--server", "mysql-8.4", stdin=json.dumps(CASE).encode())
    assert (ran.status, json.loads(ran.out)["id"]) == (0, 7)


@pytest.mark.parametrize(
    "words", ["--cases none.jsonl --server mysql", "--cases a b", "--cases a --server a --server b"]
)
def test_what_does_not_go_with_cases_is_misuse(words: str, grantlint: Run) -> None:
    assert grantlint("why", *words.split()).status == 2
