"""The findings of a run by the server that they are about, for who tells servers apart: tests, editors."""

from grantlint.lint.finding import Finding
from grantlint.platform.record import NamedTuple
from grantlint.report.findings.content import Report

FILES = "files"


class OfServer(NamedTuple):
    """A declared server with what is found about it.

    is_server: False for what is wrong with files themselves.
    """

    name: str
    report: Report
    is_server: bool = True


def by_server(report: Report) -> list[OfServer]:
    """Return each server of a report with its findings.

    What is wrong with files themselves comes last, if anything is.
    """
    of_server: dict[str, list[Finding]] = {panel.declared.name: [] for panel in report.judged}
    of_files: list[Finding] = []
    for finding in report.findings:
        of_server.get(finding.server, of_files).append(finding)
    made = [OfServer(name, report._replace(findings=findings)) for name, findings in of_server.items()]
    return [*made, OfServer(FILES, report._replace(findings=of_files), is_server=False)] if of_files else made
