"""`python -m grantlint.oracle why`: the recorded cases of five real servers, and what is no case."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

RECORDED = Path(__file__).parent / "stage1.jsonl.gz"
STATEMENTS = RECORDED.with_name("grammar.jsonl.gz")
PARSERS = ("mysql-9.7.4", "mysql-5.6.24", "mariadb-10.11.19", "mariadb-11.8.9")
SERVERS = ("mysql-5.6.24", "mysql-9.7.4", "mariadb-10.5.23", "mariadb-10.11.19", "mariadb-11.8.9")
EVERY = 8  # each case is replayed in tests/oracle; here it is the way in and out that counts


@pytest.fixture(scope="module")
def lines() -> list[str]:
    with gzip.open(RECORDED, "rt", encoding="utf-8") as file:
        return list(file)[::EVERY]


@pytest.mark.parametrize("server", SERVERS)
def test_the_winners_are_those_of_the_server(server: str, lines: list[str], here: Path, oracle: Run) -> None:
    (here / "cases.jsonl").write_text("".join(lines), encoding="utf-8")
    ran = oracle("why", "cases.jsonl", "--server", server)
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


def asked(oracle: Run, here: Path, case: object, *options: str) -> tuple[int, Any, str]:
    text = case if isinstance(case, str) else json.dumps(case)
    (here / "cases.jsonl").write_text(text + "\n", encoding="utf-8")
    ran = oracle("why", "cases.jsonl", *options)
    return ran.status, json.loads(ran.out) if ran.out else None, ran.err


def test_a_tie_names_all_rows_that_may_win(here: Path, oracle: Run) -> None:
    _, answer, _ = asked(oracle, here, CASE, "--server", "mysql-8.4")
    tie, *others = answer["winner"]
    assert sorted(tie) == ["app@%.com", "app@%.example.com"]
    assert others == [["@10.0.3.7"], 1045, 1130, ["app@web2"]]
    assert answer["id"] == 7


def test_a_case_may_name_its_server(here: Path, oracle: Run) -> None:
    _, answer, _ = asked(oracle, here, CASE | {"server": "mariadb-11.8"})
    assert answer["winner"][0] == ["app@%.example.com"]


def test_skip_name_resolve_takes_the_names_away(here: Path, oracle: Run) -> None:
    _, answer, _ = asked(oracle, here, CASE | {"skip_name_resolve": True}, "--server", "mysql-8.4")
    assert answer["winner"] == [1130, ["@10.0.3.7"], 1045, 1130, 1130]


def test_rows_that_the_server_refuses_are_left_out(here: Path, oracle: Run) -> None:
    long_user, long_host = "a" * 33, "h" * 250 + ".example.com"
    case = {
        "accounts": [[long_user, "10.0.3.7"], ["app", long_host], ["app", "a@b"], ["app", ""], ["app", "%"]],
        "clients": [[long_user, "10.0.3.7"], ["app", "10.0.3.7"]],
    }
    assert asked(oracle, here, case, "--server", "mysql-8.4")[1]["winner"] == [1045, ["app@%"]]
    assert asked(oracle, here, case, "--server", "mariadb-11.8")[1]["winner"][0] == [f"{long_user}@10.0.3.7"]


def test_a_row_put_into_the_grant_table_keeps_its_case(here: Path, oracle: Run) -> None:
    case = {"accounts": [["app", "2001:DB8::5"]], "clients": [["app", "2001:db8::5"]], "server": "mysql-8.4"}
    assert asked(oracle, here, case)[1]["winner"] == [["app@2001:db8::5"]]
    assert asked(oracle, here, case | {"rows_made_by": "insert"})[1]["winner"] == [1045]


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
def test_what_is_no_case_is_refused_with_its_line(case: object, complaint: str, here: Path, oracle: Run) -> None:
    status, answer, said = asked(oracle, here, case)
    assert (status, answer) == (2, None)
    assert complaint in said
    assert "cases.jsonl:1: " in said


def test_answers_before_a_broken_line_are_printed(here: Path, oracle: Run) -> None:
    (here / "cases.jsonl").write_text(json.dumps(CASE) + "\n\nnonsense\n", encoding="utf-8")
    ran = oracle("why", "cases.jsonl", "--server", "mysql-8.4")
    assert ran.status == 2
    assert json.loads(ran.out)["id"] == 7
    assert "cases.jsonl:3: no JSON" in ran.err


def test_cases_come_from_standard_input_as_well(process: Run) -> None:
    ran = process("why", "-", "--server", "mysql-8.4", stdin=json.dumps(CASE).encode())
    assert (ran.status, json.loads(ran.out)["id"]) == (0, 7)


@pytest.mark.parametrize(
    "words",
    ["why none.jsonl --server mysql", "why a b", "why", "", "which a --server mysql", "parse a", "why a --server x"],
)
def test_misuse_is_2(words: str, oracle: Run) -> None:
    assert oracle(*words.split()).status == 2


@pytest.mark.parametrize("server", PARSERS)
def test_the_answers_are_those_of_the_server(server: str, oracle: Run) -> None:
    ran = oracle("parse", str(STATEMENTS), "--server", server)
    assert (ran.status, ran.err) == (0, "")
    with gzip.open(STATEMENTS, "rt", encoding="utf-8") as lines:
        for line, said in zip(lines, ran.out.splitlines(), strict=True):
            case, answer = json.loads(line), json.loads(said)
            assert answer["id"] == case["id"]
            assert answer["parsed"] is case["answers"][server]["parsed"]


def test_rows_that_are_there_already_are_not_added(here: Path, oracle: Run) -> None:
    case = {"id": 7, "sql": "CREATE USER IF NOT EXISTS a, b@h", "present": [["a", "%"]]}
    (here / "cases.jsonl").write_text(json.dumps(case) + "\n\n", encoding="utf-8")
    ran = oracle("parse", "cases.jsonl", "--server", "mysql-8.4")
    assert json.loads(ran.out) == {"id": 7, "parsed": True, "accounts": [["b", "h"]]}


def test_without_a_word_the_rows_of_the_recorded_servers_are_there(here: Path, oracle: Run) -> None:
    case = {"id": 7, "sql": "CREATE USER IF NOT EXISTS u, b@h"}
    lines = (json.dumps(each) + "\n" for each in (case, {**case, "present": []}))
    (here / "cases.jsonl").write_text("".join(lines), encoding="utf-8")
    ran = oracle("parse", "cases.jsonl", "--server", "mariadb-11.8")
    assert [json.loads(line)["accounts"] for line in ran.out.splitlines()] == [[["b", "h"]], [["u", "%"], ["b", "h"]]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("no", "f:1: no JSON"),
        ('{"id": 1}', "f:1: a case has"),
        ("[" * 100_000, "f:1: no case: it nests more than 100 levels deep"),
        (f'{{"sql": {"9" * 5000}}}', "f:1: no case: a number in it has too"),
    ],
)
def test_what_is_no_statement_is_refused_with_its_line(content: str, words: str, here: Path, oracle: Run) -> None:
    (here / "f").write_text(content, encoding="utf-8")
    ran = oracle("parse", "f", "--server", "mysql-8.4")
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_a_packed_file_that_is_cut_off_is_misuse(here: Path, oracle: Run) -> None:
    (here / "g.gz").write_bytes(STATEMENTS.read_bytes()[:1000])
    ran = oracle("parse", "g.gz", "--server", "mysql-8.4")
    assert ran.status == 2
    assert "g.gz: is packed, and cut off" in ran.err
