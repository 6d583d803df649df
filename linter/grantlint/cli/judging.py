"""Declarations to a report: the rules that run, the servers they run on, and what comments silence."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from grantlint.access import Target, parse_target
from grantlint.cli.loading import Loaded
from grantlint.cli.terminal import with_progress
from grantlint.engine import finding_of, lint
from grantlint.errors import ConfigError
from grantlint.faults import FAULT_NAMES
from grantlint.finding import Finding, Severity
from grantlint.grouping import group
from grantlint.panel import Panel, panels
from grantlint.registry import chosen, rule_set
from grantlint.report import Report
from grantlint.rule import Rule
from grantlint.settings import Settings
from grantlint.suppression import sift

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Plan(NamedTuple):
    """By which rules and as which servers to judge. known: the names of all rules, also of those that do not run."""

    rules: Sequence[Rule]
    known: Collection[str]
    asked: Sequence[Target]
    otherwise: Sequence[Target]
    administrators: Sequence[str]

    def judge(self, loaded: Loaded) -> Report:
        """Return what the rules find in what was loaded, sorted by place."""
        judged, faults = panels(group(loaded.declarations), self.asked, self.administrators, self.otherwise)
        labels = dict.fromkeys(server.installation.target.label for panel in judged for server in panel.servers)
        summary = loaded.summary._replace(
            servers=len(judged), judged_as=(*labels,), assumed=any(panel.assumed for panel in judged)
        )
        outcome = lint(with_progress(_each_and_forget(judged), "servers judged"), self.rules)
        found = [finding_of(fault) for fault in (*loaded.faults, *faults)] + outcome.findings
        wanted = _once(finding for finding in found if loaded.search.concerns(*_paths(finding)))
        sources = {source.path: source for source in (*(finding.span.source for finding in wanted), *loaded.asked)}
        sifted = sift(
            wanted, sources.values(), active={rule.name for rule in self.rules} | FAULT_NAMES, known=self.known
        )
        not_checked = (*loaded.not_checked, *outcome.not_checked)
        return Report(
            sorted(sifted.findings, key=_order),
            [one for one in not_checked if loaded.search.concerns(one.span.source.path)],
            sifted.suppressed,
            outcome.crashes,
            summary,
        )


def plan(settings: Settings) -> Plan:
    """Return what the settings ask for, raising UsageError, TargetError, ConfigError or PluginError."""
    every_rule = rule_set(settings.rules_dirs)
    return Plan(
        _rated(chosen(every_rule, settings.select, settings.ignore), every_rule, settings),
        {rule.name for rule in every_rule} | FAULT_NAMES,
        [parse_target(name) for name in settings.asked_servers],
        [parse_target(name) for name in settings.servers],
        settings.administrators,
    )


def _each_and_forget(judged: list[Panel]) -> Iterator[Panel]:
    """Yield the panels and let go of each: the tables that it makes when asked are most of a run's memory."""
    judged.reverse()
    while judged:
        yield judged.pop()


def _rated(rules: Sequence[Rule], every_rule: Sequence[Rule], settings: Settings) -> list[Rule]:
    """Give the rules the severities that the configuration asks for, and leave out those that it switches off."""
    if not settings.severity:
        return [*rules]
    names = {rule.name for rule in every_rule}
    for name in settings.severity:
        if name not in names:
            raise ConfigError(f"{settings.file}: severity: no rule is named {name!r}; `grantlint rules` lists them")
    wanted = [(rule, settings.severity.get(rule.name, rule.severity)) for rule in rules]
    return [rule._replace(severity=severity) for rule, severity in wanted if severity]


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what says the same of the same place: a loop declares several accounts by the same words."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        span = finding.span
        seen.setdefault((finding.rule, finding.message, span.source.path, span.start, span.end), finding)
    return [*seen.values()]


def _paths(finding: Finding) -> tuple[str, ...]:
    """Return the files that a finding speaks of: who changes one of them wants to know."""
    return (finding.span.source.path, *(related.span.source.path for related in finding.related))


def _order(finding: Finding) -> tuple[str, int, int, int, str]:
    span = finding.span
    return span.source.path, span.start, span.end, _RANK[finding.severity], finding.rule
