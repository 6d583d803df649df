"""Whatever a file holds, the answer is a sentence with a place, and never a traceback."""

import os
from pathlib import Path

import pytest

from .conftest import Ran, Run

HEAD = "users:\n  - user: app\n    host: 10.0.0.1\n"
POLICY = f"{HEAD}    authentication: {{secret: vault:app}}\n"


def named(ran: Ran) -> set[str]:
    """Return the names of what a quiet run reports, after looking that it ended as it should."""
    assert "Traceback" not in ran.out + ran.err
    assert "internal error" not in ran.err
    return {line.split("[", 1)[1].split("]", 1)[0] for line in ran.out.splitlines() if "[" in line}


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (POLICY.encode() + b"\0", "file-encoding", "NUL"),
        (f"{POLICY}    comment: caf\xe9\n".encode("latin-1"), "file-encoding", "byte 0xe9"),
        (b"users:\n  - user: a\n    host: %\n", "syntax-error", "quote"),
        (b"users:\n\t- user: a\n", "syntax-error", "tab"),
        (f"{POLICY}    comment: {'[' * 10_000}".encode(), "syntax-error", "levels deep"),
        (f"{POLICY}    comment:\n      {'- ' * 10_000}x\n".encode(), "syntax-error", "levels deep"),
        (b"users:\n  - user: a\x01\n", "syntax-error", "control character"),
        (b"users:\n  - user: *nobody\n", "syntax-error", "alias"),
        (b'users:\n  - user: "open\n', "syntax-error", "closed"),
    ],
)
@pytest.mark.parametrize("walk", [False, True])
def test_what_cannot_be_read_is_a_finding(
    content: bytes,
    rule: str,
    words: str,
    walk: bool,  # noqa: FBT001 - a parameter
    here: Path,
    grantlint: Run,
) -> None:
    (here / "x.yml").write_bytes(content)
    ran = grantlint("--quiet", "." if walk else "x.yml")
    assert ran.status == 1, ran
    assert rule in named(ran)
    assert words in ran.out


