"""A little of `make fuzz` in every run of the tests: texts that nobody wrote, through each reader to both reports."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.model import Declarations, NotChecked
from grantlint.model.location import Source, Span
from grantlint.reader.files.formats import FORMATS, Format

from .invariants import Broken, check_run, check_tree, read, run, tree_of
from .mutation import mutated, repeated
from .seeds import FEWEST, joined, texts_of, trees, words

FORMAT_NAMES = [known.name for known in FORMATS]
each_format = pytest.mark.parametrize("known", FORMATS, ids=FORMAT_NAMES)
numbers = st.integers(0, 1 << 32)


@each_format
@examples(60)
@given(number=numbers)
def test_a_changed_file_goes_to_both_reports(known: Format, number: int) -> None:
    check_run(known, mutated(Random(number), texts_of(known), words()))  # noqa: S311 - dice


@each_format
@examples(30)
@given(data=st.data())
def test_lines_and_words_in_any_order_are_read(known: Format, data: st.DataObject) -> None:
    lines = sorted({f"{line}\n" for text in texts_of(known) for line in text.split("\n")})
    pieces = st.sampled_from([*lines, *words(), " ", "\n", ": ", '"', "'", "{", "}", "é", "\u2028"])
    read(known, data.draw(st.lists(pieces, max_size=15).map("".join)))


@examples(30)
@given(number=numbers)
def test_a_changed_tree_goes_to_both_reports(number: int) -> None:
    with TemporaryDirectory() as folder:
        check_tree(mutated(Random(number), trees(), words()), Path(folder))  # noqa: S311 - dice


@each_format
@examples(3)
@given(number=numbers)
def test_a_file_that_says_one_thing_a_thousand_times_ends(known: Format, number: int) -> None:
    run(known, repeated(Random(number), texts_of(known), 5_000))  # noqa: S311 - dice


@each_format
def test_each_format_has_seeds_that_it_claims_and_that_declare_accounts(known: Format) -> None:
    claimed = [text for text in texts_of(known) if known.claims(f"x{known.suffixes[0]}", text)]
    assert len(claimed) >= 3
    assert any(part.accounts or part.only_settings for text in claimed for part in read(known, text)[1])
    assert all(len(text) >= FEWEST for text in claimed)


def test_a_tree_is_written_as_it_is_named() -> None:
    tree = {"a.yml": "x: 1\n", "b/c.yml": "y\n"}
    assert tree_of(joined(tree)) == tree
    assert tree_of("%% file ../a\nx\n%% file a\nx\n%% file a/b\ny\n%% file /etc/x\n") == {"a": "x\n"}
    assert len(trees()) > 20


def test_a_broken_invariant_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def outside(source: Source) -> tuple[Declarations, ...]:
        found = Declarations("policy", source.path)
        found.not_checked.append(NotChecked("x", "y", Span(source, 0, len(source.text) + 1)))
        return (found,)

    def leaking(source: Source) -> tuple[Declarations, ...]:
        source.hide(6, 16)
        found = Declarations("policy", source.path)
        found.not_checked.append(NotChecked(source.text[6:16], "y", Span(source, 0, 1)))
        return (found,)

    policy = next(known for known in FORMATS if known.name == "policy")
    text = "user: swordfish8 x\n"
    for reader, words_of_it in ((outside, "outside its text"), (leaking, "a secret is told")):
        monkeypatch.setattr("grantlint.reader.formats.policy.document.read", reader)
        with pytest.raises(Broken, match=words_of_it):
            check_run(policy, text)
