"""Examples as tests: what they expect, what is found, and that a wrong one fails."""

import pytest

from grantlint import HostValue, Installation, Problem, Rule, Severity, each_host
from grantlint.testing import Example, examples_of, expected, findings

BAD = "users:\n  - user: a\n    host: '%'  # expect: percent\n"
GOOD = "users:\n  - user: a\n    host: localhost\n"


def check(host: HostValue, installation: Installation) -> list[Problem]:
    del installation
    return [Problem("percent")] if host.text == "%" else []


RULE = Rule(
    name="percent", summary="x", rationale="x", help="x", severity=Severity.INFO, check=each_host(check),
    bad=(BAD,), good=(GOOD,),
)  # fmt: skip


def test_examples_are_named_after_their_rule() -> None:
    assert [str(example) for example in examples_of([RULE])] == ["percent-bad-0", "percent-good-0"]


def test_right_examples_pass() -> None:
    for example in examples_of([RULE]):
        example.check()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BAD.replace("'%'", "localhost"), "expected percent in line 3; found nothing"),
        (GOOD.replace("localhost", "'%'"), "expected nothing; found percent in line 3"),
        (BAD.replace("user: a", "user: a  # expect: percent"), "expected percent in line 2, percent in line 3; found"),
        ("users:\n  - user: a\n    host: %\n", "expected nothing; found syntax-error in line 3"),
        ("just: text\n", "no format claims the example"),
    ],
)
def test_wrong_examples_fail_with_what_is_wrong(text: str, said: str) -> None:
    (example,) = examples_of([RULE._replace(bad=(text,), good=())])
    with pytest.raises((AssertionError, ValueError), match=said):
        example.check()


def test_expectations_are_read_from_comments_of_each_format() -> None:
    text = "a  # expect: x-y, z\nb -- expect: z\nc // expect: z\n# expected: nothing\nd # expect: z z\n"
    assert expected(text) == [(1, "x-y"), (1, "z"), (2, "z"), (3, "z"), (5, "z")]


def test_a_rule_that_raises_fails_its_example() -> None:
    def crash(host: HostValue, installation: Installation) -> list[Problem]:
        raise KeyError(host, installation)

    with pytest.raises(KeyError):
        Example("x", RULE._replace(check=each_host(crash)), BAD).check()


def test_a_text_can_be_judged_as_any_server() -> None:
    (found,) = findings(BAD, [RULE], servers=["mysql-8.4"])
    assert (found.rule, found.servers) == ("percent", ())
