"""Which part of the internet a host value takes: for rules about public addresses."""

from functools import lru_cache

from grantlint import HostValue, addresses_in, dotted, is_any_host

_PRIVATE = (
    (0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16), (0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16),
    (0xC0000000, 24), (0xC0000200, 24), (0xC6336400, 24), (0xCB007100, 24), (0xC6120000, 15), (0xE0000000, 3),
    (0x00000000, 8),
)  # fmt: skip
"""IANA's special-purpose registry: private, shared, loopback, link-local, protocols, documents, benchmarks, others."""


_OWN = ("10.", "127.", "192.168.")
_OCTETS = (*range(1, 256), 0)  # people take .0 for a network


@lru_cache(maxsize=256)  # rules ask one after the other
def public_in(host: HostValue) -> int:
    """Return how many public IPv4 addresses a host value takes. 0 for a value that takes all or names alone."""
    return 0 if is_private(host) or is_any_host(host.text) else _public_in(host, 0, 0)


def is_private(host: HostValue) -> bool:
    """Return whether a host value begins with a private network."""
    return host.text.startswith(_OWN) and "/" not in host.text


def example_in(host: HostValue) -> str:
    """Return a public address that a host value takes. There has to be one."""
    number = 0
    for length in (8, 16, 24, 32):
        for octet in _OCTETS:
            inner = number | octet << 32 - length
            if _public_in(host, inner, length):
                number = inner
                break
    return dotted(number)


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
