"""The two sides of a host value: the addresses it takes and the names it takes.

A row takes a client if its address side holds the client's address or its name side holds the client's
name. Three clients are points of their own, for there name and address hang together: the local socket and,
where the server looks names up, 127.0.0.1 and ::1, which are localhost (facts: E1). Every other
address may go with any name or with none: DNS is not in the files. What is proven here is proven for that
space of clients:

- IPv4: every address but 127.0.0.1; IPv6: every text that the server prints, but ::1 (`languages.IPV6`);
- names: `languages.NAMES`, or none; under skip_name_resolve none, and then both loopback addresses are
  ordinary ones.
"""

import re
from functools import lru_cache

from grantlint.access.cover.sets.boxes import WHOLE, Box, of_mask, of_pattern
from grantlint.access.cover.sets.boxes import holds as boxes_hold
from grantlint.access.cover.sets.boxes import meet as boxes_meet
from grantlint.access.cover.sets.languages import IPV6, NAMES, NEVER_IN_NAMES, accepts
from grantlint.access.cover.sets.pattern import Pattern, holds, may_meet, pattern_of, prefix, suffix
from grantlint.access.cover.sets.spots import LOOPBACK4, LOOPBACK6, Spot, at_address
from grantlint.access.host.address import canonical_ipv4, dotted, ipv4_number
from grantlint.access.host.client import SOME_ZONE
from grantlint.access.host.glob import STAR
from grantlint.access.host.value import ALL_ONES, HostValue

EVERYTHING = (STAR,)
_LONE = {2: "127.0.0.1", 4: LOOPBACK6}
_DIGITS_DOT = re.compile(r"[0-9]+\.").match
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9.-]*").fullmatch
_IPV6_CHARACTERS = frozenset("0123456789abcdef: " + SOME_ZONE)
_LINK_LOCAL = re.compile(r"fe[89ab][0-9a-f]:").match
_NO_IPV6 = re.compile(r"[0-9a-f]{5}|:::|::.*::").search


def _possible(name: Pattern) -> bool:
    """Tell whether some client may have a name that the pattern matches: a wildcard may always be a letter."""
    if isinstance(name, str):
        return _PLAIN_NAME(name) is not None or accepts(NAMES, name)
    return not _DIGITS_DOT(prefix(name)) and not NEVER_IN_NAMES.intersection(name)


