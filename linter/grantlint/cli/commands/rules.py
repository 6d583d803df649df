"""`grantlint rules`: what is checked, a line each."""

from collections.abc import Mapping, Sequence

from grantlint.cli.options import Parser, add_configuration, allowed_folders, settings_of
from grantlint.cli.terminal import print_report
from grantlint.lint.faults import FAULTS
from grantlint.lint.registry import rule_set
from grantlint.lint.rule import Rule
from grantlint.report.page import Page, document, page


def run(arguments: Sequence[str]) -> int:
    """Print the rules of all packs and return the exit status."""
    parser = Parser("rules", "List the rules: name, severity, what each finds, and the tags that choose it.")
    parser.add("--format", choices=("text", "json"), default="text", help="how to list (default: text)")
    add_configuration(parser)
    options = parser.parse(arguments)
    rules = rule_set(allowed_folders(settings_of(options)))
    print_report(_json(rules) if options.format == "json" else _text(rules))
    return 0


def _text(rules: Sequence[Rule]) -> Page:
    lines = [(rule.name, rule.severity.value, _summary(rule)) for rule in rules]
    faults = [(fault.name, fault.severity, fault.summary) for fault in FAULTS]
    longest = max(len(name) for name, _, _ in (*lines, *faults))
    listed, always = (
        [f"{name:<{longest}}  {severity:<7}  {summary}" for name, severity, summary in part] for part in (lines, faults)
    )
    return page([*listed, "", "always reported, of a file itself:", *always])


def _summary(rule: Rule) -> str:
    return f"{rule.summary}  [{', '.join(rule.tags)}]" if rule.tags else rule.summary


def _json(rules: Sequence[Rule]) -> Page:
    listed = [
        {"name": rule.name, "severity": rule.severity.value, "summary": rule.summary, "tags": rule.tags}
        for rule in rules
    ]
    faults = [{"name": fault.name, "severity": fault.severity, "summary": fault.summary} for fault in FAULTS]
    return document(f'{{"version":1,"rules":{_listed(listed)},"faults":{_listed(faults)}}}\n')


def _listed(objects: Sequence[Mapping[str, object]]) -> str:
    from grantlint.report.strict_json import encoded  # noqa: PLC0415 - the encoder, for this format alone

    return "[\n" + ",\n".join(encoded(one, spaced=True) for one in objects) + "\n]"
