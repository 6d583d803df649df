"""Lines are looked at together where nothing in them acts, and come out as they would one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.report import page as pages
from grantlint.report.page import Ink, Line, page
from grantlint.report.visible import is_plain

PIECES = st.text("abé:\n#[-+~^ _\x1b\t…", max_size=6) | st.sampled_from(
    ["::error::", "##vso[x]", "section_start:", "--- "]
)
LINES = (
    PIECES | PIECES.map(lambda words: Ink(words, "1")) | st.tuples(PIECES, PIECES.map(lambda words: Ink(words, "1")))
)


@given(st.lists(LINES, max_size=8))
def test_a_page_of_lines_is_its_lines(lines: list[Line]) -> None:
    assert page(lines) == "".join(page([line]) for line in lines)


def test_lines_are_looked_at_in_few_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def noting(text: str) -> bool:
        looked_at.append(text)
        return is_plain(text)

    monkeypatch.setattr(pages, "is_plain", noting)
    lines = [f"line {number}" for number in range(1_000)]
    assert page(lines) == "".join(f"{line}\n" for line in lines)
    assert len(looked_at) <= len(lines) // 100
