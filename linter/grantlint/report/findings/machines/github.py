"""GitHub's workflow commands: a line for each finding, which GitHub shows beside the line of the file."""

from collections.abc import Iterator

from grantlint.lint.finding import Finding, Severity
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.commands import commands, github
from grantlint.report.findings.machines.wording import whole
from grantlint.report.page import Page

_VERBS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, look: Look) -> Page:
    """Return a command for each finding and each crashed rule."""
    del look
    return commands(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield github(_VERBS[finding.severity], _place(finding), whole(finding))
    for rule in report.crashes:
        yield github("error", {"title": "grantlint"}, f"rule {rule} crashed; what it would have found is missing")


def _place(finding: Finding) -> dict[str, object]:
    span = finding.span
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end))
    place: dict[str, object] = {"file": span.source.path, "line": line, "endLine": end_line, "col": column}
    if end_line == line:  # GitHub takes an end column on the same line alone
        place["endColumn"] = end_column
    return {**place, "title": f"{finding.rule} (grantlint)"}
