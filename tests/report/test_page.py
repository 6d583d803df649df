"""What is printed is lines in which nothing acts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.report.page import Ink, apart, document, named, page
from grantlint.report.strict_json import encoded
from grantlint.report.visible import visible, visible_each

ANYTHING = st.text(st.characters(codec=None), max_size=30)  # halves of surrogate pairs, too
COMMANDS = ("::error::x", "##[error]x", "##vso[x]", "section_start:1:x", "travis_fold:start:x", "+++ x")


@given(st.lists(ANYTHING))
def test_a_line_is_one_line_whatever_stands_in_it(lines: list[str]) -> None:
    made = page(lines)
    assert made.count("\n") == len(lines)
    assert made.replace("\n", "").isprintable()
    made.encode()


@given(ANYTHING)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text) == "".join(visible_each(text))


@given(ANYTHING, st.sampled_from(COMMANDS), st.sampled_from(["", " ", "\t", "\u3000"]))
def test_nothing_printed_begins_as_a_command(text: str, command: str, lead: str) -> None:
    for line in (f"{lead}{command}{text}", (lead, Ink(command, "1"), text)):
        shown = page([line]).lstrip()
        assert not shown.startswith(command[:3])
        assert "##[" not in shown
        assert "##vso[" not in shown


@pytest.mark.parametrize("path", [*COMMANDS, " ::error::x", "\u2003x"])
def test_a_path_that_is_a_command_is_named_from_here(path: str) -> None:
    assert named(path) == f"./{path}"


@pytest.mark.parametrize("path", ["a.yml", "./a.yml", "/::a", "a/::error::b", "<stdin>", "#a#"])
def test_other_paths_are_named_as_they_are(path: str) -> None:
    assert named(path) == path


def test_colours_are_those_of_ink_alone() -> None:
    line = ("\x1b[1mx", Ink("y\x1b", "1;31"))
    assert page([line], colour=True) == "\\x1b[1mx\x1b[1;31my\\x1b\x1b[0m\n"
    assert page([line]) == "\\x1b[1mxy\\x1b\n"


def test_a_document_keeps_its_lines_and_blocks_stand_apart() -> None:
    assert document("a\n\nb\n") == document("a\n\nb") == "a\n\nb\n"
    assert [*apart([["a"], [], ["b", "c"]])] == ["a", "", "b", "c"]


def test_combining_marks_stand_on_letters_and_not_in_floods() -> None:
    assert visible("u\u0308") == "u\u0308"
    assert visible("a" + "\u0301" * 6) == "a" + "\u0301" * 4 + r"\u0301\u0301"
    assert visible("'\u0338") == r"'\u0338"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANYTHING, inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_json_is_what_strict_readers_take(value: object) -> None:
    def refuse(word: str) -> object:
        raise AssertionError(word)

    written = encoded(value)
    assert written.isascii()
    assert "##" not in written
    json.dumps(json.loads(written, parse_constant=refuse), ensure_ascii=False).encode()


@given(st.text())
def test_json_says_the_same_text(text: str) -> None:
    assert json.loads(encoded({text: text})) == {text: text}


def test_parts_of_a_line_are_looked_at_together_and_apart_alike() -> None:
    for line in (
        (" ", Ink("-->", "1"), " a.yml:1"),
        ("  ", Ink("::x", "1")),
        ("a", "b\x1b"),
        ("#", "#x[y]"),
        ("::", "x"),
    ):
        plain, coloured = page([line]), page([line], colour=True)
        assert plain.replace("\n", "") == coloured.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\n", "")
