"""The report for machines: one JSON object, versioned; findings.schema.json in the folder above describes it.

Written with the C encoder, a finding a line: asking `json` for indentation takes six times as long.
"""

from grantlint.lint.finding import Finding, Severity, Unsaid
from grantlint.lint.suppression.sifted import Suppressed
from grantlint.model import NotChecked
from grantlint.model.location import Span
from grantlint.model.remedy import Fix
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.remembered import as_json
from grantlint.report.page import Page, document
from grantlint.report.strict_json import encoded, listed

VERSION = 1


def render(report: Report, look: Look) -> Page:
    """Return the report for a machine, which does not look."""
    del look
    return json(report)


def json(report: Report) -> Page:
    """Return the report as JSON, in ASCII.

    No control character reaches a terminal.
    """
    findings = listed(finding_as_json(one, report.page_of(one.rule)) for one in report.findings)
    return document(
        f'{{"version":{VERSION},\n"findings":{findings},\n'
        f'"not_checked":{listed(not_checked_as_json(one) for one in report.not_checked)},\n'
        f'"summary":{encoded(summary_as_json(report))}}}\n'
    )


def _place(span: Span) -> dict[str, object]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end))
    return {
        "path": span.source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def finding_as_json(finding: Finding, link: str) -> dict[str, object]:
    """Return a finding as an object; link: of its rule's page."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.span),
        "related": [{"message": related.message, **_place(related.span)} for related in finding.related],
        "witness": finding.witness or None,
        "help": finding.help or None,
        "servers": finding.servers,
        "account": finding.account or None,
        "url": link or None,
        "fix": None if finding.fix is None else _fix(finding.fix),
        "example": finding.example or None,
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "title": fix.title,
        "effect": fix.effect.value,
        "is_safe": fix.effect.is_safe,
        "edits": [{"text": edit.text, **_place(edit.span)} for edit in fix.edits],
    }


def _suppressed(one: Suppressed) -> dict[str, object]:
    return {
        "rule": one.finding.rule,
        "message": one.finding.message,
        **_place(one.finding.span),
        "reason": one.reason or None,
        "until": one.until or None,
    }


def _unsaid(report: Report, why: Unsaid) -> dict[str, object]:
    accounts, rules = report.accounts_unsaid(why)
    return {"why": why.value, "accounts": accounts, "rules": rules}


def not_checked_as_json(one: NotChecked) -> dict[str, object]:
    """Return a value that nobody could look at as an object."""
    return {"what": one.what, "why": one.why, **_place(one.span)}


def summary_as_json(report: Report) -> dict[str, object]:
    """Return what a run looked at as an object."""
    summary = report.summary
    asked, passes, _ = summary.standing
    return {
        "files": summary.files,
        "accounts": summary.accounts,
        "servers": summary.servers,
        "judged_as": summary.judged_as,
        "assumed": summary.assumed,
        **{f"{severity.value}s": report.count(severity) for severity in Severity},
        "not_checked": len(report.not_checked),
        "suppressed": len(report.suppressed),
        "suppressions": [_suppressed(one) for one in report.suppressed],
        "crashed_rules": [*report.crashes],
        "passed_over": dict(summary.passed_over),
        "remarks": summary.remarks,
        "configuration": summary.configuration or None,
        "configuration_named_by": summary.named_by or None,
        "switched_off": summary.switched_off,
        "profile": str(asked),
        "passes": None if passes is None else str(passes),
        "spoken_for": summary.spoken_for,
        "softened": summary.softened,
        "beyond": summary.beyond,
        "outside": summary.outside,
        "kept_back": summary.kept_back,
        "unsaid": [_unsaid(report, why) for why in Unsaid if report.accounts_unsaid(why)[0]],
        "later": summary.later,
        "touched": summary.touched,
        "baseline": as_json(report.baseline),
        "since": None if report.since is None else report.since._asdict(),
    }
