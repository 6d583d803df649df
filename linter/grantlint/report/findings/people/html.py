"""The report as one page for a browser: findings, the account tables in the server's order, and who gets in from where.

Nothing in it is loaded from elsewhere or runs; a policy in its head says so to the browser. What a file says is made
visible and then escaped.
"""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import groupby

from grantlint.lint.finding import Finding
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.people.alike import told_once
from grantlint.report.findings.people.frame import framed
from grantlint.report.findings.people.html_tables import safe, server_tables
from grantlint.report.findings.summary import COLOURS, summary_lines
from grantlint.report.page import Ink, Line, Page, document
from grantlint.report.places import position_of

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>grantlint report</title>
<style>
"""
_CLASSES = {colour: severity.value for severity, colour in COLOURS.items()}


def render(report: Report, look: Look) -> Page:
    """Return the report as HTML."""
    del look
    return document("\n".join(_lines(report)))


def _lines(report: Report) -> Iterator[str]:
    style = files("grantlint.report.findings.people").joinpath("report.css").read_text(encoding="utf-8")
    yield f"{_HEAD}{style}</style>\n</head>\n<body>"
    yield "<h1>grantlint report</h1>"
    yield '<nav><a href="#findings">Findings</a><a href="#accounts">Accounts</a></nav>'
    yield "<ul>"
    yield from (f"<li>{_marked(line)}</li>" for line in summary_lines(report))
    yield "</ul>"
    yield '<h2 id="findings">Findings</h2>'
    if not report.findings:
        yield "<p>No findings.</p>"
    told = told_once(report.findings, report.rules)
    for path, findings in groupby(told, lambda finding: finding.span.source.path):
        yield f"<h3>{safe(path)}</h3>"
        for finding in findings:
            yield from _finding(finding, report.page_of(finding.rule))
    yield '<h2 id="accounts">Accounts</h2>'
    yield "<p>The rows of each server in the order in which it tries them: the first that fits a client counts.</p>"
    yield from server_tables(report.judged)
    yield "</body>\n</html>"


def _finding(finding: Finding, url: str) -> Iterator[str]:
    rule = f'<a href="{escape(url)}">{safe(finding.rule)}</a>' if url else safe(finding.rule)
    frame = framed(finding)
    yield f'<div class="finding {finding.severity.value}">'
    yield f'<p><span class="severity">{finding.severity.value}</span> {rule}: {safe(finding.message)}</p>'
    about = f", {safe(finding.account)}" if finding.account else ""
    yield f'<p class="place">{safe(position_of(finding.span))}{about}</p>'
    if len(frame.lines) > 1:  # the first line is the place, which stands above
        yield f"<pre>{_NEWLINE.join(map(_marked, frame.lines[1:]))}</pre>"
    yield from (f'<p class="soft">{safe(words)}</p>' for words in frame.unshown)
    if finding.servers:
        yield f"<p>On {safe(', '.join(finding.servers))}.</p>"
    if finding.witness:
        yield f"<p><b>Witness:</b> {safe(finding.witness)}</p>"
    if finding.help:
        yield f"<p><b>Help:</b> {safe(finding.help)}</p>"
    yield "</div>"


_NEWLINE = "\n"


def _marked(line: Line) -> str:
    """Return a line of text with its colours as classes."""
    parts = (line,) if isinstance(line, str | Ink) else line
    return "".join(
        f'<span class="mark {_CLASSES.get(part.colour, "other")}">{safe(part.words)}</span>'
        if isinstance(part, Ink)
        else safe(part)
        for part in parts
    )
