"""host-of-a-container: the address or name of one container, which the next one has not."""

import re
from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host

_IDENTIFIER = re.compile(r"(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12}")
_BRIDGE = re.compile(r"172\.17\.0\.\d{1,3}")


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag identifiers of containers, and single addresses of Docker's default bridge."""
    del settings
    if _IDENTIFIER.fullmatch(host.text) or _BRIDGE.fullmatch(host.text):
        yield Problem(f"'{host.text}' is what one container is called: the next one has another address and name")


RULE = Rule(
    name="host-of-a-container",
    summary="The address or name of one container",
    rationale="""
Docker gives each new container an identifier, and an address on the default bridge (172.17.0.0/16) in the order of
their start. After the next deployment the client is another host, and the answer is error 1130 or 1045. The network of
a project can be given a subnet that stays.
""",
    help="Name the network, such as '172.17.%', or a subnet that the Compose file fixes.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having="0123456789", once=True, forms=("address", "name", "other")),
    bad=(
        """\
users:
  - user: app
    host: 172.17.0.4  # expect: host-of-a-container
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'3f2a9c1b7d4e' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-of-a-container
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '172.17.%'
    authentication: {secret: vault:db/app}
""",
    ),
)
