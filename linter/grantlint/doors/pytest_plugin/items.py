"""Servers and rules as pytest's items: one passes where its rule finds nothing on its server.

What is wrong with a file itself, and rules that crash, are items of their own, which fail. A finding fails where it
would fail the command line: `fail-on` and the baseline of the configuration hold, and the environment.
"""

import os
from collections.abc import Callable, Iterator, Sequence

import pytest

from grantlint.doors.pytest_plugin.by_server import OfServer, by_server
from grantlint.lint.finding import Finding
from grantlint.platform.errors import GrantlintError
from grantlint.platform.typed import cast
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.outputs import rendered
from grantlint.run.configuration.config_search import Meant
from grantlint.run.configuration.layers import Caller
from grantlint.run.configuration.reading import settled
from grantlint.run.gate.baseline_file import read_baseline
from grantlint.run.gate.remembered import with_baseline
from grantlint.run.gate.threshold import Threshold
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load


class FindingsError(Exception):
    """The findings that fail an item, as text."""


class Declared(pytest.Collector):
    """Paths, or a server that they declare: what items belong to."""

    def collect(self) -> list[pytest.Item]:
        """Return nothing: the items are made at once for all servers."""
        return []


class RuleItem(pytest.Item):
    """One rule on one server."""

    report: Report
    threshold: Threshold
    crash: BaseException | None = None

    def runtest(self) -> None:
        """Fail with the findings, if there are any.

        A rule that crashed fails with what it raised.
        """
        if self.crash is not None:
            raise FindingsError(f"rule {self.name} crashed ({type(self.crash).__name__})") from self.crash
        if self.threshold.counted(self.report):
            raise FindingsError(rendered(self.report, "text", Look(without_summary=True)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Return the findings, and no traceback."""
        del style
        return str(excinfo.value).rstrip()

    def reportinfo(self) -> tuple[str, int | None, str]:
        """Return the place of the first finding.

        It is for the line of a failure.
        """
        if not self.report.findings:
            return self.nodeid.partition("::")[0], None, self.nodeid
        span = self.report.findings[0].span
        return span.source.path, span.source.position(span.start)[0] - 1, self.nodeid


def items_of(session: pytest.Session, paths: Sequence[str]) -> Iterator[pytest.Item]:
    """Yield the items of what the paths declare.

    They are the same in each process. Raises UsageError of pytest for a misuse.
    """
    try:
        settings = settled(Caller({}, os.environ), Meant(()))
        ready = plan(settings)
        loaded = load(Request(paths), settings)
        report = ready.judge(loaded, keep_servers=True)
        if settings.baseline:
            report = with_baseline(loaded, report, read_baseline(settings.baseline, settings.revision))
        judged = by_server(report)
    except GrantlintError as error:
        raise pytest.UsageError(f"--grantlint: {error}") from error
    declared = cast("Callable[..., Declared]", Declared.from_parent)  # pyright: ignore[reportUnknownMemberType] # pytest leaves it open
    named = " ".join(path.rstrip("/") or path for path in paths)
    top = declared(session, name=named, nodeid=named)
    for one in judged:
        of_server = declared(top, name=one.name)
        names = [rule.name for rule in ready.rules] if one.is_server else _rules_of(one.report.findings)
        for name in names:
            item = _item(of_server, name, one)
            item.threshold = Threshold(settings.fail_on)
            yield item


def _rules_of(findings: Sequence[Finding]) -> list[str]:
    return sorted({finding.rule for finding in findings})


def _item(parent: Declared, name: str, one: OfServer) -> RuleItem:
    made = cast("Callable[..., RuleItem]", RuleItem.from_parent)  # pyright: ignore[reportUnknownMemberType] # as above
    item = made(parent, name=name)
    item.report = one.report._replace(findings=[finding for finding in one.report.findings if finding.rule == name])
    item.crash = one.report.crashes.get(name)
    return item
