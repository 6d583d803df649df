"""The report in lines: place, severity, rule, message and account of each finding, and the summary."""

from collections.abc import Iterator

from grantlint.lint.finding import Finding
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.summary import COLOURS, summary_lines
from grantlint.report.page import Ink, Line, Page, page
from grantlint.report.places import position_of

_BOLD = "1"


def render(report: Report, look: Look) -> Page:
    """Return a line for each finding, and the summary.

    A quiet look has no summary.
    """
    return page(_lines(report, look), colour=look.colour, links=look.links)


def _lines(report: Report, look: Look) -> Iterator[Line]:
    for finding in report.findings:
        yield headline(finding, report.page_of(finding.rule))
    if not look.quiet:
        yield from summary_lines(report)


def headline(finding: Finding, link: str = "") -> Line:
    """Return a finding in one line.

    It has path:line:column, severity, rule, message, and the account where it is not named.
    """
    severity = Ink(f"{finding.severity.value}[{finding.rule}]", COLOURS[finding.severity], link)
    about = "" if finding.account in finding.message else f" ({finding.account})"
    return Ink(position_of(finding.span), _BOLD), ": ", severity, f": {finding.message}{about}"
