"""The order in which a server tries its account rows: most specific first, by its own measure.

Four measures exist (`Traits.sort_order`). Each gives a host value a number, smaller first; then named rows
come before anonymous ones. Equal numbers are a tie: the server's choice then depends on insertion order,
FLUSH and restarts, except on MariaDB from 10.4, where the text of the host value decides.

prefix55, prefix56  position of the first wildcard, later first; get_sort in sql/sql_acl.cc
ip823               addresses, then CIDR, then netmasks, then as prefix56; ACL_compare in sql_auth_cache.cc
magic               number of literal characters and wildcards; sql/sql_acl_getsort.inl
Facts: B1, B2, B3, B4.
"""

from grantlint.access.host.value import ALL_ONES, HostValue
from grantlint.platform.record import NamedTuple

NO_WILDCARD = 128
_LATEST = 127
_TEXT_ROW = 4 << 33  # behind every row with a number, whatever its mask


def prefix_value(text: str, *, percent_is_last: bool) -> int:
    """Return the weight of a pattern by its first wildcard.

    128 without one, 0 if empty; more is better. `percent_is_last` is prefix56: a lone `%` weighs less than every other
    pattern. An escaped character is one like any other, at the first place, too (get_sort; asked of 5.6.24 and 9.7.4).

    >>> prefix_value("10.0.%", percent_is_last=True), prefix_value("%", percent_is_last=True)
    (7, 1)
    """
    characters = _octets(text)
    index = 0
    last = len(characters) - 1
    while index <= last:
        character = characters[index]
        if character == "\\" and index < last:
            index += 1
        elif character in "%_":
            bonus = percent_is_last and characters != "%"
            return min(index + 1 + bonus, _LATEST)
        index += 1
    return NO_WILDCARD if text else 0


class Census(NamedTuple):
    """What the magic order counts in a pattern."""

    literal: int
    ones: int
    manys: int
    prefix: int


def census(text: str) -> Census:
    """Return the counts by which the magic order weighs a pattern.

    Literal characters, `_`, runs of `%`, and literal characters before the first wildcard.
    """
    characters = _octets(text)
    literal = ones = manys = prefix = 0
    index = 0
    last = len(characters) - 1
    while index <= last:
        character = characters[index]
        if character in "%_":
            if not ones and not manys:
                prefix = literal
            if character == "_":
                ones += 1
            else:
                manys += 1
                while index < last and characters[index + 1] == "%":
                    index += 1
        else:
            if character == "\\" and index < last:
                index += 1
            literal += 1
        index += 1
    return Census(literal, ones, manys, prefix)


def magic_value(text: str, length: int, cap: int) -> int:
    """Return MariaDB's measure of a pattern; less is better, 0 without wildcards.

    `length` is the longest value of the column (255 for hosts, 60 before 10.6; 64 for databases), `cap` the
    number up to which wildcards are counted.

    >>> magic_value("%.example.com", 255, 31)
    1021321216
    """
    literal, ones, manys, prefix = census(text)
    ones, manys = min(ones, cap), min(manys, cap)
    free = length - literal - ones if manys else 0
    base = length + 1
    small = min(base, cap + 1)
    if free > ones:
        return (((2 * free + 1) * base + manys) * small + ones) * base + prefix
    return ((2 * ones * base + free) * small + manys) * base + prefix


def host_key(value: HostValue) -> int:
    """Return a number that orders the host values of a server.

    Less is tried first, equal is a tie.
    """
    traits = value.traits
    order = traits.sort_order
    if order == "magic":
        if value.kind == "literal":
            return 0
        return magic_value(value.text or "%", traits.magic_host_length, traits.magic_cap)
    if order == "ip823" and value.network:
        return _number_key(value)
    if value.kind == "literal":
        return _TEXT_ROW
    return _TEXT_ROW + NO_WILDCARD - prefix_value(value.text, percent_is_last=order != "prefix55")


def _number_key(value: HostValue) -> int:
    """Addresses, CIDR, netmasks; inside a class the larger mask first."""
    if value.kind == "cidr":
        if value.traits.cidr_mask_bits == 64:  # noqa: PLR2004 - the faulty width: shorter prefixes are larger
            return 1 << 33 | (value.mask_length or 64)  # /0 is negative there: last
        return 1 << 33 | (ALL_ONES - value.mask)
    if value.kind == "netmask":
        return 2 << 33 | (ALL_ONES - value.mask)
    return ALL_ONES - value.mask


def _octets(text: str) -> str:
    """Return the text with one character for each byte that the server counts."""
    return text if text.isascii() else text.encode().decode("latin-1")
