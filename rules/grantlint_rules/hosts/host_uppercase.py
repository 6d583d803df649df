"""host-uppercase: capitals in a host value, which the server stores as small letters."""

from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag capitals of ASCII."""
    del settings
    yield Problem(f"the server stores '{host.text}' as '{host.text.lower()}'", help=f"Write '{host.text.lower()}'.")


RULE = Rule(
    name="host-uppercase",
    summary="Capitals in a host value",
    rationale="""
Host names are compared without case, and CREATE USER stores them in small letters (facts: C2, G3). Tools that compare
what is declared with what is stored find a difference on each run: they make the account again, which is error 1396,
or report a change that never ends.
""",
    help="Write host values in small letters.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having="ABCDEFGHIJKLMNOPQRSTUVWXYZ", once=True),
    bad=(
        """\
users:
  - user: app
    host: Web-1.Example.com  # expect: host-uppercase
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'Web-1' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-uppercase
""",
    ),
    good=(
        """\
users:
  - user: app
    host: web-1.example.com
    authentication: {secret: vault:db/app}
""",
    ),
)
