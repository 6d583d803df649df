"""digits-dot-name: a host name that begins like an address, which servers refuse to use."""

from collections.abc import Iterator

from grantlint import (
    LETTERS,
    Confidence,
    HostValue,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_host,
    has_digits_dot,
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag names and patterns that begin with digits and a dot.

    They have letters, too.
    """
    del settings
    text = host.text
    if text.strip("0123456789.%_") and has_digits_dot(text) and not set("/:,; *-") & set(text):
        yield Problem(
            f"host value '{host.text}' never matches a client: names that begin with digits and a dot do not count",
            witness=f"a client called {host.text.replace('%', 'x')} is known to the server by its address only",
        )


RULE = Rule(
    name="digits-dot-name",
    summary="A host name that begins with digits and a dot",
    rationale="""
So that nobody passes for 144.155.166.% by calling a host 144.155.166.somewhere.com, servers throw away every name
that begins with digits and a dot. An account for 1.2.example.com is therefore never used; the client is known by its
address alone. 12abc.example.com is fine.
""",
    help="Declare the client by its address, or give it a name that begins with a letter.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=LETTERS, forms=("other",)),
    bad=(
        """\
users:
  - user: app
    host: 1.2.example.com  # expect: digits-dot-name
    authentication: {secret: vault:db/app}
""",
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "1.2.example.com"  # expect: digits-dot-name
}
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 12abc.example.com
    authentication: {secret: vault:db/app}
""",
    ),
)
