"""The direction of imports, as pyproject.toml states it (lazy and type-only imports count), and how full a room is."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOZEN = 12
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command(sys.argv[1:])"


@pytest.mark.e2e
def test_the_layers_point_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_a_folder_holds_at_most_a_dozen_things() -> None:
    package = ROOT / "linter" / "grantlint"
    for folder in (package, *(path for path in package.rglob("*") if path.is_dir() and path.name != "__pycache__")):
        things = {path.name for path in folder.iterdir()} - {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
        assert len(things) <= DOZEN, f"{folder.relative_to(ROOT)}: which of these belong together? {sorted(things)}"
