"""The report for programs that read line by line: a JSON object for each finding, the last one the summary.

`kind` says what an object is: finding, not_checked or summary. The keys are those of `json`.
"""

from collections.abc import Iterator

from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.json import finding_as_json, not_checked_as_json, summary_as_json
from grantlint.report.page import Page, page
from grantlint.report.strict_json import encoded


def render(report: Report, look: Look) -> Page:
    """Return the report as lines of JSON, in ASCII."""
    del look
    return page(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield encoded({"kind": "finding", **finding_as_json(finding, report.page_of(finding.rule))})
    for one in report.not_checked:
        yield encoded({"kind": "not_checked", **not_checked_as_json(one)})
    yield encoded({"kind": "summary", **summary_as_json(report)})
