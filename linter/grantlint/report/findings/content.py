"""What a report is made of, the same for every format."""

from collections.abc import Callable, Mapping, Sequence

from grantlint.lint.finding import Finding, Severity, Unsaid
from grantlint.lint.rule import Rule
from grantlint.lint.suppression.sifted import Suppressed
from grantlint.lint.triage.standing import Standing
from grantlint.model import NotChecked
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.servers.panel import Panel

if TYPE_CHECKING:  # for runs with a baseline alone
    from grantlint.lint.triage.baseline import Entry


class Summary(NamedTuple):
    """What a run looked at. passed_over: how many files were not read, by reason.

    spoken_for: findings that are notes of a stronger one; softened: those that are infos for where they stand; beyond:
    those that a larger profile reports, for where they stand; outside: in other files of the servers; kept_back:
    those that entries of a configuration for their paths keep from the report. later: those that are infos since they
    came with later versions than `rules_as_of`. touched: what the change does to its own gate, a clause each.
    remarks: sentences about how it looked. configuration: the file read, '' for none; named_by: the option or variable
    that named it, or that wanted none, '' where the paths found it. switched_off: what it keeps from the report.
    standing: which profile the files pass.
    """

    files: int
    accounts: int
    servers: int
    judged_as: tuple[str, ...] = ()
    assumed: bool = False  # nobody said which server: judged_as is what grantlint assumes
    passed_over: Mapping[str, int] = {}
    remarks: tuple[str, ...] = ()
    configuration: str = ""
    named_by: str = ""
    switched_off: tuple[str, ...] = ()
    standing: Standing = Standing()
    spoken_for: int = 0
    softened: int = 0
    beyond: int = 0
    outside: int = 0
    kept_back: int = 0
    touched: tuple[str, ...] = ()
    later: int = 0
    rules_as_of: str = ""


class Remembered(NamedTuple):
    """A baseline that the report was compared with.

    known: the findings that it has. gone: its entries without a finding.
    """

    file: str
    known: Sequence[Finding]
    gone: "Sequence[Entry]"


class Since(NamedTuple):
    """The revision from which a report counts changes.

    commit: from which; before: findings that were there.
    """

    revision: str
    commit: str
    before: int


class Look(NamedTuple):
    """How a person wants to see a report. quiet: a line for each finding, and no summary; links: a terminal's own.

    editions: of benchmarks, of which evidence is wanted; none: those that fit the servers.
    without_summary: of text, the findings whole, and no summary.
    """

    colour: bool = False
    quiet: bool = False
    links: bool = False
    editions: tuple[str, ...] = ()
    without_summary: bool = False


class Report(NamedTuple):
    """Everything that a run has to say. crashes: what a rule raised, by the rule's name; rules: those that ran.

    sources: the files that were read; unasked: rules that did not run. judged: the servers, where an output
    shows them: they are most of a run's memory. unsaid: what holds and is only counted, with why.
    """

    findings: Sequence[Finding]
    not_checked: Sequence[NotChecked]
    suppressed: Sequence[Suppressed]
    crashes: Mapping[str, BaseException]
    summary: Summary
    rules: Mapping[str, Rule] = {}
    sources: Sequence[Source] = ()
    unasked: Sequence[Rule] = ()
    baseline: Remembered | None = None
    judged: Sequence[Panel] = ()
    since: Since | None = None
    unsaid: Sequence[tuple[Finding, Unsaid]] = ()
    folded: Sequence[Finding] = ()  # infos of examples that a report for people counts and does not list

    def with_folded(self, is_folded: Callable[[Finding], bool]) -> "Report":
        """Return the report with some findings counted and not listed."""
        apart = [*filter(is_folded, self.findings)]
        left = [one for one in self.findings if not is_folded(one)]
        return self._replace(findings=left, folded=apart) if apart else self

    def page_of(self, rule: str) -> str:
        """Return the address of a rule's page, '' where there is none."""
        return self.rules[rule].url if rule in self.rules else ""

    def origin_of(self, rule: str) -> str:
        """Return the pack or file of a rule, '' for grantlint's own."""
        return self.rules[rule].origin if rule in self.rules else ""

    def accounts_unsaid(self, why: Unsaid) -> tuple[int, Sequence[str]]:
        """Return the number of accounts with unsaid findings, and their rules."""
        found = [finding for finding, reason in self.unsaid if reason is why]
        accounts = {(finding.server, finding.account, finding.span.source.path) for finding in found}
        return len(accounts), sorted({finding.rule for finding in found})

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)


def by_place(finding: Finding) -> tuple[str, int, int, int, str]:
    """Return a key that sorts findings by place, then by severity."""
    span = finding.span
    return span.source.path, span.start, span.end, _RANK[finding.severity], finding.rule


_RANK = {severity: rank for rank, severity in enumerate(Severity)}
