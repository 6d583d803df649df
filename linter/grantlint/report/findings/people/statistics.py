"""How often each rule reports, most often first."""

from collections import Counter
from collections.abc import Iterator

from grantlint.lint.faults import FAULTS
from grantlint.report.columns import columns
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.summary import counted, summary_lines
from grantlint.report.page import Line, Page, page


def render(report: Report, look: Look) -> Page:
    """Return a line for each rule that reports, and the summary.

    A quiet look has no summary.
    """
    return page(_lines(report, look), colour=look.colour)


def _lines(report: Report, look: Look) -> Iterator[Line]:
    summaries = {fault.name: fault.summary for fault in FAULTS}
    summaries |= {name: rule.summary for name, rule in report.rules.items()}
    numbers = Counter((finding.rule, finding.severity.value) for finding in report.findings)
    files = Counter(rule for rule, _ in {(finding.rule, finding.span.source.path) for finding in report.findings})
    rows = [
        (f"{number:,}", f"in {counted(files[rule], 'file')}", severity, rule, summaries.get(rule, ""))
        for (rule, severity), number in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    ]
    if rows:
        yield from columns(rows)
        yield ""
    if not look.quiet:
        yield from summary_lines(report)
