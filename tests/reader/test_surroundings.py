"""The door to the files around one: what it gives, what it refuses, and that nobody changes a file behind it."""

import os
from pathlib import Path

import pytest

from grantlint.model.location import Source
from grantlint.reader.tree.surroundings import (
    ENDLESS,
    NO_PATH,
    OUTSIDE,
    SPECIAL,
    Surroundings,
    UnreadError,
    read,
    surroundings_of,
)


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Surroundings:
    """Stand in `tree/here`, with `tree` as the root, and a folder beside it."""
    for name in ("tree/here/x", "tree/there/x", "outside/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "tree")
    return surroundings_of(Source("here/site.yml", "", (os.path.realpath("."),)))


def got(around: Surroundings, path: str) -> str:
    try:
        source = around.source(path, 100)
    except UnreadError as error:
        return str(error)
    return source.text if source else "nothing"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("here/x", "tree/here/x"),
        ("there/x", "tree/there/x"),
        ("here/gone", "nothing"),
        ("here/x/below", "nothing"),
        ("here", "is a folder"),
        ("../outside/x", OUTSIDE),
        ("../outside/gone", OUTSIDE),
        ("..", OUTSIDE),
        ("../tree/there/x", "tree/there/x"),
        ("../treetop/x", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("/", OUTSIDE),
        ("here/x\0", NO_PATH),
        ("here/\ud800", NO_PATH),
        pytest.param("here/" + "x/" * 1_000_000, NO_PATH, id="long"),
    ],
)
def test_a_path_leads_about_in_the_tree_and_not_out_of_it(path: str, said: str, around: Surroundings) -> None:
    assert got(around, path) == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../there/x", "tree/there/x"),
        ("../there/../here/./x", "tree/here/x"),
        ("../../tree/there/x", "tree/there/x"),
        ("../../outside/x", OUTSIDE),
        ("../../outside/../tree/here/x", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("link", ENDLESS),
        ("gone", "nothing"),
        ("/dev/zero", OUTSIDE),
    ],
)
def test_a_link_leads_as_far_as_a_path_does(target: str, said: str, around: Surroundings) -> None:
    os.symlink(target, "here/link")
    assert got(around, "here/link") == said


def test_a_folder_behind_a_link_is_listed_where_it_lies_in_the_tree(around: Surroundings) -> None:
    os.symlink("../there", "here/inside")
    os.symlink("../../outside", "here/out")
    os.mkfifo("there/pipe")
    os.symlink("/dev/zero", "there/zero")
    assert [(entry.name, entry.is_folder, entry.unread) for entry in around.listed("here/inside")] == [
        ("pipe", False, SPECIAL), ("x", False, ""), ("zero", False, OUTSIDE),
    ]  # fmt: skip
    assert [entry.name for entry in around.listed("here") if entry.is_folder] == ["inside"]
    assert around.listed("gone") == []
    with pytest.raises(UnreadError, match=OUTSIDE):
        around.listed("here/out")


def test_a_file_larger_than_the_limit_is_not_read(around: Surroundings) -> None:
    Path("here/x").write_text("x" * 101, encoding="utf-8")
    assert got(around, "here/x") == "holds more than 0 KB"


@pytest.mark.parametrize("swapped", ["file for link", "file for pipe", "folder for link"])
def test_what_takes_the_place_of_a_file_meanwhile_is_not_read(swapped: str, around: Surroundings) -> None:
    found = around.find("there/x", 100)
    assert found is not None
    os.unlink("there/x")
    if swapped == "file for link":
        os.symlink("../../outside/x", "there/x")
    elif swapped == "file for pipe":
        os.mkfifo("there/x")
    else:
        os.rmdir("there")
        os.symlink("../outside", "there")
    with pytest.raises(UnreadError):
        read(found)


def test_text_that_is_in_no_file_has_nothing_around_it(around: Surroundings) -> None:
    alone = surroundings_of(Source("here/site.yml", ""))
    assert (alone.find("here/x", 100), alone.listed("here")) == (None, [])
    assert not alone.holds("here/x")
    assert around.holds("here/x")


def test_a_tree_that_is_named_by_a_link_is_as_any_other(around: Surroundings) -> None:
    os.symlink("tree", "../name")
    os.chdir("..")
    by_link = surroundings_of(Source("name/here/site.yml", "", around.roots))
    assert got(by_link, "name/there/x") == "tree/there/x"
    assert got(by_link, "outside/x") == OUTSIDE
