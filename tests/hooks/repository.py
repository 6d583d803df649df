"""A git repository with pre-commit's caches beside it."""

import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path


def constraints(folder: Path) -> Path:
    """Write down the versions that the suite runs with, at which pre-commit is to install the hook, too."""
    file = folder / "constraints.txt"
    pins = {f"{found.name}=={found.version}" for found in distributions() if found.name != "grantlint"}
    file.write_text("\n".join(sorted(pins)), encoding="utf-8")
    return file


class Repository:
    """A git repository in a folder, with pre-commit's caches beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        versions = str(constraints(folder.parent))
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
            "PIP_CONSTRAINT": versions, "PIP_BUILD_CONSTRAINT": versions,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.com",
            "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.com",
        }  # fmt: skip
        folder.mkdir()
        self.git("init", "-q")

    def run(self, *command: str) -> tuple[int, str]:
        """Run a command in the repository; return its status and all that it printed."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, check=False, timeout=300, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout

    def git(self, *words: str) -> str:
        """Run git, which must not fail."""
        status, said = self.run("git", *words)
        assert status == 0, said
        return said.strip()

    def pre_commit(self, *words: str) -> tuple[int, str]:
        """Run pre-commit."""
        return self.run(sys.executable, "-m", "pre_commit", *words)

    def commit(self, **files: str) -> tuple[int, str]:
        """Write files and commit them, the installed hook in the way."""
        for name, text in files.items():
            (self.folder / f"{name}.yml").write_text(text, encoding="utf-8")
        self.git("add", "-A")
        return self.run("git", "commit", "-qm", "x")
