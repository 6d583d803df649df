"""Lines of a large text: the same as those of a small one."""

from hypothesis import given
from hypothesis import strategies as st

from grantlint.model.location import Lines, Source

PIECES = ("", "a", "\r", "é" * 5_000, "b" * 4_095, "c" * 9_000, "", "")


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.data())
def test_a_large_text_has_the_lines_of_a_small_one(pieces: list[str], data: st.DataObject) -> None:
    text = "\n".join(pieces)
    small, large = Source("a", text), Lines(text)
    offset = data.draw(st.integers(0, len(text)))
    assert large.position(offset) == small.position(offset)
    line = data.draw(st.integers(1, text.count("\n") + 1))
    start, end = large.bounds(line)
    assert small.line_bounds(line) == (start, end - (text[start:end].endswith("\r")))
