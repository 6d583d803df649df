"""netmask-invalid: a slash and something after it that this server does not take as a mask."""

import re
from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host

_PREFIX_LENGTH = r"\d+\.\d+\.\d+\.\d+/(3[0-2]|[12]?\d)\Z"


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag `x/y` that the server reads as plain text.

    Prefix lengths on servers without CIDR are another rule's.
    """
    del settings
    if "/" not in host.text or "://" in host.text or host.mask:
        return
    if host.traits.trims_blanks and host.text != host.text.strip():
        return
    if re.match(_PREFIX_LENGTH, host.text) and not host.traits.cidr:
        return
    before, _, mask = host.text.partition("/")
    yield Problem(
        f"host value '{host.text}' never matches a client: {_reason(before, mask)}",
        witness="the server takes it for a name, and no client is called that",
    )


def _reason(before: str, mask: str) -> str:
    if ":" in before:
        return "there are no masks or prefixes for IPv6"
    if mask in {"0", "0.0.0.0"}:  # noqa: S104 - a mask, nothing is bound to it
        return "an empty mask counts as no mask"
    if mask.count(".") == 3:  # noqa: PLR2004 - four octets
        return f"this server takes no mask such as {mask}, or no such address before it"
    return "it is no IPv4 network"


RULE = Rule(
    name="netmask-invalid",
    summary="A netmask that the server does not take",
    rationale="""
Masks and prefix lengths exist for complete IPv4 addresses only: not for IPv6, names, patterns (`10.0.%/24`) or
shortened addresses (`10/8`), and the empty mask (`/0`, `/0.0.0.0`) counts as none. MySQL from 8.0.23 on takes only
masks whose ones stand together, older MySQL and MariaDB take any. What is not taken is stored all the same, as a
name that nobody has.
""",
    help="Write an IPv4 network ('10.0.3.0/255.255.255.0'); for IPv6 a pattern of the shortest form ('2001:db8:%').",
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
    host: 2001:db8::/32  # expect: netmask-invalid
    authentication: {secret: vault:db/app}
  - user: web
    host: 0.0.0.0/0.0.0.0  # expect: netmask-invalid
    authentication: {secret: vault:db/web}
""",
        """\
server: {product: mysql-8.4}
users:
  - user: app
    host: 10.0.3.0/255.0.255.0  # expect: netmask-invalid
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'2001:db8::/32' IDENTIFIED BY RANDOM PASSWORD;  -- expect: netmask-invalid
""",
    ),
    good=(
        """\
server: {product: mariadb-10.11}
users:
  - user: app
    host: 10.0.3.0/255.0.255.0
    authentication: {secret: vault:db/app}
""",
    ),
)
