"""SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code scanning and editors read.

A finding is a result, a rule that has one a `reportingDescriptor`; what a comment silences is a result that says so.
Values that nobody could look at, and rules that crashed, are notifications of the run.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from grantlint import __version__
from grantlint.lint.faults import FAULTS
from grantlint.lint.finding import Finding, Severity
from grantlint.lint.rule import Rule
from grantlint.lint.triage.fingerprint import fingerprints
from grantlint.model.location import Span
from grantlint.model.remedy import Fix
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.wording import named
from grantlint.report.page import Page, document
from grantlint.report.strict_json import encoded, listed

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/grantlint/grantlint"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "grantlint/v1"

Json = dict[str, object]


def render(report: Report, look: Look) -> Page:
    """Return the report as one run, a result a line."""
    del look
    silenced = [one.finding for one in report.suppressed]
    names = [*dict.fromkeys(finding.rule for finding in (*report.findings, *silenced))]
    index = {name: number for number, name in enumerate(names)}
    keys = fingerprints([*report.findings, *silenced])
    reasons = [None] * len(report.findings) + [one.reason for one in report.suppressed]
    results = (
        _result(finding, index[finding.rule], key, reason)
        for finding, key, reason in zip((*report.findings, *silenced), keys, reasons, strict=True)
    )
    driver = {
        "name": "grantlint",
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [*_rules(names, report)],
    }
    return document(
        f'{{"$schema":{encoded(SCHEMA)},"version":"2.1.0","runs":[{{\n"tool":{encoded({"driver": driver})},\n'
        f'"columnKind":"unicodeCodePoints",\n"results":{listed(results)},\n'
        f'"invocations":[{{"executionSuccessful":{encoded(not report.crashes)},'
        f'"toolExecutionNotifications":{listed(_notifications(report))}}}]\n}}]}}\n'
    )


def _rules(names: Iterable[str], report: Report) -> Iterator[Json]:
    faults = {fault.name: fault for fault in FAULTS}
    for name in names:
        if name in report.rules:
            yield _rule(report.rules[name])
        elif name in faults:
            fault = faults[name]
            yield _descriptor(name, fault.summary, fault.rationale, fault.rationale, fault.severity)
        else:
            yield {"id": name}


def _rule(rule: Rule) -> Json:
    made = _descriptor(rule.name, rule.summary, rule.rationale, rule.help, _LEVELS[rule.severity])
    if rule.url:
        made["helpUri"] = rule.url
    made["properties"] = {"tags": rule.tags}
    return made


def _descriptor(name: str, summary: str, rationale: str, remedy: str, level: str) -> Json:
    why = " ".join(rationale.split())
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": why},
        "help": {"text": remedy if remedy == rationale else f"{why}\n\n{remedy}"},
        "defaultConfiguration": {"level": level},
    }


def _result(finding: Finding, index: int, key: str, reason: str | None) -> Json:
    made: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": ". ".join(filter(None, (named(finding), finding.witness)))},
        "locations": [{"physicalLocation": _place(finding.span)}],
        "partialFingerprints": {_FINGERPRINT: key},
    }
    if finding.related:
        made["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(related.span), "message": {"text": related.message}}
            for number, related in enumerate(finding.related)
        ]
    if finding.fix is not None:
        made["fixes"] = [_fix(finding.fix)]
    if reason is not None:
        made["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason}]
    properties = {
        "witness": finding.witness,
        "help": finding.help,
        "servers": finding.servers,
        "account": finding.account,
    }
    made["properties"] = {name: value for name, value in properties.items() if value}
    return made


def _fix(fix: Fix) -> Json:
    """Return a fix as changes, those of a file together."""
    changes: dict[str, list[Json]] = {}
    for edit in fix.edits:
        replaced: Json = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(address(edit.span.source.path), []).append(replaced)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": {"uri": uri}, "replacements": replacements} for uri, replacements in changes.items()
        ],
    }


def _place(span: Span) -> Json:
    return {"artifactLocation": {"uri": address(span.source.path)}, "region": _region(span)}


def _region(span: Span) -> Json:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end))
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def address(path: str) -> str:
    """Return a path as a URI reference.

    It is relative to where the run began, where the path is.

    >>> address("policies/a b.yml")
    'policies/a%20b.yml'
    """
    escaped = quote(path, safe="/", errors="surrogateescape")
    if path.startswith("/"):
        return f"file://{escaped}"
    return escaped.removeprefix("./")


def _notifications(report: Report) -> Iterator[Json]:
    for rule in report.crashes:
        text = f"rule {rule} crashed; what it would have found is missing"
        yield {"level": "error", "message": {"text": text}, "associatedRule": {"id": rule}}
    for one in report.not_checked:
        yield {
            "level": "note",
            "message": {"text": f"not checked: {one.what}: {one.why}"},
            "locations": [{"physicalLocation": _place(one.span)}],
        }
