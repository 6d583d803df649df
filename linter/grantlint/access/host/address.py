"""IP addresses as the server reads and prints them."""

import re
from functools import lru_cache

from grantlint.platform.pattern import Pattern

_NUMBER = r"[ \t-\r]*[+-]?[0-9]+"
_QUAD = Pattern(rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})\.({_NUMBER})")
_BITS = Pattern(rf"{_NUMBER}\Z")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_CANONICAL_QUAD = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}\Z").match
_GROUPS = 8
_LINK, _LINK_MASK = 0xFE80, 0xFFC0
_ZONE = Pattern(r"[A-Za-z0-9._-]+\Z")
_LONGEST = 255  # characters of a host value in the grant tables; Python reads no number of thousands of digits


def canonical_ipv4(text: str) -> bool:
    """Return whether a text is an IPv4 address as servers print it.

    No sign, no leading zero.
    """
    return _CANONICAL_QUAD(text) is not None


def ipv4_number(text: str) -> int:
    """Return the 32 bits of an address that `canonical_ipv4` accepts."""
    a, b, c, d = text.split(".")
    return int(a) << 24 | int(b) << 16 | int(c) << 8 | int(d)


@lru_cache(maxsize=1 << 12)
def client_number(ip: str) -> int | None:
    """Return the 32 bits of a client's IPv4 address, else None.

    Cached: clients are few.
    """
    return ipv4_number(ip) if canonical_ipv4(ip) else None


def dotted(number: int) -> str:
    """Return the text of 32 bits."""
    return f"{number >> 24 & 255}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def leading_quad(text: str) -> tuple[int, int] | None:
    """Return the address at the start of a text, and its end.

    As the server's str2int: blanks, a sign and leading zeros before a number are fine, more than 255 is not.

    >>> leading_quad("010.0.3.+7/24")
    (167772935, 10)
    """
    found = _QUAD.match(text)
    if found is None or found.end() > _LONGEST:
        return None
    number = 0
    for part in found.groups():
        value = int(part)
        if not 0 <= value <= 255:  # noqa: PLR2004 - an octet
            return None
        number = number << 8 | value
    return number, found.end()


def prefix_bits(text: str) -> int | None:
    """Return the prefix length after the slash, None if it is none."""
    if not _BITS.match(text) or len(text) > _LONGEST:
        return None
    bits = int(text)
    return bits if 0 <= bits <= 32 else None  # noqa: PLR2004 - the width of an address


def numeric_name(text: str) -> int | None:
    """Return the address that a resolver reads without a look-up.

    None for a real name. As inet_aton: one to four parts, decimal, octal with a leading 0, or hexadecimal with 0x; the
    last part fills the bytes that are left.

    >>> dotted(numeric_name("12345") or 0)
    '0.0.48.57'
    """
    parts = text.split(".")
    if len(parts) > 4 or not text[:1].isdigit():  # noqa: PLR2004 - the bytes of an address
        return None
    try:
        numbers = [_c_number(part) for part in parts]
    except ValueError:
        return None
    *head, tail = numbers
    if any(number > 255 for number in head) or tail >> 8 * (4 - len(head)):  # noqa: PLR2004 - a byte
        return None
    for place, number in enumerate(head):
        tail |= number << 8 * (3 - place)
    return tail


def _c_number(part: str) -> int:
    if not part.isalnum():
        raise ValueError(part)
    if part[:2].lower() == "0x":
        return int(part, 16)
    return int(part, 8 if part[0] == "0" else 10)


@lru_cache(maxsize=1 << 12)
def canonical_ip(text: str) -> str | None:
    """Return an address as servers print it, None if it is none.

    That is the shortest lower-case form, and IPv4 for IPv4 inside IPv6. Facts: C8, C9.

    >>> canonical_ip("2001:DB8:0:0::5")
    '2001:db8::5'
    >>> canonical_ip("::ffff:10.0.3.7"), canonical_ip("::10.0.3.7"), canonical_ip("FE80::5%eth0")
    ('10.0.3.7', '10.0.3.7', 'fe80::5%eth0')
    """
    if canonical_ipv4(text):
        return text
    address, percent, zone = text.partition("%")
    groups = _ipv6_groups(address)
    if groups is None:
        return None
    if percent:
        return f"{_print_ipv6(groups)}%{zone}" if _ZONE.match(zone) and groups[0] & _LINK_MASK == _LINK else None
    number = groups[6] << 16 | groups[7]
    if groups[:5] == [0] * 5 and (groups[5] == 0xFFFF or (groups[5] == 0 and number > 1)):  # noqa: PLR2004 - ::1
        return dotted(number)
    return _print_ipv6(groups)


def lacks_zone(ip: str) -> bool:
    """Return whether a canonical address is link-local without a zone.

    Every link-local client has a zone.

    >>> lacks_zone("fe80::5"), lacks_zone("fe80::5%eth0"), lacks_zone("2001:db8::5")
    (True, False, False)
    """
    return ip[:2] == "fe" and ip[2:3] in {"8", "9", "a", "b"} and ip[4:5] == ":" and "%" not in ip


def _ipv6_groups(text: str) -> list[int] | None:
    head, colon, tail = text.rpartition(":")
    number = client_number(tail) if colon else None
    if number is not None:
        text = f"{head}:{number >> 16:x}:{number & 0xFFFF:x}"
    left, gap, right = text.partition("::")
    if gap and "::" in right:
        return None
    before = left.split(":") if left else []
    after = right.split(":") if right else []
    missing = _GROUPS - len(before) - len(after)
    if missing < 1 if gap else missing:
        return None
    try:
        groups = [_group(part) for part in before] + [0] * missing + [_group(part) for part in after]
    except ValueError:
        return None
    return groups


def _group(part: str) -> int:
    if not 1 <= len(part) <= 4 or not part.isalnum():  # noqa: PLR2004 - sixteen bits in hex
        raise ValueError(part)
    return int(part, 16)


def _print_ipv6(groups: list[int]) -> str:
    start, length = 0, 0
    run = 0
    for index, group in enumerate(groups):
        run = run + 1 if group == 0 else 0
        if run > length:
            start, length = index - run + 1, run
    texts = [f"{group:x}" for group in groups]
    if length < 2:  # noqa: PLR2004 - one zero group is not shortened
        return ":".join(texts)
    return ":".join(texts[:start]) + "::" + ":".join(texts[start + length :])
