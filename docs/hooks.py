"""What the site has beside the pages of this folder: the changelog, and a place for links that lead out of docs/."""

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
_OUT = re.compile(r"\]\(\.\./(?P<path>[\w./-]+)\)")
_SOURCE = "https://github.com/grantlint/grantlint/blob/main/"


def on_files(files: Files, config: Any) -> Files:  # noqa: ANN401 - MkDocs has no type for it
    """Add the changelog as a page."""
    files.append(File.generated(config, "changelog.md", content=(ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Let links to files of the repository lead to the repository."""
    return _OUT.sub(lambda match: f"]({_SOURCE}{match['path']})", markdown)
