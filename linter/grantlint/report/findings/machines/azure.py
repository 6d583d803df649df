"""Logging commands of Azure Pipelines: a line for each finding, which its summary of a run shows."""

from collections.abc import Iterator

from grantlint.lint.finding import Finding, Severity
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.commands import azure, commands
from grantlint.report.findings.machines.wording import whole
from grantlint.report.page import Page

_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "warning"}
"""Azure has no third one; the message of an info begins with the word."""


def render(report: Report, look: Look) -> Page:
    """Return a command for each finding and each crashed rule."""
    del look
    return commands(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        lead = "info: " if finding.severity is Severity.INFO else ""
        yield azure("task.logissue", _place(finding), f"{lead}{whole(finding)}")
    for rule in report.crashes:
        yield azure("task.logissue", {"type": "error"}, f"rule {rule} crashed; what it would have found is missing")


def _place(finding: Finding) -> dict[str, object]:
    line, column = finding.span.source.position(finding.span.start)
    return {
        "type": _TYPES[finding.severity],
        "sourcepath": finding.span.source.path,
        "linenumber": line,
        "columnnumber": column,
        "code": finding.rule,
    }
