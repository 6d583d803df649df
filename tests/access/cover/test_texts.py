"""The search for a text outside a union of patterns, against every short text."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access.cover.sets.languages import IPV6, NAMES, PLAUSIBLE_NAMES, Language, accepts
from grantlint.access.cover.sets.pattern import Pattern, holds, pattern_of
from grantlint.access.cover.sets.texts import shortest
from grantlint.access.host.glob import ANY, STAR, Glob

TEXTS = ["".join(letters) for length in range(5) for letters in product("aby7.", repeat=length)]
SHORT = ["".join(letters) for length in range(3) for letters in product("aby7.", repeat=length)]


def free(_units: int) -> None:
    """Let the search take as long as it likes."""


def patterns(characters: str, longest: int) -> st.SearchStrategy[Pattern]:
    parts = st.lists(st.sampled_from([*characters, ANY, STAR, STAR]), max_size=longest)
    return parts.map(lambda tokens: pattern_of(Glob(tokens).tokens))


def left_over(
    text: str, targets: Sequence[Pattern], covers: Sequence[Pattern], holes: Sequence[str], language: Language
) -> bool:
    return (
        all(holds(target, text) for target in targets)
        and not any(holds(cover, text) for cover in covers)
        and text not in holes
        and accepts(language, text)
    )


@examples(150)
@given(
    st.lists(patterns("ab", 3), min_size=1, max_size=2),
    st.lists(patterns("ab", 4), max_size=6),
    st.lists(st.sampled_from(SHORT), max_size=20).map(lambda texts: sorted(set(texts))),
    st.sampled_from([NAMES, PLAUSIBLE_NAMES]),
)
def test_what_is_found_is_shortest_and_none_is_a_proof(
    targets: list[Pattern], covers: list[Pattern], holes: list[str], language: Language
) -> None:
    found = shortest(targets, covers, holes, language, free)
    wanted = [text for text in TEXTS if left_over(text, targets, covers, holes, language)]
    if found is None:
        assert not wanted
    else:
        assert left_over(found, targets, covers, holes, language)
        assert not wanted or len(found) <= len(wanted[0])


def test_sixteen_literals_cover_a_last_digit_of_ipv6_and_fifteen_do_not() -> None:
    target = pattern_of(("f", "d", "8", "0", ":", ":", "1", ANY))
    every = sorted(f"fd80::1{digit:x}" for digit in range(16))
    assert shortest([target], [], every, IPV6, free) is None
    assert shortest([target], [], every[:7] + every[8:], IPV6, free) == every[7]
