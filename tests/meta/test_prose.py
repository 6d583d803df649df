"""A docstring's first sentence is read before the code: short enough to be read once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ["linter/grantlint", "rules", "bench"]
MOST_WORDS = 12
SENTENCE_END = re.compile(r"\.(?:\s|$)")


def long_openings(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and first sentence of each public docstring that opens with too many words."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            opening = SENTENCE_END.split((ast.get_docstring(node) or "").strip(), maxsplit=1)[0]
            if len(opening.split()) > MOST_WORDS:
                yield node.lineno, opening


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_docstring_opens_with_a_dozen_words_at_most(room: str) -> None:
    modules = sorted((ROOT / room).rglob("*.py"))
    assert modules
    places = [
        f"{path.relative_to(ROOT)}:{line} {opening}"
        for path in modules
        for line, opening in long_openings(path.read_text("utf-8"))
    ]
    assert not places, "say in one plain clause what it returns, and the rest in sentences behind it"


def test_a_long_opening_is_seen() -> None:
    words = "One two three four five six seven eight nine ten eleven"
    assert [*long_openings(f'def f():\n    """{words} twelve. Thirteen."""')] == []
    assert [*long_openings(f'def f():\n    """{words} twelve, thirteen."""')] == [(1, f"{words} twelve, thirteen")]
    assert [*long_openings(f'class C:\n    def f(self):\n        """{words}\n        twelve; 13."""')] != []
