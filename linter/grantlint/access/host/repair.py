"""How to write a host value for a client, and a network for one."""

import re
from collections.abc import Iterator

from grantlint.access.host.address import (
    canonical_ip,
    canonical_ipv4,
    dotted,
    ipv4_number,
    lacks_zone,
    leading_quad,
    prefix_bits,
)
from grantlint.access.host.client import Client
from grantlint.access.host.value import ALL_ONES, HostValue, host_value
from grantlint.access.product.traits import Traits

_WHOLE = 4  # numbers of an IPv4 address
_LISTED = re.compile(r"[\s,;|]+")


def repaired(value: HostValue, client: Client) -> str | None:
    """Return the probably meant host value, if it matches the client.

    None otherwise. `client` is as the server sees it.

    >>> from grantlint.access.product.target import parse_target
    >>> wrong = host_value("10.0.3.0/24", parse_target("mariadb-10.11").traits)
    >>> repaired(wrong, Client.tcp("10.0.3.7")), repaired(wrong, Client.tcp("10.0.4.7"))
    ('10.0.3.0/255.255.255.0', None)
    """
    for text in _guesses(value, (client.ip or "").partition("%")[2]):
        guess = host_value(text, value.traits)
        if guess.kind != "any" and guess.matches(client) and guess.opens(client):
            return text
    return None


def _guesses(value: HostValue, zone: str) -> Iterator[str]:
    text = value.folded.strip()
    yield text
    text = text.partition("://")[2].partition("/")[0] if "://" in text else text
    canonical = canonical_ip(text.strip("[]"))
    if canonical:
        yield canonical
        if lacks_zone(canonical):
            yield f"{canonical}%{zone}"
    address, slash, mask = text.partition("/")
    if slash:
        yield from _networks(address, mask, value.traits)
        return
    if "*" in text:
        yield text.replace("*", "%")
    if _LISTED.search(text):
        yield from _LISTED.split(text)
    yield from _span(text, value.traits)
    yield text.rstrip(".")
    host, colon, port = text.rpartition(":")
    if colon and port.isdigit():
        yield host.strip("[]")
    quad = leading_quad(text)
    if quad and quad[1] == len(text):
        yield dotted(quad[0])


def _span(text: str, traits: Traits) -> Iterator[str]:
    """Yield what the beginning of an address stands for, or the network around a range."""
    numbers = text.rstrip(".").split(".")
    if len(numbers) < _WHOLE and all(number.isdigit() for number in numbers):
        yield ".".join((*numbers, "%"))
    first, dash, last = (part.strip() for part in text.partition("-"))
    if dash and canonical_ipv4(first) and canonical_ipv4(last):
        low, high = ipv4_number(first), ipv4_number(last)
        yield network(low, 32 - (low ^ high).bit_length(), traits)


def _networks(address: str, mask: str, traits: Traits) -> Iterator[str]:
    quad = leading_quad(address)
    bits = prefix_bits(mask)
    written = leading_quad(mask)
    if quad is None or quad[1] != len(address):
        return
    if bits:
        yield network(quad[0], bits, traits)
    elif written:
        yield network(quad[0], written[0].bit_count(), traits)


def network(number: int, bits: int, traits: Traits) -> str:
    """Return the IPv4 network of so many bits around an address.

    It is written as the server understands it.
    """
    if bits == 32:  # noqa: PLR2004 - one address; with a mask its row may not open the host gate
        return dotted(number)
    mask = ALL_ONES << (32 - bits) & ALL_ONES
    start = dotted(number & mask)
    return f"{start}/{bits}" if traits.cidr else f"{start}/{dotted(mask)}"


def network_around(ip: str, traits: Traits) -> str:
    """Return the usual network around an address.

    24 bits of IPv4, the first four groups of IPv6.

    >>> from grantlint.access.product.target import parse_target
    >>> network_around("10.0.3.7", parse_target("mysql-8.4").traits)
    '10.0.3.0/24'
    >>> network_around("2001:db8:0:1::7", parse_target("mysql-8.4").traits)
    '2001:db8:0:1:%'
    """
    if canonical_ipv4(ip):
        return network(ipv4_number(ip), 24, traits)
    head, gap, _ = ip.partition("::")
    groups = head.split(":")[:4]
    return ":".join(groups) + ("::%" if gap and len(groups) < 4 else ":%")  # noqa: PLR2004 - 64 bits
