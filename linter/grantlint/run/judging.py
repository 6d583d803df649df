"""Declarations to a report: the rules that run, the servers they run on, and what comments silence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from grantlint.lint.engine import finding_of, lint
from grantlint.lint.faults import FAULT_NAMES, SINCE
from grantlint.lint.finding import Finding
from grantlint.lint.profile import Confidence, Profile
from grantlint.lint.registry import BUILT_IN, PAGES, chosen, installed_packs, rule_set, words_of
from grantlint.lint.rule import Rule
from grantlint.lint.suppression.sifting import Heeding, sift
from grantlint.lint.triage.as_of import Later, as_of
from grantlint.lint.triage.path_entries import PathEntry, by_entries
from grantlint.lint.triage.signal import EXAMPLES, merged, softened
from grantlint.lint.triage.standing import standing
from grantlint.platform.errors import ConfigError
from grantlint.reader.files.formats import format_named
from grantlint.report.findings.content import Report, by_place
from grantlint.run.ending import EndedItselfError
from grantlint.run.loading import Loaded
from grantlint.run.progress import with_progress
from grantlint.run.servers import Products
from grantlint.run.settings import Settings
from grantlint.servers.grouping import group
from grantlint.servers.panel import Panel

_SURE = (*Confidence,)


class Watch(Protocol):
    """A listener that is told which code of others runs now."""

    def rule(self, name: str) -> None:
        """Note which rule is asked now, '' for none of others."""
        ...

    def loading(self, what: str) -> None:
        """Note what is loaded now, such as a rule file."""
        ...


class Plan(NamedTuple):
    """The rules and products to judge with.

    known: the names of all rules, also of those that do not run. watch: is told which rule is asked. gone: rules that
    ended a process before, with how. examples: names of folders in which findings are infos. heeding: which comments
    silence findings.
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

    def servers(self, loaded: Loaded) -> list[Panel]:
        """Return the declared servers, each as the products it may be."""
        return self.products.panels(group(loaded.declarations))[0]

    def judge(self, loaded: Loaded, *, keep_servers: bool = False) -> Report:
        """Return what the rules find, sorted by place.

        The servers are in the report where they are kept.
        """
        judged, faults = self.products.panels(group(loaded.declarations))
        labels = dict.fromkeys(server.installation.target.label for panel in judged for server in panel.servers)
        summary = loaded.summary._replace(
            servers=len(judged), judged_as=(*labels,), assumed=any(panel.assumed for panel in judged)
        )
        servers = tuple(judged) if keep_servers else ()
        rules = [rule for rule in self.rules if rule.name not in self.gone]
        outcome = lint(with_progress(_each_and_forget(judged), "servers judged"), rules, self.watch, loaded.deadline)
        if self.watch:
            self.watch("")
        found = [finding_of(fault) for fault in (*loaded.faults, *faults)] + outcome.findings
        every = _once(found)
        wanted = [finding for finding in every if loaded.search.concerns(*_paths(finding))]
        summary = summary._replace(outside=len(every) - len(wanted))
        if self.heeding.off:
            said = "--no-ignores: what comments in the files silence is reported"
            summary = summary._replace(remarks=(*summary.remarks, said))
        sources = {source.path: source for source in (*(finding.span.source for finding in wanted), *loaded.asked)}
        sifted = sift(
            wanted,
            sources.values(),
            active={rule.name for rule in self.rules} | FAULT_NAMES,
            known=self.known,
            heeding=self.heeding,
            statements=loaded.statements_in,
        )
        kept = sifted.findings
        if kept:
            from grantlint.reader.files.named_paths import below_root  # noqa: PLC0415 - as above

            rules_by_name = {rule.name: rule for rule in self.every_rule}
            ruled = by_entries(kept, self.path_entries, rules_by_name)
            found_as_of = Later(ruled.findings)
            if self.rules_as_of:  # before stronger findings speak for weaker ones: an info speaks for no error
                found_as_of = as_of(ruled.findings, self.rules_as_of, partial(_since, rules_by_name))
            alone = merged(found_as_of.findings, [one.finding for one in sifted.suppressed], rules_by_name)
            soft = softened(alone.findings, self.examples, below_root)
            kept = soft.findings
            summary = summary._replace(spoken_for=alone.spoken_for, softened=soft.softened, kept_back=ruled.kept_back)
            summary = summary._replace(later=found_as_of.later, rules_as_of=self.rules_as_of)
        crashed = {**self.gone, **outcome.crashes}
        stands = standing(
            self.profile,
            self.every_rule,
            {rule.name for rule in rules} - {*crashed},
            ((finding.rule, finding.severity) for finding in kept),
        )
        summary = summary._replace(standing=stands)
        not_checked = (*loaded.not_checked, *outcome.not_checked)
        unsaid = [one for one in outcome.unsaid if loaded.search.concerns(*_paths(one[0]))]
        findings = sorted(kept, key=by_place)
        if any(finding.mend for finding in findings):
            from grantlint.run.mends.mending import with_fixes  # noqa: PLC0415 - it reads quotes, for these alone

            findings = with_fixes(findings, loaded.declarations, crashed)
        if findings:
            from grantlint.report.secrecy.leaves import show_leaves  # noqa: PLC0415 - a clean run shows nothing

            places = [span for finding in findings for span in (finding.span, *[one.span for one in finding.related])]
            show_leaves(loaded.declarations, {finding.span.source for finding in wanted}, places)
        asked = {rule.name for rule in self.rules}
        return Report(
            findings,
            [one for one in not_checked if loaded.search.concerns(one.span.source.path)],
            sifted.suppressed,
            crashed,
            summary,
            {rule.name: rule for rule in self.rules},
            loaded.sources,
            [rule for rule in self.every_rule if rule.name not in asked],
            judged=servers,
            unsaid=unsaid,
        )


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


