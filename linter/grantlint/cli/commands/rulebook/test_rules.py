"""`grantlint test-rules`: whether rules of the configuration report what their examples say."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration, settings_of
from grantlint.cli.terminal import print_report
from grantlint.lint.rule import Rule
from grantlint.platform.errors import UsageError
from grantlint.report.page import page
from grantlint.run.judging.planning import own_rules
from grantlint.testing import findings


def run(arguments: Sequence[str]) -> int:
    """Try the configuration's rules on their examples and return the exit status.

    They are those that the configuration makes of templates.
    """
    parser = Parser("test-rules", "Try the rules of the configuration on their examples: bad ones are found, good not.")
    add_configuration(parser)
    settings = settings_of(parser.parse(arguments))
    if not settings.own_rules:
        raise UsageError("no [[rule]] in the configuration: there is nothing to try")
    lines: list[str] = []
    wrong = 0
    for rule in own_rules(settings, set()):
        faults = _faults(rule)
        wrong += len(faults)
        tried = f"{len(rule.bad)} bad, {len(rule.good)} good"
        lines += faults or [f"{rule.name}: as its examples say ({tried})"]
    print_report(page(lines))
    return 1 if wrong else 0


def _faults(rule: Rule) -> list[str]:
    """Return what is wrong with a rule, a sentence each."""
    faults: list[str] = []
    if not rule.bad or not rule.good:
        missing = "good" if rule.bad else "bad"
        faults.append(f"{rule.name}: has no example that is {missing}, so nobody knows what it does")
    for wanted, examples in ((True, rule.bad), (False, rule.good)):
        for number, text in enumerate(examples, 1):
            what = f"{'bad' if wanted else 'good'} example {number}"
            try:
                found = findings(text, (rule,))
            except ValueError:
                faults.append(f"{rule.name}: {what} is of no format that is known: begin with a statement, or users:")
                continue
            others = [one for one in found if one.rule != rule.name]
            if others:
                faults.append(f"{rule.name}: {what} cannot be read: {others[0].message}")
            elif bool(found) is not wanted:
                faults.append(f"{rule.name}: {what} is {'not ' if wanted else ''}reported")
    return faults
