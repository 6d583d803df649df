"""Comments that silence a rule: where they reach, and that none goes unnoticed."""

import pytest

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Severity
from grantlint.lint.suppression.sifted import HEEDED, Heeding, Sifted, sift
from grantlint.model.location import Source, Span

KNOWN = {"any-host", "grant-option", "plain-text-password"}


def sifted(
    text: str, *reported: tuple[int, str], active: set[str] = KNOWN, heeding: Heeding = HEEDED, statement: str = ""
) -> Sifted:
    """Sift findings that stand on lines of a text, of which some words are a statement."""
    source = Source("x.yml", text)
    findings = [
        Finding(rule, Severity.ERROR, "m", Span(source, source.line_bounds(line)[0], source.line_bounds(line)[1]))
        for line, rule in reported
    ]
    start = text.find(statement) if statement else 0
    statements = [Span(source, start, start + len(statement))] if statement else []
    return sift(findings, [source], active=active, known=KNOWN, heeding=heeding, statements=lambda _: statements)


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
        "host: '%'  /* grantlint: ignore[any-host] a demo */",
        "/* grantlint: ignore[any-host] a demo */ host: '%'",
        "/* grantlint: ignore[any-host] a demo\n   in two lines */\nhost: '%'",
        "{# grantlint: ignore[any-host] a demo #}\nhost: '%'",
        "{#- grantlint: ignore[any-host] a demo -#}\n{# another #}\nhost: '%'",
        "<%# grantlint: ignore[any-host] a demo -%>\nhost: '%'",
        "<%-# grantlint: ignore[any-host] a demo -%>\n# other\nhost: '%'",
        "{{/* grantlint: ignore[any-host] a demo */}}\nhost: '%'",
        "{{- /* grantlint: ignore[any-host] a demo */ -}}\nhost: '%'",
        "host: '%'  {{/* grantlint: ignore[any-host] a demo */}}",
        "; grantlint: ignore[any-host] a demo\nhost = %",
        "host: '%'  # grantlint: ignore[any-host]: a demo",
        "host: '%'  # grantlint: ignore[any-host] -- a demo",
        "host: '%'  # grantlint: ignore[any-host] until 9999-12-31 a demo",
        "host: '%'  # grantlint: ignore[any-host] a demo until 9999-12-31",
        "host: '%'  # grantlint: ignore-item[any-host] a demo",
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
        "\n\nhost: '%'  # grantlint: ignore[any-host] until 2027-13-01",
        "\n\nhost: '%'  # grantlint: ignore[any-host] until 2027",
        "\n\nhost: '%'  # grantlint: ignore-line[any-host]",
        "drop; grantlint: ignore[any-host]\n# grantlint: ignore[grant-option]\nhost: '%'",
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


ITEMS = {  # a text in which `x` stands on the lines that its comment speaks of, and `o` on others
    "list": "- o\n# grantlint: ignore-item[any-host] r\n- x\n  x\n\n  # c\n    x\n- o\n",
    "mapping": "a:\n  b:  # grantlint: ignore-item[any-host] r\n    x\n  c: o\n",
    "block": '# grantlint: ignore-item[any-host] r\nuser "x" {\n  x\n}\nuser "o" {\n}\n',
    "inner": (
        "# grantlint: ignore-item[any-host] r\n- x\n  # grantlint: ignore-item[any-host] q\n  - x\n    x\n  - x\n- o\n"
    ),
    "last": "o\n# grantlint: ignore-item[any-host] r\nx\n  x",
}


@pytest.mark.parametrize("shape", ITEMS)
def test_a_comment_for_an_item_reaches_to_its_end(shape: str) -> None:
    lines = ITEMS[shape].splitlines()
    reported = [(number, "any-host") for number, line in enumerate(lines, 1) if line.strip(" -bac:")[:1] in {"x", "o"}]
    reported += [(number, "any-host") for number, line in enumerate(lines, 1) if line.startswith("user")]
    result = sifted(ITEMS[shape], *reported)
    assert [line for line, _ in left(result)] == [
        n for n, line in enumerate(lines, 1) if "o" in line and "grantlint" not in line
    ]


def test_the_item_of_a_statement_is_the_statement() -> None:
    text = "# grantlint: ignore-item[any-host] r\nCREATE USER a\n, b;\nCREATE USER c;\n"
    result = sifted(text, (2, "any-host"), (3, "any-host"), (4, "any-host"), statement="CREATE USER a\n, b;")
    assert left(result) == [(4, "any-host")]


def test_the_innermost_item_gives_the_reason() -> None:
    result = sifted(ITEMS["inner"], (2, "any-host"), (4, "any-host"), (5, "any-host"), (6, "any-host"))
    assert [one.reason for one in result.suppressed] == ["r", "q", "q", "r"]


@pytest.mark.parametrize(("epoch", "is_over"), [("1801439999", False), ("1801440000", True)])
def test_until_is_the_last_day(epoch: str, monkeypatch: pytest.MonkeyPatch, *, is_over: bool) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)  # the end of 2027-01-31, and a second later
    result = sifted("x  # grantlint: ignore[any-host] until 2027-01-31 the move", (1, "any-host"))
    if is_over:
        assert [f.rule for f in result.findings] == ["any-host", "expired-suppression"]
        assert result.findings[1].message == "the suppression of any-host held until 2027-01-31"
    else:
        assert [(one.reason, one.until) for one in result.suppressed] == [("the move", "2027-01-31")]


@pytest.mark.parametrize(
    "comment", ["ignore[any-host]", "ignore[any-host] --", "ignore-file[any-host] until 9999-01-01"]
)
def test_a_reason_can_be_required(comment: str) -> None:
    result = sifted(f"x  # grantlint: {comment}", (1, "any-host"), heeding=Heeding(requires_reason=True))
    assert [f.rule for f in result.findings] == ["any-host", "suppression-without-reason"]
    assert sifted(f"x  # grantlint: {comment} OPS-1", (1, "any-host"), heeding=Heeding(requires_reason=True)).suppressed


def test_a_rule_can_be_unsuppressible() -> None:
    heeding = Heeding(unsuppressible=frozenset({"any-host"}))
    result = sifted(
        "x  # grantlint: ignore[any-host, grant-option] r", (1, "any-host"), (1, "grant-option"), heeding=heeding
    )
    assert [f.rule for f in result.findings] == ["any-host", "unused-suppression"]
    assert "the configuration says so" in result.findings[1].message


def test_comments_can_be_passed_over() -> None:
    result = sifted("x  # grantlint: ignore[any-host, no-rule]", (1, "any-host"), heeding=Heeding(off=True))
    assert ([f.rule for f in result.findings], result.suppressed) == (["any-host"], [])


def test_what_is_quoted_in_a_reason_is_not_shown() -> None:
    text = "x  # grantlint: ignore[any-host] it's \"geheim\" IDENTIFIED BY 'geheim'"
    (one,) = sifted(text, (1, "any-host")).suppressed
    assert one.reason == "it's … IDENTIFIED BY …"
