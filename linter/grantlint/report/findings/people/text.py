"""The report that a person reads: each finding with its lines, proof and help, and a summary; in eighty columns."""

from collections.abc import Iterator

from grantlint.lint.finding import Finding
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.people import concise
from grantlint.report.findings.people.alike import told_once
from grantlint.report.findings.people.wrapping import wrapped
from grantlint.report.findings.summary import COLOURS, summary_lines
from grantlint.report.page import Ink, Line, Page, page

_BOLD = "1"
_SIGN = Ink("=", "1;34")
_TITLES = {title: Ink(f"{title}:", _BOLD) for title in ("note", "on", "witness", "help")}
_INDENT = 2  # of the further lines of a message


def render(report: Report, look: Look) -> Page:
    """Return the report for a person.

    A quiet look has a line for each finding, and no summary.
    """
    if look.quiet:
        return concise.render(report, look)
    return page(_lines(report, look), colour=look.colour, links=look.links)


def _lines(report: Report, look: Look) -> Iterator[Line]:
    helped: set[tuple[str, str, str]] = set()
    for finding in told_once(report.findings, report.rules):
        of_rule = (finding.span.source.path, finding.rule, finding.help)
        yield from _finding(finding, report.page_of(finding.rule), with_help=of_rule not in helped)
        yield ""
        helped.add(of_rule)
    for line in () if look.without_summary else summary_lines(report):
        if isinstance(line, str):
            yield from wrapped(line, 0, _INDENT)
        else:
            yield line


def _finding(finding: Finding, link: str, *, with_help: bool) -> Iterator[Line]:
    from grantlint.report.findings.people.frame import framed  # noqa: PLC0415 - its patterns take a millisecond that clean runs keep

    name = f"{finding.severity.value}[{finding.rule}]"
    first, *rest = wrapped(finding.message, len(name) + 2, _INDENT)
    yield Ink(name, COLOURS[finding.severity], link), ": ", Ink(first, _BOLD)
    yield from (Ink(line, _BOLD) for line in rest)
    frame = framed(finding)
    yield from frame.lines
    remarks = [("note", words) for words in frame.unshown]
    if finding.servers:
        remarks.append(("on", ", ".join(finding.servers)))
    if finding.witness:
        remarks.append(("witness", finding.witness))
    if finding.help and with_help:
        remarks.append(("help", finding.help))
    lead = " " * (frame.margin + 1)
    for title, words in remarks:
        begun = len(lead) + len(f"= {title}: ")
        first, *rest = wrapped(words, begun, begun)
        yield lead, _SIGN, " ", _TITLES[title], f" {first}"
        yield from rest
