"""Nothing from a file steers a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.report.visible import visible, width


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("bell\x07", r"bell\x07"),
        ("c1\x9b31m", r"c1\x9b31m"),
        ("turn\u202eback", r"turn\u202eback"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("line\u2028break", r"line\u2028break"),
        ("new\nline", r"new\nline"),
        ("name\udcff", r"name\xff"),
        ("gr\xfc\xdfe \u65e5\u672c", "gr\xfc\xdfe \u65e5\u672c"),
    ],
)
def test_control_characters_are_shown_as_escapes(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(st.text())
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    shown = visible(text)
    assert all(ord(character) >= 0x20 and not 0x7F <= ord(character) < 0xA0 for character in shown)
    shown.encode()


def test_width_counts_columns() -> None:
    assert [width(text) for text in ("abc", "\xfc", "u\u0308", "\u65e5\u672c")] == [3, 1, 1, 4]
