"""What a stranger writes into names, paths and values neither steers a terminal nor commands a build server.

Each run is the real program. Its output is bytes, and of them nothing but line breaks and what is seen may come from
a file, a file's name or the command line; a reader of JSON that knows no mercy takes what is said to be JSON.
"""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from unicodedata import category

import pytest

from grantlint.report.findings.outputs import OUTPUTS
from runs import Raw

COMMANDS_TO_A_BUILD = ("::error::x", "##[error]x", "##vso[task.complete]x", "##teamcity[x]", "section_start:1:x")
CHARACTERS = (
    *("\x1b[31m", "\x1b]0;title\x07", "\x00", "\x08", "\x0b", "\x0c", "\r", "\x7f", "\x85", "\x9b31m", "\xa0", "\xad"),
    *("\u034f", "\u061c", "\u115f", "\u180e", "\u2003", "\u200b", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029"),
    *("\u202a", "\u202d", "\u202e", "\u2060", "\u2066", "\u2069", "\u206f", "\u2800", "\u3000", "\u3164", "\ufe0f"),
    *("\ufeff", "\uffa0", "\ufff9", "\ue000", "\U000e0001", "\U000e0100", "a" + "\u0300" * 40, "'\u0338"),
    *(f"{lead}{command}" for lead in ("\n", "\r", "\n  ", "\u2028\u3000", "\r\n") for command in COMMANDS_TO_A_BUILD),
)
HOSTILE = "".join(CHARACTERS)
IN_NAMES = [words for words in CHARACTERS if not {"\0", "'"} & {*words}]
OPENINGS = [f"{lead}{command}" for lead in ("", " ", "\u3000") for command in COMMANDS_TO_A_BUILD]
BAD = "users:\n  - user: app\n    host: '%'\n"
COLOURS = re.compile(
    r"\x1b\[(?:0|1|1;3[13468])m|\x1b\]8;;(?:https://grantlint\.github\.io/grantlint/rules/[a-z-]+/)?\x1b\\"
)

OBEYED = frozenset({"github", "azure"})
"""Outputs whose lines are commands, which end where they should: see the test for them."""

Files = Mapping[str, str]


def of_sql(template: str) -> Files:
    """Return a file of SQL with a statement for each of the texts, quotes and backslashes escaped."""
    words = [each.replace("'", "''").replace("`", "``") for each in CHARACTERS if each != "\0"]
    return {"a.sql": "".join(template.replace("HOSTILE", each) for each in words)}


def of_policy(template: str) -> Files:
    """Return a policy with a file for each of the texts, as escapes of YAML that become the characters."""
    return {f"{n}.yml": template.replace("HOSTILE", json.dumps(each)) for n, each in enumerate((*CHARACTERS, HOSTILE))}


def plan(names: Iterable[str]) -> str:
    """Return a plan of Terraform that makes users of these names."""
    resources = [
        {"address": f"mysql_user.x{n}", "type": "mysql_user", "name": f"x{n}", "mode": "managed",
         "values": {"user": name, "host": "10.0.0.1"}} for n, name in enumerate(names)
    ]  # fmt: skip
    made = {"format_version": "1.2", "terraform_version": "1.5"}
    return json.dumps({**made, "planned_values": {"root_module": {"resources": resources}}})


PLACES: dict[str, Files] = {
    "user": of_sql("CREATE USER 'uHOSTILE'@'%' IDENTIFIED BY 'x'; GRANT ALL ON *.* TO 'uHOSTILE'@'%';\n"),
    "host": of_sql("CREATE USER 'app'@'10.HOSTILE%' ACCOUNT LOCK;\n"),
    "database": of_sql("CREATE USER app@'%'; GRANT SELECT ON `d_HOSTILE`.* TO app@'%';\n"),
    "role": of_sql("CREATE ROLE 'rHOSTILE'; CREATE USER 'app'@'%'; GRANT 'rHOSTILE' TO app@'%';\n"),
    "statement": of_sql("CREATE USER app@'%' HOSTILE; GRANT 'HOSTILE TO app@'%';\n"),
    "user of a policy": of_policy("users:\n  - user: HOSTILE\n    host: '%'\n    grants: [SELECT ON *.*]\n"),
    "comment of an account": of_policy("users:\n  - user: app\n    host: '%'\n    comment: HOSTILE\n"),
    "server name": of_policy(f"server: {{name: HOSTILE}}\n{BAD}"),
    "product": of_policy(f"server: {{product: HOSTILE}}\n{BAD}"),
    "unknown key": of_policy("users:\n  - user: app\n    host: '%'\n    HOSTILE: 1\n"),
    "unknown value": of_policy("users:\n  - user: app\n    host: '%'\n    locked: HOSTILE\n"),
    "suppression": {"a.yml": BAD + "".join(f"# grantlint: ignore[any-host{c}] {c}\n" for c in CHARACTERS if c != "\0")},
    "comment": {"a.sql": "".join(f"CREATE USER app@'%'; -- {c} x\n/* {c} */\n" for c in CHARACTERS if c != "\0")},
    "raw in YAML": {f"{n}.yml": BAD.replace("app", f'"{c}"') for n, c in enumerate(CHARACTERS)},
    "path": {
        **{f"{words.replace('/', '')}.yml": BAD for words in (*IN_NAMES, *OPENINGS)},
        **{f"{words.replace('/', '')}/a.yml": BAD for words in (*IN_NAMES[:40:3], *OPENINGS)},
        **{f"{os.fsdecode(words)}.yml": BAD for words in (b"\xff", b"caf\xe9", b"\xc0\xaf", b"\x9b31m")},
    },
    "plan": {"plan.json": plan(f"{words}\ud800" for words in CHARACTERS)},
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "."),
    "check -q": ("check", "-q", "."),
    "check json": ("check", "--output", "json", "."),
    "why": ("why", f"app{HOSTILE[1:]}".translate({0: "", 10: ""}), "--from", "10.0.0.1", "."),  # lines are no name
    "why json": ("why", "app", "--from", "10.0.0.1", "--format", "json", "."),
    "table": ("table", "."),
    "table json": ("table", "--format", "json", "."),
    "files": ("files", "."),
    "files json": ("files", "--format", "json", "."),
    "convert": ("convert", "."),
    **{f"parse {place}": ("parse", f"{place}/a.sql") for place, files in PLACES.items() if "a.sql" in files},
}
ARGUMENTS: tuple[tuple[str, ...], ...] = (
    ("check", "HOSTILE"),
    ("HOSTILE",),
    ("check", "--server", "HOSTILE"),
    ("check", "--select", "HOSTILE"),
    ("check", "--input-format", "HOSTILE"),
    ("check", "--format", "HOSTILE"),
    ("check", "--config", "HOSTILE"),
    ("check", "--rules-dir", "HOSTILE"),
    ("check", "--HOSTILE"),
    ("check", "-q", "-HOSTILE=HOSTILE"),
    ("check", "--scope", "HOSTILE"),
    ("check", "--stdin-filename", "HOSTILE.yml", "-"),
    ("parse", "HOSTILE"),
    ("parse", "a.sql", "--server", "HOSTILE"),
    ("rule", "HOSTILE"),
    ("rules", "HOSTILE"),
    ("schema", "HOSTILE"),
    ("why", "HOSTILE", "--from", "HOSTILE", "."),
    ("why", "HOSTILE", "--from", "web=10.0.0.1", "-d", "HOSTILE", "."),
    ("why", "app", "--from", "10.0.0.1", "-p", "HOSTILE", "."),
    ("why", "app", "--from", "10.0.0.1=HOSTILE", "."),
)


