"""What a run with a time limit lists of its findings, where there is no time for all."""

from grantlint.lint.finding import Severity
from grantlint.model import NotChecked
from grantlint.model.server import NOT_LISTED
from grantlint.platform.deadline import Deadline
from grantlint.report.findings.content import Report

A_FINDING = 0.0003
"""Seconds that sorting a finding out and writing it takes, on a processor that others use as well."""
_LEAST = 100  # findings, which cost next to nothing
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def in_time(report: Report, deadline: Deadline, outputs: int) -> Report:
    """Return the report with as many findings as there is time for.

    The gravest are listed, the others named as not listed. outputs: how many there are to write.
    """
    findings = report.findings
    time = deadline.left / (A_FINDING * max(1, outputs))
    if time >= len(findings) or len(findings) <= _LEAST:
        return report
    most = max(_LEAST, int(time))
    by_weight = sorted(range(len(findings)), key=lambda number: _RANKS[findings[number].severity])
    kept = sorted(by_weight[:most])
    left_out = [findings[number] for number in sorted(by_weight[most:])]
    not_listed = [NotChecked(one.severity.value, NOT_LISTED, one.span) for one in left_out]
    return report._replace(
        findings=[findings[number] for number in kept], not_checked=[*report.not_checked, *not_listed]
    )