def loads_code_of_others(settings: Settings) -> bool:
    """Return whether rules are loaded that are not grantlint's own."""
    return bool(settings.rules_dirs) or any(pack.name != BUILT_IN for pack in installed_packs())


def plan(settings: Settings, watch: Watch | None = None, gone: Mapping[str, EndedItselfError] | None = None) -> Plan:
    """Return what the settings ask for, raising UsageError, TargetError, ConfigError or PluginError.

    watch: is told what is loaded, and then which rule is asked; gone: rules to leave out.
    """
    rules = every_rule(settings, watch=watch.loading if watch else None)
    _refuse_unknown_names(rules, settings)
    settings = _of_what_is_loaded(settings, rules)
    return Plan(
        _rated(_chosen(rules, settings), settings),
        {rule.name for rule in rules} | FAULT_NAMES,
        settings.profile,
        rules,
        Products.of(settings),
        watch.rule if watch else None,
        gone or {},
        EXAMPLES if settings.example_folders is None else settings.example_folders,
        settings.path_entries,
        settings.rules_as_of,
        _heeding(settings, rules),
    )


def _heeding(settings: Settings, every_rule: Sequence[Rule]) -> Heeding:
    """Return which comments count."""
    known = {rule.name: words_of(rule) for rule in every_rule} | {name: {name} for name in FAULT_NAMES}
    kept = {name for name, words in known.items() if not words.isdisjoint(settings.unsuppressible)}
    return Heeding(settings.require_reason, frozenset(kept), off=settings.no_ignores)