def dishonest(output: bytes) -> Iterator[str]:
    """Yield what in an output is not seen as what it is, or would be obeyed."""
    text = output.decode()
    for line in text.split("\n"):
        for character in line:
            kind = category(character)
            if kind[0] == "C" or kind in {"Zl", "Zp"} or (kind == "Zs" and character != " "):
                yield f"{character!r} in {line!r}"
            elif character in "\u034f\u115f\u1160\u2800\u3164\uffa0\u180b\ufe0f\ufe00\U000e0100":
                yield f"{character!a} in {line!r}"
        if re.search(r"[\u0300-\u036f]{9}|['\"]\u0338", line):
            yield f"a flood of marks in {line!r}"
        if re.match(r"\s*(?:::|section_|travis_)", line) or re.search(r"##\w*\[", line):
            yield f"a command: {line!r}"


def strictly_read(output: bytes) -> object:
    """Return what JSON says, to a reader that refuses NaN, half a surrogate pair and bytes that are no UTF-8."""

    def refuse(word: str) -> object:
        raise AssertionError(word)

    found: object = json.loads(output.decode("ascii"), parse_constant=refuse)
    json.dumps(found, ensure_ascii=False).encode()
    return found


def write(folder: Path, files: Files) -> None:
    """Write files; a carriage return in them stays one."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with all places, each in a folder of its own, and files whose names are the place."""
    folder = tmp_path_factory.mktemp("tree")
    for place, files in PLACES.items():
        write(folder, {name if place == "path" else f"{place}/{name}": text for name, text in files.items()})
    return folder


