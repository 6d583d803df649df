"""Sets of IPv4 addresses as unions of boxes, and a search for an address outside a union.

A box is four sets of octet values, each a 256-bit integer: the addresses whose every octet lies in its set.
A netmask, contiguous or not, is one box; a pattern such as `10.%.7` is a few.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from grantlint.access.cover.sets.pattern import matcher
from grantlint.access.host.glob import ANY, STAR

Box = tuple[int, int, int, int]
Spend = Callable[[int], None]

EVERY_OCTET = (1 << 256) - 1
WHOLE: Box = (EVERY_OCTET, EVERY_OCTET, EVERY_OCTET, EVERY_OCTET)
_OCTETS = {str(value): value for value in range(256)}
_WRITTEN = frozenset("0123456789.") | {ANY, STAR}
_ORDINARY_FIRST = ((1 << 224) - 2) & ~(1 << 127)  # 1-223 without 127
_ORDINARY_LAST = ((1 << 255) - 1) & ~1  # 1-254
_MAX_BOXES = 400
_FINDS = 8


def of_mask(address: int, mask: int) -> Box:
    """Return the box of all addresses that a mask matches.

    Masked, each is `address`; it is empty where host bits are set.
    """
    return (
        _masked(address >> 24 & 255, mask >> 24 & 255),
        _masked(address >> 16 & 255, mask >> 16 & 255),
        _masked(address >> 8 & 255, mask >> 8 & 255),
        _masked(address & 255, mask & 255),
    )


@lru_cache(maxsize=4096)
def _masked(want: int, bits: int) -> int:
    """Return the octet values v with `v & bits == want`."""
    if bits == 255:  # noqa: PLR2004 - all bits of an octet
        return 1 << want
    return sum(1 << value for value in range(256) if value & bits == want)


@lru_cache(maxsize=65536)
def octet_set(piece: tuple[str, ...]) -> int:
    """Return the octet values whose decimal text matches a pattern without dots."""
    if piece == (STAR,):
        return EVERY_OCTET
    match = matcher(piece)
    return sum(1 << value for text, value in _OCTETS.items() if match(text))


@lru_cache(maxsize=65536)
def of_pattern(pattern: tuple[str, ...]) -> tuple[Box, ...] | None:
    """Return the IPv4 addresses that a pattern matches, as boxes.

    None where more than 400 would be needed. The three dots of an address fall on literal dots, on ANYs or inside STARs
    (a STAR may hold up to three); each way to place them gives one box, and together they give every address that
    matches.
    """
    if not _WRITTEN.issuperset(pattern):
        return ()
    if pattern[-2:] == (".", STAR) and ANY not in pattern and STAR not in pattern[:-1]:
        return _below("".join(pattern[:-2]).split("."))
    found: dict[Box, None] = {}
    for pieces in _split(pattern, 4):
        sets = [octet_set(piece) for piece in pieces]
        if all(sets):
            found[sets[0], sets[1], sets[2], sets[3]] = None
            if len(found) > _MAX_BOXES:
                return None
    boxes = list(found)
    return tuple(
        box
        for at, box in enumerate(boxes)
        if not any(within(box, other) and (other != box) for other in boxes[:at] + boxes[at + 1 :])
    )


def _below(octets: Sequence[str]) -> tuple[Box, ...]:
    """Return all addresses that begin with these octets."""
    if len(octets) > 3 or not all(octet in _OCTETS for octet in octets):  # noqa: PLR2004 - one is left open
        return ()
    sets = [1 << _OCTETS[octet] for octet in octets] + [EVERY_OCTET] * 3
    return ((sets[0], sets[1], sets[2], sets[3]),)


def _split(pattern: tuple[str, ...], count: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield every way to read the pattern as `count` dot-free pieces with a dot between them."""
    if count == 1:
        if "." not in pattern:
            yield (pattern,)
        return
    for at, found in enumerate(pattern):
        if sum(1 for seen in pattern[:at] if seen != STAR) > 3:  # noqa: PLR2004 - an octet has three digits
            return
        if found in {".", ANY}:
            for rest in _split(pattern[at + 1 :], count - 1):
                yield (pattern[:at], *rest)
        elif found == STAR:
            for rest in _split(pattern[at:], count - 1):
                yield (pattern[: at + 1], *rest)
        if found == ".":
            return


def within(box: Box, other: Box) -> bool:
    """Tell whether every address of `box` lies in `other`."""
    return not (box[0] & ~other[0] or box[1] & ~other[1] or box[2] & ~other[2] or box[3] & ~other[3])


def intersect(one: Sequence[Box], other: Sequence[Box]) -> list[Box]:
    """Return the addresses in both unions."""
    found: list[Box] = []
    for a in one:
        for b in other:
            box = a[0] & b[0], a[1] & b[1], a[2] & b[2], a[3] & b[3]
            if all(box):
                found.append(box)
    return found


def meet(one: Sequence[Box], other: Sequence[Box]) -> bool:
    """Tell whether the unions have an address in common."""
    return any(a[0] & b[0] and a[1] & b[1] and a[2] & b[2] and a[3] & b[3] for a in one for b in other)


def holds(boxes: Sequence[Box], address: int) -> bool:
    """Tell whether the address lies in the union."""
    first, second, third, last = address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255
    return any(
        box[0] >> first & 1 and box[1] >> second & 1 and box[2] >> third & 1 and box[3] >> last & 1 for box in boxes
    )


