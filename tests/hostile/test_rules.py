"""Rule files that a change brings along, and rules that do to their process what they like."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Run

BAD = "server: {name: x, product: mysql-8.4}\nusers:\n  - user: app\n    host: '%'\n"
GOOD = BAD.replace("'%'", "10.0.0.1\n    authentication: {secret: 'vault:a'}")
RULE = """
import os, signal, sys, threading, time, ctypes, atexit
from grantlint import Problem, Rule, Severity, {adaptor}
class Odd(KeyboardInterrupt): pass
class Base(BaseException): pass
{before}
def check(*things):
    {body}
    return []

RULE = Rule(name="{name}", summary="x", rationale="x", help="x", severity=Severity.INFO,
            check={adaptor}(check), bad=(), good=())
"""
MARK = "open('MARK', 'w').close()"


def rule(folder: Path, body: str = "pass", *, before: str = "", name: str = "wild", adaptor: str = "each_host") -> None:
    folder.mkdir(exist_ok=True)
    text = RULE.format(body=body, before=before, name=name, adaptor=adaptor)
    (folder / f"{name}.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "config",
    [
        ("grantlint.toml", "select = ['wild', 'any-host']\nrules-dir = 'checks'\n", 2),
        ("grantlint.toml", "# rules-dir = 'x'\n\"rules-dir\" = ['checks']\n[severity]\nwild = 'off'\n", 2),
        ("pyproject.toml", "tool.grantlint.rules-dir = 'checks'\n", 1),
        ("pyproject.toml", "[tool.grantlint]\n\"rules\\u002ddir\" = 'checks'\n", 2),
    ],
)
def test_the_rules_of_a_configuration_wait_for_the_caller(
    config: tuple[str, str, int], here: Path, process: Run
) -> None:
    file, text, line = config
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    (here / file).write_text(text, encoding="utf-8")
    rule(here / "checks", before=f"{MARK}\nos._exit(0)")
    for words in ([], ["--scope", ".", "--allow-empty", "--", "x.yml"], ["--config", file, "x.yml"]):
        ran = process("-q", *words)
        assert ran.status == 1, ran
        assert f"{file}:{line}:" in ran.out
        assert "error[rules-not-loaded]: the rule files of checks are not loaded: nobody allowed it" in ran.out
        assert "any-host" in ran.out, "the others report"
    for words in (["rules"], ["rule", "any-host"], ["files"], ["table"], ["convert"], ["why", "a", "--from", "::1"]):
        process(*words)
    assert process("rules").err.startswith(f"grantlint: {file}: the rule files of checks are not loaded")
    assert process(GRANTLINT_ALLOW_RULES_DIR="0").status == 1
    assert not (here / "MARK").exists()
    assert not list(here.rglob("*.pyc"))


@pytest.mark.usefixtures("here")
def test_a_tree_without_accounts_tells_of_rules_that_are_not_loaded(here: Path, process: Run) -> None:
    (here / "grantlint.toml").write_text("rules-dir = 'checks'\n", encoding="utf-8")
    ran = process("--allow-empty", "-q")
    assert ran.status == 1
    assert "grantlint.toml:1:1: error[rules-not-loaded]" in ran.out


def test_the_caller_allows_them_in_three_ways(here: Path, process: Run) -> None:
    (here / "x.yml").write_text(GOOD, encoding="utf-8")
    (here / "grantlint.toml").write_text("rules-dir = 'checks'\n", encoding="utf-8")
    rule(here / "checks", "return [Problem('seen')]")
    assert "info[wild]: seen" in process("-q", "--allow-rules-dir").out
    assert "info[wild]: seen" in process("-q", GRANTLINT_ALLOW_RULES_DIR="1").out
    assert "info[wild]: seen" in process("-q", "--no-config", "--rules-dir", "checks").out
    assert process("-q", "--rules-dir", "checks").out.count("[rules-not-loaded]") == 1
    assert not list(here.rglob("__pycache__")), "nothing is written into the tree"


def test_bytecode_beside_a_rule_file_is_not_run(here: Path, process: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    rule(here / "checks", before=MARK)
    file = here / "checks/wild.py"
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(file)], check=True)
    before = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace(MARK, " " * len(MARK)), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert process("--rules-dir", "checks").status == 1
    assert not (here / "MARK").exists()


ENDS_THE_PROCESS = {
    "os._exit(0)": "exit status 0",
    "os._exit(1)": "exit status 1",
    "os.kill(os.getpid(), signal.SIGKILL)": "signal 9",
    "os.kill(os.getpid(), signal.SIGTERM)": "signal 15",
    "ctypes.string_at(0)": "signal 11",
    "raise KeyboardInterrupt": "exit status 1",
}
RAISES = {
    "sys.exit(0)": "SystemExit",
    "raise SystemExit": "SystemExit",
    "raise Odd": "Odd",
    "raise Base": "Base",
    "raise GeneratorExit": "GeneratorExit",
    "return check()": "RecursionError",
}


@pytest.mark.parametrize("body", ENDS_THE_PROCESS)
def test_a_rule_that_ends_the_process_is_named_and_the_others_report(body: str, here: Path, process: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    rule(here / "checks", body, adaptor="across_accounts")
    rule(here / "checks", "return [Problem('seen')]", name="tame")
    ran = process("--rules-dir", "checks")
    assert ran.status == 3, ran
    assert "any-host" in ran.out
    assert "info[tame]: seen" in ran.out
    assert "crashed: rule wild; what it would have found is missing" in ran.out
    how = ENDS_THE_PROCESS[body]
    said = f"rule wild (rule file checks/wild.py) ended the process that it ran in ({how}); the others have reported"
    assert f"grantlint: {said}\n" in ran.err


@pytest.mark.parametrize("body", RAISES)
def test_a_rule_that_raises_anything_is_named_and_the_others_report(body: str, here: Path, process: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    rule(here / "checks", body)
    ran = process("--format", "json", "--rules-dir", "checks")
    assert ran.status == 3, ran
    assert json.loads(ran.out)["summary"]["crashed_rules"] == ["wild"]
    assert "any-host" in ran.out
    assert ran.err == f"grantlint: rule wild (rule file checks/wild.py) crashed ({RAISES[body]}); --debug shows where\n"


@pytest.mark.parametrize("where", ["before", "body"])
@pytest.mark.parametrize(
    "deed",
    [
        "print('all clean'); sys.stdout.flush(); os.write(1, b'all clean')",
        "sys.stdout.close(); sys.stderr.close()",
        "os.close(0); os.close(1); os.close(2)",
        "sys.stdout = sys.stderr = None",
        "sys.stdout = sys.__stdout__ = open(os.devnull, 'w'); sys.exit = os._exit",
        "os.dup2(os.open(os.devnull, os.O_WRONLY), 1)",
        "atexit.register(os._exit, 0); atexit.register(time.sleep, 60)",
        "threading.Thread(target=time.sleep, args=(60,)).start()",
        "os.fork()",
        "os.fork() or time.sleep(50)",
        "signal.signal(signal.SIGALRM, signal.SIG_IGN); signal.alarm(1)",
        "sys.settrace(None); sys.modules.pop('grantlint', None); sys.path.clear()",
        "import gc; gc.enable(); sys.setrecursionlimit(10_000)",
    ],
)
def test_what_a_rule_does_to_streams_threads_and_exit_changes_no_verdict(
    deed: str, where: str, here: Path, process: Run
) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    rule(here / "checks", deed if where == "body" else "pass", before=deed if where == "before" else "")
    begun = time.monotonic()
    ran = process("--quiet", "--rules-dir", "checks")
    assert ran.status in {1, 3}, ran
    assert "all clean" not in ran.out
    if ran.status == 1:
        assert ran.out.count("any-host") == 1
    assert time.monotonic() - begun < 40, "nothing is waited for"


@pytest.mark.parametrize("before", ["os._exit(0)", "os.kill(os.getpid(), 9)", "sys.exit(0)", "raise Base"])
def test_a_rule_file_that_ends_the_process_while_it_is_loaded_is_named(before: str, here: Path, process: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    rule(here / "checks", before=before)
    for words in (["--allow-empty"], ["--select", "any-host"]):
        ran = process("--rules-dir", "checks", *words)
        assert (ran.status, ran.out) in {(2, ""), (3, "")}
        assert "checks/wild.py" in ran.err


def test_a_process_that_can_tell_nothing_is_no_clean_run(here: Path, process: Run) -> None:
    (here / "x.yml").write_text(GOOD, encoding="utf-8")
    rule(here / "checks", before="os.closerange(3, 99)")
    ran = process("--rules-dir", "checks")
    assert (ran.status, ran.out) == (3, "")
    assert "grantlint: the process ended while " in ran.err  # loading it, or already judging: the pipe tells first
    rule(here / "checks", before="import grantlint.run.judging.plan as j\nj.with_progress = lambda *x: time.sleep(20)\n"
         "threading.Timer(0.1, os._exit, [0]).start()")  # fmt: skip
    ran = process("--rules-dir", "checks")
    assert (ran.status, ran.out) == (3, "")
    assert "grantlint: the process ended while " in ran.err


WITH_CONTROL_C = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""A shell's `... &` ignores the signal, and so does all that is started from there, this suite and its children."""


