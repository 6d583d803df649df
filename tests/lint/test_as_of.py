"""`rules-as-of`: what came later is an info, and nothing else changes."""

from pathlib import Path

import pytest

from grantlint import __version__
from grantlint.lint.faults import FAULTS
from grantlint.lint.finding import Finding, Severity
from grantlint.lint.registry import rule_set
from grantlint.lint.triage.as_of import as_of, is_later
from grantlint.model.location import Source, Span
from grantlint.reader.files.formats import FORMATS
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

BAD = "users:\n  - {user: app, host: '%', grants: [{privileges: [ALL], target: '*.*'}]}\n"
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


@pytest.mark.parametrize(
    ("since", "version", "later"),
    [
        ("0.1.0", "0.1", False), ("0.1.9", "0.1", False), ("0.2.0", "0.1", True), ("0.2.0", "0.1.9", True),
        ("0.1.2", "0.1.1", True), ("0.10.0", "0.9", True), ("1.0", "0.9.9", True), ("0.1.0", "1", False),
        ("", "0.0", False),
    ],
)  # fmt: skip
def test_a_version_is_later_than_all_that_another_means(since: str, version: str, *, later: bool) -> None:
    assert is_later(since, version) is later


def test_each_rule_fault_and_format_tells_a_version_that_there_is() -> None:
    released = {line.split("[")[1].split("]")[0] for line in CHANGELOG.read_text("utf-8").splitlines()
                if line.startswith("## [")} - {"Unreleased"}  # fmt: skip
    known = {*released, __version__}
    assert {rule.since for rule in rule_set()} <= known
    assert {one.since for one in (*FAULTS, *FORMATS)} <= known


def test_only_what_came_later_is_an_info_and_it_speaks_for_nothing_older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stronger rule of a later version must not take the finding of a rule that the gate knows."""
    monkeypatch.chdir(tmp_path)
    Path("a.yml").write_text(BAD, encoding="utf-8")
    settings = Settings(rules_as_of="0.1")
    ready = plan(settings)
    newer = [rule._replace(since="0.2.0") if rule.name == "any-host-all-privileges" else rule for rule in ready.rules]
    every = [rule._replace(since="0.2.0") if rule.name == "any-host-all-privileges" else rule
             for rule in ready.every_rule]  # fmt: skip
    before = {one.rule: one.severity for one in ready.judge(load(Request(["a.yml"]), settings)).findings}
    report = ready._replace(rules=newer, every_rule=every).judge(load(Request(["a.yml"]), settings))
    after = {one.rule: one.severity for one in report.findings}
    assert before["any-host-all-privileges"] is not Severity.INFO
    assert "any-host" not in before, "the stronger one speaks for it"
    assert after["any-host-all-privileges"] is Severity.INFO
    assert after["any-host"] is Severity.WARNING
    assert report.summary.later == 1


def test_a_pack_of_others_has_versions_of_its_own() -> None:
    finding = Finding("x", Severity.ERROR, "m", Span(Source("a.yml", ""), 0, 0))
    left = as_of([finding], "0.1", lambda _: ("", "0.1.7"))
    assert (left.findings, left.later) == ([finding], 0)
    left = as_of([finding], "0.1", lambda _: ("", "0.2.0"))
    assert (left.findings[0].severity, left.later) == (Severity.INFO, 1)
