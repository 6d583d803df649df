"""The same findings as text and as JSON."""

import json as stdlib_json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from grantlint.lint.finding import Finding, Related, Severity
from grantlint.lint.suppression.sifted import Suppressed
from grantlint.model import NotChecked
from grantlint.model.location import Source, Span
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.json import json
from grantlint.report.findings.outputs import OUTPUTS, rendered
from grantlint.report.findings.people.text import render

from .findings import EMPTY, FINDINGS, SUMMARY, report


def text(made: Report, *, colour: bool = False, quiet: bool = False) -> str:
    return render(made, Look(colour, quiet))


def test_text_shows_place_line_caret_proof_and_help() -> None:
    assert text(report()) == (
        """\
warning[any-host]: 'app'@'%' may connect from any host
 --> fleet/shop.yml:3:11
  |
2 |   - user: …
  |     ------- declared here
3 |     host: '%'
  |           ^^^
  = on: mysql-8.4, mariadb-11.8
  = witness: anyone from 203.0.113.9
  = help: Name the network.

error[plain-text-password]: the password stands in the file
 --> fleet/shop.yml:4:15
  |
4 |     password: …
  |               ^

2 files, 3 accounts, 1 server: 1 error, 1 warning
judged as: mysql-8.4
profile default: not passed, nor any below it
not checked: 2 values that only a run could know
  2 x host: {{ h }} (first at fleet/shop.yml:6:11)
suppressed: 1 x any-host
  1 x any-host: a demo
"""
    )


def test_quiet_text_is_a_line_for_each_finding() -> None:
    assert text(report(), quiet=True) == (
        "fleet/shop.yml:3:11: warning[any-host]: 'app'@'%' may connect from any host\n"
        "fleet/shop.yml:4:15: error[plain-text-password]: the password stands in the file ('app'@'%')\n"
    )


def test_a_clean_run_says_so() -> None:
    assert text(EMPTY).startswith("2 files, 3 accounts, 1 server: no findings\n")


def test_a_rule_that_crashed_is_named() -> None:
    assert "crashed: rule any-host" in text(report(crashes={"any-host": ValueError()}))


def test_colour_changes_nothing_but_colours() -> None:
    import re  # noqa: PLC0415 - this test alone

    coloured = text(report(), colour=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(report())


HOSTILE = "x\x1b]0;title\x07\u202e\n\udc80"


@pytest.mark.parametrize("output", OUTPUTS)
def test_nothing_that_a_file_says_reaches_the_terminal_raw(output: str) -> None:
    place = Span(Source(f"dir{HOSTILE}.yml", f"host: {HOSTILE} \x1b[2J"), 0, 4)
    hostile = Finding(HOSTILE, Severity.ERROR, HOSTILE, place, (Related(HOSTILE, place),), HOSTILE, HOSTILE, (HOSTILE,))
    made = report((hostile,), {HOSTILE: ValueError(HOSTILE)})
    made = made._replace(not_checked=[NotChecked(HOSTILE, HOSTILE, place)], suppressed=[Suppressed(hostile, HOSTILE)])
    made = made._replace(summary=SUMMARY._replace(judged_as=(HOSTILE,)))
    for shown in (rendered(made, output, Look()), rendered(made, output, Look(quiet=True))):
        assert not {"\x1b", "\x07", "\u202e", "\udc80"} & {*shown}
        shown.encode()


def test_json_fits_its_schema_and_holds_one_finding_a_line() -> None:
    schema = stdlib_json.loads(
        files("grantlint.report.findings").joinpath("findings.schema.json").read_text(encoding="utf-8")
    )
    Draft202012Validator.check_schema(schema)
    for made in (report(crashes={"x": ValueError()}), EMPTY):
        written = json(made)
        Draft202012Validator(schema).validate(stdlib_json.loads(written))
    assert sum(line.startswith('{"rule"') for line in json(report()).splitlines()) == len(FINDINGS)


def test_json_says_what_text_says() -> None:
    data = stdlib_json.loads(json(report()))
    assert data["version"] == 1
    assert data["findings"][0] == {
        "rule": "any-host",
        "severity": "warning",
        "message": "'app'@'%' may connect from any host",
        "path": "fleet/shop.yml",
        "line": 3,
        "column": 11,
        "end_line": 3,
        "end_column": 14,
        "related": [
            {
                "message": "declared here",
                "path": "fleet/shop.yml",
                "line": 2,
                "column": 5,
                "end_line": 2,
                "end_column": 14,
            }
        ],
        "witness": "anyone from 203.0.113.9",
        "help": "Name the network.",
        "servers": ["mysql-8.4", "mariadb-11.8"],
        "account": "'app'@'%'",
        "url": None,
        "fix": None,
        "example": None,
    }
    assert data["not_checked"][0] == {
        "what": "host",
        "why": "{{ h }}",
        "path": "fleet/shop.yml",
        "line": 6,
        "column": 11,
        "end_line": 6,
        "end_column": 18,
    }
    assert data["summary"] == {
        "files": 2,
        "accounts": 3,
        "servers": 1,
        "judged_as": ["mysql-8.4"],
        "assumed": False,
        "errors": 1,
        "warnings": 1,
        "infos": 0,
        "not_checked": 2,
        "suppressed": 1,
        "suppressions": [
            {
                "rule": "any-host",
                "message": "'app'@'%' may connect from any host",
                "path": "fleet/shop.yml",
                "line": 3,
                "column": 11,
                "end_line": 3,
                "end_column": 14,
                "reason": "a demo",
                "until": None,
            }
        ],
        "crashed_rules": [],
        "passed_over": {"empty": 4},
        "remarks": [],
        "configuration": None,
        "configuration_named_by": None,
        "switched_off": [],
        "profile": "default",
        "passes": None,
        "spoken_for": 0,
        "softened": 0,
        "beyond": 0,
        "outside": 0,
        "kept_back": 0,
        "unsaid": [],
        "later": 0,
        "touched": [],
        "baseline": None,
        "since": None,
    }
