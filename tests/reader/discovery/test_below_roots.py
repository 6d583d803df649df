"""Where files stand in their repositories, told for many as for one, and each folder looked up once."""

import os
from pathlib import Path

import pytest

from grantlint.reader.files import named_paths
from grantlint.reader.files.named_paths import BelowRoots, below_root


def test_many_files_are_told_as_each_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("shop/.git", "shop/db/test", "other"):
        (tmp_path / name).mkdir(parents=True)
    files = ["shop/a.yml", "shop/db/b.yml", "shop/db/test/c.yml", "other/d.yml"]
    for name in files:
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "other/link.yml").symlink_to("../shop/db/b.yml")
    (tmp_path / "linked").symlink_to("shop/db")
    monkeypatch.chdir(tmp_path)
    paths = [*files, "other/link.yml", "linked/b.yml", str(tmp_path / "shop/a.yml"), "none.yml"]
    below = BelowRoots()
    told = [below.of(path) for path in paths]
    assert told == [*map(below_root, paths)]
    assert told[2] == os.path.join("db", "test", "c.yml")
    assert told[4:6] == [os.path.join("db", "b.yml")] * 2


def test_a_folder_is_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(named_paths, "repository_of", asked.append)
    below = BelowRoots()
    for number in range(20):
        below.of(str(tmp_path / f"{number}.yml"))
    assert len(asked) == 1
