"""Slips of rules that others wrote: each names its rule and file, the others still report."""

from pathlib import Path

import pytest

from forks import Forks
from runs import Run, in_a_process

RULE = """\
from grantlint import *
def check(account, settings):
    {0}
RULE = Rule(name="slip", summary="s", rationale="r", help="h", severity=Severity.ERROR, check=each_account(check),
            bad=(), good=())
"""
SLIPS = {
    "return 7": "crashed (TypeError)",
    "yield 'a text'": "is wrong: its check yields of type str, which is no Problem",
    "yield Problem(7)": "is wrong: the message of a Problem is of type int, and has to be a text",
    "yield Problem('m', 7)": "is wrong: the span of a Problem is none of a file that was read",
    "yield Problem('m', related=['x'])": "is wrong: the related places of a Problem are not a tuple of Related",
    "yield Problem('m', remedy='x')": "is wrong: the remedy of a Problem is of type str, which is none",
    "yield Problem('m', help=None)": "is wrong: the help of a Problem is of type NoneType, and has to be a text",
    "yield Problem('m', remedy=Write(7, 8, Effect.NONE))": "crashed (AttributeError)",
    "raise ValueError('geheim')": "crashed (ValueError)",
}


@pytest.mark.parametrize("body", SLIPS)
def test_a_slip_names_its_rule_and_file(
    body: str, tmp_path: Path, forks: Forks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/slip.py").write_text(RULE.format(body), encoding="utf-8")
    (tmp_path / "p.yml").write_text("users:\n  - user: app\n    host: '%'\n", encoding="utf-8")
    run: Run = in_a_process("grantlint", forks)
    ran = run("--rules-dir", "rules", "--output", "concise")
    assert ran.status == 3, ran
    assert f"rule slip (rule file rules/slip.py) {SLIPS[body]}" in ran.err
    assert "any-host" in ran.out
    assert "geheim" not in ran.out + ran.err
    assert "Traceback" not in ran.err
