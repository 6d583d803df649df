"""A report that has one of everything, for the tests of each output."""

from collections.abc import Mapping

from grantlint.lint.finding import Finding, Related, Severity
from grantlint.lint.suppression.sifted import Suppressed
from grantlint.model import NotChecked
from grantlint.model.location import Source, Span
from grantlint.report.findings.content import Report, Summary

SOURCE = Source(
    "fleet/shop.yml", "users:\n  - user: app\n    host: '%'\n    password: hunter2\n  - user: x\n    host: {{ h }}\n"
)
SUMMARY = Summary(files=2, accounts=3, servers=1, judged_as=("mysql-8.4",), passed_over={"empty": 4})


def span(words: str) -> Span:
    start = SOURCE.text.index(words)
    return Span(SOURCE, start, start + len(words))


FINDINGS = (
    Finding(
        "any-host",
        Severity.WARNING,
        "'app'@'%' may connect from any host",
        span("'%'"),
        (Related("declared here", span("user: app")),),
        "anyone from 203.0.113.9",
        "Name the network.",
        ("mysql-8.4", "mariadb-11.8"),
        account="'app'@'%'",
    ),
    Finding(
        "plain-text-password", Severity.ERROR, "the password stands in the file", span("hunter2"), account="'app'@'%'"
    ),
)


def report(findings: tuple[Finding, ...] = FINDINGS, crashes: Mapping[str, Exception] | None = None) -> Report:
    return Report(
        findings,
        [NotChecked("host", "{{ h }}", span("{{ h }}")), NotChecked("host", "{{ h }}", span("{{ h }}"))],
        [Suppressed(FINDINGS[0], "a demo")],
        crashes or {},
        SUMMARY,
    )


EMPTY = Report((), (), (), {}, SUMMARY)
