"""Evidence for machines: one JSON object."""

from grantlint import __version__
from grantlint.lint.suppression.today import today
from grantlint.report.findings.compliance.evidence import Evidence, Verdict, editions_of, files_of
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Page, document
from grantlint.report.strict_json import encoded

VERSION = 1


def render(report: Report, look: Look) -> Page:
    """Return the evidence of the editions that the look names."""
    editions = [
        {
            "edition": edition.name,
            "benchmark": edition.benchmark,
            "version": edition.version,
            "counts": {verdict.value: edition.count(verdict) for verdict in Verdict},
            "controls": [_control(one) for one in edition.evidence],
        }
        for edition in editions_of(report, look.editions)
    ]
    files = [{"path": file.path, "sha256": file.sha256} for file in files_of(report)]
    told = {
        "version": VERSION,
        "date": today(),
        "tool": f"grantlint {__version__}",
        "judged_as": report.summary.judged_as,
        "files": files,
        "editions": editions,
    }
    return document(f"{encoded(told)}\n")


def _control(one: Evidence) -> dict[str, object]:
    return {
        "control": one.control.number,
        "subject": one.control.subject,
        "verdict": one.verdict.value,
        "why": one.why or None,
        "rules": one.rules,
        "places": [
            {
                "path": place.path,
                "line": place.line,
                "rule": place.rule,
                "message": place.message,
                "exception": place.exception,
            }
            for place in one.places
        ],
        "query": one.query or None,
    }
