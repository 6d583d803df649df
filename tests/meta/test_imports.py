"""What a run may load. Start-up time is imports; these are the guards that `make bench` cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

PROGRAM = """
import sys
from grantlint.cli.main import main
status = main(sys.argv[1:])
if "yaml" in sys.modules:
    import re, yaml
    assert not isinstance(yaml.reader.Reader.NON_PRINTABLE, re.Pattern), "a fifth of a run over one small file"
print(status, *sys.modules, file=sys.stderr)
"""
COMPILED = """
import sys
from re import _compiler
compile, expressions = _compiler.compile, []
_compiler.compile = lambda pattern, flags=0: expressions.append(pattern) or compile(pattern, flags)
from grantlint.cli.main import main
main(sys.argv[1:])
print(sum(map(len, expressions)), file=sys.stderr)
"""
NEVER = {
    "importlib.metadata", "ipaddress", "jsonschema", "ruamel", "ruamel.yaml", "tomllib", "pathlib", "logging", "email",
    "urllib", "asyncio", "decimal", "unittest", "tree_sitter", "tree_sitter_hcl",
    "dataclasses", "inspect", "typing",
}  # fmt: skip
"""What no everyday run needs."""
CLEAN = "users:\n  - user: app\n    host: 10.0.3.7\n    authentication: {secret: vault:app}\n"
PLAYBOOK = "- hosts: db\n  tasks:\n    - mysql_user: name=app host=10.0.3.7 password={{ p }} priv=a.*:SELECT\n"


def loaded(folder: Path, *arguments: str, status: int) -> set[str]:
    """Return the modules that a run loads, after looking at how it ended."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    ended, *modules = ran.stderr.splitlines()[-1].split()
    assert ended == str(status), ran.stdout
    return {*modules}


def test_the_version_is_printed_without_parsing_the_command_line(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "--version", status=0)
    assert (
        modules & (NEVER | {"yaml", "argparse", "subprocess", "difflib", "grantlint.lint.engine", "grantlint_rules"})
        == set()
    )


def test_a_tree_without_accounts_loads_no_reader_and_no_rule(tmp_path: Path) -> None:
    (tmp_path / "ci.yml").write_text("on: push\n", encoding="utf-8")
    modules = loaded(tmp_path, status=4)
    needless = {
        "yaml",
        "subprocess",
        "difflib",
        "grantlint_rules",
        "grantlint.lint.engine",
        "grantlint.reader.yaml.nodes",
    }
    assert modules & (NEVER | needless) == set()


def test_an_empty_repository_asks_git_and_loads_no_reader(tmp_path: Path) -> None:
    (tmp_path / "ci.yml").write_text("on: push\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert loaded(tmp_path, status=4) & (NEVER | {"yaml", "grantlint_rules", "grantlint.lint.engine"}) == set()


@pytest.mark.parametrize(
    ("text", "other"), [(CLEAN, "grantlint.reader.formats.ansible"), (PLAYBOOK, "grantlint.reader.formats.policy")]
)
def test_a_clean_file_loads_its_reader_alone_and_nothing_of_reports(tmp_path: Path, text: str, other: str) -> None:
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    modules = loaded(tmp_path, "x.yml", status=0)
    needless = {
        "contextlib",
        "subprocess",
        "difflib",
        "shutil",
        "grantlint_rules.catalogue",
        "grantlint_rules.spelling.netmask_invalid",
        "grantlint_rules.administration.privilege_file",
        "grantlint.report.findings.machines.json",
        "grantlint.report.redaction",
        "grantlint.lint.suppression.sifting",
        "grantlint.lint.triage.signal",
        "grantlint.run.gate.baseline_file",
        other,
    }
    assert modules & (NEVER | needless) == set()


def test_findings_in_text_load_no_output_for_machines(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(CLEAN.replace("10.0.3.7", "'%'"), encoding="utf-8")
    modules = loaded(tmp_path, "x.yml", status=1)
    assert modules & (NEVER | {"grantlint.report.findings.machines.json", "subprocess"}) == set()


@pytest.mark.parametrize("text", [CLEAN, PLAYBOOK])
def test_a_file_without_statements_loads_none_of_what_replays_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    modules = loaded(tmp_path, "x.yml", status=0)
    needless = {"grantlint.model.step", "grantlint.access.state.outcome", "grantlint.access.server.login"}
    assert modules & needless == set()


def test_a_script_loads_what_its_statements_need(tmp_path: Path) -> None:
    text = "CREATE USER a@'10.0.3.7' IDENTIFIED BY '${P}';\nGRANT SELECT ON b.* TO a@'10.0.3.7';\n"
    (tmp_path / "x.sql").write_text(text, encoding="utf-8")
    modules = loaded(tmp_path, "x.sql", status=0)
    needless = {
        "contextlib",
        "json",
        "grantlint.access.state.acts.denials",
        "grantlint.access.state.acts.tables",
        "grantlint.reader.sql.syntax.statements.setting",
        "grantlint.reader.sql.syntax.statements.tables",
        "grantlint_rules.passwords.set_password_hash",
        "grantlint_rules.server.direct_grant_table_write",
        "grantlint_rules.server.reserved_account_dropped",
    }
    assert modules & (NEVER | needless) == set()


def test_a_finding_with_a_remedy_loads_the_reader_of_its_file_alone(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("CREATE USER a@b IDENTIFIED BY 'x';\n", encoding="utf-8")
    needless = {"yaml", "grantlint.reader.formats.shell.script", "grantlint.reader.formats.puppet.language.lexer"}
    assert loaded(tmp_path, "x.sql", status=1) & needless == set()


def test_a_configuration_file_costs_tomllib_only_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert "tomllib" not in loaded(tmp_path, "x.yml", status=0)
    (tmp_path / "grantlint.toml").write_text("", encoding="utf-8")
    assert "tomllib" in loaded(tmp_path, "x.yml", status=0)


@pytest.mark.parametrize(
    ("file", "text", "most"),
    [
        ("x.sql", "CREATE USER 'a'@'b' IDENTIFIED BY 'x';\nGRANT SELECT ON c.* TO 'a'@'b';\n", 3_800),
        ("x.sh", """#!/bin/sh\nmysql -e "GRANT SELECT ON c.* TO 'a'@'b'"\n""", 7_000),
    ],
)
def test_a_small_file_compiles_few_expressions(file: str, text: str, most: int, tmp_path: Path) -> None:
    """Each character costs 12,000 instructions: all of them were a fifth of such a run."""
    (tmp_path / file).write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", COMPILED, "--no-config", str(tmp_path / file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 < int(ran.stderr.splitlines()[-1]) < most
