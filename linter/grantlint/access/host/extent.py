"""How many IPv4 addresses a host value takes: of all, or of one network."""

from collections.abc import Iterable
from functools import lru_cache

from grantlint.access.host.address import ipv4_number
from grantlint.access.host.glob import ANY, STAR
from grantlint.access.host.value import ALL_ONES, HostValue
from grantlint.platform.record import NamedTuple

_OCTETS = 4
_VALUES = 256
_OCTET = frozenset(map(str, range(_VALUES)))
_REST = ".%"
_WRITTEN = frozenset("0123456789.%_\\")  # what patterns are made of that take an address


def addresses_in(host: HostValue, number: int, length: int) -> int:
    """Return how many addresses of a network a host value takes.

    `number`: an address in it, `length`: its prefix length, 0 for all of IPv4.

    >>> from grantlint.access.host.value import host_value
    >>> from grantlint.access.product.target import parse_target
    >>> value = host_value("172.1_.%", parse_target("mysql-9.7").traits)
    >>> addresses_in(value, 0, 0), addresses_in(value, 0xAC100000, 12)
    (655360, 262144)
    """
    free = ALL_ONES >> length
    network = _network_of(host)
    if network is not None:
        return _common(network, number, ALL_ONES ^ free)
    if host.kind == "any":
        return free + 1
    if not _WRITTEN.issuperset(host.text) or (host.kind == "literal" and not host.is_address):
        return 0
    tokens = host.address_glob.tokens
    states = _closed(tokens, [0])
    whole, bits = divmod(length, 8)
    for depth in range(whole):
        states = _after(tokens, states, _text(number >> 24 - 8 * depth & 255, depth))
    if not bits:
        return _fitting(tokens, states, whole)
    first = number >> 24 - 8 * whole & (255 << 8 - bits) & 255
    values = range(first, first + (1 << 8 - bits))
    return _of_values(tokens, states, whole, values)


class _Network(NamedTuple):
    number: int
    mask: int


@lru_cache(maxsize=256)  # it is asked about several networks, one after the other
def _network_of(host: HostValue) -> _Network | None:
    """Return the addresses with a mask, or below whole octets as in `10.1.%`, which is most patterns; else None."""
    if host.mask:
        return _Network(host.network, host.mask)
    if host.is_address:
        return _Network(ipv4_number(host.text), ALL_ONES)
    text = host.text
    octets = text[: -len(_REST)].split(".") if text.endswith(_REST) else []
    if not 0 < len(octets) < _OCTETS or not _OCTET.issuperset(octets):
        return None
    bits = 8 * (_OCTETS - len(octets))
    return _Network(int.from_bytes(map(int, octets), "big") << bits, ALL_ONES >> bits << bits)


def _common(network: _Network, number: int, prefix: int) -> int:
    """Return how many addresses of a network are in another one."""
    mask = network.mask & ALL_ONES
    if network.number & ~network.mask or (network.number ^ number) & mask & prefix:
        return 0
    return 1 << (ALL_ONES ^ (mask | prefix)).bit_count()


@lru_cache(maxsize=1 << 12)
def _fitting(tokens: tuple[str, ...], states: frozenset[int], depth: int) -> int:
    """Return how many addresses fit whose first `depth` octets led to these places in the pattern."""
    if not states:
        return 0
    if depth == _OCTETS:
        return len(tokens) in states
    if tokens[-1:] == (STAR,) and len(tokens) in states:
        return 1 << 8 * (_OCTETS - depth)
    only = _only_value(tokens, states)
    return _of_values(tokens, states, depth, range(_VALUES) if only is None else [only])


def _of_values(tokens: tuple[str, ...], states: frozenset[int], depth: int, values: Iterable[int]) -> int:
    return sum(_fitting(tokens, _after(tokens, states, _text(value, depth)), depth + 1) for value in values)


def _only_value(tokens: tuple[str, ...], states: frozenset[int]) -> int | None:
    """Return the one octet that fits where the pattern goes on with a number and a dot. None where others may."""
    if len(states) != 1:
        return None
    (at,) = states
    for end in range(at, min(at + 4, len(tokens))):
        if tokens[end] == ".":
            written = "".join(tokens[at:end])
            return int(written) if written.isdecimal() and int(written) < _VALUES else None
    return None


def _text(value: int, depth: int) -> str:
    return f"{value}." if depth < _OCTETS - 1 else str(value)


def _after(tokens: tuple[str, ...], states: frozenset[int], text: str) -> frozenset[int]:
    """Return the places in a pattern after a text."""
    for character in text:
        if not states:
            break
        ahead = [
            at + (tokens[at] != STAR) for at in states if at < len(tokens) and tokens[at] in (ANY, STAR, character)
        ]
        states = _closed(tokens, ahead)
    return states


def _closed(tokens: tuple[str, ...], states: Iterable[int]) -> frozenset[int]:
    """Return places in a pattern with those behind each STAR at them, which may stand for nothing."""
    found: set[int] = set()
    for start in states:
        at = start
        found.add(at)
        while at < len(tokens) and tokens[at] == STAR:
            at += 1
            found.add(at)
    return frozenset(found)
