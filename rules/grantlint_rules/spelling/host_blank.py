"""host-blank: blanks around a host value."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Effect,
    HostValue,
    Instead,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_host,
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag blanks at either end of a host value.

    What they do differs between products and before and after a restart.
    """
    del settings
    bare = host.text.strip()
    if bare and bare != host.text:
        trims = host.traits.trims_blanks
        what = "the server cuts them off" if trims else "the server keeps them, and no client has them"
        yield Problem(
            f"host value '{host.text}' has blanks around it: {what}",
            witness="" if trims else f"a client at {bare} does not match it",
            remedy=Instead(bare, Effect.GIVES),
        )


RULE = Rule(
    name="host-blank",
    summary="Blanks around a host value",
    rationale="""
MySQL trims blanks around a host value. MariaDB keeps leading ones for good, so that the account matches nobody, and
trailing ones until the next restart: then the account suddenly works, or is anonymous, or is a duplicate.
""",
    help="Take the blanks out.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=" \t\r\n"),
    bad=(
        """\
users:
  - user: app
    host: ' 10.0.3.7'  # expect: host-blank
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.7 ' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-blank
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: ' '
    authentication: {secret: vault:db/app}
  - user: web
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
