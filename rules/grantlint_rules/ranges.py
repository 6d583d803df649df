"""Which part of the internet a host value takes: for rules about public addresses."""

import re
from typing import NamedTuple

from grantlint import HostValue, dotted, is_any_host

_PRIVATE = (
    (0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16), (0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16),
    (0xC0000200, 24), (0xC6336400, 24), (0xCB007100, 24), (0xC6120000, 15), (0xE0000000, 3), (0x00000000, 8),
)  # fmt: skip
"""IANA's special-purpose registry: private, shared, loopback, link-local, documentation, benchmarks, multicast."""
_LEADING = re.compile(r"(?:\d{1,3}\.)+")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PATTERN = re.compile(r"[\d.%_]+")


class PublicNetwork(NamedTuple):
    """A network by its prefix length, and one address in it."""

    length: int
    example: str


def public_network(host: HostValue) -> PublicNetwork | None:
    """Return the IPv4 network that a host value takes where it is not one of the private ones, else None."""
    if host.mask:
        return _outside(host.network, host.mask_length)
    text = host.text
    if _ADDRESS.fullmatch(text):
        return _outside(_number(text), 32)
    if host.kind != "pattern" or not _PATTERN.fullmatch(text) or is_any_host(text):
        return None
    begin = re.split("[%_]", text, maxsplit=1)[0]
    leading = _LEADING.match(begin)
    octets = leading[0].rstrip(".").split(".") if leading else []
    return _outside(_number(".".join([*octets, "0", "0", "0", "0"][:4])), 8 * len(octets))


def _outside(network: int, length: int) -> PublicNetwork | None:
    for private, shortest in _PRIVATE:
        if length >= shortest and network >> (32 - shortest) == private >> (32 - shortest):
            return None
    return PublicNetwork(length, dotted(network | (1 if length < 32 else 0)))  # noqa: PLR2004 - of IPv4


def _number(text: str) -> int:
    number = 0
    for octet in text.split("."):
        number = number << 8 | min(int(octet), 255)
    return number
