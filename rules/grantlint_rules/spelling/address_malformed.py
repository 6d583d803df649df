"""address-malformed: digits and dots that are no IPv4 address."""

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
)

_OCTETS, _LARGEST = 4, 255


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag values of digits, dots and signs that are no address.

    No client's address is printed so.
    """
    del settings
    text = host.text
    if host.is_address or "." not in text or text.strip("0123456789.+-"):
        return
    then = "no client matches it"
    if host.needs_open_gate:
        then = "its client matches it only while another account lets that host in"
    yield Problem(
        f"host value '{text}' is no IPv4 address as the server prints one, and {then}",
        witness=f"the server compares '{text}' with texts such as 10.0.3.7, character by character",
        remedy=_remedy(text),
    )


def _remedy(text: str) -> Instead | None:
    """Return the address without leading zeros, or the network that an open end stands for; None for anything else."""
    octets = [octet.lstrip("0") or octet[:1] for octet in text.removesuffix(".").split(".")]
    if not all(octet.isdecimal() and len(octet) <= len(str(_LARGEST)) and int(octet) <= _LARGEST for octet in octets):
        return None
    plain = ".".join(octets)
    if len(octets) == _OCTETS:
        return Instead(plain, Effect.GIVES, "if no octal number is meant")
    return Instead(f"{plain}.%", Effect.GIVES, "if all of that network is meant") if text.endswith(".") else None


RULE = Rule(
    name="address-malformed",
    summary="Digits and dots that are no IPv4 address",
    rationale="""
A host value is compared with the client's address as text: four numbers up to 255 without leading zeros. `10.0.3`,
`10.0.3.`, `10.0.0.256`, `10.0.0.07` and the range `10.0.0.1-10.0.0.9` match nobody, and no server rejects them. MySQL
from 8.0.23 on reads a leading zero as part of the number when it chooses a row, but not when it decides whether the
host may connect at all, so that `10.0.0.07` works only if another account lets that host in.
""",
    help="Write the address in full ('10.0.3.7'), or a network ('10.0.3.%', '10.0.3.0/255.255.255.0').",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=".", forms=("other",)),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.  # expect: address-malformed
    authentication: {secret: vault:db/app}
  - user: web
    host: 10.0.0.256  # expect: address-malformed
    authentication: {secret: vault:db/web}
  - user: batch
    host: 10.0.0.1-10.0.0.9  # expect: address-malformed
    authentication: {secret: vault:db/batch}
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "10.0.3."  # expect: address-malformed
        password: "{{ vault_app }}"
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
