"""Patterns sought by what they have in common: none that shares a text is left out, and few others are found."""

import random
from itertools import product

import pytest

from grantlint.access.host import glob_index
from grantlint.access.host.glob import ANY, STAR, Glob
from grantlint.access.host.glob_index import PatternIndex

TEXTS = ["".join(text) for length in range(5) for text in product("ab", repeat=length)]
PATTERNS = [pieces for length in range(5) for pieces in product(("a", "b", ANY, STAR), repeat=length)]


def filled(patterns: list[tuple[str, ...]]) -> PatternIndex[tuple[str, ...]]:
    index = PatternIndex[tuple[str, ...]]()
    for pattern in patterns:
        index.add(pattern, pattern)
    return index


def sharing(patterns: list[tuple[str, ...]], pattern: tuple[str, ...]) -> set[tuple[str, ...]]:
    texts = {one for one in TEXTS if Glob([*pattern]).matches(one)}
    return {other for other in patterns if any(Glob([*other]).matches(text) for text in texts)}


@pytest.mark.parametrize("most", [1, 4, 48, 10_000])
def test_every_pattern_that_matches_a_text_of_another_is_found_with_it(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glob_index, "_MOST_SHAPES", most)
    monkeypatch.setattr(glob_index, "_MOST_VIEWS", 10 * most)
    index = filled(PATTERNS)
    for pattern in random.Random(most).sample(PATTERNS, 40):  # noqa: S311 - cases, no secrets
        assert sharing(PATTERNS, pattern) <= {*index.meeting(pattern)}


def test_what_is_added_after_a_search_is_found_by_the_next() -> None:
    index = PatternIndex[int]()
    for number in range(20):
        assert len(index.meeting([*"shop", ANY, STAR])) == number
        index.add([*"shop_", *str(number)], number)


def test_names_that_differ_at_one_place_are_not_compared() -> None:
    names = [(*"shop", ANY, *f"{number:04}") for number in range(1_000)]
    index = filled(names)
    assert [len(index.meeting(name)) for name in names] == [1] * 1_000
    assert len(index.meeting((*"shop_07", STAR))) == 100
