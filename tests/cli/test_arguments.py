"""Paths alone are taken without argparse: what comes of them must be what argparse makes of them."""

from pathlib import Path

import pytest

from grantlint.cli.commands import check, convert, files, table
from grantlint.cli.options import Parser

from .conftest import Run


@pytest.mark.parametrize("parser", [check.parser(), convert.parser(), files.parser(), table.parser()])
@pytest.mark.parametrize("paths", [[], ["policies/"], ["-", "b c", ""]])
def test_paths_alone_are_what_argparse_makes_of_them(parser: Parser, paths: list[str]) -> None:
    assert parser.parse(paths) == parser.parse([*paths, "--"])


def test_a_misspelt_command_is_told_and_a_file_of_that_name_is_read(here: Path, grantlint: Run) -> None:
    assert grantlint("baselin") == (
        2, "", "grantlint: baselin is no command, and no file or folder; did you mean `grantlint baseline`?\n",
    )  # fmt: skip
    (here / "baselin").mkdir()
    assert grantlint("baselin").status == 4
    assert "did you mean `grantlint" not in grantlint("policies").err


def test_explain_is_rule_and_a_large_v_the_version(grantlint: Run) -> None:
    assert grantlint("explain", "any-host") == grantlint("rule", "any-host")
    assert grantlint("-V") == grantlint("--version")
