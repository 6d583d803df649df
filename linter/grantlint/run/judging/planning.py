"""Settings to a plan: the rules that run, their severities and numbers, and what silences them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from grantlint.lint.faults import FAULT_NAMES
from grantlint.lint.finding import Confidence, Profile
from grantlint.lint.registry import BUILT_IN, chosen, installed_packs, rule_set, words_of
from grantlint.lint.rule import Rule
from grantlint.lint.suppression.sifted import Heeding
from grantlint.lint.triage.examples import EXAMPLES
from grantlint.platform.errors import ConfigError, UsageError
from grantlint.platform.typed import TYPE_CHECKING, Protocol
from grantlint.run.ending import EndedItselfError
from grantlint.run.judging.plan import Plan
from grantlint.run.judging.products import Products
from grantlint.run.settings import Settings

if TYPE_CHECKING:  # for --config-from alone
    from grantlint.reader.tree.revision import Revision

_SURE = (*Confidence,)


class Watch(Protocol):
    """A listener that is told which code of others runs now."""

    def rule(self, name: str) -> None:
        """Note which rule is asked now, '' for none of others."""
        ...

    def loading(self, what: str) -> None:
        """Note what is loaded now, such as a rule file."""
        ...


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
        Profile.PEDANTIC if settings.editions and not settings.select else settings.profile,
        {*settings.select, *[name for name, severity in settings.severity.items() if severity]},
        None if settings.revision is None else partial(_text_at, settings.revision),
    )


def _text_at(revision: "Revision", path: str) -> str:
    """Return what a file held at a revision, '' where it was not there."""
    try:
        return (revision.read(path) or b"").decode("utf-8", "replace")
    except UsageError:  # outside of the repository, a link, or too large
        return ""


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
