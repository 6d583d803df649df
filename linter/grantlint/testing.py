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
from typing import NamedTuple

from grantlint.access import parse_target
from grantlint.lint.engine import Outcome, finding_of, lint
from grantlint.lint.finding import Finding
from grantlint.lint.rule import Rule
from grantlint.model.location import Source
from grantlint.reader.files.formats import FORMATS, Format
from grantlint.run.servers import Products
from grantlint.servers.grouping import group

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


def findings(text: str, rules: Sequence[Rule], *, servers: Sequence[str] = (), path: str = "example") -> list[Finding]:
    """Return what rules find in a text, the file's faults included.

    The text is taken as a file of its own. Raises what a rule raises, TargetError for an unknown server, and ValueError
    for a text of no known format.
    """
    source = Source(path, text)
    declarations = _format_of(source).read(source)
    judged, faults = Products([*map(parse_target, servers)], (), ()).panels(group(declarations))
    outcome: Outcome = lint(judged, rules)
    for error in outcome.crashes.values():
        raise error
    faults += [fault for part in declarations for fault in part.faults]
    return [finding_of(fault) for fault in faults] + outcome.findings


def line_of(finding: Finding) -> int:
    """Return the 1-based line that a finding is reported on."""
    return finding.span.source.position(finding.span.start)[0]


def _format_of(source: Source) -> Format:
    for known in FORMATS:
        if known.claims(source.path, source.text):
            return known
    raise ValueError(f"no format claims the example:\n{source.text}")


def _listed(reported: Sequence[Reported]) -> str:
    return ", ".join(f"{name} in line {line}" for line, name in reported) or "nothing"
