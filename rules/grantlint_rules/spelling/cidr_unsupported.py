"""cidr-unsupported: a prefix length on a server that knows none."""

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
    dotted,
    each_host,
)

_CIDR = r"(\d+\.\d+\.\d+\.\d+)/(\d\d?)\Z"
_BITS = 32


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag `address/bits` where the server does not know CIDR.

    It reads it as a name that nobody has.
    """
    del settings
    written = re.match(_CIDR, host.text)
    if host.traits.cidr or not written or int(written[2]) > _BITS:
        return
    address = int.from_bytes([min(int(octet), 255) for octet in written[1].split(".")])
    bits = int(written[2])
    mask = (0xFFFFFFFF << (_BITS - bits)) & 0xFFFFFFFF
    yield Problem(
        f"host value '{host.text}' never matches a client: this server does not know CIDR notation",
        witness=f"the client {dotted(address)} does not match it",
        remedy=Instead(f"{dotted(address & mask)}/{dotted(mask)}", Effect.GIVES, "which every server knows")
        if bits
        else Instead("%", Effect.GIVES, "as an empty mask counts as none on every server"),
    )


RULE = Rule(
    name="cidr-unsupported",
    summary="CIDR notation on a server that lacks it",
    rationale="""
MySQL understands '10.0.3.0/24' from 8.0.23 on. MariaDB and older MySQL store it without a word and compare it as a
name: no client ever has it. All of them understand '10.0.3.0/255.255.255.0'.
""",
    help="Write the netmask out: '10.0.3.0/255.255.255.0'.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts", "networks"),
    on_any_server=True,
    check=each_host(check, having="/"),
    bad=(
        """\
server: {product: mariadb-10.11}
users:
  - user: app
    host: 10.0.3.0/24  # expect: cidr-unsupported
    authentication: {secret: vault:db/app}
""",
        """\
server: {product: mysql-5.7}
users:
  - user: app
    host: 10.0.3.0/24  # expect: cidr-unsupported
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'10.0.3.0/24' IDENTIFIED BY RANDOM PASSWORD;  -- expect: cidr-unsupported
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.0/24
    authentication: {secret: vault:db/app}
""",
    ),
)
