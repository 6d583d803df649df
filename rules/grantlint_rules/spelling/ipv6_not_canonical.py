"""ipv6-not-canonical: an IPv6 address in a spelling that the server never prints."""

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
    canonical_ip,
    each_host,
)

_MAPPED = "::ffff:"


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag IPv6 addresses that are not in their canonical form.

    Clients are compared in that form.
    """
    del settings
    canonical = canonical_ip(host.text)
    if canonical is not None and canonical != host.text.lower():
        mapped = host.text.lower().startswith(_MAPPED)
        what = "an IPv4 client is known by its IPv4 address" if mapped else "the server prints it shortened"
        yield Problem(
            f"host value '{host.text}' never matches a client: {what}, as {canonical}",
            witness=f"the client {canonical} does not match it",
            remedy=Instead(canonical, Effect.GIVES),
        )


RULE = Rule(
    name="ipv6-not-canonical",
    summary="An IPv6 address that is not in its shortest form",
    rationale="""
IPv6 addresses are compared as text with what the server prints: lower case, no leading zeros, the longest run of
zeros as `::`. `2001:0db8::5` is the same address as `2001:db8::5` and yet no client matches it. An IPv4 client on a
dual-stack listener has its IPv4 address, never `::ffff:10.0.3.7`.
""",
    help="Write the address as `ip -6 addr` prints it.",
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
    host: 2001:0db8:0:0::5  # expect: ipv6-not-canonical
    authentication: {secret: vault:db/app}
  - user: web
    host: '::ffff:10.0.3.7'  # expect: ipv6-not-canonical
    authentication: {secret: vault:db/web}
""",
        """\
CREATE USER 'app'@'2001:0db8::5' IDENTIFIED BY RANDOM PASSWORD;  -- expect: ipv6-not-canonical
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 2001:db8::5
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '2001:DB8:%'
    authentication: {secret: vault:db/app}
  - user: web
    host: WEB1
    authentication: {secret: vault:db/app}
""",
    ),
)
