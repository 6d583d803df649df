"""Which part of the internet a host value takes: for rules about public addresses."""

import re
from functools import lru_cache
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
_WILDCARD = re.compile("[%_]")


class Network(NamedTuple):
    """An IPv4 network."""

    number: int
    length: int

    @property
    def example(self) -> str:
        """One address in it."""
        return dotted(self.number | (1 if self.length < 32 else 0))  # noqa: PLR2004 - of IPv4


def public_network(host: HostValue) -> Network | None:
    """Return the public IPv4 network of a host value, or None.

    None where it is one of the private ones.
    """
    network = network_of(host)
    return None if network is None or _is_private(network) else network


def network_of(host: HostValue) -> Network | None:
    """Return the IPv4 network of a host value.

    None of one that also takes others, and of names.
    """
    if host.mask:
        return Network(host.network, host.mask_length)
    return _of_text(host.text)


@lru_cache(maxsize=256)  # three rules ask one after the other
def _of_text(text: str) -> Network | None:
    if _ADDRESS.fullmatch(text):
        return Network(_number(text), 32)
    if not _PATTERN.fullmatch(text) or not _WILDCARD.search(text) or is_any_host(text):
        return None
    begin = re.split("[%_]", text, maxsplit=1)[0]
    leading = _LEADING.match(begin)
    octets = leading[0].rstrip(".").split(".") if leading else []
    return Network(_number(".".join([*octets, "0", "0", "0", "0"][:4])), 8 * len(octets))


@lru_cache(maxsize=256)  # as above
def _is_private(network: Network) -> bool:
    return any(_is_within(network, private) for private in _PRIVATE)


def _is_within(network: Network, other: tuple[int, int]) -> bool:
    number, shortest = other
    return network.length >= shortest and network.number >> (32 - shortest) == number >> (32 - shortest)


def _number(text: str) -> int:
    number = 0
    for octet in text.split("."):
        number = number << 8 | min(int(octet), 255)
    return number
