"""Every command that the pages on outputs, build servers, editors and Python show, run as it is shown."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("index.md", "ci.md", "outputs.md", "editors.md", "python.md", "plugins.md")
BLOCK = re.compile(r"```(?:sh|yaml)\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`(grantlint [^`]*)`")
PLACEHOLDERS = ("NAME", "FILE", " lsp")


def shown() -> list[str]:
    """Return the commands of the pages, without those that leave a word open or serve until they are stopped."""
    found: list[str] = []
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        lines = [line.strip(" -") for block in BLOCK.findall(text) for line in block.splitlines()]
        found += [line for line in lines if line.startswith("grantlint ")]
        found += [one.replace("\n", " ") for one in INLINE.findall(BLOCK.sub("", text))]
    return sorted({one for one in found if not any(word in one for word in PLACEHOLDERS)})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write what the commands speak of: policies, a playbook, rules, a configuration."""
    policy = "users:\n  - user: test1\n    host: '%'\n    authentication: {password: hunter2}\n"
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/shop.yml").write_text(policy, encoding="utf-8")
    (tmp_path / "ansible").mkdir()
    (tmp_path / "ansible/site.yml").write_text("- hosts: db\n  tasks:\n  - mysql_user: {name: a, host: '%'}\n", "utf-8")
    (tmp_path / "grantlint.toml").write_text("", encoding="utf-8")
    (tmp_path / "checks").mkdir()
    rule = re.findall(r"```python\n(.*?)```", (DOCS / "plugins.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    (tmp_path / "checks/no_test_users.py").write_text(rule, encoding="utf-8")
    return tmp_path


def test_there_are_commands() -> None:
    assert len(shown()) > 6


@pytest.mark.parametrize("command", shown())
def test_a_command_does_what_its_page_says(command: str, project: Path) -> None:
    start = f'grantlint() {{ "{sys.executable}" -m grantlint "$@"; }}\n'
    ran = subprocess.run(
        ["bash", "-c", start + command], cwd=project, input="users: []\n", env={**os.environ},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode in {0, 1}, ran
    assert ran.stdout
    if "--rules-dir" in command:
        assert "no-test-users" in ran.stdout
        assert "^ begins with test" in ran.stdout
