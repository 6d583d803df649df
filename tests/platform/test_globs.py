"""Globs of a configuration: relative to its folder, from wherever a run begins."""

import os
from pathlib import Path

import pytest

from grantlint.platform.globs import Globs


@pytest.mark.parametrize("here", [".", "a[1]", "a[1]/b", "/"])
@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("b", "b/x.sql", True),
        ("./b/", "b/c/x.sql", True),
        ("b/*.sql", "b/x.sql", True),
        ("b/[x]*", "b/x.sql", True),
        ("*.sql", "b/x.sql", True),
        ("B", "b/x.sql", False),
        ("x.sql", "b/x.sql", False),
        (".", "b/x.sql", True),
        ("../b", "b/x.sql", False),
    ],
)
def test_a_path_is_seen_from_the_folder_of_the_globs(
    here: str, pattern: str, path: str, *, matches: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a[1]/b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / here)
    folder, file = tmp_path / "a[1]", tmp_path / "a[1]" / path
    for seen in (os.path.relpath, str):
        for whose in (os.path.relpath, str):
            assert Globs((pattern,), whose(folder)).match(seen(file)) is matches
