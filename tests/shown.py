"""What the pages show: blocks with their titles, and commands, where each stands."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.parent.name != "rules"),
)
"""All but the pages of rules, which are made from the rules: their examples are tests of these."""

_BLOCK = re.compile(
    r"^(?P<fence>`{3})(?P<language>[\w-]*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(r"`(grantlint(?: [^`]*)?|python -m grantlint[^`]*|make [^`]*|pytest --grantlint[^`]*)`")


class Block(NamedTuple):
    """A fenced block of a page."""

    page: Path
    language: str
    title: str
    text: str
    start: int
    end: int

    @property
    def where(self) -> str:
        """The page and what the block begins with."""
        return f"{named(self.page)}: {self.title or self.text.partition(chr(10))[0]}"


def named(page: Path) -> str:
    """Return the path of a page as people write it."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page in their order."""
    return [
        Block(page, match["language"], match["title"] or "", match["text"], match.start("text"), match.end("text"))
        for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]


def mentioned(page: Path) -> list[str]:
    """Return the commands that stand in a page's sentences."""
    return [one.replace("\n", " ") for one in _INLINE.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))]


def transcript(block: Block) -> list[tuple[str, str]]:
    """Return each command of a console with what it shows as printed."""
    parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)
    assert parts[0] == "", f"{block.where}: a console begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))
