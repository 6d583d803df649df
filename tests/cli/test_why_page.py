"""The page for whoever is refused at night: what it shows is what the commands print."""

import os
import re
from pathlib import Path

import pytest

from grantlint.cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "why.md"
SHOWN = re.compile(r"^```\n\$ grantlint (?P<words>[^\n]*)\n(?P<printed>.*?)```$", re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`GOLDENS=update` writes what is printed into the page."""
    monkeypatch.chdir(ROOT)

    def printed(match: re.Match[str]) -> str:
        main(match["words"].split())
        return f"```\n$ grantlint {match['words']}\n{capsys.readouterr().out}```"

    page = PAGE.read_text(encoding="utf-8")
    true = SHOWN.sub(printed, page)
    assert len(SHOWN.findall(page)) == 4
    if os.environ.get("GOLDENS") == "update":
        PAGE.write_text(true, encoding="utf-8")
    assert page == true or os.environ.get("GOLDENS") == "update"