def _chosen(every_rule: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Return the rules that the settings ask for."""
    every_rule = [rule for rule in every_rule if _SURE.index(rule.confidence) <= _SURE.index(settings.min_confidence)]
    rated = [name for name, severity in settings.severity.items() if severity]
    if settings.editions and not settings.select:
        whole = {rule.name for rule in chosen(every_rule, (), settings.ignore, Profile.PEDANTIC, rated)}
        return tuple([rule for rule in every_rule if rule.name in whole and _is_evidence(rule, settings.editions)])
    return chosen(every_rule, settings.select, settings.ignore, settings.profile, rated)


def _refuse_unknown_names(every_rule: Sequence[Rule], settings: Settings) -> None:
    """Raise ConfigError for a name in the file without a rule.

    Nothing is raised where rules were not loaded, since those may have it.
    """
    if not settings.named_rules or settings.not_loaded:
        return
    names = {rule.name for rule in every_rule}
    words = names.union(*map(words_of, every_rule))
    with_number = [rule.name for rule in every_rule if rule.threshold is not None]
    for word, place, or_tag, or_fault, has_threshold in settings.named_rules:
        if has_threshold and word in names and word not in with_number:
            raise ConfigError(f"{place}: {word} has no threshold; {', '.join(with_number)} have one")
        if word not in (words if or_tag else names) and not (or_fault and word in FAULT_NAMES):
            from grantlint.platform.nearest import hint  # noqa: PLC0415 - only for a slip

            what = "rule or tag" if or_tag else "rule"
            near = hint(word, words if or_tag else names, "`grantlint rules` lists them")
            raise ConfigError(f"{place}: no {what} is named {word!r}; {near}")


def _is_evidence(rule: Rule, editions: Sequence[str]) -> bool:
    return any(control.partition(":")[0] in editions for control in rule.controls)


def _of_what_is_loaded(settings: Settings, every_rule: Sequence[Rule]) -> Settings:
    """Return the settings with names of loaded rules alone.

    Other names may be those of rules that nobody allowed to load.
    """
    if not settings.not_loaded:
        return settings
    known = {word for rule in every_rule for word in words_of(rule)}
    return settings._replace(
        select=tuple(word for word in settings.select if word in known),
        ignore=tuple(word for word in settings.ignore if word in known),
        severity={rule: severity for rule, severity in settings.severity.items() if rule in known},
    )


def _each_and_forget(judged: list[Panel]) -> Iterator[Panel]:
    """Yield the panels and let go of each: the tables that it makes when asked are most of a run's memory."""
    judged.reverse()
    while judged:
        yield judged.pop()


def _rated(rules: Sequence[Rule], settings: Settings) -> list[Rule]:
    """Return the rules with the severities of the configuration.

    Those that it switches off are left out.
    """
    rules = [_counting(rule, settings.thresholds) for rule in rules] if settings.thresholds else rules
    if not settings.severity:
        return [*rules]
    wanted = [(rule, settings.severity.get(rule.name, rule.severity)) for rule in rules]
    return [rule._replace(severity=severity) for rule, severity in wanted if severity]


def _counting(rule: Rule, thresholds: Mapping[str, int]) -> Rule:
    """Return the rule with the number that the configuration sets, if it sets any."""
    number = thresholds.get(rule.name)
    if number is None or rule.threshold is None:
        return rule
    return rule._replace(check=rule.threshold.made(number))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repetitions at one place.

    A loop declares several accounts by the same words.
    """
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        span = finding.span
        seen.setdefault((finding.rule, finding.message, span.source.path, span.start, span.end), finding)
    return [*seen.values()]


def _paths(finding: Finding) -> tuple[str, ...]:
    """Return the files of a finding and of its related places."""
    return (finding.span.source.path, *(related.span.source.path for related in finding.related))


def every_rule(
    settings: Settings, folders: Sequence[str] | None = None, watch: Callable[[str], None] | None = None
) -> tuple[Rule, ...]:
    """Return all rules.

    Raises PluginError or ConfigError for what cannot be loaded or made. folders: the rule folders to load, those of the
    settings by default; watch: is told what is loaded next.
    """
    loaded = settings.rules_dirs if folders is None else folders
    rules = rule_set(loaded, watch) if watch else rule_set(loaded)
    if not settings.own_rules:
        return rules
    return (*rules, *own_rules(settings, {rule.name for rule in rules}))


def own_rules(settings: Settings, taken: set[str]) -> tuple[Rule, ...]:
    """Return the rules that the configuration makes of templates.

    taken: names that others have.
    """
    from grantlint.lint.templates.catalogue import rules_of  # noqa: PLC0415 - for those who have any

    made = rules_of(settings.own_rules, settings.file, settings.rule_lines)
    for rule in made:
        if rule.name in taken:
            raise ConfigError(f"{settings.file}: two rules are named {rule.name!r}")
        taken.add(rule.name)
    return made
