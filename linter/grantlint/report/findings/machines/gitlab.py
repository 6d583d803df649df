"""GitLab's Code Quality report: a list of findings, which a merge request shows beside its lines.

The fields are those of GitLab's "Code Quality report format": description, check_name, fingerprint, severity, location.
"""

from collections.abc import Iterator
from os.path import normpath

from grantlint.lint.finding import Severity
from grantlint.lint.triage.fingerprint import fingerprints
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.machines.wording import whole
from grantlint.report.page import Page, document
from grantlint.report.strict_json import listed

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, look: Look) -> Page:
    """Return a list with an object for each finding, a line each."""
    del look
    return document(f"{listed(_issues(report))}\n")


def _issues(report: Report) -> Iterator[dict[str, object]]:
    for finding, key in zip(report.findings, fingerprints(report.findings), strict=True):
        source = finding.span.source
        end_line, _ = source.position(max(finding.span.start, finding.span.end))
        yield {
            "description": whole(finding),
            "check_name": finding.rule,
            "fingerprint": key,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": normpath(source.path), "lines": {"begin": finding.span.line, "end": end_line}},
        }
