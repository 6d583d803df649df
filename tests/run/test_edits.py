"""Edits of texts and replaced files: against a brute-force oracle, and with the disk as it is."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.platform.opening import as_if, open_file, read_file, read_opened
from grantlint.platform.replacing import NotReplacedError, replace_file
from grantlint.reader.tree.contents import decode, encode_like
from grantlint.run.fixing.texts import edited

TEXT = "abcdefghij"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3), st.text("XYZ", max_size=4)), max_size=4))
def test_edits_are_made_from_the_back_one_by_one_or_none_is(wanted: list[tuple[int, int, str]]) -> None:
    source = Source("x", TEXT)
    edits = [Edit(Span(source, start, min(start + size, 10)), text) for start, size, text in wanted]
    made = edited(TEXT, edits)
    unlike = {(edit.span.start, edit.span.end, edit.text) for edit in edits}
    overlap = any(one != other and one[0] < other[1] and other[0] < one[1] for one in unlike for other in unlike)
    assert (made is None) == overlap
    if made is None:
        return
    expected = TEXT
    for start, end, text in sorted(unlike, reverse=True):
        expected = expected[:start] + text + expected[end:]
    assert made.text == expected
    for offset, letter in enumerate(TEXT):
        if not any(start <= offset < end for start, end, _ in unlike):
            first, last = made.place_of(offset)
            assert letter in made.text[first : last + 1]


@given(st.text(), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]))
def test_a_text_goes_back_in_the_encoding_that_it_came_in(text: str, mark: bytes) -> None:
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark, "utf-8")
    if "\0" in text or text.startswith("\ufeff"):
        return
    data = mark + text.encode(codec, "surrogatepass")
    if data.decode(codec, "replace").encode(codec, "replace") != data:
        return
    assert decode(data) == text
    assert encode_like(text, data) == data


def test_a_file_is_read_as_if_it_held_something_else_by_any_of_its_names(tmp_path: Path) -> None:
    file, link = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"is")
    link.symlink_to(file)
    with as_if({str(file): b"would be"}):
        assert read_file(str(file), 100) == b"would be"
        opened = open_file(str(link), follow=True)
        assert read_opened(opened, 100) == b"would be"
        os.close(opened.handle)
    assert read_file(str(file), 100) == b"is" == file.read_bytes()


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"newer")
    with pytest.raises(NotReplacedError, match="changed while it was read"):
        replace_file(str(file), b"older", b"fixed")
    assert file.read_bytes() == b"newer"
    assert [each.name for each in tmp_path.iterdir()] == ["a"], "nothing is left beside it"


def test_a_file_keeps_its_mode_and_one_that_nobody_may_write_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"is")
    file.chmod(0o604)
    replace_file(str(file), b"is", b"was")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"was", 0o604)
    file.chmod(0o444)
    with pytest.raises(NotReplacedError, match="is not writable"):
        replace_file(str(file), b"was", b"is")
