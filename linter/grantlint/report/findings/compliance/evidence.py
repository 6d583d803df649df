"""What a run shows of each control of an edition: passed, failed where, in part, or not to be seen there.

Passed means that rules looked for what speaks against a control, in files of which nothing was left unread, and found
nothing. A finding that a comment silences is an exception that somebody has to accept: no pass.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from hashlib import sha256

from grantlint.lint.controls import Control, every_control, query_of
from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Unsaid
from grantlint.lint.rule import Rule
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.places import EXCLUDED, LINK_OUT
from grantlint.reader.files.recognition import UNREAD
from grantlint.report.findings.content import Report

_UNSEEN = {"config": "a setting of the server decides", "no": "declarations do not show it"}
_LEFT_OUT = frozenset({EXCLUDED, LINK_OUT, *UNREAD})
_ANY_SERVER = ("pci-dss-4.0", "dev-sec-5.1")


class Verdict(Enum):
    """What the declarations say of a control."""

    PASSED = "passed"
    FAILED = "failed"
    PARTLY = "partly"
    NOT_CHECKABLE = "not checkable from declarations"
    NOT_CHECKED = "not checked"  # declarations may show it, and no rule looks


class Place(NamedTuple):
    """A place where a control fails, and by which rule.

    `exception`: the reason of a comment that silences it.
    """

    path: str
    line: int
    rule: str
    message: str
    exception: str | None = None

    def __str__(self) -> str:
        excepted = "" if self.exception is None else f" (exception: {self.exception or 'no reason given'})"
        return f"{self.path}:{self.line}: {self.rule}{excepted}"


class Evidence(NamedTuple):
    """A control with its verdict and the reason.

    rules: those that looked. query: what tells the rest.
    """

    control: Control
    verdict: Verdict
    why: str
    rules: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    query: str = ""

    @property
    def told(self) -> str:
        """The reason, the places and the rules, in one line."""
        return "; ".join(filter(None, (self.why, *map(str, self.places), *self.rules)))


class File(NamedTuple):
    """A file that was read, with the SHA-256 of its text.

    The text is taken as UTF-8.
    """

    path: str
    sha256: str


class Edition(NamedTuple):
    """The controls of an edition with what was found."""

    name: str
    benchmark: str
    version: str
    evidence: tuple[Evidence, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many controls have a verdict."""
        return sum(1 for one in self.evidence if one.verdict is verdict)


def files_of(report: Report) -> list[File]:
    """Return the files that were read, by path."""
    texts = {source.path: source.text for source in report.sources}
    return [
        File(path, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()) for path, text in sorted(texts.items())
    ]


def editions_of(report: Report, wanted: Sequence[str]) -> list[Edition]:
    """Return the wanted editions with their evidence.

    For none wanted, those of the servers judged and those that are about any server.
    """
    controls: dict[str, list[Control]] = {}
    for control in every_control().values():
        controls.setdefault(control.edition, []).append(control)
    if not wanted:
        of_servers = [f"{kind}-{label}" for kind in ("cis", "stig") for label in report.summary.judged_as]
        wanted = [name for name in (*of_servers, *_ANY_SERVER) if name in controls]
    found = _Found(report)
    return [_edition(name, controls[name], found) for name in dict.fromkeys(wanted) if name in controls]


class _Found:
    """What a report holds for each control: the rules that are evidence, and the places where they speak."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._ran = _by_control(report.rules.values())
        self._unasked = _by_control(report.unasked)
        self._places: dict[str, list[Place]] = {}
        for finding in report.findings:
            self._places.setdefault(finding.rule, []).append(_place(finding))
        for finding, why in report.unsaid:
            if why is Unsaid.GIVEN:  # whoever chose it, the account is there
                self._places.setdefault(finding.rule, []).append(_place(finding))
        for finding, reason, _ in report.suppressed:
            self._places.setdefault(finding.rule, []).append(_place(finding, reason))

    def rules(self, control: Control) -> tuple[str, ...]:
        """Return the names of the rules that look for a control.

        Only those that ran.
        """
        return tuple(self._ran.get(control.name, ()))

    def not_run(self, control: Control) -> str:
        """Return which rule was switched off, '' where all ran.

        It is one that is evidence.
        """
        left_out = self._unasked.get(control.name)
        return f"rule {left_out[0]} is evidence, too, and did not run" if left_out else ""

    def places(self, rules: Sequence[str]) -> tuple[Place, ...]:
        """Return where rules speak by file and line, exceptions last."""
        found = [place for rule in rules for place in self._places.get(rule, ())]
        return tuple(sorted(found, key=lambda place: (place.exception is not None, place.path, place.line)))


def _by_control(rules: Iterable[Rule]) -> Mapping[str, Sequence[str]]:
    named: dict[str, list[str]] = {}
    for rule in rules:
        for control in rule.controls:
            named.setdefault(control, []).append(rule.name)
    return named


def _place(finding: Finding, exception: str | None = None) -> Place:
    return Place(finding.span.source.path, finding.span.line, finding.rule, finding.message, exception)


def _edition(name: str, controls: Sequence[Control], found: _Found) -> Edition:
    first = controls[0]
    evidence = tuple([_evidence(control, found) for control in controls])
    return Edition(name, first.benchmark, first.version, evidence)


def _evidence(control: Control, found: _Found) -> Evidence:
    rules, query = found.rules(control), query_of(control)
    if not rules:
        verdict = Verdict.NOT_CHECKABLE if control.shown in _UNSEEN else Verdict.NOT_CHECKED
        return Evidence(control, verdict, _UNSEEN.get(control.shown, "no rule that ran looks for it"), query=query)
    places = found.places(rules)
    if any(place.exception is None for place in places):
        return Evidence(control, Verdict.FAILED, "", rules, places, query)
    if places:
        return Evidence(control, Verdict.PARTLY, "found, and silenced by comments", rules, places, query)
    missing = found.not_run(control) or _missing(rules, found.report)
    if missing:
        return Evidence(control, Verdict.PARTLY, missing, rules, query=query)
    if control.shown != "yes":
        return Evidence(control, Verdict.PARTLY, "declarations show a part of it, and that is met", rules, query=query)
    return Evidence(control, Verdict.PASSED, "nothing in these declarations speaks against it", rules)


def _missing(rules: Iterable[str], report: Report) -> str:
    """Return why silence is no answer, '' where it is one."""
    crashed = [rule for rule in rules if rule in report.crashes]
    if crashed:
        return f"rule {crashed[0]} crashed"
    if not report.summary.accounts:
        return "no account is declared"
    unread = sum(1 for finding in report.findings if finding.rule in UNSEEN)
    if unread:
        return f"{unread:,} faults hide what stands behind them"
    if report.not_checked:
        return f"{len(report.not_checked):,} values are known to a run alone"
    left_out = [why for why in report.summary.passed_over if why in _LEFT_OUT]
    if left_out:
        return f"files were not read: {left_out[0]}"
    return ""
