"""The report that a person reads: each finding with its place, line, proof and help, and a summary."""

from collections import Counter
from collections.abc import Callable, Iterator

from grantlint.finding import Finding, Severity
from grantlint.location import Span
from grantlint.reader.discovery import EXCLUDED
from grantlint.report.content import Report
from grantlint.report.visible import visible

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_BOLD, _BLUE = "1", "1;34"

Paint = Callable[[str, str], str]  # words and the terminal's code for their colour


def text(report: Report, *, colour: bool = False, quiet: bool = False) -> str:
    """Return the findings as text and a summary; quiet: the first line of each finding, and no summary."""
    paint = _painted if colour else _plain
    if quiet:
        return "".join(f"{_headline(finding, paint)}\n" for finding in report.findings)
    blocks = ["\n".join(_lines(finding, paint)) for finding in report.findings]
    blocks.append("\n".join(_summary(report, paint)))
    return "\n\n".join(blocks) + "\n"


def place(span: Span) -> str:
    """Return path:line:column, both from 1, the column in characters."""
    line, column = span.source.position(span.start)
    return f"{visible(span.source.path)}:{line}:{column}"


def _painted(words: str, code: str) -> str:
    return f"\x1b[{code}m{words}\x1b[0m"


def _plain(words: str, code: str) -> str:
    del code
    return words


def _headline(finding: Finding, paint: Paint) -> str:
    severity = paint(f"{finding.severity.value}[{visible(finding.rule)}]", _COLOURS[finding.severity])
    return f"{paint(place(finding.span), _BOLD)}: {severity}: {visible(finding.message)}"


def _lines(finding: Finding, paint: Paint) -> Iterator[str]:
    from grantlint.report.snippet import snippet  # noqa: PLC0415 - its patterns take a millisecond that clean runs keep

    yield _headline(finding, paint)
    number = str(finding.span.source.position(finding.span.start)[0])
    margin = " " * len(number)
    shown = snippet(finding.span)
    if shown:
        bar = paint("|", _BLUE)
        carets = " " * shown.caret + paint("^" * (shown.caret_end - shown.caret), _COLOURS[finding.severity])
        yield f"{margin} {bar}"
        yield f"{paint(number, _BLUE)} {bar} {shown.line}"
        yield f"{margin} {bar} {carets}"
    remarks = [("note", f"{place(related.span)}: {related.message}") for related in finding.related]
    if finding.servers:
        remarks.append(("on", ", ".join(finding.servers)))
    if finding.witness:
        remarks.append(("witness", finding.witness))
    if finding.help:
        remarks.append(("help", finding.help))
    for name, words in remarks:
        yield f"{margin} {paint('=', _BLUE)} {paint(f'{name}:', _BOLD)} {visible(words)}"


def _summary(report: Report, paint: Paint) -> Iterator[str]:
    summary = report.summary
    found = [
        paint(_counted(number, severity.value, "info" if severity is Severity.INFO else ""), _COLOURS[severity])
        for severity in Severity
        if (number := report.count(severity))
    ]
    looked = ", ".join(
        (
            _counted(summary.files, "file"),
            _counted(summary.accounts, "account"),
            _counted(summary.servers, "server"),
        )
    )
    yield f"{looked}: {', '.join(found) if found else 'no findings'}"
    if summary.judged_as:
        why = " (assumed where no file names its server; --server does)" if summary.assumed else ""
        yield f"judged as: {', '.join(map(visible, summary.judged_as))}{why}"
    for remark in summary.remarks:
        yield visible(remark)
    if summary.configuration:
        switched_off = f": {'; '.join(summary.switched_off)}" if summary.switched_off else ""
        yield visible(f"configuration: {summary.configuration}{switched_off}")
    if report.not_checked:
        kinds = Counter(f"{what.what}: {what.why}" for what in report.not_checked)
        yield f"not checked: {_counted(len(report.not_checked), 'value')} that only a run could know"
        for kind, number in kinds.most_common():
            first = next(one for one in report.not_checked if f"{one.what}: {one.why}" == kind)
            yield f"  {number} x {visible(kind)} (first at {place(first.span)})"
    excluded = summary.passed_over.get(EXCLUDED)
    if excluded:
        yield f"{EXCLUDED}: {_counted(excluded, 'file')}"
    if report.suppressed:
        rules = Counter(one.finding.rule for one in report.suppressed)
        listed = ", ".join(f"{number} x {visible(rule)}" for rule, number in sorted(rules.items()))
        yield f"suppressed: {listed}"
    for rule in report.crashes:
        yield paint(f"crashed: rule {visible(rule)}; what it would have found is missing", _COLOURS[Severity.ERROR])


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
