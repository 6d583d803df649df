import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.pages())


PAGES = _pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_of_a_rule_is_what_the_rule_says(name: str) -> None:
    assert (DOCS / "rules" / name).read_text(encoding="utf-8") == PAGES[name], "run `make docs`"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {file.name for file in (DOCS / "rules").glob("*.md")} == {*PAGES}