@pytest.mark.e2e
def test_control_c_ends_rules_that_do_not(here: Path) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    rule(here / "checks", f"{MARK}\n    while True: time.sleep(1)")
    command = [sys.executable, "-c", WITH_CONTROL_C, "-m", "grantlint", "--rules-dir", "checks"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        try:
            while not (here / "MARK").exists():
                assert started.poll() is None, started.communicate()
                time.sleep(0.05)
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=20)
        finally:
            started.kill()
    assert (started.returncode, out, err) == (130, b"", b"grantlint: interrupted\n")


PACK = "[grantlint.rules]\nevil = evil_pack:RULES\n"


@pytest.mark.e2e
@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_python_m_loads_neither_packs_nor_modules_of_the_current_folder(kind: str, here: Path, started: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    (here / f"evil-1.{kind}").mkdir()
    (here / f"evil-1.{kind}/entry_points.txt").write_text(PACK, encoding="utf-8")
    for module in ("evil_pack", "typing", "yaml", "argparse", "json", "difflib", "subprocess", "tomllib", "pathspec"):
        (here / f"{module}.py").write_text(f"{MARK}\nRULES = ()\n", encoding="utf-8")
    (here / "grantlint.toml").write_text("", encoding="utf-8")
    for words in ([], ["rules"], ["--format", "json"], ["--select", "any-host"], ["table"], ["--help"]):
        assert started(*words).status in {0, 1}
        assert not (here / "MARK").exists(), words


def test_a_pack_that_is_installed_and_ends_the_process_is_named(here: Path, process: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    lib = here / "lib"
    (lib / "evil-1.dist-info").mkdir(parents=True)
    (lib / "evil-1.dist-info/entry_points.txt").write_text(PACK, encoding="utf-8")
    rule(lib, "os._exit(0)", name="evil_pack")
    (lib / "evil_pack.py").write_text((lib / "evil_pack.py").read_text("utf-8") + "RULES = (RULE,)\n", "utf-8")
    ran = process(PYTHONPATH=str(lib))
    assert ran.status == 3
    assert "rule evil_pack (pack 'evil') ended the process that it ran in (exit status 0)" in ran.err
    (lib / "evil_pack.py").write_text("import os; os._exit(0)", encoding="utf-8")
    ran = process(PYTHONPATH=str(lib))
    assert (ran.status, ran.out) == (3, "")
    assert "the process ended while loading pack 'evil' (exit status 0): nothing is reported" in ran.err


@pytest.mark.parametrize("name", ["--rules-dir=d.yml", "-q", "--allow-empty", "--no-config", "--config=x.yml"])
def test_the_name_of_a_file_is_no_option(name: str, here: Path, process: Run) -> None:
    (here / name).write_text(BAD, encoding="utf-8")
    rule(here / "d.yml", before=f"{MARK}\nos._exit(0)")
    ran = process(name)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"grantlint: {name} is an option and a file here: write ./{name}, or put -- before the paths\n"
    assert "any-host" in process("--", name).out
    assert f"{name}:4:11" in process(f"./{name}").out
    assert not (here / "MARK").exists()


def test_what_a_configuration_switches_off_stands_in_the_report(here: Path, process: Run) -> None:
    (here / "x.yml").write_text(BAD, encoding="utf-8")
    (here / "grantlint.toml").write_text(
        "select = ['hosts', 'grants']\nignore = ['host-list']\nexclude = ['y.yml']\nadministrators = ['root']\n"
        "[severity]\nany-host = 'off'\nhost-blank = 'info'\n",
        encoding="utf-8",
    )
    clauses = ["select hosts, grants", "ignore host-list", "exclude y.yml", "administrators root"]
    clauses += ["any-host is off", "host-blank is info"]
    ran = process("--output", "concise")
    assert ran.status == 0
    assert f"configuration: grantlint.toml: {'; '.join(clauses)}\n" in ran.out
    assert "configuration: grantlint.toml: ignore" in process("--select", "any-host").out
    summary = json.loads(process("--format", "json").out)["summary"]
    assert (summary["configuration"], summary["switched_off"]) == ("grantlint.toml", clauses)
    (here / "grantlint.toml").write_text("exclude = ['*']\n", encoding="utf-8")
    assert "configuration: grantlint.toml: exclude *\n" in process("--allow-empty").out
    assert "configuration: grantlint.toml: exclude *\n" in process("--scope", ".", "--allow-empty", "--", "x.yml").out
    assert process("--no-config").out.endswith("\nconfiguration: none (--isolated)\n")
    summary = json.loads(process("--isolated", "--format", "json").out)["summary"]
    assert (summary["configuration"], summary["configuration_named_by"]) == (None, "--isolated")
