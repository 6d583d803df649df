"""public-address: an address of the internet."""

from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host
from grantlint_rules.ranges import public_in

_FEW = 256  # as many as a /24 has


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag values that take few public addresses."""
    del settings
    if 0 < public_in(host) <= _FEW:
        yield Problem(f"'{host.text}' is on the internet: the account is reached from outside")


RULE = Rule(
    name="public-address",
    summary="A public address",
    rationale="""
An account at a public address means that the server is reachable from the internet, at least for some, and that what
is said to it crosses networks of others. TLS and a firewall belong to that, and an address that stays whose it is:
those of the cloud go to the next customer.
""",
    help="Let clients come through a private network or a tunnel; else require TLS and a certificate.",
    severity=Severity.INFO,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts", "networks"),
    check=each_host(check, having="0123456789"),
    bad=(
        """\
users:
  - user: app
    host: 52.94.236.248  # expect: public-address
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'52.94.236.%' IDENTIFIED BY RANDOM PASSWORD;  -- expect: public-address
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
    host: 203.0.113.7
    authentication: {secret: vault:db/app}
""",
    ),
)
