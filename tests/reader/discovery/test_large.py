"""The text of a large file is there once, and its bytes never as a whole."""

import os
import tracemalloc
from pathlib import Path

import pytest

from grantlint.reader.files.large_files import text_of
from grantlint.reader.sql.script.indirect import words_held

SIZE = 4_000_000
WINDOW = 1 << 18


def test_a_large_text_grows_in_place(tmp_path: Path) -> None:
    file = tmp_path / "dump.sql"
    file.write_bytes(b"INSERT INTO t VALUES (1);\n" * (SIZE // 26))
    handle = os.open(file, os.O_RDONLY)
    tracemalloc.start()
    try:
        text = text_of(handle)
        assert text is not None
        words_held(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        os.close(handle)
    assert peak < 1.5 * SIZE


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa", "a"),
        ("é".encode() * 40_000, "é" * 40_000),
        (b"x" + "é".encode() * 40_000, "x" + "é" * 40_000),
        (b"a\0", None),
        (b"\xff", None),
        (b"caf\xc3", None),
    ],
)
def test_what_is_no_plain_text_is_left_to_who_reads_bytes(data: bytes, text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "x.sql"
    file.write_bytes(data)
    handle = os.open(file, os.O_RDONLY)
    assert text_of(handle) == text
    os.close(handle)


@pytest.mark.parametrize("before", ["", *(" " * (WINDOW - places) for places in range(8)), "İ " * 9])
@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("MySQL . `User", "mysql"),
        (f"mysql{' ' * WINDOW}.{' ' * WINDOW}db", "mysql"),
        ("Flush\n PRIVILEGES", "flush"),
        ("Prepare", "prepare"),
        ("a flush privileges", "flush"),
        ("x mysqldump mysql.users xmysql.user mysql.user", "mysql"),
    ],
)
def test_words_are_found_wherever_they_stand(before: str, said: str, word: str) -> None:
    assert words_held(f"{before}{said}") == {word}
    assert words_held(f"{before}{said[:-1]}") == set()