def ordinary(box: Box) -> Box:
    """Return the part of the box in which hosts live.

    Not 0.x, loopback, multicast, nor x.x.x.0 and .255.
    """
    return box[0] & _ORDINARY_FIRST, box[1], box[2], box[3] & _ORDINARY_LAST


def bounds(box: Box) -> tuple[int, int]:
    """Return the lowest and highest address of a box.

    The box is not empty.
    """
    low = high = 0
    for octets in box:
        low = low << 8 | ((octets & -octets).bit_length() - 1)
        high = high << 8 | (octets.bit_length() - 1)
    return low, high


def uncovered(target: Box, covers: Sequence[Box], holes: Sequence[int], spend: Spend) -> int | None:
    """Return an address of `target` in no cover and no hole.

    None proves that there is none. `holes` is sorted. Few covers matter as a rule: the search begins with none, takes
    in those that hold what it finds, and after some finds takes in all.
    """
    if not all(target):
        return None
    low, high = bounds(target)
    first, end = bisect_left(holes, low), bisect_left(holes, high + 1)
    active: list[Box] = []
    for _ in range(_FINDS):
        found = _Search(target, active, holes, spend).below(0, (1 << len(active)) - 1, 0, first, end)
        if found is None:
            return None
        spend(1 + len(covers) // 16)
        hits = [cover for cover in covers if holds((cover,), found)]
        if not hits:
            return found
        active += hits
    met = [cover for cover in covers if meet((target,), (cover,))]
    return _Search(target, met, holes, spend).below(0, (1 << len(met)) - 1, 0, first, end)


class _Search:
    """A search octet by octet.

    Invariant: `active` is the set of covers, one bit each, that hold all octets chosen so far. What is still to
    choose depends on the octet's number, on `active` and on the holes below the chosen octets only; so a state
    without holes below is judged once.
    """

    __slots__ = ("_classes", "_closed", "_dead", "_holes", "_spend")

    def __init__(self, target: Box, covers: Sequence[Box], holes: Sequence[int], spend: Spend) -> None:
        """Part each octet's values by the covers that hold them."""
        self._holes = holes
        self._spend = spend
        self._dead: set[tuple[int, int]] = set()
        self._classes = [_classes(target[octet], [cover[octet] for cover in covers], spend) for octet in range(4)]
        self._closed = [0, 0, 0, 0, (1 << len(covers)) - 1]  # covers that hold every choice of the octets from here on
        for octet in (3, 2, 1, 0):
            inside = sum(1 << at for at, cover in enumerate(covers) if not target[octet] & ~cover[octet])
            self._closed[octet] = self._closed[octet + 1] & inside

    def below(self, octet: int, active: int, start: int, low: int, high: int) -> int | None:
        """Return a free address that begins with the octets in `start`.

        holes[low:high] begin with them, too.
        """
        self._spend(1)
        if active & self._closed[octet]:
            return None
        if octet == 4:  # noqa: PLR2004 - all octets of an address are chosen
            return start if low == high else None
        if low == high and (octet, active) in self._dead:
            return None
        shift = 24 - 8 * octet
        below = list(_children(self._holes, low, high, shift))
        for still, values in self._groups(octet, active):
            for value, first, end in _choices(values, below):
                found = self.below(octet + 1, still, start | value << shift, first, end)
                if found is not None:
                    return found
        if low == high:
            self._dead.add((octet, active))
        return None

    def _groups(self, octet: int, active: int) -> list[tuple[int, int]]:
        """Return the octet's values by the covers that stay active with them, fewest covers first."""
        self._spend(len(self._classes[octet]) // 16)
        groups: dict[int, int] = {}
        for values, members in self._classes[octet]:
            groups[active & members] = groups.get(active & members, 0) | values
        return sorted(groups.items(), key=_fewest_covers)


def _fewest_covers(group: tuple[int, int]) -> tuple[int, int]:
    return group[0].bit_count(), group[0]


def _choices(values: int, below: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield (octet value, low, high) to try.

    One value for all that have no hole below, then each that has some.
    """
    inside = [child for child in below if values >> child[0] & 1]
    for value, _, _ in inside:
        values &= ~(1 << value)
    if values:
        yield (values & -values).bit_length() - 1, 0, 0
    yield from inside


def _classes(target: int, sets: Sequence[int], spend: Spend) -> list[tuple[int, int]]:
    """Return the target's octet values by the covers that hold them.

    Each is (values, covers as bits).
    """
    owners: dict[int, int] = {}
    for at, values in enumerate(sets):
        owners[values] = owners.get(values, 0) | 1 << at
    classes = [(target, 0)]
    for values, members in owners.items():
        spend(1 + len(classes) // 64)
        parted: list[tuple[int, int]] = []
        for held, seen in classes:
            if held & values:
                parted.append((held & values, seen | members))
            if held & ~values:
                parted.append((held & ~values, seen))
        classes = parted
    return classes


def _children(holes: Sequence[int], low: int, high: int, shift: int) -> Iterator[tuple[int, int, int]]:
    """Yield (octet value, low, high) for the holes in holes[low:high], parted by the octet at `shift`."""
    while low < high:
        step = holes[low] >> shift
        end = bisect_left(holes, (step + 1) << shift, low, high)
        yield step & 255, low, end
        low = end
