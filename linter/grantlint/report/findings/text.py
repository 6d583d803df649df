"""The report that a person reads: each finding with its place, line, proof and help, and a summary."""

from collections import Counter
from collections.abc import Iterator

from grantlint.lint.finding import Finding, Severity
from grantlint.lint.profile import Profile
from grantlint.lint.standing import Standing
from grantlint.model.location import Span
from grantlint.reader.files.places import EXCLUDED, LINK_OUT
from grantlint.reader.files.recognition import UNREAD
from grantlint.reader.tree.listing import OTHER_REPOSITORY
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Ink, Line, Page, named, page

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_BOLD, _BLUE = "1", "1;34"


def render(report: Report, look: Look) -> Page:
    """Return the report for a person."""
    return text(report, colour=look.colour, quiet=look.quiet)


def text(report: Report, *, colour: bool = False, quiet: bool = False) -> Page:
    """Return the findings as text and a summary; quiet: the first line of each finding, and no summary."""
    lines = map(_headline, report.findings) if quiet else _all(report)
    return page(lines, colour=colour)


def _all(report: Report) -> Iterator[Line]:
    for finding in report.findings:
        yield from _lines(finding)
        yield ""
    yield from _summary(report)


def place(span: Span) -> str:
    """Return path:line:column, both from 1, the column in characters."""
    line, column = span.source.position(span.start)
    return f"{named(span.source.path)}:{line}:{column}"


def _headline(finding: Finding) -> Line:
    severity = Ink(f"{finding.severity.value}[{finding.rule}]", _COLOURS[finding.severity])
    return Ink(place(finding.span), _BOLD), ": ", severity, f": {finding.message}"


def _lines(finding: Finding) -> Iterator[Line]:
    from grantlint.report.findings.snippet import snippet  # noqa: PLC0415 - its patterns take a millisecond that clean runs keep

    yield _headline(finding)
    number = str(finding.span.source.position(finding.span.start)[0])
    margin = " " * len(number)
    shown = snippet(finding.span)
    if shown:
        bar = Ink("|", _BLUE)
        carets = Ink("^" * (shown.caret_end - shown.caret), _COLOURS[finding.severity])
        yield f"{margin} ", bar
        yield Ink(number, _BLUE), " ", bar, f" {shown.line}"
        yield f"{margin} ", bar, f" {' ' * shown.caret}", carets
    remarks = [("note", f"{place(related.span)}: {related.message}") for related in finding.related]
    if finding.servers:
        remarks.append(("on", ", ".join(finding.servers)))
    if finding.witness:
        remarks.append(("witness", finding.witness))
    if finding.help:
        remarks.append(("help", finding.help))
    for name, words in remarks:
        yield f"{margin} ", Ink("=", _BLUE), " ", Ink(f"{name}:", _BOLD), f" {words}"


def _summary(report: Report) -> Iterator[Line]:
    summary = report.summary
    found: list[str | Ink] = []
    for severity in Severity:
        number = report.count(severity)
        if number:
            words = _counted(number, severity.value, "info" if severity is Severity.INFO else "")
            found += [", " if found else ": ", Ink(words, _COLOURS[severity])]
    looked = ", ".join(
        (
            _counted(summary.files, "file"),
            _counted(summary.accounts, "account"),
            _counted(summary.servers, "server"),
        )
    )
    yield looked, *(found or [": no findings"])
    if summary.judged_as:
        why = " (assumed where no file names its server; --server does)" if summary.assumed else ""
        yield f"judged as: {', '.join(summary.judged_as)}{why}"
    yield _standing(summary.standing)
    yield from summary.remarks
    if summary.configuration:
        switched_off = f": {'; '.join(summary.switched_off)}" if summary.switched_off else ""
        yield f"configuration: {summary.configuration}{switched_off}"
    if report.not_checked:
        kinds = Counter(f"{what.what}: {what.why}" for what in report.not_checked)
        first = {f"{what.what}: {what.why}": what.span for what in reversed(report.not_checked)}
        yield f"not checked: {_counted(len(report.not_checked), 'value')} that only a run could know"
        for kind, number in kinds.most_common():
            yield f"  {number} x {kind} (first at {place(first[kind])})"
    reasons = (EXCLUDED, *UNREAD, LINK_OUT, OTHER_REPOSITORY)
    left_out = [(why, summary.passed_over[why]) for why in reasons if why in summary.passed_over]
    yield from (
        f"{why}: {_counted(number, 'folder' if why == OTHER_REPOSITORY else 'file')}" for why, number in left_out
    )
    if report.suppressed:
        rules = Counter(one.finding.rule for one in report.suppressed)
        listed = ", ".join(f"{number} x {rule}" for rule, number in sorted(rules.items()))
        yield f"suppressed: {listed}"
    for rule in report.crashes:
        yield (Ink(f"crashed: rule {rule}; what it would have found is missing", _COLOURS[Severity.ERROR]),)


def _standing(standing: Standing) -> str:
    """Say which profile the files pass, and that it is not the one that was asked for."""
    asked, passes, whole = standing
    if not whole:
        return f"profile {asked}: not judged, since rules of it are left out"
    if passes is None:
        return f"profile {asked}: not passed" + (", nor any below it" if asked > min(Profile) else "")
    if passes < asked:
        return f"profile {asked}: not passed; {passes} is"
    return f"profile {passes}: passed"


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
