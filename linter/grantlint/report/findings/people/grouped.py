"""The report by file: a heading for each file, below it a line for each finding."""

from collections.abc import Iterator
from itertools import groupby

from grantlint.report.columns import columns
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.summary import summary_lines
from grantlint.report.page import Ink, Line, Page, named, page

_BOLD = "1"


def render(report: Report, look: Look) -> Page:
    """Return the findings by file, and the summary.

    A quiet look has no summary.
    """
    return page(_lines(report, look), colour=look.colour)


def _lines(report: Report, look: Look) -> Iterator[Line]:
    for path, findings in groupby(report.findings, lambda finding: finding.span.source.path):
        yield Ink(named(path), _BOLD)
        rows: list[tuple[str, ...]] = []
        for finding in findings:
            line, column = finding.span.source.position(finding.span.start)
            account = "" if finding.account in finding.message else f" ({finding.account})"
            rows.append((f"{line}:{column}", finding.severity.value, finding.rule, f"{finding.message}{account}"))
        yield from (f"  {line}" for line in columns(rows))
        yield ""
    if not look.quiet:
        yield from summary_lines(report)
