"""A look at a few files by all of the program, in this process."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grantlint.cli.main import main
from looks import Look, Seen, told


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Look:
    """Return what writes files into an empty folder and looks at them there."""
    monkeypatch.chdir(tmp_path)

    def looked(files: Mapping[str, str], *arguments: str, only: str = ".") -> Seen:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        capfd.readouterr()
        main(["convert", only, "--to", "json"])
        lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
        main(["check", *arguments, "--format", "json", only])
        said = capfd.readouterr()
        report: dict[str, Any] = json.loads(said.out)
        return Seen(
            sorted(filter(None, map(told, lines))),
            [f"{one['path']}:{one['line']}" for one in report["not_checked"]],
            [f"{one['path']}:{one['line']} {one['rule']}" for one in report["findings"]],
            "\n".join(f"{one['message']}\n{one['help'] or ''}" for one in report["findings"]),
            said.err,
        )

    return looked
