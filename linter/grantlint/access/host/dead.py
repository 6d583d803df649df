"""Host values that no client matches, and why: said of one value on one server, whatever the other rows."""

import re
from functools import lru_cache

from grantlint.access.host.address import (
    canonical_ip,
    canonical_ipv4,
    dotted,
    lacks_zone,
    leading_quad,
    numeric_name,
    prefix_bits,
)
from grantlint.access.host.client import has_digits_dot
from grantlint.access.host.glob import ANY, STAR, tokens
from grantlint.access.host.value import ALL_ONES, HostValue, contiguous

ADDRESS_CHARACTERS = frozenset("0123456789abcdef.:")
_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f.]*", re.IGNORECASE).fullmatch
_ZONELESS = "a link-local client is known with its zone, such as fe80::5%eth0"
_INSIDE = "an IPv4 client of an IPv6 socket is known by its IPv4 address"


def matches_nobody(value: HostValue) -> str | None:  # noqa: PLR0911 - one return for each kind of value
    """Return why a host value matches no client, None if it may.

    Manual, account names; facts: C6, D1, D3. Exact for networks and literal values; of patterns only those are named
    that no address and no name can fit by their first or their strange characters.
    """
    text = value.text
    if value.kind == "any":
        return None
    if value.mask:
        stray = value.network & ~value.mask & ALL_ONES
        if not stray:
            return None
        net = dotted(value.network & value.mask & ALL_ONES)
        return f"host bits are set: the network would be {net}/{text.partition('/')[2]}"
    if "/" in text:
        return _slash_reason(value)
    if value.kind == "pattern":
        return _pattern_reason(text)
    if canonical_ip(text) == text:
        return _ZONELESS if lacks_zone(text) else None
    return _literal_reason(text)


def _slash_reason(value: HostValue) -> str:  # noqa: PLR0911 - one return for each reason
    address, _, mask = value.text.partition("/")
    if "://" in value.text:
        return "a URL is no host value"
    if ":" in address:
        return "IPv6 addresses take no prefix or mask: write a pattern such as 2001:db8:%"
    quad = leading_quad(address)
    if quad is None or quad[1] != len(address):
        return "only a whole IPv4 address takes a mask"
    written = leading_quad(mask)
    if written is not None and written[1] == len(mask):
        if not written[0]:
            return "a mask of zero counts as none: write % for every client"
        if not contiguous(written[0]):
            return "the ones of the mask are not contiguous, which this server does not take"
    bits = prefix_bits(mask)
    if bits is None:
        return f"{mask!r} is no netmask" + (" and no prefix length" if value.traits.cidr else "")
    if not value.traits.cidr:
        full = ALL_ONES << (32 - bits) & ALL_ONES
        instead = f"{dotted(quad[0] & full)}/{dotted(full)}" if full not in {0, ALL_ONES} else dotted(quad[0])
        return f"this server does not know CIDR: write {instead if full else '%'}"
    return "a prefix of zero bits counts as none: write % for every client"


def _literal_reason(text: str) -> str | None:  # noqa: PLR0911 - one return for each reason
    canonical = canonical_ip(text) or canonical_ip(text.lower())
    if canonical is not None:
        return f"addresses are compared as text, and this one is {canonical}"
    if text[:1] == "[" and text[-1:] == "]" and canonical_ip(text[1:-1]):
        return "an address stands without brackets"
    if any(character.isspace() for character in text):
        return "it holds a blank, which no name or address does"
    if "*" in text:
        return "* is no wildcard: write %"
    if "," in text:
        return "a list is no host value: declare an account for each"
    if has_digits_dot(text):
        return _digits_reason(text)
    return _name_reason(text)


def _name_reason(text: str) -> str | None:
    head, colon, port = text.rpartition(":")
    if colon and port.isdigit() and ":" not in head:
        return "a port is no part of a host value"
    if text.endswith("."):
        return "client names have no trailing dot"
    if text.startswith("."):
        return f"no client name begins with a dot: a pattern is %{text}"
    number = numeric_name(text)
    if number is not None:
        return f"as a number it would be the address {dotted(number)}, which is compared as {dotted(number)}"
    if _NUMBER(text):
        return "a number is no name and no address that a server prints"
    strange = next((character for character in text.lower() if character not in _NAME_CHARACTERS), None)
    return f"no host name holds {strange!r}" if strange is not None else None


def _digits_reason(text: str) -> str:
    quad = leading_quad(text)
    if quad is not None and quad[1] == len(text):
        return f"addresses are compared as text, and this one is {dotted(quad[0])}"
    if all(character.isdigit() or character == "." for character in text):
        return "it is no whole IPv4 address"
    bare = text.rstrip(":;.")
    if canonical_ipv4(bare):
        return f"{text[len(bare) :]!r} stands behind the address"
    address, _, port = text.partition(":")
    if port.isdigit() and canonical_ipv4(address):
        return "a port is no part of a host value"
    if "-" in text and canonical_ipv4(text.partition("-")[0]):
        return "a range of addresses is no host value: write a network or a pattern"
    return "names that begin with digits and a dot are thrown away, so that no name looks like an address"


@lru_cache(maxsize=256)  # it is asked about as each product, one after the other
def _pattern_reason(text: str) -> str | None:
    if not text.strip("0123456789.%_"):
        return None  # most patterns: an address may have any of these characters
    parts = tokens(text)
    literal = "".join(part for part in parts if part not in (ANY, STAR))
    prefix = "".join(parts[: next((i for i, part in enumerate(parts) if part in (ANY, STAR)), len(parts))])
    fits_addresses = ADDRESS_CHARACTERS.issuperset(literal)
    if fits_addresses and ((":" in literal and "." in literal) or prefix.startswith("::ffff:")):
        return _INSIDE
    if not fits_addresses and has_digits_dot(prefix):
        return "names that begin with digits and a dot are thrown away, and no address holds its other characters"
    strange = next((c for c in literal.lower() if c not in _NAME_CHARACTERS), None)
    if strange is not None and not fits_addresses:
        return f"no address and no host name holds {strange!r}"
    return None
