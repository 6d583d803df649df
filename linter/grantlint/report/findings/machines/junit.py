"""The XML of JUnit, which every build server shows: a suite for each file, a failed case for each finding."""

from itertools import groupby

from grantlint.lint.finding import Finding
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.wording import further, named
from grantlint.report.findings.machines.xml_page import XmlPage
from grantlint.report.page import Page


def render(report: Report, look: Look) -> Page:
    """Return a suite for each file with findings.

    Without findings there is one suite, with a case that passes.
    """
    del look
    made = XmlPage()
    failures, errors = len(report.findings), len(report.crashes)
    counts = {"tests": failures + errors or 1, "failures": failures, "errors": errors}
    made.begin("testsuites", {"name": "grantlint", **counts})
    for path, findings in groupby(report.findings, lambda finding: finding.span.source.path):
        _suite(made, path, [*findings])
    for rule in report.crashes:
        made.begin("testsuite", {"name": f"rule {rule}", "tests": 1, "failures": 0, "errors": 1})
        made.begin("testcase", {"name": rule, "classname": "grantlint"})
        made.element("error", {"message": "the rule crashed; what it would have found is missing"})
        made.end()
        made.end()
    if not failures and not errors:
        made.begin("testsuite", {"name": "grantlint", "tests": 1, "failures": 0, "errors": 0})
        made.element("testcase", {"name": "no findings", "classname": "grantlint"})
        made.end()
    return made.page()


def _suite(made: XmlPage, path: str, findings: list[Finding]) -> None:
    made.begin("testsuite", {"name": path, "tests": len(findings), "failures": len(findings), "errors": 0})
    for finding in findings:
        line, column = finding.span.source.position(finding.span.start)
        name = f"{finding.rule} at {line}:{column}"
        made.begin("testcase", {"name": name, "classname": path, "file": path, "line": line})
        told = "\n".join([f"{path}:{line}:{column}: {named(finding)}", *further(finding)])
        made.element("failure", {"message": named(finding), "type": finding.severity.value}, told)
        made.end()
    made.end()
