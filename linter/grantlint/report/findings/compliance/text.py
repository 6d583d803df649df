"""Evidence for a person at a terminal: a line for each control, with places and queries below it."""

from collections.abc import Iterator

from grantlint import __version__
from grantlint.lint.suppression.today import today
from grantlint.report.findings.compliance.evidence import (
    Edition,
    Evidence,
    Verdict,
    editions_of,
    files_of,
)
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Ink, Line, Page, page

_UNSEEN = "36"
_COLOURS = {Verdict.PASSED: "32", Verdict.FAILED: "1;31", Verdict.PARTLY: "33"}


def render(report: Report, look: Look) -> Page:
    """Return the evidence of the editions that the look names."""
    return page(_lines(report, look), colour=look.colour)


def _lines(report: Report, look: Look) -> Iterator[Line]:
    for edition in editions_of(report, look.editions):
        yield from _of_edition(edition)
        yield ""
    yield f"{today()}, by grantlint {__version__}, as {', '.join(report.summary.judged_as) or 'no server'}, from:"
    for file in files_of(report):
        yield f"  {file.sha256}  {file.path}"


def _of_edition(edition: Edition) -> Iterator[Line]:
    yield (Ink(f"{edition.benchmark}, {edition.version} ({edition.name})", "1"),)
    for one in edition.evidence:
        yield from _of_control(one)
    yield ", ".join(f"{edition.count(verdict)} {verdict.value}" for verdict in Verdict)


def _of_control(one: Evidence) -> Iterator[Line]:
    why = f": {one.why}" if one.why else ""
    verdict = Ink(one.verdict.value, _COLOURS.get(one.verdict, _UNSEEN))
    yield f"  {one.control.number} ", verdict, f": {one.control.subject}{why}"
    for place in one.places:
        yield f"      {place}"
    if one.query:
        yield f"      on a server: {one.query}"
