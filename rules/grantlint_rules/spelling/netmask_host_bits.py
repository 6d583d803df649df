"""netmask-host-bits: an address that does not lie on its own network's border."""

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
    dotted,
    each_host,
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a network with bits set outside its mask.

    The server masks the client's address only.
    """
    del settings
    if host.kind not in {"netmask", "cidr"} or host.network & host.mask == host.network:
        return
    network = dotted(host.network & host.mask)
    written = host.text.partition("/")
    yield Problem(
        f"host value '{host.text}' never matches a client: its address has bits set outside the mask",
        witness=f"the client {dotted(host.network)} does not match it: masked, its address is {network}",
        remedy=Instead(f"{network}/{written[2]}", Effect.GIVES, "if the whole network is meant"),
    )


RULE = Rule(
    name="netmask-host-bits",
    summary="A netmask whose address has host bits set",
    rationale="""
The server takes the client's address, applies the mask and compares the result with the address as written. So
'10.1.2.3/255.255.255.0' matches nobody at all, not even 10.1.2.3. No server warns of it.
""",
    help="Write the network's own address before the slash.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts", "networks"),
    on_any_server=True,
    check=each_host(check, having="/"),
    bad=(
        """\
users:
  - user: app
    host: 10.1.2.3/255.255.255.0  # expect: netmask-host-bits
    authentication: {secret: vault:db/app}
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 172.21.0.1/16  # expect: netmask-host-bits
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.1.2.3/255.255.255.0' IDENTIFIED BY RANDOM PASSWORD;  -- expect: netmask-host-bits
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.1.2.0/255.255.255.0
    authentication: {secret: vault:db/app}
""",
    ),
)
