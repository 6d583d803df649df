"""Names that nobody chose, in every place of a plan and of a policy: what is printed shows them, and nothing else."""

import io
import json
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.cli.main import main
from grantlint.report.visible import visible

COMMANDS = (["check"], ["check", "-q"], ["table"], ["files"], ["convert"], ["check", "--format", "json"],
            ["table", "--format", "json"], ["files", "--format", "json"])  # fmt: skip
LEADS = st.sampled_from(["", "", "::error::", "\n::error::", "##vso[", "\r", "\x1b[31m", "\ud800", "\u202e"])
NAMES = st.builds(str.__add__, LEADS, st.text(st.characters(codec=None), max_size=12))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("names")
    with chdir(made):
        yield made


@given(user=NAMES, host=NAMES, database=NAMES, server=NAMES)
@examples(50)
def test_names_that_nobody_chose_are_shown(folder: Path, user: str, host: str, database: str, server: str) -> None:
    grant = {"user": user, "host": host, "database": database, "privileges": ["ALL"]}
    resources = [
        {"address": f"{kind}.x", "mode": "managed", "type": kind, "name": "x", "values": grant}
        for kind in ("mysql_user", "mysql_grant")
    ]
    plan = {"format_version": "1.2", "planned_values": {"root_module": {"resources": resources}}}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    policy = {"server": {"name": server}, "users": [{"user": user, "host": host}]}
    (folder / "a.yml").write_text(json.dumps(policy).replace('"users"', '\n"users"'), encoding="utf-8")
    for command in COMMANDS:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            assert main(command) in {0, 1}
        for line in (out.buffer.getvalue() + err.buffer.getvalue()).decode().split("\n"):
            assert line == visible(line)
            assert line.isprintable()
            assert not line.lstrip().startswith(("::", "##"))
            assert "##vso[" not in line
        if "json" in command:
            json.dumps(json.loads(out.buffer.getvalue()), ensure_ascii=False).encode()
