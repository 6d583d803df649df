"""`pytest --grantlint`, run as its users run it: in a pytest of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytestmark = pytest.mark.e2e

BAD = "server: {name: shop, product: mysql-8.4}\nusers:\n  - user: app\n    host: '%'\n"
GOOD = "server: {name: blog, product: mysql-8.4}\nusers:\n  - user: app\n    host: 10.0.3.7\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project with two servers, and a test of its own."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/shop.yml").write_text(BAD, encoding="utf-8")
    (tmp_path / "policies/blog.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "test_own.py").write_text("def test_own() -> None:\n    pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, fail_on: str = "warning") -> tuple[int, str]:
    """Run pytest in a folder; return its exit status and what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["GRANTLINT_FAIL_ON"] = fail_on
    if not fail_on:
        del environment["GRANTLINT_FAIL_ON"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_each_server_and_rule_is_a_test_that_fails_with_the_finding(project: Path) -> None:
    status, said = run(project, "--grantlint", "policies/", "-v", "--junitxml", "out.xml")
    assert status == 1
    assert "policies::shop::any-host FAILED" in said
    assert "policies::blog::any-host PASSED" in said
    assert "test_own.py::test_own PASSED" in said
    assert "warning[any-host]: 'app'@'%' may connect from any host\n --> policies/shop.yml:4:11\n" in said
    assert "Traceback" not in said
    suite = ET.parse(project / "out.xml").getroot()[0]  # noqa: S314 - pytest's own
    failed = [case for case in suite if case.find("failure") is not None]
    assert [(case.get("classname"), case.get("name")) for case in failed] == [("policies.shop", "any-host")]


def test_tests_are_chosen_stopped_at_and_shared_among_processes(project: Path) -> None:
    status, said = run(project, "--grantlint", "policies", "-k", "blog and any-host", "-q")
    assert (status, "2 passed" in said) == (0, True), said
    status, said = run(project, "--grantlint", "policies", "-x", "-q", "-n", "2")
    assert status in {1, 2}, said  # 2: xdist interrupts the others
    assert "1 failed" in said
    status, said = run(project, "-q")
    assert (status, "1 passed" in said) == (0, True), said


def test_what_would_not_fail_the_command_line_fails_no_test(project: Path) -> None:
    asked = ("--grantlint", "policies", "-q", "-k", "any-host")
    assert run(project, *asked, fail_on="")[0] == 0, "a warning, where errors fail"
    (project / "grantlint.toml").write_text('fail-on = "warning"\n', encoding="utf-8")
    assert run(project, *asked, fail_on="")[0] == 1
    recorded = subprocess.run(
        [sys.executable, "-m", "grantlint", "baseline", "policies"], cwd=project, capture_output=True, check=True
    )
    assert b"recorded" in recorded.stdout
    (project / "grantlint.toml").write_text(
        'fail-on = "warning"\nbaseline = "grantlint-baseline.json"\n', encoding="utf-8"
    )
    assert run(project, *asked, fail_on="")[0] == 0, "it is known"


def test_a_file_with_a_fault_fails_and_misuse_is_said(project: Path) -> None:
    (project / "policies/broken.yml").write_text("users:\n  - user: app\n    host: %\n", encoding="utf-8")
    status, said = run(project, "--grantlint", "policies", "-q", "-k", "syntax-error")
    assert (status, "policies::files::syntax-error" in said) == (1, True), said
    status, said = run(project, "--grantlint", "polices", "-q")
    assert status == 4
    assert re.search(r"^ERROR: --grantlint: .*polices", said, re.MULTILINE), said


def test_a_pytest_that_is_not_asked_loads_nothing_of_grantlint(project: Path) -> None:
    (project / "test_own.py").write_text(
        "import sys\n\ndef test_own() -> None:\n"
        "    loaded = {name for name in sys.modules if name.startswith('grantlint')}\n"
        "    assert loaded <= {'grantlint', 'grantlint.platform', 'grantlint.platform.start',\n"
        "                      'grantlint.platform.facade', 'grantlint.doors',\n"
        "                      'grantlint.doors.pytest_plugin'}, loaded\n",
        encoding="utf-8",
    )
    status, said = run(project, "-q")
    assert status == 0, said