@pytest.fixture(scope="module")
def reports(tree: Path, raw: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with what one run says in each output."""
    folder = tmp_path_factory.mktemp("reports")
    ran = raw("check", *(f"--output={name}:{folder / name}" for name in OUTPUTS), ".", folder=tree)
    assert ran.status == 1, ran.err.decode()
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_stands_in_a_file_or_its_name_acts(command: str, tree: Path, raw: Raw) -> None:
    ran = raw(*COMMANDS[command], folder=tree)
    assert ran.status in {0, 1}, ran.err.decode()
    assert len(ran.out) > 1000
    assert [*dishonest(ran.out), *dishonest(ran.err)] == []
    if "json" in command:
        strictly_read(ran.out)


@pytest.mark.parametrize("output", [name for name in OUTPUTS if name not in OBEYED])
def test_nor_does_it_in_any_output(output: str, reports: Path) -> None:
    said = (reports / output).read_bytes()
    assert len(said) > 1000
    assert [*dishonest(said)] == []
    if "json" in output and output != "json-lines":
        strictly_read(said)


@pytest.mark.parametrize(
    ("output", "command"),
    [
        ("github", rb"::(?:error|warning|notice) (?:file=[^,:]*,[\w=,]*,title=[\w-]+ \(grantlint\)|title=grantlint)::"),
        ("azure", rb"##vso\[task\.logissue type=(?:error|warning);(?:[a-z]+=[^;\]]*;)*\]"),
    ],
)
def test_a_command_to_a_build_server_is_whole_and_holds_no_other(output: str, command: bytes, reports: Path) -> None:
    lines = (reports / output).read_bytes().splitlines()
    assert len(lines) > 100
    for line in lines:
        found = re.match(command, line)
        assert found, line
        assert not re.search(rb"::|##\w*\[", line[found.end() :]), line
        assert [*dishonest(line[found.end() :])] == []


@pytest.mark.parametrize("opening", ["", COMMANDS_TO_A_BUILD[0]])
@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_nothing_on_the_command_line_acts(arguments: tuple[str, ...], opening: str, tmp_path: Path, raw: Raw) -> None:
    write(tmp_path, {"a.sql": f"CREATE USER app@'%';\nCREATE USER '{opening}'@'%';\n"})
    hostile = (opening or f"x{HOSTILE}\udcff").replace("\0", "")
    given = [each.replace("HOSTILE", hostile) for each in arguments]
    ran = raw(*given, folder=tmp_path)
    assert ran.status in {0, 1, 2, 4}, ran.err.decode()
    assert ran.err or b"::" in ran.out or b"#" in ran.out, "what was given is answered"
    assert [*dishonest(ran.out), *dishonest(ran.err)] == []


@pytest.mark.parametrize("opening", OPENINGS[::4])
def test_parse_begins_no_line_with_a_path_that_is_a_command(opening: str, tmp_path: Path, raw: Raw) -> None:
    write(tmp_path, {f"{opening}.sql": "CREATE USER app@'%';"})
    ran = raw("parse", f"{opening}.sql", folder=tmp_path)
    assert ran.out.count(b"\n") == 1
    assert [*dishonest(ran.out), *dishonest(ran.err)] == []


SETTINGS = (
    *("select = [HOSTILE]", "server = [HOSTILE]", "exclude = HOSTILE", "rules-dir = HOSTILE", "HOSTILE = 1"),
    *("severity = {HOSTILE = 'off'}", "severity = {any-host = HOSTILE}", "severity = HOSTILE", 'x = "\x1b"'),
)


@pytest.mark.parametrize("setting", SETTINGS)
def test_nothing_in_a_configuration_acts(setting: str, tmp_path: Path, raw: Raw) -> None:
    words = "".join(f"\\U{ord(character):08x}" for character in HOSTILE)
    write(tmp_path, {"grantlint.toml": setting.replace("HOSTILE", f'"{words}"'), "a.yml": BAD})
    for command in ("check", "rules"):
        ran = raw(command, folder=tmp_path)
        assert ran.status in {0, 1, 2}, ran.err.decode()
        assert [*dishonest(ran.out), *dishonest(ran.err)] == []


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_a_traceback_and_a_rule_of_a_stranger_act_no_more(encoding: str, tmp_path: Path, raw: Raw) -> None:
    write(
        tmp_path, {f"rules{os.fsdecode(bytes([255]))}\n::error::x/a.py": f"raise ValueError({HOSTILE!r})", "a.yml": BAD}
    )
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    ran = raw("--rules-dir", folder.name, "--debug", ".", folder=tmp_path, PYTHONIOENCODING=encoding)
    assert ran.status == 2
    assert b"Traceback" in ran.err
    assert [*dishonest(ran.out), *dishonest(ran.err)] == []


@pytest.mark.parametrize("command", ["check", "why", "table", "files", "convert"])
@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii:strict"}],
    ids=["C", "ascii"],
)
def test_an_output_that_cannot_encode_gets_escapes(
    environment: dict[str, str], command: str, tmp_path: Path, raw: Raw
) -> None:
    write(tmp_path, {**PLACES["user"], "gr\xfc\xdfe \u65e5\u672c.yml": BAD.replace("app", "gr\xfc\xdfe-\u65e5\u672c")})
    write(tmp_path, {f"{os.fsdecode(words)}.yml": BAD for words in (b"\xff", b"caf\xe9")})
    ran = raw(*COMMANDS[command], folder=tmp_path, **environment)
    assert ran.status in {0, 1}, ran.err.decode()
    assert (ran.out + ran.err).isascii()
    assert [*dishonest(ran.out), *dishonest(ran.err)] == []


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_what_convert_prints_reads_back_as_the_same_names(encoding: str, tmp_path: Path, raw: Raw) -> None:
    names = [
        f"u{words}x"[:32]
        for words in (*CHARACTERS, *OPENINGS, "gr\xfc\xdfe \u65e5\u672c", "\\x1b", "'#: \\")
        if "\0" not in words and words < "\U00010000"  # a server stores no others
    ]
    write(tmp_path, {"plan.json": plan(names)})
    converted = raw("convert", ".", folder=tmp_path, PYTHONIOENCODING=encoding)
    assert [*dishonest(converted.out)] == []
    write(tmp_path, {"again/a.yml": converted.out.decode(encoding)})
    tables = [
        strictly_read(raw("table", "--format", "json", path, folder=tmp_path).out) for path in ("plan.json", "again")
    ]
    (before, after) = ([{row["user"] for row in one["rows"]} for one in table["servers"]] for table in tables)
    assert before
    assert before[0] == {*names}
    assert after == before


@pytest.mark.skipif(not shutil.which("node"), reason="another reader of JSON than Python's is missing")
def test_json_is_what_another_strict_reader_takes(tree: Path, raw: Raw) -> None:
    program = """
        const {readFileSync} = require("fs");
        const strict = new TextDecoder("utf-8", {fatal: true});
        const whole = (one) => typeof one === "string" ? one.isWellFormed()
            : one === null || typeof one !== "object" || Object.entries(one).flat().every(whole);
        if (!whole(JSON.parse(strict.decode(readFileSync(0))))) throw new Error("half a surrogate pair");
    """
    for command in ("check json", "files json", "table json", "why json"):
        out = raw(*COMMANDS[command], folder=tree).out
        assert len(out) > 1000
        subprocess.run(["node", "-e", program], input=out, check=True, timeout=60)


@pytest.mark.e2e
@pytest.mark.parametrize("place", ["user", "path", "comment", "server name"])
def test_on_a_terminal_the_colours_are_the_reports_own(place: str, tmp_path: Path) -> None:
    write(tmp_path, PLACES[place])
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "grantlint", "."], cwd=tmp_path, stdout=theirs, stderr=theirs,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while piece := _piece(ours):
        shown += piece
    assert running.wait(60) == 1
    lines = shown.replace(b"\r\n", b"\n")
    assert COLOURS.search(lines.decode())
    assert [*dishonest(COLOURS.sub("", lines.decode()).encode())] == []


def _piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""
