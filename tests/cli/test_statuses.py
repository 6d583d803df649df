"""How runs end, and what the options do."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Run

OPEN = "users:\n  - user: app\n    host: '%'\n"
CLOSED = "users:\n  - user: app\n    host: 10.0.0.1\n"
CRASHING_RULE = """
from grantlint import Rule, Severity, each_host

def check(host, installation):
    raise ValueError("a secret that was in the file")

RULE = Rule(name="always-crashes", summary="x", rationale="x", help="x", severity=Severity.INFO,
            check=each_host(check), bad=(), good=())
"""


def test_clean_is_0_and_findings_are_1(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text(CLOSED, encoding="utf-8")
    ran = grantlint("x.yml")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("1 file, 1 account, 1 server: no findings\n")
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    assert grantlint("x.yml").status == 1


@pytest.mark.parametrize(
    "arguments",
    ["gone.yml", "--format xml", "--nonsense", "--server oracle-19", "--select nonsense", "--ignore nonsense",
     "--config gone.toml", "--rules-dir gone", "rule nonsense", "rule", "rules extra", "schema nonsense",
     "--stdin-filename x.yml", "--scope gone", "-- --select", "--server ,", "--config ."],
)  # fmt: skip
def test_misuse_is_2_and_a_sentence(arguments: str, grantlint: Run) -> None:
    ran = grantlint(*arguments.split())
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("grantlint: ")


def test_a_broken_configuration_is_2(here: Path, grantlint: Run) -> None:
    (here / "grantlint.toml").write_text("selct = []\n", encoding="utf-8")
    assert grantlint(".") == (
        2, "", "grantlint: grantlint.toml:1: no setting is named 'selct'; did you mean 'select'?\n",
    )  # fmt: skip
    assert grantlint("--no-config", ".").status == 4


def test_a_rule_that_crashes_is_3_and_named_and_the_others_report(here: Path, process: Run) -> None:
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    (here / "checks").mkdir()
    (here / "checks/crash.py").write_text(CRASHING_RULE, encoding="utf-8")
    ran = process("--rules-dir", "checks", "x.yml")
    assert ran.status == 3
    assert "any-host" in ran.out
    assert "crashed: rule always-crashes" in ran.out
    assert (
        ran.err
        == "grantlint: rule always-crashes (rule file checks/crash.py) crashed (ValueError); --debug shows where\n"
    )
    debugged = process("--debug", "--rules-dir", "checks", "x.yml")
    assert debugged.status == 3
    assert "Traceback" in debugged.err
    assert json.loads(process("--format", "json", "--rules-dir", "checks", "x.yml").out)["summary"][
        "crashed_rules"
    ] == ["always-crashes"]


def test_a_fault_of_grantlint_is_3_with_a_sentence(here: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from grantlint.reader.files import formats  # noqa: PLC0415 - broken on purpose here

    def broken(self: formats.Format, source: object) -> None:
        raise AttributeError(self, source)

    monkeypatch.setattr(formats.Format, "read", broken)
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    ran = grantlint("x.yml")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "grantlint: internal error while reading x.yml (AttributeError): please report what --debug prints\n"
    )
    assert "Traceback" in grantlint("--debug", "x.yml").err


def test_nothing_to_check_is_4_unless_it_is_allowed(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text("- apt: name=mysql_client\n", encoding="utf-8")
    assert grantlint().status == 4
    assert grantlint("--allow-empty").status == 0
    assert json.loads(grantlint("--format", "json").out)["findings"] == []


def test_clean_ups_alone_are_clean(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text("- hosts: db\n  tasks:\n  - mysql_user: name='' state=absent host_all=yes\n", "utf-8")
    assert grantlint().status == 0


def test_standard_input_is_read_as_the_file_it_stands_for(here: Path, process: Run) -> None:
    ran = process("--quiet", "-", stdin=OPEN.encode())
    assert (ran.status, ran.out) == (1, "<stdin>:3:11: warning[any-host]: 'app'@'%' may connect from any host\n")
    ran = process("--quiet", "-", "--stdin-filename", "p/x.yml", stdin=OPEN.encode())
    assert ran.out.startswith("p/x.yml:3:11: ")
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    ran = process("--quiet", "-", "--stdin-filename", "x.yml", "--scope", ".", stdin=CLOSED.encode())
    assert (ran.status, ran.out) == (0, ""), "what an editor holds stands in for what is on the disk"
    assert process("-", stdin=b"").status == 4


def test_select_ignore_and_severities_choose_what_is_reported(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    assert grantlint("--ignore", "any-host", "x.yml").status == 0
    assert grantlint("--select", "duplicate-account,anonymous-account", "x.yml").status == 0
    assert "[any-host]" in grantlint("--select", "hosts", "x.yml").out
    assert grantlint("--select", "hosts", "--ignore", "dev-sec-5.1:mysql-db-07", "x.yml").status == 0
    assert grantlint("--select", "secrets,precedence", "x.yml").status == 0
    (here / "grantlint.toml").write_text("[severity]\nany-host = 'error'\n", encoding="utf-8")
    assert "error[any-host]" in grantlint("x.yml").out
    (here / "grantlint.toml").write_text("[severity]\nany-host = 'off'\n", encoding="utf-8")
    assert grantlint("x.yml").status == 0
    (here / "grantlint.toml").write_text("[severity]\nany-hots = 'off'\n", encoding="utf-8")
    assert grantlint("x.yml").err == (
        "grantlint: grantlint.toml:2: severity.any-hots: no rule is named 'any-hots'; did you mean 'any-host'?\n"
    )


def test_the_command_line_comes_before_the_configuration(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    (here / "grantlint.toml").write_text("ignore = 'any-host'\nserver = 'mysql-8.4'\n", encoding="utf-8")
    assert "judged as: mysql-8.4\n" in grantlint("x.yml").out
    assert "judged as: mariadb-11.8\n" in grantlint("--server", "mariadb-11.8", "x.yml").out
    assert grantlint("x.yml").status == 0
    assert grantlint("--no-config", "x.yml").status == 1


def test_a_server_of_the_configuration_is_for_files_that_name_none(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text(f"server: {{product: mariadb-10.11}}\n{CLOSED}", encoding="utf-8")
    (here / "grantlint.toml").write_text("server = 'mysql-8.4'\n", encoding="utf-8")
    assert "judged as: mariadb-10.11\n" in grantlint("x.yml").out
    assert "judged as: mysql-5.7\n" in grantlint("--server", "mysql-5.7", "x.yml").out
    (here / "x.yml").write_text(CLOSED, encoding="utf-8")
    assert "judged as: mysql-8.4\n" in grantlint("x.yml").out


def test_administrators_of_the_configuration_count(here: Path, grantlint: Run) -> None:
    text = CLOSED + "    grants: [{privileges: [ALL], target: '*.*'}]\n"
    (here / "x.yml").write_text(text, encoding="utf-8")
    assert grantlint("--select", "all-privileges-global", "x.yml").status == 1
    (here / "grantlint.toml").write_text("administrators = ['app']\n", encoding="utf-8")
    assert grantlint("--select", "all-privileges-global", "x.yml").status == 0


SHADOWED = "server: {{name: shop, product: mysql-8.4}}\nusers:\n  - user: {user}\n    host: '{host}'\n"


def test_a_scope_is_seen_whole_and_reported_in_part(here: Path, grantlint: Run) -> None:
    (here / "a.yml").write_text(SHADOWED.format(user="''", host="10.0.3.7"), encoding="utf-8")
    (here / "b.yml").write_text(SHADOWED.format(user="app", host="10.0.3.%"), encoding="utf-8")
    (here / "c.yml").write_text(OPEN, encoding="utf-8")
    alone = grantlint("--quiet", "b.yml")
    assert (alone.status, alone.out) == (0, "")
    scoped = grantlint("--quiet", "--scope", ".", "b.yml")
    assert scoped.status == 1
    assert {line.split(":")[0] for line in scoped.out.splitlines()} == {"b.yml"}
    assert "anonymous-shadows-named" in scoped.out
    other_side = grantlint("--quiet", "--scope", ".", "a.yml")
    assert "b.yml:4:11: error[anonymous-shadows-named]" in other_side.out, "the changed file makes the finding"
    assert "c.yml" not in other_side.out


def test_a_command_is_the_first_word_and_a_folder_of_that_name_is_reached(here: Path, grantlint: Run) -> None:
    (here / "rules").mkdir()
    (here / "rules/x.yml").write_text(OPEN, encoding="utf-8")
    assert grantlint("rules").out.startswith("any-host ")
    for words in (["check", "rules"], ["./rules"], ["--quiet", "rules"]):
        assert "x.yml:3:11" in grantlint(*words).out


def test_rules_are_listed_and_explained(grantlint: Run) -> None:
    listed = json.loads(grantlint("rules", "--format", "json").out)
    assert listed["version"] == 1
    names = [rule["name"] for rule in listed["rules"]]
    faults = [fault["name"] for fault in listed["faults"]]
    rules, _, always = grantlint("rules").out.partition("\nalways reported, of a file itself:\n")
    assert [line.split()[0] for line in rules.splitlines()] == names
    assert [line.split()[0] for line in always.splitlines()] == faults
    for name in names + faults:
        page = grantlint("rule", name)
        assert page.status == 0
        assert page.out.startswith(f"{name} (")
        assert ("What to do: " in page.out) == (name in names)


@pytest.mark.parametrize("name", ["policy", "findings"])
def test_schemas_are_printed(name: str, grantlint: Run) -> None:
    assert json.loads(grantlint("schema", name).out)["$schema"].endswith("2020-12/schema")


def test_the_version_is_printed_by_each_door(process: Run, grantlint: Run) -> None:
    printed = grantlint("--version").out
    assert printed.startswith("grantlint 0.")
    assert process("--version").out == printed
    assert grantlint("--version", "--quiet").out == printed


@pytest.mark.e2e
def test_colours_are_for_terminals_that_want_them(here: Path) -> None:
    (here / "x.yml").write_text(OPEN, encoding="utf-8")

    def shown(*options: str, **environment: str) -> str:
        master, slave = os.openpty()
        subprocess.run(
            [sys.executable, "-m", "grantlint", "x.yml", *options],
            stdout=slave, stderr=subprocess.PIPE, check=False, env={**os.environ, "TERM": "xterm", **environment},
        )  # fmt: skip
        os.close(slave)
        read = os.read(master, 1 << 16).decode()
        os.close(master)
        return read

    assert "\x1b[1;33mwarning[any-host]" in shown()
    assert "\x1b" not in shown("--no-color")
    assert "\x1b" not in shown(NO_COLOR="1")
    assert "\x1b" not in shown(TERM="dumb")


@pytest.mark.e2e
def test_a_reader_that_has_seen_enough_is_no_error(here: Path) -> None:
    users = "".join(f"  - user: u{n}\n    host: '%'\n" for n in range(3000))
    (here / "x.yml").write_text(f"users:\n{users}", encoding="utf-8")
    command = f"{sys.executable} -m grantlint x.yml | head -1; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    first, status = ran.stdout.splitlines()
    assert first.startswith("warning[any-host]: ")
    assert (status, ran.stderr) == ("1", "")
    command = f"{sys.executable} -m grantlint --help | true; {sys.executable} -m grantlint rules | true"
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=False).stderr == b""


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("- <&-", "2 grantlint: standard input cannot be read: [Errno 9] Bad file descriptor"),
        ("x.yml >&-", "1 "),
        ("x.yml >/dev/full", "2 grantlint: the report cannot be written: No space left on device"),
        ("'' ", "2 grantlint: a path is empty"),
        ("-q -- x.yml | cat", "1 "),
    ],
)
def test_what_a_shell_does_to_the_streams_is_told(command: str, said: str, here: Path) -> None:
    (here / "x.yml").write_text(OPEN, encoding="utf-8")
    script = f"set -o pipefail; {sys.executable} -m grantlint {command} > /dev/null" if ">" not in command else ""
    script = script or f"{sys.executable} -m grantlint {command}"
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert f"{ran.returncode} {ran.stderr.strip()}" == said


@pytest.mark.e2e
def test_a_current_folder_that_is_gone_is_a_sentence(here: Path) -> None:
    script = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m grantlint ."
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, cwd=here)
    assert ran.returncode == 2
    assert ran.stderr.startswith("grantlint: ")
    assert ran.stderr.count("\n") == 1


WITH_CONTROL_C = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""A shell's `... &` ignores the signal, and so does all that is started from there, this suite and its children."""


