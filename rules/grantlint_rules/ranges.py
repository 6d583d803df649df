"""Which part of the internet a host value takes: for rules about public addresses."""

from functools import lru_cache
from typing import NamedTuple

from grantlint import HostValue, addresses_in, dotted, is_any_host

_PRIVATE = (
    (0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16), (0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16),
    (0xC0000000, 24), (0xC0000200, 24), (0xC6336400, 24), (0xCB007100, 24), (0xC6120000, 15), (0xE0000000, 3),
    (0x00000000, 8),
)  # fmt: skip
"""IANA's special-purpose registry: private, shared, loopback, link-local, protocols, documents, benchmarks, others."""


class Reach(NamedTuple):
    """How many IPv4 addresses a host value takes. `example`: one of the public ones, '' where there is none."""

    public: int
    private: int
    example: str


_NOBODY = Reach(0, 0, "")
_OCTETS = (*range(1, 256), 0)  # people take .0 for a network


@lru_cache(maxsize=256)  # three rules ask one after the other
def reach_of(host: HostValue) -> Reach:
    """Return which addresses a host value takes. None for a value that takes all or names alone."""
    if is_any_host(host.text):
        return _NOBODY
    every, public = addresses_in(host, 0, 0), _public_in(host, 0, 0)
    return Reach(public, every - public, _example(host) if public else "")


def _public_in(host: HostValue, number: int, length: int) -> int:
    """Return how many public addresses of a network a host value takes."""
    public = addresses_in(host, number, length)
    for private, bits in _PRIVATE:
        if not public:
            return 0
        if (number ^ private) >> 32 - min(bits, length):
            continue
        if bits <= length:
            return 0
        public -= addresses_in(host, private, bits)
    return public


def _example(host: HostValue) -> str:
    """Return the first public address that a host value takes, by its octets one after the other."""
    number = 0
    for length in (8, 16, 24, 32):
        for octet in _OCTETS:
            inner = number | octet << 32 - length
            if _public_in(host, inner, length):
                number = inner
                break
    return dotted(number)
