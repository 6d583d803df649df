"""IPv4 sets: patterns as boxes against the addresses' texts, and the search against every small address."""

import random
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access.cover.sets.boxes import Box, bounds, holds, intersect, meet, of_mask, of_pattern, uncovered
from grantlint.access.cover.sets.pattern import matcher
from grantlint.access.host.address import dotted, ipv4_number
from grantlint.access.host.glob import ANY, STAR, Glob

ADDRESSES = [
    ".".join(map(str, octets))
    for octets in product((0, 1, 10, 12, 127, 255), (0, 1, 12, 100), (0, 2, 21), (0, 1, 7, 10, 127, 200))
]
SMALL = [first << 24 | second << 16 | third << 8 | last for first, second, third, last in product(range(3), repeat=4)]


def free(_units: int) -> None:
    """Let the search take as long as it likes."""


@examples(400)
@given(st.lists(st.sampled_from(["0", "1", "2", "7", ".", ".", ".", ANY, STAR, STAR]), min_size=1, max_size=9))
def test_the_boxes_of_a_pattern_are_the_addresses_whose_text_it_matches(tokens: list[str]) -> None:
    pattern = Glob(tokens).tokens
    boxes = of_pattern(pattern)
    assert boxes is not None
    matches = matcher(pattern)
    assert [text for text in ADDRESSES if holds(boxes, ipv4_number(text))] == [
        text for text in ADDRESSES if matches(text)
    ]


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_the_box_of_a_mask_is_what_the_server_computes(network: int, mask: int, address: int) -> None:
    for number in (address, network, network & mask, address & ~mask | network & mask):
        assert holds((of_mask(network & mask, mask),), number) == (number & mask == network & mask)
    assert holds((of_mask(network, mask),), network) == (network & mask == network)


octet_sets = st.sampled_from([7, 7, 7, 1, 2, 4, 3, 5, 6])
boxes = st.tuples(octet_sets, octet_sets, octet_sets, octet_sets)


@given(boxes, st.lists(boxes, max_size=14), st.lists(st.sampled_from(SMALL), max_size=40))
def test_what_is_found_is_free_and_none_is_a_proof(target: Box, covers: list[Box], holes: list[int]) -> None:
    wanted = {number for number in SMALL if holds((target,), number) and not holds(covers, number)} - set(holes)
    found = uncovered(target, covers, sorted(set(holes)), free)
    assert found in wanted if wanted else found is None


@given(boxes, boxes)
def test_boxes_meet_where_they_intersect(one: Box, other: Box) -> None:
    common = {number for number in SMALL if holds((one,), number) and holds((other,), number)}
    assert meet((one,), (other,)) == bool(common)
    assert {number for number in SMALL if holds(intersect((one,), (other,)), number)} == common
    assert bounds(one) == (min(n for n in SMALL if holds((one,), n)), max(n for n in SMALL if holds((one,), n)))


def test_256_literals_cover_a_class_c_network_and_255_do_not() -> None:
    network = of_mask(ipv4_number("10.0.3.0"), 0xFFFFFF00)
    every = [ipv4_number(f"10.0.3.{last}") for last in range(256)]
    assert uncovered(network, (), every, free) is None
    gap = random.Random(7).randrange(256)  # noqa: S311 - any gap will do
    assert dotted(uncovered(network, (), every[:gap] + every[gap + 1 :], free) or 0) == f"10.0.3.{gap}"
