"""Which files are read, which are passed over and why, which are findings."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from grantlint.platform.errors import UsageError
from grantlint.platform.globs import Globs
from grantlint.reader.files.discovery import Search
from grantlint.reader.files.places import EXCLUDED, LINK_BROKEN, LINK_FOLDER, LINK_OUT
from grantlint.reader.files.recognition import EMPTY, NO_CLAIM, NO_FORMAT, NO_WORDS
from grantlint.reader.tree.listing import NO_FILE

POLICY = "users:\n  - user: app\n    host: 10.0.0.1\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def found(*paths: str, **options: object) -> tuple[list[str], Search]:
    search = Search(paths, **options)  # type: ignore[arg-type]  # a test's shorthand
    return [candidate.source.path for candidate in search], search


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def test_a_folder_is_read_in_the_order_of_names() -> None:
    write({"b/x.yml": POLICY, "a.yaml": POLICY, "b/a/y.YML": POLICY, "c.txt": POLICY})
    paths, search = found(".")
    assert paths == ["a.yaml", "b/a/y.YML", "b/x.yml"]
    assert search.passed_over == {NO_FORMAT: ["c.txt"]}


def test_paths_are_shown_below_what_was_named() -> None:
    write({"p/x.yml": POLICY})
    assert found("p")[0] == ["p/x.yml"]
    assert found("./p/")[0] == ["./p/x.yml"]
    assert found(os.path.abspath("p"))[0] == [os.path.abspath("p/x.yml")]


def test_each_file_is_read_once_however_often_it_is_named() -> None:
    write({"p/x.yml": POLICY, "p/y.yml": POLICY})
    assert found("p/y.yml", "p", "p/../p/x.yml")[0] == ["p/y.yml", "p/x.yml"]


@pytest.mark.parametrize("folder", [".git", "node_modules", ".venv", "vendor", ".terraform", "__pycache__"])
def test_folders_of_others_are_passed_over_at_any_depth(folder: str) -> None:
    write({f"a/{folder}/x.yml": POLICY, "a/x.yml": POLICY})
    paths, search = found(".")
    assert paths == ["a/x.yml"]
    assert search.passed_over == {f"in a folder named {folder}": [f"a/{folder}"]}


def test_a_folder_of_others_is_read_where_it_is_named() -> None:
    write({"vendor/x.yml": POLICY})
    assert found("vendor")[0] == ["vendor/x.yml"]


@pytest.mark.e2e
def test_what_git_ignores_is_left_out_unless_it_is_named() -> None:
    write({".gitignore": "out/\n*.local.yml\n", "out/x.yml": POLICY, "a.local.yml": POLICY, "a.yml": POLICY})
    git("init", "-q")
    assert found(".")[0] == ["a.yml"]
    assert found("out")[0] == ["out/x.yml"]
    assert found("a.local.yml")[0] == ["a.local.yml"]


@pytest.mark.e2e
def test_the_index_of_a_running_hook_does_not_steer_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"p/a.yml": POLICY})
    git("init", "-q")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert found("p")[0] == ["p/a.yml"]


@pytest.mark.e2e
def test_a_file_that_git_knows_and_nobody_finds_is_counted() -> None:
    write({"a.yml": POLICY, "b.yml": POLICY})
    git("init", "-q")
    git("add", ".")
    Path("a.yml").unlink()
    paths, search = found(".")
    assert paths == ["b.yml"]
    assert list(search.passed_over.values()) == [["a.yml"]]


@pytest.mark.e2e
def test_without_git_on_the_machine_the_folder_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.yml": POLICY})
    git("init", "-q")
    monkeypatch.setenv("PATH", "/nowhere")
    assert found(".")[0] == ["a.yml"]


@pytest.mark.e2e
def test_a_repository_inside_is_passed_over() -> None:
    write({"a.yml": POLICY, "inner/b.yml": POLICY})
    git("init", "-q")
    git("init", "-q", "inner")
    git("-C", "inner", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "--allow-empty", "-m", "x")
    paths, search = found(".")
    assert paths == ["a.yml"]
    assert search.passed_over == {"a repository of its own": ["inner/"]}


@pytest.mark.e2e
@pytest.mark.parametrize("repository", [False, True])
def test_links_are_followed_inside_the_tree_alone_and_each_file_is_read_once(repository: bool) -> None:  # noqa: FBT001 - a parameter
    write({"out.yml": POLICY, "t/real.yml": POLICY, "t/sub/x.yml": POLICY})
    for name, target in {
        "again.yml": "real.yml", "loop.yml": "loop.yml", "nothing.yml": "gone.yml", "out.yml": "/etc/hostname",
        "sub.yml": "sub", "up": "..",
    }.items():  # fmt: skip
        os.symlink(target, f"t/{name}")
    if repository:
        git("init", "-q", "t")
    paths, search = found("t")
    assert paths in (["t/again.yml", "t/sub/x.yml"], ["t/real.yml", "t/sub/x.yml"])
    assert sorted(search.passed_over[LINK_OUT]) == ["t/out.yml", "t/up"]
    assert search.passed_over[LINK_BROKEN] == ["t/loop.yml", "t/nothing.yml"]
    assert search.passed_over[LINK_FOLDER] == ["t/sub.yml"]


@pytest.mark.e2e
def test_a_link_to_another_folder_of_the_same_repository_is_followed() -> None:
    write({"shared/x.yml": POLICY, "policies/y.yml": POLICY})
    os.symlink("../shared/x.yml", "policies/x.yml")
    git("init", "-q")
    assert found("policies")[0] == ["policies/x.yml", "policies/y.yml"]


def test_a_file_without_account_words_is_not_even_decoded() -> None:
    write({"latin.yml": "caf\xe9: 1\n".encode("latin-1"), "zero.yml": b"a: \0\n", "tasks.yml": "- apt: name=x\n"})
    paths, search = found(".")
    assert (paths, search.faults) == ([], [])
    assert search.passed_over == {NO_WORDS: ["latin.yml", "tasks.yml", "zero.yml"]}


def test_account_words_beyond_the_first_read_are_found() -> None:
    write({"long.yml": "# filler\n" * 20_000 + POLICY})
    assert found(".")[0] == ["long.yml"]


def test_account_words_alone_are_no_declarations() -> None:
    write({"x.yml": "nested:\n  mysql: []\n"})
    assert found(".")[1].passed_over == {NO_CLAIM: ["x.yml"]}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(encoding: str) -> None:
    write({"x.yml": POLICY.encode(encoding)})
    assert [candidate.source.text for candidate in Search(["."])] == [POLICY]


@pytest.mark.parametrize("named", [False, True])
def test_account_words_in_what_is_no_text_are_a_finding(named: bool) -> None:  # noqa: FBT001 - a parameter
    write(
        {
            "binary.yml": POLICY.encode() + b"\0",
            "latin.yml": (POLICY + "    comment: caf\xe9\n").encode("latin-1"),
            "wide.yml": POLICY.encode("utf-16-le"),
            "cut.yml": POLICY.encode("utf-16")[:-1],
        }
    )
    _, search = found(*(["binary.yml", "cut.yml", "latin.yml"] if named else ["."]))
    said = {fault.span.source.path: fault for fault in search.faults}
    assert sorted(said) == ["binary.yml", "cut.yml", "latin.yml"]
    assert {fault.rule for fault in search.faults} == {"file-encoding"}
    assert said["latin.yml"].message == "the file is not UTF-8: byte 0xe9"
    assert said["latin.yml"].span.source.position(said["latin.yml"].span.start) == (4, 17)
    assert "app" not in said["latin.yml"].span.source.text, "a file that cannot be read is not quoted"


def test_a_binary_file_is_a_finding_where_it_is_named() -> None:
    write({"x.yml": b"\x7fELF\0\0"})
    assert [fault.rule for fault in found("x.yml")[1].faults] == ["file-encoding"]
    assert found(".")[1].faults == []


def test_an_empty_file_is_passed_over() -> None:
    write({"x.yml": b"", "y.yml": " \n\n"})
    assert found("x.yml", "y.yml")[1].passed_over == {EMPTY: ["x.yml", "y.yml"]}


def test_a_file_above_the_limit_of_its_format_is_a_finding() -> None:
    write({"x.yml": "- mysql_user:\n    name: x\n" + "# filler\n" * 2_000_000})
    (fault,) = found(".")[1].faults
    assert (fault.rule, fault.message) == ("file-too-large", "the file holds 18 MB, and no more than 17 MB are read")


def test_a_file_above_every_limit_is_not_read_at_all() -> None:
    with open("x.yml", "wb") as sparse:
        sparse.truncate(600 << 20)
    (fault,) = found(".")[1].faults
    assert (fault.rule, fault.message) == ("file-too-large", "the file holds 629 MB, and no more than 537 MB are read")


def test_a_file_that_the_system_does_not_give_is_a_finding() -> None:
    (fault,) = found("/proc/self/mem")[1].faults  # a regular file that fails to read, for root as well
    assert (fault.rule, fault.message) == ("unreadable-file", "the file cannot be read: Input/output error")


def test_a_pipe_in_a_folder_is_never_waited_for() -> None:
    write({"a.yml": POLICY})
    os.mkfifo("pipe.yml")
    paths, search = found(".")
    assert paths == ["a.yml"]
    assert search.passed_over == {NO_FILE: ["pipe.yml"]}


def test_a_folder_named_like_a_file_is_walked() -> None:
    write({"x.yml/y.yml": POLICY})
    assert found(".")[0] == ["x.yml/y.yml"]


def test_what_the_configuration_excludes_is_counted_and_read_where_it_is_named() -> None:
    write({"a/x.yml": POLICY, "a/b/y.yml": POLICY, "c.yml": POLICY})
    paths, search = found(".", exclude=Globs(("a/b", "c.*")))
    assert paths == ["a/x.yml"]
    assert search.passed_over == {EXCLUDED: ["a/b/y.yml", "c.yml"]}
    assert found("c.yml", exclude=Globs(("c.*",)))[0] == ["c.yml"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("polices", "polices: no such file or folder; did you mean policies?"),
        ("polices/shop.yml", "polices/shop.yml: no such file or folder; did you mean policies?"),
        ("policies/shpo.yml", "policies/shpo.yml: no such file or folder; did you mean policies/shop.yml?"),
        ("zzz", "zzz: no such file or folder"),
        ("broken.yml", "broken.yml: a symbolic link to nothing"),
        ("loop.yml", "loop.yml: Too many levels of symbolic links"),
        (
            "/dev/null",
            "/dev/null: neither a file nor a folder; what a command prints is read from - (standard input)",
        ),
        ("a\0b", "a\0b: a NUL character stands in no path"),
    ],
)
def test_a_path_that_leads_nowhere_is_misuse(path: str, said: str) -> None:
    write({"policies/shop.yml": POLICY})
    os.symlink("gone.x", "broken.yml")
    os.symlink("loop.yml", "loop.yml")
    with pytest.raises(UsageError) as caught:
        Search([path])
    assert str(caught.value) == said


def test_a_scope_is_read_too_but_only_what_is_named_is_asked_for() -> None:
    write({"a.yml": POLICY, "b/c.yml": POLICY, "b/d.yml": POLICY})
    search = Search(["b/d.yml"], scope=".")
    assert [(c.source.path, c.asked) for c in search] == [("a.yml", False), ("b/c.yml", False), ("b/d.yml", True)]
    assert search.concerns("a.yml", "b/d.yml")
    assert not search.concerns("a.yml", "b/c.yml")


def test_a_changed_file_that_is_no_text_and_holds_no_accounts_stops_no_commit() -> None:
    write({"x.yml": b"\x7fELF\0\0"})
    assert found("x.yml", scope=".")[1].faults == []


def test_an_input_format_is_taken_at_its_word() -> None:
    write({"accounts.txt": "nested:\n  - 1\n"})
    (candidate,) = Search(["accounts.txt"], input_format="policy")
    assert candidate.format.name == "policy"
    with pytest.raises(UsageError, match="no format is named 'polici'"):
        Search(["accounts.txt"], input_format="polici")


def test_a_script_without_a_suffix_is_found_by_its_first_line() -> None:
    statement = "mysql -e \"GRANT ALL ON a.* TO b@'%'\"\n"
    write({"bin/setup": f"#!/bin/sh\n{statement}", "README": statement, "bin/run": f"#!/usr/bin/python\n{statement}"})
    write({"toolbox.erb": f"#!/bin/sh\n{statement}", "Motd.J2": f"#!/bin/sh\n{statement}", "motd.erb": statement})
    os.symlink("nowhere", "link")
    search = Search(["."])
    formats = {one.source.path: one.format.name for one in search}
    shell, other = dict.fromkeys(["Motd.J2", "bin/setup", "toolbox.erb"], "shell"), ["bin/run", "motd.erb"]
    assert formats == shell | dict.fromkeys(other, "other")
    assert search.faults == []
