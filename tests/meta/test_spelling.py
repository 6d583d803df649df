"""How the code is spelled where no linter looks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = [*(ROOT / "linter").rglob("*.py"), *(ROOT / "rules").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]


def chained(text: str) -> Iterator[int]:
    """Yield the lines of ternaries that stand in a ternary."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.IfExp) and any(
            isinstance(arm, ast.IfExp) for arm in (node.body, node.test, node.orelse)
        ):
            yield node.lineno


def test_a_ternary_holds_no_ternary() -> None:
    places = [f"{path.relative_to(ROOT)}:{line}" for path in MODULES for line in chained(path.read_text("utf-8"))]
    assert not places, "write the `if`"


@pytest.mark.parametrize("text", ["x = 1 if a else 2 if b else 3", "x = (1 if a else 2) if b else 3"])
def test_a_ternary_in_a_ternary_is_seen(text: str) -> None:
    assert [*chained(text)] == [1]
