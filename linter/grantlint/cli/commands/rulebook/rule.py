"""`grantlint rule NAME`: the page of one rule."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from textwrap import dedent, indent

from grantlint.cli.options import Parser, add_configuration, allowed_folders, settings_of
from grantlint.cli.terminal import print_report
from grantlint.lint.faults import FAULT_NAMES, FAULTS
from grantlint.lint.rule import Rule
from grantlint.platform.errors import UsageError
from grantlint.report.page import document
from grantlint.run.judging.planning import every_rule
from grantlint.testing import before_and_after


def run(arguments: Sequence[str]) -> int:
    """Print the page of a rule and return the exit status.

    It says what the rule finds, why, examples and what to do.
    """
    parser = Parser("rule", "Explain one rule: what it finds, why that matters, examples, what to do.")
    parser.add("name", metavar="NAME", help="as `grantlint rules` lists it")
    add_configuration(parser)
    options = parser.parse(arguments)
    settings = settings_of(options)
    rules = {rule.name: rule for rule in every_rule(settings, allowed_folders(settings))}
    name: str = options.name
    fault = next((fault for fault in FAULTS if fault.name == name), None)
    if fault:
        print_report(document(f"{fault.name} ({fault.severity})\n\n{fault.summary}.\n\n{fault.rationale}\n"))
        return 0
    if name not in rules:
        near = get_close_matches(name, [*rules, *FAULT_NAMES], 1)
        hint = f"; did you mean {near[0]!r}?" if near else "; `grantlint rules` lists them"
        raise UsageError(f"no rule is named {name!r}{hint}")
    print_report(document("\n".join(_page(rules[name]))))
    return 0


def _page(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.severity.value})"
    yield ""
    yield f"{rule.summary}."
    yield ""
    yield dedent(rule.rationale).strip()
    for title, examples in (("Reported:", rule.bad), ("Not reported:", rule.good)):
        for example in examples:
            yield ""
            yield title
            yield ""
            yield indent(dedent(example).strip("\n"), "    ")
    yield ""
    yield f"What to do: {rule.help}"
    fix = before_and_after(rule)
    if fix:
        yield from ("", "What a fix writes:", "", indent(fix, "    "), "")
    since = f", since {rule.since}" if rule.since else ""
    yield f"Profile {rule.profile}, confidence {rule.confidence.value}{since}"
    if rule.threshold is not None:
        yield f"Threshold: {rule.threshold.means}, {rule.threshold.number}; [threshold] of grantlint.toml sets another"
    if rule.tags:
        yield f"Tags: {', '.join(rule.tags)}"
    if rule.stronger_than:
        yield f"Says more than, at the same account: {', '.join(rule.stronger_than)}"
    if rule.controls:
        from grantlint.lint.controls import every_control  # noqa: PLC0415 - a table, for this page alone

        known = every_control()
        yield "Controls:"
        for name in rule.controls:
            control = known.get(name)
            yield f"  {name}  {control.subject}" if control else f"  {name}"
