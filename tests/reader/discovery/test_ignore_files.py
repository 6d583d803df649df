"""Ignore files read without git leave out what git leaves out."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.reader.tree import git_program
from grantlint.reader.tree import ignore_files as ignoring
from grantlint.reader.tree.git_files import GitFiles, ask_git
from grantlint.reader.tree.git_program import Refusal
from grantlint.reader.tree.untold import untold_files

pytestmark = pytest.mark.e2e

NAMES = ("a", "b", "foo", "x.yml", "y.txt", "#x", "!a", "a ")
PARTS = (
    "a",
    "b",
    "foo",
    "x.yml",
    "*",
    "**",
    "*.yml",
    "f?o",
    "[ab]",
    "[!a]",
    "[^b]",
    "a*",
    "**a",
    "a**b",
    "[a-",
    "[]a]",
)
ODD = (
    "",
    "/",
    "!",
    "//",
    "a//b",
    "#a",
    "\\#x",
    "\\!a",
    "a ",
    "a\\ ",
    " a",
    "a\\",
    "\\a",
    "[z-a]",
    "x.yml\r",
    "\ufeffa",
)
IN_BRACKETS = re.compile(r"\[[^\]/]*/")  # a slash, which git takes for one of their characters: all is read then
patterns = st.one_of(
    st.sampled_from(ODD),
    st.builds(
        lambda negated, anchored, parts, folder: f"{negated}{anchored}{'/'.join(parts)}{folder}",
        st.sampled_from(("", "", "!")),
        st.sampled_from(("", "", "/")),
        st.lists(st.sampled_from(PARTS), min_size=1, max_size=3),
        st.sampled_from(("", "", "/")),
    ).filter(lambda pattern: IN_BRACKETS.search(pattern) is None),
)
paths = st.builds(
    lambda folders, name: "/".join((*folders, name)),
    st.lists(st.sampled_from(NAMES[:3]), max_size=3),
    st.sampled_from(NAMES),
)
ignore_files = st.dictionaries(
    st.sampled_from(("", "a/", "b/", "a/b/", "foo/")), st.lists(patterns, max_size=4).map("\n".join), max_size=3
)


def made(root: str, files: set[str], ignores: dict[str, str], tracked: set[str]) -> None:
    for path in (*files, *(f"{folder}.gitignore" for folder in ignores)):
        try:
            Path(root, path).parent.mkdir(parents=True, exist_ok=True)
            Path(root, path).write_text(ignores.get(path.removesuffix(".gitignore"), ""), encoding="utf-8")
        except OSError:
            continue  # a file where a folder would have to be
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    there = [path for path in tracked if os.path.isfile(os.path.join(root, path))]
    if there:
        subprocess.run(["git", "--literal-pathspecs", "add", "-f", "--", *there], cwd=root, check=True)


@examples(60)
@given(st.sets(paths, min_size=1, max_size=12), ignore_files, st.sets(paths, max_size=2), st.sampled_from(("", "a/")))
def test_what_is_read_without_git_is_what_git_tells(
    files: set[str], ignores: dict[str, str], tracked: set[str], below: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder)
        made(root, files, ignores, tracked)
        if below and not os.path.isdir(os.path.join(root, below)):
            below = ""
        said = ask_git(root, below)
        assert isinstance(said, GitFiles)
        found = untold_files(root, below)
        assert found.tracked is not None
        assert {name for name in said.names if name in tracked} <= said.tracked
        assert found.names == said.names


def test_brackets_with_a_slash_hide_nothing(tmp_path: Path) -> None:
    made(str(tmp_path), {"a"}, {"": "[a-/[ab]"}, set())
    assert untold_files(str(tmp_path), "").names == [".gitignore", "a"]


def test_a_git_that_does_not_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "r").mkdir()
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(git_program, "PATIENCE", 0.3)
    assert ask_git(str(tmp_path / "r"), "") == Refusal("git did not answer within 0 seconds")


def test_a_name_like_none_of_an_ignore_file_is_compared_with_no_pattern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitignore").write_text(
        "build/\n*.pyc\n!keep.pyc\nsite/*.html\n/docs/*_build\n" * 20, encoding="utf-8"
    )
    for name in ("a.yml", "b.sql", "x.pyc"):
        (tmp_path / name).touch()
    tried: list[str] = []
    fits = ignoring._Pattern.fits  # noqa: SLF001 - counted

    def counted(pattern: ignoring._Pattern, path: Sequence[str], *, folder: bool) -> bool:
        tried.append(path[-1])
        return fits(pattern, path, folder=folder)

    monkeypatch.setattr(ignoring._Pattern, "fits", counted)  # noqa: SLF001 - as above
    assert untold_files(str(tmp_path), "").names == [".gitignore", "a.yml", "b.sql"]
    assert {*tried} == {"x.pyc"}


def test_folders_are_searched_for_ignore_files_by_their_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"d{number}").mkdir()
        (tmp_path / f"d{number}" / "a.yml").touch()
    (tmp_path / "d1" / ".gitignore").write_text("a.yml\n", encoding="utf-8")
    (tmp_path / "d2" / ".git").mkdir()
    (tmp_path / "d2" / ".git" / "HEAD").touch()
    opened: list[str] = []
    read = ignoring.read_file

    def counted(file: str, most: int) -> bytes:
        opened.append(os.path.relpath(file, tmp_path))
        return read(file, most)

    monkeypatch.setattr(ignoring, "read_file", counted)
    names = untold_files(str(tmp_path), "").names
    assert names == ["d0/a.yml", "d1/.gitignore", "d2/", "d3/a.yml", "d4/a.yml"]
    assert opened == [".git/info/exclude", "d1/.gitignore"]
