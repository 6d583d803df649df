"""Evidence as a page of HTML that stands alone: no script, nothing that is fetched."""

from collections.abc import Iterator
from html import escape

from grantlint import __version__
from grantlint.lint.suppression.today import today
from grantlint.report.findings.compliance.evidence import Edition, Verdict, editions_of, files_of
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Line, Page, page

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;max-width:80rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #888;padding:.3rem .6rem;text-align:left;vertical-align:top}"
)


def render(report: Report, look: Look) -> Page:
    """Return the evidence of the editions that the look names."""
    return page(_lines(report, look))


def _lines(report: Report, look: Look) -> Iterator[Line]:
    title = "What account declarations show of controls"
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    yield f"</head><body><h1>{title}</h1>"
    judged = escape(", ".join(report.summary.judged_as) or "no server")
    yield f"<p>{today()}, grantlint {escape(__version__)}, judged as {judged}.</p>"
    for edition in editions_of(report, look.editions):
        yield from _of_edition(edition)
    yield "<h2>Files</h2><table><tr><th>SHA-256 of the text</th><th>file</th></tr>"
    for file in files_of(report):
        yield _row(file.sha256, file.path)
    yield "</table></body></html>"


def _of_edition(edition: Edition) -> Iterator[Line]:
    counts = ", ".join(f"{edition.count(verdict)} {verdict.value}" for verdict in Verdict)
    yield f"<h2>{escape(edition.benchmark)}, {escape(edition.version)}</h2><p>{escape(edition.name)}: {counts}.</p>"
    heads = "".join(f"<th>{head}</th>" for head in ("control", "subject", "verdict", "evidence", "on a server"))
    yield f"<table><tr>{heads}</tr>"
    for one in edition.evidence:
        yield _row(one.control.number, one.control.subject, one.verdict.value, one.told, one.query)
    yield "</table>"


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
