"""Evidence as a document in Markdown: a table for each edition."""

from collections.abc import Iterator

from grantlint import __version__
from grantlint.lint.suppression.today import today
from grantlint.report.findings.compliance.evidence import Edition, Verdict, editions_of, files_of
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Line, Page, page


def render(report: Report, look: Look) -> Page:
    """Return the evidence of the editions that the look names."""
    return page(_lines(report, look))


def _lines(report: Report, look: Look) -> Iterator[Line]:
    yield "# What account declarations show of controls"
    yield ""
    yield f"{today()}, grantlint {__version__}, judged as {', '.join(report.summary.judged_as) or 'no server'}."
    for edition in editions_of(report, look.editions):
        yield from _of_edition(edition)
    yield from ("", "## Files", "", "| SHA-256 of the text | file |", "|---|---|")
    for file in files_of(report):
        yield f"| {file.sha256} | {_cell(file.path)} |"


def _of_edition(edition: Edition) -> Iterator[Line]:
    counts = ", ".join(f"{edition.count(verdict)} {verdict.value}" for verdict in Verdict)
    yield from ("", f"## {edition.benchmark}, {edition.version}", "", f"`{edition.name}`: {counts}.", "")
    yield from ("| control | subject | verdict | evidence | on a server |", "|---|---|---|---|---|")
    for one in edition.evidence:
        cells = (one.control.number, one.control.subject, one.verdict.value, one.told, one.query)
        yield f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Return a text that is one cell and no markup."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")
