"""host-underscore-wildcard: an underscore in a host name stands for any character."""

from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag unescaped underscores in values of names."""
    del settings
    text = host.text
    at = text.replace("\\_", "  ").find("_")
    if at < 0 or not any(character.isalpha() for character in text) or ":" in text:
        return
    other = f"{text[:at]}x{text[at + 1 :]}".replace("\\", "")
    yield Problem(
        f"host value '{text}' also takes clients called {other}: _ stands for any character",
        help="Write \\_ for a real underscore; it is refused nowhere and matches the name alone.",
    )


RULE = Rule(
    name="host-underscore-wildcard",
    summary="An unescaped _ in a host name",
    rationale=r"""
In a host value `_` is one character, any. Container names such as `my_app_1` hold several, so their accounts take
others as well: `'my_app_1.net'` admits myxappx1.net (facts: C4), and with `\_` it does not. Names of the DNS have no
underscore, so that it is nearly always meant as itself.
""",
    help="Write \\_ for a real underscore.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having="_", once=True),
    bad=(
        """\
users:
  - user: app
    host: my_app_1.net  # expect: host-underscore-wildcard
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'my_app' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-underscore-wildcard
""",
    ),
    good=(
        """\
users:
  - user: app
    host: my-app-1.net
    authentication: {secret: vault:db/app}
""",
        r"""
users:
  - user: app
    host: 'my\_app'
""",
    ),
)
