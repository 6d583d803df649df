"""The XML of Checkstyle, which Jenkins, reviewdog and many others read."""

from itertools import groupby

from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.wording import whole
from grantlint.report.findings.machines.xml_page import XmlPage
from grantlint.report.page import Page


def render(report: Report, look: Look) -> Page:
    """Return a `file` element for each file with findings.

    Each finding is an `error` in it.
    """
    del look
    made = XmlPage()
    made.begin("checkstyle", {"version": "4.3"})
    for path, findings in groupby(report.findings, lambda finding: finding.span.source.path):
        made.begin("file", {"name": path})
        for finding in findings:
            line, column = finding.span.source.position(finding.span.start)
            values = {"line": line, "column": column, "severity": finding.severity.value}
            made.element("error", {**values, "message": whole(finding), "source": f"grantlint.{finding.rule}"})
        made.end()
    return made.page()
