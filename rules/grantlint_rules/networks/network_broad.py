"""network-broad: a private network of more than 65,536 addresses."""

from collections.abc import Iterator

from grantlint import (
    Check,
    Confidence,
    HostValue,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    Threshold,
    addresses_in,
    each_host,
    is_any_host,
)
from grantlint_rules.ranges import public_in

_SHORTEST = 16


def than(shortest: int) -> Check:
    """Return the check for this prefix length."""

    def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
        """Flag values that take more private addresses than it. They take no public one."""
        del settings
        taken = addresses_in(host, 0, 0)
        if taken > 1 << 32 - shortest and not is_any_host(host.text) and not public_in(host):
            yield Problem(f"'{host.text}' takes {taken:,} private addresses")

    return each_host(check, having="%/")


RULE = Rule(
    name="network-broad",
    summary="A network of more than 65,536 private addresses",
    rationale="""
`10.%` is every machine, container and laptop with an address of 10.0.0.0/8, of all sites and of whoever comes in by
VPN. An account for the network that the application runs in needs no more than that network.
""",
    help="Name the network that the clients are in, such as '10.0.3.0/255.255.255.0'.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("hosts", "networks"),
    check=than(_SHORTEST),
    threshold=Threshold(_SHORTEST, "the prefix length that a private network has at least", than),
    bad=(
        """\
users:
  - user: app
    host: '10.%'  # expect: network-broad
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'172.16.0.0/255.240.0.0' IDENTIFIED BY RANDOM PASSWORD;  -- expect: network-broad
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '10.20.%'
    authentication: {secret: vault:db/app}
  - user: web
    host: '%.example.com'
    authentication: {secret: vault:db/web}
  - user: partner
    host: '52.%'
    authentication: {secret: vault:db/partner}
""",
        """\
CREATE USER 'app'@'10.0.0.0/255.255.0.0' IDENTIFIED BY RANDOM PASSWORD;
""",
    ),
)