def test_utf16_with_a_byte_order_mark_is_read(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_bytes(HEAD.replace("10.0.0.1", "'%'").encode("utf-16"))
    ran = grantlint("--select", "any-host", "x.yml")
    assert "warning[any-host]: " in ran.out
    assert " --> x.yml:3:11\n" in ran.out
    assert "3 |     host: '%'\n  |           ^^^\n" in ran.out


def test_an_alias_bomb_is_refused_or_read_within_bounds(here: Path, grantlint: Run) -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    (here / "x.yml").write_text(f"a0: &a0 {{user: x, host: y}}\n{levels}users: *a11\n", encoding="utf-8")
    ran = grantlint("--quiet", "x.yml")
    assert ran.status == 1
    assert named(ran)


def test_an_alias_bomb_of_tasks_is_refused_or_read_within_bounds(here: Path, grantlint: Run) -> None:
    levels = "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    text = f"- vars:\n  a0: &a0 {{mysql_user: {{name: x, host: y}}}}\n{levels}  tasks: *a11\n  hosts: db\n"
    (here / "x.yml").write_text(text, encoding="utf-8")
    ran = grantlint("--quiet", "--allow-empty", "x.yml")
    assert ran.status in {0, 1}
    named(ran)


@pytest.mark.slow
def test_fifty_megabytes_of_something_else_are_passed_over(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_bytes(b"- item: filler\n" * (50_000_000 // 15))
    ran = grantlint("x.yml")
    assert ran.status == 4
    assert ran.err == "grantlint: nothing to check: no account declaration in x.yml (1 x no account words in it)\n"


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [("x.yml", 'pin: "4711\nb: 1\n', "x.yml:1:6"), ("x.json", '{"pin": [4711,}', "x.json:1:15")],
)
def test_a_file_that_is_named_and_no_yaml_is_a_syntax_error_whatever_words_it_has(
    file: str, text: str, place: str, here: Path, grantlint: Run
) -> None:
    (here / file).write_text(text, encoding="utf-8")
    ran = grantlint(file)
    assert (ran.status, named(ran)) == (1, {"syntax-error"})
    assert place in ran.out
    assert "4711" not in ran.out
    assert grantlint(".").status == 4, "in a folder it is none of ours"


def test_a_template_that_is_named_may_be_yaml_once_it_is_filled_in(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text('a: {{ x }}\nb: "\n', encoding="utf-8")
    assert grantlint("x.yml").status == 4


@pytest.mark.slow
def test_fifty_megabytes_of_tasks_are_refused(here: Path, grantlint: Run) -> None:
    with (here / "x.yml").open("wb") as file:
        file.write(b"- hosts: db\n  tasks:\n  - mysql_user: name=a host=b\n")
        file.write(b"  - debug: msg=filler\n" * (50_000_000 // 22))
    ran = grantlint("--quiet", "x.yml")
    assert (ran.status, named(ran)) == (1, {"file-too-large"})


def test_an_empty_file_is_nothing_to_check(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_bytes(b"")
    assert grantlint("x.yml") == (
        4, "", "grantlint: nothing to check: no account declaration in x.yml (1 x empty)\n",
    )  # fmt: skip
    assert grantlint("--allow-empty", "x.yml").status == 0


def test_a_loop_of_links_is_passed_over_in_a_folder_and_misuse_by_name(here: Path, grantlint: Run) -> None:
    os.symlink("x.yml", "x.yml")
    os.symlink(".", "again.yml")
    assert grantlint(".").err == (
        "grantlint: nothing to check: no account declaration in . "
        "(1 x a symbolic link to a folder; 1 x a symbolic link to nothing)\n"
    )
    assert grantlint("x.yml") == (2, "", "grantlint: x.yml: Too many levels of symbolic links\n")
    assert here.exists()


def test_a_file_that_cannot_be_read_is_a_finding(grantlint: Run) -> None:
    ran = grantlint("-q", "/proc/self/mem")  # fails to read for root as well
    assert ran.status == 1
    assert ran.out.startswith(
        "/proc/self/mem:1:1: error[unreadable-file]: the file cannot be read: Input/output error\n"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_files_and_folders_of_others_are_findings(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_text(POLICY, encoding="utf-8")
    (here / "x.yml").chmod(0)
    (here / "closed").mkdir(mode=0)
    here.chmod(0o755)
    os.seteuid(65534)
    try:
        ran = grantlint("--quiet", ".")
    finally:
        os.seteuid(0)
    assert ran == (
        1,
        (
            "closed/:1:1: error[unreadable-file]: the folder cannot be read: Permission denied\n"
            "x.yml:1:1: error[unreadable-file]: the file cannot be read: Permission denied\n"
        ),
        "",
    )


def test_utf16_without_a_byte_order_mark_is_a_finding_where_it_is_named(here: Path, grantlint: Run) -> None:
    (here / "x.yml").write_bytes(POLICY.encode("utf-16-le"))
    assert "UTF-16 without a byte order mark" in grantlint("-q", "x.yml").out
    assert grantlint(".").status == 4


def test_control_characters_in_a_file_and_its_name_are_shown(here: Path, grantlint: Run) -> None:
    (here / "a\x1b[31m.yml").write_bytes(b"users:\n  - user: x\n    host: '%'  # \xe2\x80\xae\n")
    ran = grantlint(".")
    assert ran.status == 1
    assert r"a\x1b[31m.yml:3:11" in ran.out
    assert not {"\x1b", "\x9b", "\u202e"} & {*ran.out}


def test_a_file_name_that_is_no_utf8_is_shown(here: Path, grantlint: Run) -> None:
    name = os.fsdecode(b"caf\xe9.yml")
    (here / name).write_text("users:\n  - user: x\n    host: '%'\n", encoding="utf-8")
    assert r"caf\xe9.yml:3:11" in grantlint(".").out
    assert r'"path":"caf\\xe9.yml"' in grantlint("--format", "json", ".").out, "strict readers take no half a pair"
