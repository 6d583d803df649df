"""Patterns: what the samples and the quick refusals claim, against every short text."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from grantlint.access.cover.sets.pattern import Pattern, holds, includes, may_meet, merged, pattern_of, prefix, suffix
from grantlint.access.host.glob import ANY, STAR, Glob

TEXTS = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]


def patterns(longest: int = 5) -> st.SearchStrategy[Pattern]:
    parts = st.lists(st.sampled_from(["a", "b", ANY, STAR]), max_size=longest)
    return parts.map(lambda tokens: pattern_of(Glob(tokens).tokens))


@given(patterns(), patterns())
def test_a_pattern_that_includes_another_matches_all_its_texts(wide: Pattern, narrow: Pattern) -> None:
    if includes(wide, narrow):
        assert all(holds(wide, text) for text in TEXTS if holds(narrow, text))


@given(patterns())
def test_a_pattern_includes_itself_and_percent_includes_all(pattern: Pattern) -> None:
    assert includes(pattern, pattern)
    assert includes((STAR,), pattern)


@given(patterns(), patterns())
def test_patterns_said_not_to_meet_share_no_text(one: Pattern, other: Pattern) -> None:
    if not may_meet(one, other):
        assert not any(holds(one, text) and holds(other, text) for text in TEXTS)


@given(patterns(), patterns(), st.sampled_from(["", "x", "1"]))
def test_a_merged_text_matches_both(one: Pattern, other: Pattern, filling: str) -> None:
    if not isinstance(one, str) and not isinstance(other, str):
        text = merged(one, other, filling)
        assert text is None or (holds(one, text) and holds(other, text))
        assert (text is None) == (STAR not in one or STAR not in other or not may_meet(one, other))


@given(patterns())
def test_every_text_begins_and_ends_as_the_pattern_says(pattern: Pattern) -> None:
    for text in TEXTS:
        if holds(pattern, text):
            assert text.startswith(prefix(pattern))
            assert text.endswith(suffix(pattern))
