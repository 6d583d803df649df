"""Declarations to a report: the rules that run, the servers they run on, and what comments silence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from grantlint.lint.engine import Known, Outcome, Unheard, finding_of, known_by, lint
from grantlint.lint.faults import FAULT_NAMES, SINCE
from grantlint.lint.finding import Finding, Profile
from grantlint.lint.registry import PAGES
from grantlint.lint.rule import Rule
from grantlint.lint.suppression.sifted import WORD, Heeding, Sifted, sift
from grantlint.lint.triage.path_entries import PathEntry, by_entries
from grantlint.lint.triage.standing import standing
from grantlint.model import DeclaredServer
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.formats import format_named
from grantlint.report.findings.content import Report, Summary, by_place
from grantlint.run.ending import EndedItselfError
from grantlint.run.judging.listing import A_FINDING
from grantlint.run.judging.products import Products
from grantlint.run.loading import Loaded
from grantlint.run.progress import with_progress
from grantlint.servers.concerning import is_of
from grantlint.servers.grouping import Gathered, gathered, group
from grantlint.servers.panel import Panel


class Plan(NamedTuple):
    """The rules and products to judge with.

    known: the names of all rules, also of those that do not run. watch: is told which rule is asked. gone: rules that
    ended a process before, with how. examples: names of folders in which findings are infos. heeding: which comments
    silence findings. heard: the profile up to which findings are reported, other than those of rules in `named`. then:
    what a file held at the revision whose word counts, where one does.
    """

    rules: Sequence[Rule]
    known: Collection[str]
    profile: Profile
    every_rule: Sequence[Rule]
    products: Products
    watch: Callable[[str], None] | None = None
    gone: Mapping[str, EndedItselfError] = {}
    examples: Collection[str] = ()
    path_entries: Sequence[PathEntry] = ()
    rules_as_of: str = ""
    heeding: Heeding = Heeding()
    heard: Profile = Profile.PEDANTIC
    named: Collection[str] = ()
    then: Callable[[str], str] | None = None

    def servers(self, loaded: Loaded) -> list[Panel]:
        """Return the declared servers, each as the products it may be."""
        return self.products.panels(group(loaded.declarations)).made

    def judge(self, loaded: Loaded, *, keep_servers: bool = False) -> Report:
        """Return what the rules find, sorted by place.

        The servers are in the report where they are kept.
        """
        servers = gathered(loaded.declarations)
        declared = [server.declared for server in servers]
        asked_of = declared if keep_servers else _concerned(declared, loaded)
        judged, faults, late = self.products.panels(asked_of, loaded.deadline)
        kept_servers = tuple(judged) if keep_servers else ()
        summary = self._summary(loaded, judged, len(declared))
        rules = [rule for rule in self.rules if rule.name not in self.gone]
        panels = with_progress(_each_and_forget(judged), "servers judged")
        outcome = lint(panels, rules, self.watch, loaded.deadline, A_FINDING, self._unheard(loaded))
        if self.watch:
            self.watch("")
        made = _once([finding_of(fault) for fault in (*loaded.faults, *faults)] + outcome.findings)
        every = [*made.values()]
        beyond = outcome.unheard.beside(made) if outcome.unheard else 0
        wanted = [finding for finding in every if loaded.search.concerns(*_paths(finding))]
        sifted = self._sift(wanted, loaded)
        kept, summary = self._weigh(sifted, summary._replace(outside=len(every) - len(wanted), beyond=beyond))
        crashed = {**self.gone, **outcome.crashes}
        asked = {rule.name for rule in rules} - {*crashed}
        stands = standing(self.profile, self.every_rule, asked, kept)
        not_checked = (*loaded.not_checked, *outcome.not_checked, *late)
        chosen = {rule.name: rule for rule in self.rules}
        return Report(
            _shown(sorted(kept, key=by_place), _sources(wanted, outcome), loaded, servers, crashed),
            [one for one in not_checked if loaded.search.concerns(one.span.source.path)],
            sifted.suppressed,
            crashed,
            summary._replace(standing=stands),
            chosen,
            loaded.sources,
            [rule for rule in self.every_rule if rule.name not in chosen],
            judged=kept_servers,
            unsaid=[one for one in outcome.unsaid if loaded.search.concerns(*_paths(one[0]))],
        )

    def _unheard(self, loaded: Loaded) -> Unheard | None:
        """Return what counts the problems that nobody hears of; None where some of them do not count."""
        if not loaded.search.concerns():
            return None
        return Unheard(self.heard, self.named, lambda source: WORD in source.text and not self.heeding.off)

    def _hears(self, finding: Finding) -> bool:
        """Return whether a finding is reported in this profile, whatever the profile of its rule."""
        return finding.profile is None or finding.profile <= self.heard or finding.rule in self.named

    def _summary(self, loaded: Loaded, judged: Sequence[Panel], servers: int) -> Summary:
        """Return the summary of what was read, and as which products the servers are judged.

        servers: how many there are, those included that there was no time for.
        """
        labels = dict.fromkeys(server.installation.target.label for panel in judged for server in panel.servers)
        remarks = loaded.summary.remarks
        if self.heeding.off:
            remarks = (*remarks, "--no-ignores: what comments in the files silence is reported")
        return loaded.summary._replace(
            servers=servers,
            judged_as=(*labels,),
            assumed=any(panel.assumed for panel in judged),
            remarks=remarks,
        )

    def _sift(self, findings: Sequence[Finding], loaded: Loaded) -> Sifted:
        """Return the findings that no comment silences, and those that one does."""
        sources = {source.path: source for source in (*(one.span.source for one in findings), *loaded.asked)}
        return sift(
            findings,
            sources.values(),
            active={rule.name for rule in self.rules} | FAULT_NAMES,
            known=self.known,
            heeding=self.heeding,
            statements=loaded.statements_in,
        )

    def _weigh(self, sifted: Sifted, summary: Summary) -> tuple[Sequence[Finding], Summary]:
        """Return the findings by what is configured, one for a mistake, and the summary with what became of others."""
        if not sifted.findings:
            return sifted.findings, summary
        from grantlint.lint.triage.as_of import Later, as_of  # noqa: PLC0415 - a clean run has nothing to weigh
        from grantlint.lint.triage.signal import merged, softened  # noqa: PLC0415 - as above
        from grantlint.reader.files.named_paths import BelowRoots  # noqa: PLC0415 - as above

        heard = [finding for finding in sifted.findings if self._hears(finding)]
        summary = summary._replace(beyond=summary.beyond + len(sifted.findings) - len(heard))
        rules = {rule.name: rule for rule in self.every_rule}
        ruled = by_entries(heard, self.path_entries, rules)
        told = Later(ruled.findings)
        if self.rules_as_of:  # before stronger findings speak for weaker ones: an info speaks for no error
            told = as_of(ruled.findings, self.rules_as_of, partial(_since, rules))
        alone = merged(told.findings, [one.finding for one in sifted.suppressed], rules)
        soft = softened(alone.findings, self.examples, BelowRoots().of, self.path_entries, self.then)
        return soft.findings, summary._replace(
            spoken_for=alone.spoken_for,
            softened=soft.softened,
            kept_back=ruled.kept_back,
            later=told.later,
            rules_as_of=self.rules_as_of,
        )


def _concerned(declared: Sequence[DeclaredServer], loaded: Loaded) -> Sequence[DeclaredServer]:
    """Return the servers that the files asked for have a part in.

    All without a scope.
    """
    concerns = loaded.search.concerns
    return declared if concerns() else [one for one in declared if is_of(one, concerns)]


def _shown(
    findings: list[Finding],
    sources: Collection[Source],
    loaded: Loaded,
    servers: Sequence[Gathered],
    crashed: dict[str, BaseException],
) -> list[Finding]:
    """Return the findings with their fixes; what their lines may show is noted in the sources."""
    if any(finding.mend for finding in findings):
        from grantlint.run.judging.mending import with_fixes  # noqa: PLC0415 - it reads quotes, for these alone

        findings = with_fixes(findings, servers, crashed)
    if findings:
        from grantlint.report.secrecy.leaves import show_leaves  # noqa: PLC0415 - a clean run shows nothing

        places = [span for finding in findings for span in (finding.span, *[one.span for one in finding.related])]
        show_leaves(loaded.declarations, sources, places)
    return findings


def _sources(wanted: Iterable[Finding], outcome: Outcome) -> set[Source]:
    """Return the files in which something was found, be it reported or not."""
    unheard = outcome.unheard.places.values() if outcome.unheard else ()
    return {*[finding.span.source for finding in wanted], *unheard}


def _since(rules: Mapping[str, Rule], finding: Finding) -> Iterator[str]:
    """Yield the versions of grantlint that brought what finds this.

    That is a built-in rule, a fault, a format.
    """
    rule = rules.get(finding.rule)
    if rule is not None and rule.url.startswith(PAGES):  # another pack counts its own versions
        yield rule.since
    yield SINCE.get(finding.rule, "")
    known = format_named(finding.span.source.format)
    yield known.since if known is not None else ""


def _each_and_forget(judged: list[Panel]) -> Iterator[Panel]:
    """Yield the panels and let go of each: the tables that it makes when asked are most of a run's memory."""
    judged.reverse()
    while judged:
        yield judged.pop()


def _once(findings: Iterable[Finding]) -> dict[Known, Finding]:
    """Return the findings without repetitions at one place, by what they are known by.

    A loop declares several accounts by the same words.
    """
    seen: dict[Known, Finding] = {}
    for finding in findings:
        seen.setdefault(known_by(finding.rule, finding.message, finding.span), finding)
    return seen


def _paths(finding: Finding) -> tuple[str, ...]:
    """Return the files of a finding and of its related places."""
    return (finding.span.source.path, *(related.span.source.path for related in finding.related))
