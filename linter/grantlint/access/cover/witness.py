"""Clients that a reader believes: addresses reserved for documentation, names as people give them."""

import re
from collections.abc import Iterator

from grantlint.access.cover.sets.boxes import ordinary
from grantlint.access.cover.sets.languages import IPV6, accepts
from grantlint.access.cover.sets.pattern import Pattern, holds, merged
from grantlint.access.cover.sets.sides import EVERYTHING, Sides
from grantlint.access.cover.sets.spots import LOOPBACK4, LOOPBACK6, POOL, Spot
from grantlint.access.host.glob import ANY, STAR

_POOL6 = ("2001:db8::7", "2001:db8:1::b")
_OCTETS = ((192, 198, 203, 10, 172), (0, 51, 168, 1), (2, 100, 1), (7, 11, 23, 130))
_FILLINGS = ("", "db7", "web12", "app-3.eu", "host.example.com", "example.com")
_SIX_FILLINGS = ("", "7", "db8::7", "::7", "1:2:3:4:5:6", "2001:db8::7", "%", "7%eth0")
_LONGEST_NAME = 255
_LABEL = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_MAY_BE_SIX = re.compile(r"(?=[0-9a-f]*:)[0-9a-f:]{2,39}(?:%.*)?").fullmatch
"""The characters of `languages.IPV6`, told faster than by its steps."""
_LIKELY = re.compile(rf"(?!0x|[0-9]+(?:\.|\Z)){_LABEL}(?:\.{_LABEL})*").fullmatch
"""The names of `languages.PLAUSIBLE_NAMES`, told faster."""


def addresses(sides: Sides) -> Iterator[int]:
    """Yield a few likely IPv4 addresses of the row's address side."""
    if sides.address is not None:
        yield sides.address
    if sides.every:
        yield from POOL
        return
    for box in (sides.boxes or ())[:4]:
        usual = ordinary(box)
        if not all(usual):
            usual = box
        for turn in range(2 if sides.boxes and len(sides.boxes) > 1 else 4):
            number = 0
            for wanted, octets in zip(_OCTETS, usual, strict=True):
                liked = [value for value in wanted if octets >> value & 1]
                value = liked[turn % len(liked)] if liked else _nth(octets, turn)
                number = number << 8 | value
            if number != LOOPBACK4 or not sides.points & 2:
                yield number


def _nth(octets: int, turn: int) -> int:
    """Return one of the lowest octet values of a set that is not empty."""
    for _ in range(turn):
        octets = octets & (octets - 1) or octets
    return (octets & -octets).bit_length() - 1


def sixes(sides: Sides) -> Iterator[str]:
    """Yield a few likely IPv6 addresses of the row's address side."""
    if sides.six is not None:
        fillings = _POOL6 if sides.six == EVERYTHING else _SIX_FILLINGS
        for text in _filled(sides.six, fillings, "7"):
            if _is_six(text) and (text != LOOPBACK6 or not sides.points & 4):
                yield text


def _is_six(text: str) -> bool:
    return _MAY_BE_SIX(text) is not None and accepts(IPV6, text)


def names(sides: Sides) -> Iterator[str]:
    """Yield a few likely names of the row's name side.

    None if DNS is likely to hold none.
    """
    if sides.name is not None:
        yield from filter(likely_name, _filled(sides.name, _FILLINGS, "1x"))


def _filled(pattern: Pattern, fillings: tuple[str, ...], single: str) -> Iterator[str]:
    """Yield texts of the pattern with the same words in place of its wildcards."""
    if isinstance(pattern, str):
        yield pattern
        return
    for one in single:
        for word in fillings:
            chosen = {ANY: one, STAR: word}
            yield "".join([chosen.get(token, token) for token in pattern])
        if ANY not in pattern:
            return


def shared_names(one: Sides, other: Sides) -> Iterator[str]:
    """Yield a few likely names that both rows take at IPv4 addresses."""
    if one.name4 is not None and other.name4 is not None:
        yield from filter(likely_name, _shared(one.name4, other.name4, _FILLINGS))


def shared_sixes(one: Sides, other: Sides) -> Iterator[str]:
    """Yield a few IPv6 addresses that both rows take."""
    if one.six is not None and other.six is not None:
        for text in _shared(one.six, other.six, _SIX_FILLINGS):
            if _is_six(text) and (text != LOOPBACK6 or not one.points & 4):
                yield text


def _shared(one: Pattern, other: Pattern, fillings: tuple[str, ...]) -> Iterator[str]:
    """Yield texts of both patterns: the usual ones of each, and what they make together."""
    for pattern, partner in ((one, other), (other, one)):
        for text in _filled(pattern, fillings, "1x"):
            if holds(partner, text):
                yield text
    if not isinstance(one, str) and not isinstance(other, str):
        for filling in ("", "x", "1"):
            joined = merged(one, other, filling)
            if joined is not None:
                yield joined


def any_name(sides: Sides) -> str | None:
    """Return some name of the row's name side.

    A wildcard leaves room for a letter, so there always is one.
    """
    return None if sides.name is None else next(_filled(sides.name, ("z",), "z"))


def likely_name(name: str) -> bool:
    """Tell whether DNS is likely to hold the name."""
    return len(name) <= _LONGEST_NAME and _LIKELY(name) is not None


def strange(spot: Spot) -> bool:
    """Tell whether a possible client is hardly ever met."""
    if spot.point:
        return False
    if spot.name is not None and (spot.name == "localhost" or not likely_name(spot.name)):
        return True
    if spot.number is not None:
        first, last = spot.number >> 24, spot.number & 255
        return not (1 <= first <= 223 and first != 127 and 1 <= last <= 254)  # noqa: PLR2004 - as `ordinary`
    return not (spot.text or "").startswith(("2", "3", "fc", "fd", "fe80:"))
