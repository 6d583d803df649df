"""Evidence as CSV (RFC 4180): a row for each control, and one for each place where it fails."""

import csv
from collections.abc import Iterator
from io import StringIO

from grantlint import __version__
from grantlint.lint.suppression.today import today
from grantlint.report.findings.compliance.evidence import Evidence, editions_of
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Page, document

_FIELDS = (
    *("date", "tool", "edition", "version", "control", "subject"),
    *("verdict", "why", "rules", "path", "line", "query"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would work out


def render(report: Report, look: Look) -> Page:
    """Return the evidence of the editions that the look names."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_FIELDS)
    for edition in editions_of(report, look.editions):
        for one in edition.evidence:
            for path, line in _places(one):
                control = one.control
                row = (
                    today(), f"grantlint {__version__}", edition.name, edition.version, control.number, control.subject,
                    one.verdict.value, one.why, " ".join(one.rules), path, line, one.query,
                )  # fmt: skip
                writer.writerow(map(_harmless, row))
    return document(written.getvalue())


def _places(one: Evidence) -> Iterator[tuple[str, str]]:
    if not one.places:
        yield "", ""
    for place in one.places:
        yield place.path, str(place.line)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
