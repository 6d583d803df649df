"""`grantlint rules`: what is checked, a line each."""

from collections.abc import Mapping, Sequence

from grantlint.cli.options import Parser, add_configuration, allowed_folders, settings_of, words_of
from grantlint.cli.terminal import print_report
from grantlint.lint.faults import FAULTS
from grantlint.lint.finding import Profile
from grantlint.lint.registry import chosen
from grantlint.lint.rule import Rule
from grantlint.report.page import Page, document, page
from grantlint.run.judging.planning import every_rule


def run(arguments: Sequence[str]) -> int:
    """Print the rules of all packs and return the exit status."""
    parser = Parser("rules", "List the rules: name, severity, profile, what each finds, and the tags that choose it.")
    parser.add("--tag", metavar="TAG", action="append", default=[],
               help="list the rules of a tag, control or edition only, such as cis-mysql-9.7; repeatable")  # fmt: skip
    parser.add("--profile", choices=[str(profile) for profile in Profile], help="list the rules of a profile only")
    parser.add("--format", choices=("text", "json", "markdown"), default="text", help="how to list (default: text)")
    add_configuration(parser)
    options = parser.parse(arguments)
    settings = settings_of(options)
    rules = chosen(every_rule(settings, allowed_folders(settings)), words_of(options.tag), (), max(Profile))
    if options.profile:
        rules = tuple(rule for rule in rules if rule.profile <= Profile[options.profile.upper()])
    asked = bool(options.tag or options.profile)
    if options.format == "json":
        print_report(_json(rules, with_faults=not asked))
    else:
        print_report((_markdown if options.format == "markdown" else _text)(rules, with_faults=not asked))
    return 0


def _text(rules: Sequence[Rule], *, with_faults: bool) -> Page:
    lines = [(rule.name, rule.severity.value, str(rule.profile), _summary(rule)) for rule in rules]
    faults = [(fault.name, fault.severity, "always", fault.summary) for fault in FAULTS] if with_faults else []
    longest = max((len(name) for name, *_ in (*lines, *faults)), default=0)
    listed, always = (
        [f"{name:<{longest}}  {severity:<7}  {profile:<11}  {summary}" for name, severity, profile, summary in part]
        for part in (lines, faults)
    )
    return page([*listed, "", "always reported, of a file itself:", *always] if with_faults else listed)


def _summary(rule: Rule) -> str:
    return f"{rule.summary}  [{', '.join(rule.tags)}]" if rule.tags else rule.summary


def _markdown(rules: Sequence[Rule], *, with_faults: bool) -> Page:
    rows = [f"| {rule.name} | {rule.severity.value} | {rule.profile} | {rule.summary} |" for rule in rules]
    if with_faults:
        rows += [f"| {fault.name} | {fault.severity} | always | {fault.summary} |" for fault in FAULTS]
    return page(["| rule | severity | profile | finds |", "|---|---|---|---|", *rows])


def _json(rules: Sequence[Rule], *, with_faults: bool) -> Page:
    listed = [
        {
            "name": rule.name,
            "severity": rule.severity.value,
            "summary": rule.summary,
            "tags": rule.tags,
            "profile": str(rule.profile),
            "confidence": rule.confidence.value,
            "since": rule.since or None,
            "controls": rule.controls,
            "stronger_than": rule.stronger_than,
        }
        for rule in rules
    ]
    faults = [{"name": fault.name, "severity": fault.severity, "summary": fault.summary} for fault in FAULTS]
    shown = faults if with_faults else []
    return document(f'{{"version":1,"rules":{_listed(listed)},"faults":{_listed(shown)}}}\n')


def _listed(objects: Sequence[Mapping[str, object]]) -> str:
    from grantlint.report.strict_json import encoded  # noqa: PLC0415 - the encoder, for this format alone

    return "[\n" + ",\n".join(encoded(one, spaced=True) for one in objects) + "\n]"
