"""A page a format: what is read, an example that is read as the page says, defaults, what is not read."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from grantlint.cli.main import main
from grantlint.reader.files.formats import FORMATS
from shown import ROOT, blocks, transcript

PAGES = ROOT / "docs/formats"
NAMES = [known.name for known in FORMATS]
SETTINGS_ALONE = {"mycnf"}


def test_every_format_has_its_page_and_every_page_its_format() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == {*NAMES}
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"]({name}.md)" not in index or f"formats/{name}.md" not in navigation] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_the_parts_that_the_index_promises(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [one for one in headings if one in {"Example", "What is read", "Defaults", "Not read"}] == [
        "Example", "What is read", "Defaults", "Not read",
    ]  # fmt: skip
    assert all(len(part.split()) > 8 for part in re.split(r"^## .*$", text, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_read_as_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `files` counts on the page is what `convert --to json` prints; the example has no fault."""
    found = blocks(PAGES / f"{name}.md")
    example = next(block for block in found if block.title)
    (tmp_path / example.title).write_text(example.text, encoding="utf-8")
    ((command, said),) = transcript(next(block for block in found if block.language == "console"))
    assert command == f"grantlint files {example.title}"
    monkeypatch.chdir(tmp_path)
    main(["convert", "--to", "json", example.title])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["fault"] == 0
    assert {row["format"] for row in rows if row["kind"] == "account"} == ({name} - SETTINGS_ALONE)
    assert re.search(rf"\b{kinds['account']} accounts?\b", said)
    assert re.search(rf"\b{kinds['grant']} grants?\b", said)
    assert re.search(rf"^{re.escape(example.title)}  {name}  ", said)
    assert kinds["account"] > 0 or name in SETTINGS_ALONE
