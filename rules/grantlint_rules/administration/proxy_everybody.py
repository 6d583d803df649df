"""proxy-everybody: everybody who gets in may become another account."""

from collections.abc import Iterator

from grantlint import Confidence, GrantValue, Installation, Level, Problem, Profile, Rule, Severity, each_grant
from grantlint_rules import controls


def check(grant: GrantValue, installation: Installation) -> Iterator[Problem]:
    """Flag PROXY on the anonymous account, which stands for all."""
    del installation
    scope = grant.scope
    if scope.level is Level.PROXY and not scope.name:
        yield Problem("PROXY on ''@'' lets the account become every other one")


RULE = Rule(
    name="proxy-everybody",
    summary="PROXY on the anonymous account, which stands for every account",
    rationale="""
`GRANT PROXY ON ''@'' TO u` lets the holder act as any account that its plugin names, administrators included, and
with GRANT OPTION hand that on. Installations make such a row for root alone.
""",
    help="Name the account that it may become.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=each_grant(check),
    bad=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT PROXY ON ''@'' TO 'app'@'10.0.3.7';  -- expect: proxy-everybody
""",
    ),
    good=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT PROXY ON 'shop'@'10.0.3.7' TO 'app'@'10.0.3.7';
""",
    ),
)
