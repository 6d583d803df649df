"""host-not-octet-aligned: a wildcard in the middle of a number."""

import re
from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host

_SPLIT = re.compile(r"(?P<head>(?:\d{1,3}\.){0,3})(?P<digits>\d{1,3})%(?P<tail>(?:\.%)*)")


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag digits right before the wildcard of an address."""
    del settings
    match = _SPLIT.fullmatch(host.text)
    if match is None:
        return
    head, digits = match["head"], match["digits"]
    others = [number for number in range(256) if str(number).startswith(digits) and str(number) != digits]
    if others:
        first, last = (f"{head}{number}{match['tail']}".replace("%", "1") for number in (others[0], others[-1]))
        yield Problem(
            f"'{host.text}' also takes {first} and {last}: % stands for any text, digits included",
            help=f"Write '{head}{digits}.%' for one network, or the address or netmask that is meant.",
        )


RULE = Rule(
    name="host-not-octet-aligned",
    summary="A wildcard in the middle of a number of an address",
    rationale="""
Host values are compared as text. `10.1%` is 10.1.x.x, and 10.10 to 10.19 and 10.100 to 10.199 as well; `127.0.0.2%`
takes .2, .20 and .210 (facts: C4). A netmask, or CIDR from MySQL 8.0.23 on, says where the network ends.
""",
    help="Put the wildcard behind a dot, as in '10.1.%', or write a netmask.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts", "networks"),
    check=each_host(check, having="%", once=True, forms=("other",)),
    bad=(
        """\
users:
  - user: app
    host: '10.1%'  # expect: host-not-octet-aligned
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'172.16.115.25%' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-not-octet-aligned
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '10.1.%'
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '192.168.%.%'
    authentication: {secret: vault:db/app}
""",
    ),
)
