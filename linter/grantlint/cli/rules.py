"""`grantlint rules`: what is checked, a line each."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration, parsed, settings_of
from grantlint.cli.terminal import print_report
from grantlint.registry import rule_set
from grantlint.rule import Rule


def run(arguments: Sequence[str]) -> int:
    """Print the rules of all packs and return the exit status."""
    parser = Parser("rules", "List the rules: name, severity, what each finds.")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to list (default: text)")
    add_configuration(parser)
    options = parsed(parser, arguments)
    rules = rule_set(settings_of(options).rules_dirs)
    print_report(_json(rules) if options.format == "json" else _text(rules))
    return 0


def _text(rules: Sequence[Rule]) -> str:
    longest = max((len(rule.name) for rule in rules), default=0)
    return "".join(f"{rule.name:<{longest}}  {rule.severity.value:<7}  {rule.summary}\n" for rule in rules)


def _json(rules: Sequence[Rule]) -> str:
    from json import dumps  # noqa: PLC0415 - for this format alone

    listed = [
        {"name": rule.name, "severity": rule.severity.value, "summary": rule.summary, "tags": rule.tags}
        for rule in rules
    ]
    return '{"version":1,"rules":[\n' + ",\n".join(map(dumps, listed)) + "\n]}\n"
