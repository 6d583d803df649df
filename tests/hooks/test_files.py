"""The hook gets every file that a format may claim: its pattern is made from the table of formats."""

import re
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from grantlint.reader.files.formats import FORMATS, OF_TEMPLATES, is_bare

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
SUFFIXES = sorted({suffix for known in FORMATS for suffix in known.suffixes})


def pattern() -> str:
    """Return what names of files match that some format claims, as written in one piece."""
    bare = rf"(^|/)[^/.]+({'|'.join(map(re.escape, sorted(OF_TEMPLATES)))})?"
    assert any(known.without_suffix for known in FORMATS)
    return rf"(?xi)({'|'.join((*map(re.escape, SUFFIXES), bare))})$"


def written() -> str:
    """Return the pattern of the hook."""
    hook, fixing = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    files: str = hook["files"]
    assert fixing["files"] == files
    return files


def test_the_pattern_is_that_of_the_table_of_formats() -> None:
    assert re.sub(r"\s", "", written()) == pattern()


@given(
    st.lists(st.sampled_from(["a", "B.c", "pillar", ".d", "x y", "init.d"]), min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", ".txt", ".sqlx", ".SQL", ".py", ".md", ".erb", ".rb.erb", *SUFFIXES]),
)
def test_it_matches_the_names_that_a_walk_looks_at(path: str, suffix: str) -> None:
    name = path + suffix
    looked_at = name.lower().endswith(tuple(SUFFIXES)) or is_bare(name)
    assert bool(re.search(written(), name)) == looked_at
