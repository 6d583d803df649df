"""Paths alone are taken without argparse: what comes of them must be what argparse makes of them."""

import pytest

from grantlint.cli.commands import check, convert, files, table
from grantlint.cli.options import Parser


@pytest.mark.parametrize("parser", [check.parser(), convert.parser(), files.parser(), table.parser()])
@pytest.mark.parametrize("paths", [[], ["policies/"], ["-", "b c", ""]])
def test_paths_alone_are_what_argparse_makes_of_them(parser: Parser, paths: list[str]) -> None:
    assert parser.parse(paths) == parser.parse([*paths, "--"])