class Sides:
    """The clients that one host value takes, apart from the points.

    `points`: bits of the points it takes. IPv4 side: one `address`, else `boxes` (None: too many to list).
    `network` is (network, mask) where numbers decide. `six`: the pattern of its IPv6 side. `name`, `name4`:
    the patterns of its name side for clients at IPv6 and at IPv4 addresses; they differ only where a number
    decides for IPv4. `every`: it takes all clients. `shut`: the host gate does not let in what it takes.
    `zoned`: it is a pattern of link-local addresses, whose zones the space of clients leaves out but for one.
    `lead`, `tail`: literal text that every address or name it takes begins and ends with.
    """

    __slots__ = (
        "address", "boxes", "every", "lead", "name", "name4", "network", "points", "shut", "six", "tail", "value",
        "zoned",
    )  # fmt: skip

    def __init__(self, value: HostValue, *, names: bool, gate: bool = False) -> None:
        """Read the sides of a host value; `names`: the server looks names up.

        `gate`: not what the row takes, but what it lets through the host gate.
        """
        self.value = value
        self.points = 0
        self.address: int | None = None
        self.boxes: tuple[Box, ...] | None = ()
        self.network: tuple[int, int] | None = None
        self.six: Pattern | None = None
        self.name: Pattern | None = None
        self.name4: Pattern | None = None
        self.every = self.shut = self.zoned = False
        self.lead = self.tail = ""
        text = value.text
        if gate and value.gate_is_text:
            self._take_name(value.folded, names=names)
            self._take_texts(value.folded, names=names)
        elif value.kind == "literal" and _PLAIN_NAME(value.folded):
            self._take_name(value.folded, names=names)
        elif value.kind == "literal" and canonical_ipv4(text):
            self._take_address(ipv4_number(text), names=names)
        else:
            self._take_any(value, names=names)

    def _take_name(self, name: Pattern, *, names: bool) -> None:
        if holds(name, "localhost"):
            self.points = 7 if names else 1
        if not names or not _possible(name):
            return
        self.name = self.name4 = name
        self.lead, self.tail = prefix(name), suffix(name)

    def _take_address(self, number: int, *, names: bool) -> None:
        if names and number == LOOPBACK4:
            self.points |= 2
        else:
            self.address = number
        self.lead = self.tail = dotted(number)

    def _take_any(self, value: HostValue, *, names: bool) -> None:
        everything = value.kind == "any"
        name: Pattern = EVERYTHING if everything else pattern_of(value.name_glob.tokens)
        self._take_name(name, names=names)
        if value.mask:
            self.name4 = None
            self.lead = self.tail = ""
            self._take_network(value.network, value.mask & ALL_ONES, names=names)
            if self.name is not None:
                self.lead = self.tail = ""  # an odd spelling is a name of its own for IPv6 clients
        else:
            text: Pattern = EVERYTHING if everything else pattern_of(value.address_glob.tokens)
            self.lead, self.tail = prefix(text).lower(), suffix(text).lower()
            self._take_texts(text, names=names)
        self.every = name == EVERYTHING and self.boxes == (WHOLE,)
        if value.gate_is_text:
            single = dotted(self.address) if self.address is not None else self.six or _LONE.get(self.points, self.name)
            self.shut = single is not None and single != value.folded

    def _take_network(self, network: int, mask: int, *, names: bool) -> None:
        if network & ~mask:
            return  # host bits: no address has them under this mask
        if mask == ALL_ONES:
            self._take_address(network, names=names)
            return
        self.network = network, mask
        self.boxes = (of_mask(network, mask),)
        if names and LOOPBACK4 & mask == network:
            self.points |= 2
        fixed = 0
        while fixed < 4 and mask >> (24 - 8 * fixed) & 255 == 255:  # noqa: PLR2004 - octets that the mask fixes
            fixed += 1
        self.lead = "".join(f"{octet}." for octet in dotted(network).split(".")[:fixed])

    def _take_texts(self, text: Pattern, *, names: bool) -> None:
        if isinstance(text, str):
            if canonical_ipv4(text):
                self._take_address(ipv4_number(text), names=names)
            elif ":" in text and accepts(IPV6, text):
                self._take_six(text, names=names)
            return
        self.boxes = (WHOLE,) if text == EVERYTHING else of_pattern(text)
        if names and holds(text, "127.0.0.1"):
            self.points |= 2
        written = "".join(token if len(token) == 1 else " " for token in text)
        self.zoned = _LINK_LOCAL(written) is not None
        if _IPV6_CHARACTERS.issuperset(written) and not _NO_IPV6(written):
            self._take_six(text, names=names)

    def _take_six(self, text: Pattern, *, names: bool) -> None:
        if names and holds(text, LOOPBACK6):
            self.points |= 4
            if isinstance(text, str):
                return
        self.six = text

    @property
    def wide(self) -> bool:
        """Whether the address side holds more than one address, or might."""
        return self.boxes != () or isinstance(self.six, tuple)

    @property
    def sure_address(self) -> bool:
        """Whether there certainly is an address off the points."""
        return self.address is not None or bool(self.boxes and not self.points & 2) or isinstance(self.six, str)

    @property
    def sure(self) -> bool:
        """Whether the host value certainly takes a client. A name pattern does: each wildcard may be a letter."""
        return bool(self.points or self.address is not None or self.boxes or self.name is not None) or isinstance(
            self.six, str
        )

    @property
    def takes_nobody(self) -> bool:
        """Whether the host value has no side: it certainly takes no client."""
        return not (self.points or self.has_address or self.name is not None or self.zoned)

    @property
    def has_address(self) -> bool:
        """Whether there may be an address side off the points.

        It is exact but for IPv6 patterns.
        """
        return self.address is not None or self.boxes != () or self.six is not None

    @property
    def area(self) -> tuple[Box, ...] | None:
        """The IPv4 side as boxes; None where there are too many."""
        return self.boxes if self.address is None else (of_mask(self.address, ALL_ONES),)

    def takes_address(self, spot: Spot) -> bool:
        """Tell whether the address side holds the spot's address; not for points."""
        number = spot.number
        if number is None:
            return self.six is not None and spot.text is not None and holds(self.six, spot.text)
        if self.address is not None:
            return self.address == number
        if self.network is not None:
            return number & self.network[1] == self.network[0]
        if not self.boxes:
            return self.boxes is None and self._text_takes(number)
        return self.every or boxes_hold(self.boxes, number)

    def _text_takes(self, number: int) -> bool:
        return holds(pattern_of(self.value.address_glob.tokens), dotted(number))

    def takes_name(self, spot: Spot) -> bool:
        """Tell whether the name side holds the spot's name; not for points."""
        pattern = self.name if spot.number is None else self.name4
        return pattern is not None and spot.name is not None and holds(pattern, spot.name)

    def takes(self, spot: Spot) -> bool:
        """Tell whether the host value takes the client."""
        if spot.point:
            return bool(self.points & spot.point)
        return self.takes_address(spot) or self.takes_name(spot)

    def may_meet(self, other: "Sides") -> bool:
        """Tell whether some client may match both on the same side.

        A False is certain.
        """
        if self.points & other.points:
            return True
        one, two = self.name, other.name
        if one is not None and two is not None and may_meet(one, two):
            return True
        one, two = self.six, other.six
        if one is not None and two is not None and may_meet(one, two):
            return True
        return self._may_meet4(other)

    def _may_meet4(self, other: "Sides") -> bool:
        if self.address is not None:
            if other.address is not None:
                return self.address == other.address
            return other.takes_address(at_address(self.address))
        if other.address is not None:
            return self.takes_address(at_address(other.address))
        if self.boxes is None or other.boxes is None:
            return self.boxes != () and other.boxes != ()
        return boxes_meet(self.boxes, other.boxes)


@lru_cache(maxsize=256)
def sides_of(value: HostValue, *, names: bool) -> Sides:
    """Return the sides of a host value, kept for all servers."""
    return Sides(value, names=names)
