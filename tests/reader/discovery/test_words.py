"""The search for words before anything is decoded: it must find what a search for each by itself finds."""

from hypothesis import example, given
from hypothesis import strategies as st

from grantlint.reader.files.formats import FORMATS
from grantlint.reader.files.words import Sieve, Words

ALL = [known.words for known in FORMATS]
PIECES = sorted({word for words in ALL for kind in words for word in kind})
TEXTS = st.lists(
    st.sampled_from(
        [*PIECES, *(piece.upper() for piece in PIECES), b"\n", b"\r\n", b" ", b"-", b"\xef\xbb\xbf", b"x" * 999]
    )
).map(b"".join)


def holds(words: Words, data: bytes) -> bool:
    """Say of one format what the sieve says of all at once."""
    lowered = data.lower()
    lines = lowered.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return (
        any(word in lowered for word in words.anywhere)
        or any(line.startswith(word) for line in lines for word in words.at_margin)
        or any(word in lowered[:1000] for word in words.in_head)
    )


@given(TEXTS)
@example(b"users:")
@example(b"\xef\xbb\xbfroles:")
@example(b" users:\n")
@example(b"x" * 990 + b"$ANSIBLE_VAULT")
def test_one_search_finds_what_a_search_for_each_word_finds(data: bytes) -> None:
    assert Sieve(ALL).matches(data) == [place for place, words in enumerate(ALL) if holds(words, data)]


def test_words_are_in_lower_case() -> None:
    assert all(word == word.lower() for word in PIECES)
