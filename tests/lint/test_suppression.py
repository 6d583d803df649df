"""Comments that silence a rule: where they reach, and that none goes unnoticed."""

import pytest

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Severity
from grantlint.lint.suppression import Sifted, sift
from grantlint.model.location import Source, Span

KNOWN = {"any-host", "grant-option", "plain-text-password"}


def sifted(text: str, *reported: tuple[int, str], active: set[str] = KNOWN) -> Sifted:
    """Sift findings that stand on lines of a text."""
    source = Source("x.yml", text)
    findings = [
        Finding(rule, Severity.ERROR, "m", Span(source, source.line_bounds(line)[0], source.line_bounds(line)[1]))
        for line, rule in reported
    ]
    return sift(findings, [source], active=active, known=KNOWN)


def left(result: Sifted) -> list[tuple[int, str]]:
    return [(f.span.source.position(f.span.start)[0], f.rule) for f in result.findings]


@pytest.mark.parametrize(
    "text",
    [
        "host: '%'  # grantlint: ignore[any-host] a demo",
        "host: '%'  #grantlint:ignore[any-host] a demo",
        "# grantlint: ignore[any-host] a demo\nhost: '%'",
        "  # grantlint: ignore[any-host] a demo\n\n  # another comment\n  host: '%'",
        "host '%' -- grantlint: ignore[any-host] a demo",
        "host = 1 // grantlint: ignore[ grant-option , any-host ] a demo",
        "x: 1\n# grantlint: ignore-file[any-host] a demo\ny: 2\nhost: '%'",
    ],
)
def test_a_comment_silences_its_rule_and_gives_the_reason(text: str) -> None:
    line = text.count("\n") + 1
    result = sifted(text, (line, "any-host"))
    assert [(one.finding.rule, one.reason) for one in result.suppressed] == [("any-host", "a demo")]
    assert [f.rule for f in result.findings] == (["unused-suppression"] if "grant-option" in text else [])


@pytest.mark.parametrize(
    "text",
    [
        "# grantlint: ignore[any-host]\na: 1\nhost: '%'",
        "a: 1  # grantlint: ignore[any-host]\n\nhost: '%'",
        "\n\nhost: '%'\n# grantlint: ignore[any-host]",
        "\n\nhost: '%'  # grantlint: ignore[grant-option]",
        "\n\nhost: '%'  # grantlint: ignore",
        "\n\nhost: '%'  # grantlint: ignore[]",
        "\n\nhost: '%'  # grantlint: disable[any-host]",
        "\n\nhost: '%'  # grantlint: ignore[any_host]",
    ],
)
def test_a_comment_that_silences_nothing_is_reported_beside_the_finding(text: str) -> None:
    result = sifted(text, (3, "any-host"))
    assert result.suppressed == []
    assert [rule for _, rule in left(result)] == ["any-host", "unused-suppression"]
    assert result.findings[1].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a  # grantlint: ignore[any-host]", "any-host has nothing to report on line 1"),
        ("# grantlint: ignore-file[any-host]", "any-host has nothing to report in this file"),
        ("a  # grantlint: ignore[any-hots]", "no rule is named 'any-hots'; did you mean 'any-host'?"),
        ("a  # grantlint: ignore[zzz]", "no rule is named 'zzz'"),
        ("a  # grantlint: ignore", "`grantlint: ignore` names no rule, so it silences none"),
        ("a  # grantlint: off", "`grantlint: off` is no suppression"),
    ],
)
def test_an_idle_comment_is_told_why(text: str, said: str) -> None:
    (finding,) = sifted(text).findings
    assert (finding.rule, finding.message) == ("unused-suppression", said)


def test_each_name_of_a_comment_is_judged_and_pointed_at_by_itself() -> None:
    text = "host: '%'  # grantlint: ignore[any-host, grant-option]"
    (finding,) = sifted(text, (1, "any-host")).findings
    assert text[finding.span.start : finding.span.end] == "grant-option"


def test_a_comment_for_a_rule_that_did_not_run_is_left_alone() -> None:
    assert sifted("a  # grantlint: ignore[any-host]", active=set()).findings == []


def test_a_fault_of_the_file_can_be_silenced_by_its_name() -> None:
    result = sifted("a: b: c  # grantlint: ignore[duplicate-key] a template", (1, "duplicate-key"))
    assert (result.findings, len(result.suppressed)) == ([], 1)


@pytest.mark.parametrize("rule", sorted(UNSEEN))
@pytest.mark.parametrize("verb", ["ignore", "ignore-file"])
def test_what_was_not_read_is_silenced_by_no_comment(rule: str, verb: str) -> None:
    result = sifted(f"a: b: c  # grantlint: {verb}[{rule}] a template", (1, rule))
    assert result.suppressed == []
    assert [f.rule for f in result.findings] == [rule, "unused-suppression"]
    assert result.findings[1].message == f"{rule} cannot be suppressed: nobody knows what was not read"


def test_one_comment_silences_every_finding_of_its_rule_on_the_line() -> None:
    result = sifted("x  # grantlint: ignore[any-host]", (1, "any-host"), (1, "any-host"))
    assert (result.findings, len(result.suppressed)) == ([], 2)


def test_the_same_comment_twice_is_reported_once() -> None:
    text = "# grantlint: ignore[any-host]\nx  # grantlint: ignore[any-host]"
    result = sifted(text, (2, "any-host"))
    assert [f.message for f in result.findings] == ["the suppression of any-host stands twice for the same line"]


def test_a_comment_reaches_into_no_other_file() -> None:
    commented, other = Source("a.yml", "x  # grantlint: ignore-file[any-host]"), Source("b.yml", "x")
    finding = Finding("any-host", Severity.ERROR, "m", Span(other, 0, 1))
    result = sift([finding], [commented, other], active=KNOWN, known=KNOWN)
    assert [f.rule for f in result.findings] == ["any-host", "unused-suppression"]


def test_files_without_the_word_are_not_searched() -> None:
    class Unsplittable(str):
        __slots__ = ()

        def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - str's own signature
            raise AssertionError(keepends)

        split = splitlines  # type: ignore[assignment]  # any call fails

    source = Source("x.yml", Unsplittable("host: '%'\n"))
    findings = [Finding("any-host", Severity.ERROR, "m", Span(source, 0, 1))]
    assert sift(findings, [source], active=KNOWN, known=KNOWN) == Sifted(findings, [])
