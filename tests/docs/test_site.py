"""The docs as a site, completion and the manual page: made with the tools that make them."""

import importlib.util
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def needs(module: str) -> pytest.MarkDecorator:
    """Skip where a tool of an extra is not installed."""
    return pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"{module} is not installed")


class Loads(HTMLParser):
    """What a page loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address that a browser would load."""
        if tag in {"script", "img", "link", "iframe"}:
            self.found |= {
                value
                for name, value in attrs
                if name in {"src", "href"} and value and "//" in value and "canonical" not in str(attrs)
            }


@pytest.mark.e2e
@needs("material")
def test_the_site_is_built_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for page in ("index.html", "ci/index.html", "changelog/index.html", "rules/any-host/index.html"):
        loads = Loads()
        loads.feed((tmp_path / page).read_text(encoding="utf-8"))
        assert loads.found == set(), page


def test_the_navigation_has_every_page() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if page not in navigation and not page.startswith("rules/")] == []


@pytest.mark.e2e
@needs("shtab")
@needs("argparse_manpage")
def test_completion_knows_commands_and_options_and_the_manual_names_them(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "docs/share.py"), str(tmp_path)], check=True, timeout=120)
    bash = tmp_path / "bash-completion/completions/grantlint"
    for typed, wanted in (("--outp", "--output"), ("conv", "convert"), ("why --fro", "--from")):
        words = ["grantlint", *typed.split()]
        script = (
            f"source {bash}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
            '_shtab_grantlint; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=30)
        assert wanted in done.stdout.split(), (typed, done)
    manual = (tmp_path / "man/man1/grantlint.1").read_text(encoding="utf-8")
    assert manual.startswith('.TH GRANTLINT "1"')
    assert "\\-\\-output" in manual
    assert "#compdef grantlint" in (tmp_path / "zsh/site-functions/_grantlint").read_text(encoding="utf-8")
