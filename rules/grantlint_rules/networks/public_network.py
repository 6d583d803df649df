"""public-network: a network of the internet."""

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
)
from grantlint_rules import controls
from grantlint_rules.ranges import example_in, is_private, public_in

_WIDE = 24


def than(shortest: int) -> Check:
    """Return the check for this prefix length."""

    def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
        """Flag values that take more public addresses than it."""
        del settings
        few = 1 << 32 - shortest
        if is_private(host) or addresses_in(host, 0, 0) <= few:  # public or not
            return
        public = public_in(host)
        if public > few:
            yield Problem(
                f"'{host.text}' takes {public:,} addresses of the internet",
                witness=f"a client at {example_in(host)} gets a password prompt",
            )

    return each_host(check, having="%/", forms=("network", "other"))


RULE = Rule(
    name="public-network",
    summary="A network of public addresses",
    rationale="""
A wide network of public addresses is everybody who rents a machine there. `0.0.0.0/128.0.0.0` and
`128.0.0.0/128.0.0.0` are the whole internet in two accounts, and checks that look for `%` see neither. Offers in the
cloud call that public access.
""",
    help="Name the addresses that clients come from, or let them come through a private network.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.WILDCARD_HOST,
    tags=("hosts", "networks"),
    check=than(_WIDE),
    threshold=Threshold(_WIDE, "the prefix length that a network of public addresses has at least", than),
    bad=(
        """\
users:
  - user: app
    host: 128.0.0.0/128.0.0.0  # expect: public-network
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'52.%' IDENTIFIED BY RANDOM PASSWORD;  -- expect: public-network
""",
        """\
CREATE USER 'app'@'172.1_.%' IDENTIFIED BY RANDOM PASSWORD;  -- expect: public-network
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 192.168%
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: 10.0.0.0/255.0.0.0
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '192.168.%'
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '203.0.113.%'
    authentication: {secret: vault:db/app}
""",
    ),
)
