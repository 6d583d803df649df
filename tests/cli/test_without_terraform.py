"""Where the extra `terraform` is not installed, a .tf file is a finding, and all else is read as ever."""

import json
import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml

import grantlint
import grantlint_rules
from runs import Ran

pytestmark = pytest.mark.e2e

MODULE = """\
resource "mysql_user" "app" {
  user               = "app"
  host               = "%"
  plaintext_password = "swordfish"
}
"""
PLAN = {
    "format_version": "1.2",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "mysql_user.app",
                    "mode": "managed",
                    "type": "mysql_user",
                    "values": {"user": "app", "host": "%"},
                }
            ]
        }
    },
}
POLICY = "users:\n  - user: app\n    host: '%'\n    authentication: {secret: vault:app}\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder in which grantlint and PyYAML are installed, and nothing else is."""
    made = tmp_path_factory.mktemp("site")
    for module in (grantlint, grantlint_rules, yaml):
        folder = Path(module.__file__ or "").parent
        (made / folder.name).symlink_to(folder)
    record = Path(str(distribution("grantlint").locate_file("")))
    for info in record.glob("grantlint-*.dist-info"):
        (made / info.name).symlink_to(info)
    return made


def run(installed: Path, here: Path, *arguments: str) -> Ran:
    """Run the program with what is in the folder, and Python's own library."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "grantlint", *arguments], cwd=here, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(installed)}, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "swordfish" not in done.stdout + done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_file_of_terraform_is_a_finding_that_says_what_to_install(installed: Path, here: Path) -> None:
    (here / "db.tf").write_text(MODULE, encoding="utf-8")
    for arguments in (["."], ["db.tf"], ["--allow-empty", "db.tf"]):
        ran = run(installed, here, "--output", "json", *arguments)
        assert ran.status == 1, ran
        assert '"message":"the parser of Terraform is not installed' in ran.out
        assert "pip install 'grantlint[terraform]'" in ran.out


@pytest.mark.parametrize("command", ["why app --from 10.0.0.1", "table", "convert"])
def test_no_command_answers_as_if_the_file_were_not_there(command: str, installed: Path, here: Path) -> None:
    (here / "db.tf").write_text(MODULE, encoding="utf-8")
    ran = run(installed, here, *command.split())
    assert ran.status not in {0, 3}
    assert "1 fault" in ran.err


def test_the_rest_is_judged_and_plans_are_read(installed: Path, here: Path) -> None:
    (here / "db.tf").write_text(MODULE, encoding="utf-8")
    (here / "plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
    (here / "policy.yml").write_text(POLICY, encoding="utf-8")
    ran = run(installed, here, "--quiet", "--select", "any-host", ".")
    assert ran.status == 1
    assert [line.split(" ")[0].split(":")[0] for line in ran.out.splitlines()] == ["db.tf", "plan.json", "policy.yml"]


def test_without_such_a_file_nothing_is_said(installed: Path, here: Path) -> None:
    (here / "policy.yml").write_text(POLICY.replace("'%'", "10.0.3.7"), encoding="utf-8")
    assert "Terraform" not in "".join(map(str, run(installed, here, ".")))
