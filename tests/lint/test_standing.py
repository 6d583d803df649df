import pytest

from grantlint import Profile, Rule, Severity, each_account
from grantlint.lint.finding import Finding
from grantlint.lint.triage.standing import Standing, standing
from grantlint.model.location import Source, Span


def rule(name: str, profile: Profile) -> Rule:
    return Rule(
        name=name, summary="", rationale="", help="", severity=Severity.INFO, check=each_account(lambda *_: ()),
        bad=(), good=(), profile=profile,
    )  # fmt: skip


def finding(name: str, severity: Severity, profile: Profile | None = None) -> Finding:
    return Finding(name, severity, "", Span(Source("x.yml", "text"), 0, 1), profile=profile)


RULES = [rule(str(profile), profile) for profile in Profile]
ALL = [str(profile) for profile in Profile]


@pytest.mark.parametrize(
    ("asked", "ran", "found", "passes", "whole"),
    [
        ("pedantic", ALL, [], "pedantic", True),
        ("pedantic", ALL, ["pedantic"], "hardened", True),
        ("pedantic", ALL, ["hardened", "pedantic"], "default", True),
        ("pedantic", ALL, ["correctness"], None, True),
        ("default", ALL[:2], [], "default", True),
        ("default", ALL[:2], ["default"], "correctness", True),
        ("default", ALL[:1], [], "correctness", False),
        ("default", [*ALL[:2], "pedantic"], [], "default", True),
        ("default", ALL, [], "default", True),
        ("hardened", ["hardened"], [], None, False),
        ("pedantic", ALL, ["syntax-error"], None, True),
    ],
)
def test_the_highest_profile_that_has_nothing_to_say_passes(
    asked: str, ran: list[str], found: list[str], passes: str | None, *, whole: bool
) -> None:
    said = [finding(name, Severity.ERROR) for name in found]
    wanted = Standing(Profile[asked.upper()], passes and Profile[passes.upper()], whole)
    assert standing(Profile[asked.upper()], RULES, ran, said) == wanted


def test_a_remark_about_a_comment_is_no_bad_input() -> None:
    assert (
        standing(Profile.DEFAULT, RULES, ALL, [finding("unused-suppression", Severity.WARNING)]).passes
        is Profile.DEFAULT
    )


def test_what_weighs_little_where_it_stands_fails_the_profile_that_reports_it() -> None:
    found = [finding("default", Severity.WARNING, Profile.HARDENED)]
    assert standing(Profile.PEDANTIC, RULES, ALL, found).passes is Profile.DEFAULT
