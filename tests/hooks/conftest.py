"""This project as pre-commit clones it; what it installs is shared by all who ask for it."""

import shutil
from pathlib import Path

import pytest

from .repository import Repository

PROJECT = Path(__file__).parents[2]
SHIPPED = ("linter", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="session")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Make a repository of this project as it stands, which is what pre-commit clones."""
    made = Repository(tmp_path_factory.mktemp("hook") / "grantlint")
    for name in SHIPPED:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, made.folder / name)
    made.git("add", "-A")
    made.git("commit", "-qm", "x")
    return made
