"""host-with-port: a port in the host value, which no client's name or address has."""

import re
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
    matches_nobody,
)

_PORT = r"(?P<host>[^:/\[\]]+|\[[^\]]*\]):\d{1,5}\Z"


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag `name:port`, `address:port` and `[address]:port`; a lone IPv6 address has more colons."""
    del settings
    match = re.match(_PORT, host.text)
    if match and not host.text.endswith("::"):
        bare = match["host"].strip("[]")
        taken = "never matches a client"
        if matches_nobody(host) is None:
            taken = "takes clients at IPv6 addresses alone"
        yield Problem(
            f"host value '{host.text}' {taken}: ports are no part of it",
            witness=f"a client at {bare} does not match it",
            remedy=Instead(bare, Effect.GIVES, "as an account cannot be tied to a port"),
        )


RULE = Rule(
    name="host-with-port",
    summary="A port in the host value",
    rationale="""
The host value is compared with the client's name and address. Neither has a port, so 'app'@'localhost:3306' is an
account that nobody can use. No server rejects it.
""",
    help="Leave the port out.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=":"),
    bad=(
        """\
users:
  - user: app
    host: localhost:3306  # expect: host-with-port
    authentication: {secret: vault:db/app}
  - user: web
    host: 172.17.0.1:6604  # expect: host-with-port
    authentication: {secret: vault:db/web}
""",
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7:3306"  # expect: host-with-port
}
""",
    ),
    good=(
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
  - user: web
    host: 2001:db8::5
    authentication: {secret: vault:db/web}
""",
    ),
)
