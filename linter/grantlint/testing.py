"""A rule's examples as test cases, for built-in rules and for those of others.

With pytest, in any test file::

    @pytest.mark.parametrize("example", examples_of(RULES), ids=str)
    def test_the_rule_reports_what_its_example_expects(example: Example) -> None:
        example.check()

An example is a whole file. `# expect: rule-name` (SQL: `-- expect: rule-name`) stands at the end of each line that
the rule must report; several names are separated by commas, and a name that stands twice must be reported twice.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import unified_diff

from grantlint.access import parse_target
from grantlint.lint.engine import Outcome, finding_of, lint
from grantlint.lint.finding import Finding
from grantlint.lint.rule import Rule
from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.formats import FORMATS, Format
from grantlint.run.judging.mending import with_fixes
from grantlint.run.judging.products import Products
from grantlint.servers.grouping import gathered, group

_WITHOUT = re.compile(r"[ \t]*(?:#|--|//)[ \t]*expect:.*")
_EXPECT = re.compile(r"(?:#|--|//)[ \t]*expect:[ \t]*(?P<names>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)")

Reported = tuple[int, str]  # a 1-based line and the name of what is reported there


class Example(NamedTuple):
    """One example of one rule.

    Its name is that of the rule, `bad` or `good`, and a number from 0.
    """

    name: str
    rule: Rule
    text: str

    def __str__(self) -> str:
        return self.name

    def expected(self) -> list[Reported]:
        """Return what the example's comments ask for, by line."""
        return expected(self.text)

    def found(self) -> list[Reported]:
        """Return what the rule reports in the example, by line.

        Faults of the file are among it.
        """
        return sorted((line_of(finding), finding.rule) for finding in findings(self.text, (self.rule,)))

    def check(self) -> None:
        """Raise AssertionError where the rule reports something else than the example expects."""
        wanted, got = self.expected(), self.found()
        if wanted != got:
            raise AssertionError(
                f"{self.name}: expected {_listed(wanted)}; found {_listed(got)}\n{self.text}",
            )


def examples_of(rules: Iterable[Rule]) -> list[Example]:
    """Return every example of the rules."""
    return [
        Example(f"{rule.name}-{kind}-{number}", rule, text)
        for rule in rules
        for kind, texts in (("bad", rule.bad), ("good", rule.good))
        for number, text in enumerate(texts)
    ]


def expected(text: str) -> list[Reported]:
    """Return what the `expect` comments of a file ask for."""
    return sorted(
        (number, name.strip())
        for number, line in enumerate(text.split("\n"), 1)
        for match in _EXPECT.finditer(line)
        for name in match["names"].split(",")
    )


def said(rule: Rule) -> str:
    """Return what a rule says in its examples, word by word.

    It is for a golden file, and raises what the rule raises.
    """
    lines: list[str] = []
    for example in examples_of((rule,)):
        lines.append(example.name)
        for finding in _explained(example):
            lines += [f"  {line_of(finding)}: {finding.message}", f"    help: {finding.help}"]
            lines += [f"    on: {', '.join(finding.servers)}"] if finding.servers else []
            lines += [f"    witness: {finding.witness}"] if finding.witness else []
            lines += [f"    {each.message}: {each.span.source.position(each.span.start)}" for each in finding.related]
            lines += (
                [f"    fix: {edit.text!r} for {edit.span.text!r}" for edit in finding.fix.edits] if finding.fix else []
            )
            lines += [f"    effect: {finding.fix.effect.value}"] if finding.fix else []
    return "\n".join(lines) + "\n"


def before_and_after(rule: Rule) -> str:
    """Return the lines that a fix changes in an example.

    They begin with - and +, as in a patch; '' where no example has a fix.
    """
    for example in examples_of((rule,)):
        edits = next((finding.fix.edits for finding in _explained(example) if finding.fix is not None), ())
        text = example.text
        for edit in sorted(edits, key=lambda one: -one.span.start):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        lines = [*unified_diff(example.text.splitlines(), text.splitlines(), n=0, lineterm="")][2:]
        changed = [_WITHOUT.sub("", line) for line in lines if not line.startswith("@@")]
        if changed:
            return "\n".join(changed)
    return ""


def _explained(example: Example) -> list[Finding]:
    source = Source("example", example.text)
    declarations = _format_of(source).read(source)
    return with_fixes(_found(declarations, (example.rule,), ()), gathered(declarations))


def findings(text: str, rules: Sequence[Rule], *, servers: Sequence[str] = (), path: str = "example") -> list[Finding]:
    """Return what rules find in a text, the file's faults included.

    The text is taken as a file of its own. Raises what a rule raises, TargetError for an unknown server, and ValueError
    for a text of no known format.
    """
    source = Source(path, text)
    return _found(_format_of(source).read(source), rules, servers)


def _found(declarations: Sequence[Declarations], rules: Sequence[Rule], servers: Sequence[str]) -> list[Finding]:
    judged, faults, _ = Products([*map(parse_target, servers)], (), ()).panels(group(declarations))
    outcome: Outcome = lint(judged, rules)
    for error in outcome.crashes.values():
        raise error
    faults += [fault for part in declarations for fault in part.faults]
    return [finding_of(fault) for fault in faults] + outcome.findings


def format_name(text: str) -> str:
    """Return the name of the format that an example is of.

    Raises ValueError for a text of no known format.
    """
    return _format_of(Source("example", text)).name


def line_of(finding: Finding) -> int:
    """Return the 1-based line that a finding is reported on."""
    return finding.span.line


def _format_of(source: Source) -> Format:
    script = source.text.startswith("#!")  # whatever it sends
    for known in FORMATS:
        if script and known.name != "shell":
            continue
        if known.claims(source.path, source.text):
            return known
    raise ValueError(f"no format claims the example:\n{source.text}")


def _listed(reported: Sequence[Reported]) -> str:
    return ", ".join(f"{name} in line {line}" for line, name in reported) or "nothing"