@pytest.fixture(params=[signal.default_int_handler, signal.SIG_IGN], ids=["as ever", "ignored"])
def disposition(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run a test with the interrupt signal handled, and ignored."""
    before = signal.signal(signal.SIGINT, request.param)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.e2e
@pytest.mark.usefixtures("disposition")
def test_control_c_is_130_and_one_line(here: Path) -> None:
    command = [sys.executable, "-c", WITH_CONTROL_C, "-X", "importtime", "-m", "grantlint", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=here, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as started:
        try:
            assert started.stderr is not None
            for line in started.stderr:  # wait until it is about to read standard input, to which nobody writes
                if "grantlint.reader.files.discovery" in line:
                    break
            with pytest.raises(subprocess.TimeoutExpired):
                started.wait(1)
            started.send_signal(signal.SIGINT)
            _, err = started.communicate(timeout=20)
        finally:
            started.kill()
    assert started.returncode == 130
    assert [line for line in err.splitlines() if not line.startswith("import time:")] == ["grantlint: interrupted"]


def test_the_list_of_rules_shows_the_tags_that_choose_them(grantlint: Run) -> None:
    listed = grantlint("rules").out
    assert "An account that may connect from anywhere  [hosts]\n" in listed
    rules = json.loads(grantlint("rules", "--format", "json").out)["rules"]
    assert next(rule["tags"] for rule in rules if rule["name"] == "any-host") == ["hosts"]


def test_a_profile_says_which_rules_run_and_the_summary_which_one_passes(grantlint: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("users:\n  - user: app\n    host: '%'\n", encoding="utf-8")
    ran = grantlint("--profile", "correctness", "x.yml")
    assert ran.status == 0
    assert "profile correctness: passed\n" in ran.out
    ran = grantlint("x.yml")
    assert ran.status == 1
    assert "profile default: not passed; correctness is\n" in ran.out
    ran = grantlint("--profile", "correctness", "--select", "any-host", "x.yml")
    assert "any-host" in ran.out, "a rule that is named runs in any profile"
    assert "profile correctness: not judged, since rules of it are left out\n" in ran.out
    (tmp_path / "grantlint.toml").write_text('profile = "correctness"', encoding="utf-8")
    assert grantlint("x.yml").status == 0
    assert grantlint("--profile", "default", "x.yml").status == 1
    (tmp_path / "grantlint.toml").write_text('profile = "strict"', encoding="utf-8")
    assert "profile takes one of correctness, default, hardened, pedantic, not 'strict'" in grantlint("x.yml").err


def test_entries_for_paths_choose_what_is_reported_there(here: Path, grantlint: Run) -> None:
    for name in ("old/a.yml", "old/b/c.yml", "new/a.yml"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(OPEN, encoding="utf-8")
    (here / "old/broken.yml").write_text("users: [{user: app, host: '%'\n", encoding="utf-8")
    config = here / "grantlint.toml"
    config.write_text("[[path]]\nglobs = ['old']\nignore = ['any-host', 'syntax-error']\n", encoding="utf-8")
    ran = grantlint("--format", "json", ".")
    told = json.loads(ran.out)
    assert [(one["rule"], one["path"]) for one in told["findings"]] == [
        ("any-host", "new/a.yml"), ("syntax-error", "old/broken.yml"),
    ]  # fmt: skip
    assert told["summary"]["accounts"] == 3, "an account there counts all the same"
    assert told["summary"]["kept_back"] == 2
    assert told["summary"]["switched_off"] == ["path old: ignore any-host, ignore syntax-error"]
    config.write_text("[[path]]\nglobs = ['old/*.yml']\nseverity = 'info'\n", encoding="utf-8")
    found = json.loads(grantlint("--format", "json", ".").out)["findings"]
    assert {(one["path"], one["severity"]) for one in found if one["rule"] == "any-host"} == {
        ("new/a.yml", "warning"), ("old/a.yml", "info"), ("old/b/c.yml", "info"),
    }  # fmt: skip
    config.write_text("[[path]]\nglobs = ['old']\nprofile = 'correctness'\n", encoding="utf-8")
    assert "old/a.yml" not in grantlint("--quiet", ".").out
