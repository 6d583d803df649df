"""`--changed-since`: what a change brings, by a real git."""

import json
import subprocess
from pathlib import Path

import pytest

from runs import Ran, Run

pytestmark = pytest.mark.e2e

WHO = ("-c", "user.name=a", "-c", "user.email=a@b")
SELECTED = ("--select", "any-host,plain-text-password,anonymous-shadows-named")
OLD = "CREATE USER 'a'@'%' IDENTIFIED BY 'x';\n"


def git(folder: Path, *words: str) -> str:
    ran = subprocess.run(["git", *WHO, *words], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


@pytest.fixture
def repository(here: Path) -> Path:
    """Make a repository with a commit on `main` in which two files have findings."""
    git(here, "init", "-q", "-b", "main")
    (here / "sub").mkdir()
    (here / "sub/a.sql").write_text(OLD + "CREATE USER 'b'@'10.0.3.7' IDENTIFIED WITH x AS 'y';\n", encoding="utf-8")
    (here / "c.sql").write_text("CREATE USER 'c'@'%' IDENTIFIED BY 'y';\n", encoding="utf-8")
    commit(here)
    return here


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


def found(ran: Ran) -> list[tuple[str, int, str]]:
    return [(one["path"], one["line"], one["rule"]) for one in json.loads(ran.out)["findings"]]


def since(grantlint: Run, *words: str, revision: str = "main") -> list[tuple[str, int, str]]:
    return found(grantlint(*words, *SELECTED, "--changed-since", revision, "--output", "json"))


def test_what_was_there_is_not_reported_and_counted(repository: Path, grantlint: Run) -> None:
    ran = grantlint(*SELECTED, "--changed-since", "main")
    assert ran.status == 0
    said = f"since main ({git(repository, 'rev-parse', 'HEAD')[:12]}): 4 findings that were there before, not reported"
    assert said in ran.out


def test_an_added_account_is_reported_where_it_stands(repository: Path, grantlint: Run) -> None:
    text = (repository / "sub/a.sql").read_text(encoding="utf-8")
    (repository / "sub/a.sql").write_text(f"-- moved\n\n{text}CREATE USER 'n'@'%' IDENTIFIED WITH x AS 'y';\n", "utf-8")
    assert since(grantlint) == [("sub/a.sql", 5, "any-host")]
    commit(repository)
    assert since(grantlint, revision="HEAD~1") == [("sub/a.sql", 5, "any-host")]
    assert since(grantlint, revision="HEAD") == []


def test_a_line_that_was_changed_is_reported_though_its_finding_is_old(repository: Path, grantlint: Run) -> None:
    (repository / "c.sql").write_text("CREATE USER IF NOT EXISTS 'c'@'%' IDENTIFIED BY 'y';\n", encoding="utf-8")
    assert {rule for _, _, rule in since(grantlint)} == {"any-host", "plain-text-password"}


def test_a_file_that_is_renamed_brings_nothing(repository: Path, grantlint: Run) -> None:
    git(repository, "mv", "c.sql", "sub/renamed.sql")
    assert since(grantlint) == []
    git(repository, "mv", "sub", "other")
    assert since(grantlint) == []


def test_a_copy_brings_its_findings(repository: Path, grantlint: Run) -> None:
    (repository / "new.sql").write_text((repository / "c.sql").read_text(encoding="utf-8"), encoding="utf-8")
    assert ("new.sql", 1, "any-host") in since(grantlint)


def test_what_a_change_causes_elsewhere_is_reported(repository: Path, grantlint: Run) -> None:
    policy = "server: {name: s, product: mysql-8.4}\nusers:\n  - {user: 'app', host: '%.example.com'}\n"
    (repository / "a.yml").write_text(policy, encoding="utf-8")
    commit(repository)
    more = "server: {name: s, product: mysql-8.4}\nusers:\n  - {user: '', host: 'db.example.com'}\n"
    (repository / "b.yml").write_text(more, encoding="utf-8")
    brought = since(grantlint, revision="HEAD")
    assert ("a.yml", 3, "anonymous-shadows-named") in brought
    assert {path for path, _, _ in brought} == {"a.yml"}


def test_it_works_in_a_folder_of_the_repository(
    repository: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "sub")
    with (repository / "sub/a.sql").open("a", encoding="utf-8") as opened:
        opened.write("CREATE USER 'n'@'%' IDENTIFIED WITH x AS 'y';\n")
    assert since(grantlint) == [("a.sql", 3, "any-host")]
    assert since(grantlint, "../c.sql", ".") == [("a.sql", 3, "any-host")]
    assert since(grantlint, str(repository / "sub")) == [(str(repository / "sub/a.sql"), 3, "any-host")]
    assert Path.cwd() == repository / "sub"


def test_a_new_folder_of_the_repository_is_all_new(
    repository: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "fresh").mkdir()
    (repository / "fresh/a.sql").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(repository / "fresh")
    assert len(since(grantlint)) == len(["any-host", "plain-text-password"])


def test_it_compares_with_where_the_branch_left(repository: Path, grantlint: Run) -> None:
    git(repository, "checkout", "-q", "-b", "mine")
    (repository / "mine.sql").write_text("CREATE USER 'm'@'%' IDENTIFIED WITH x AS 'y';\n", encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "-q", "main")
    (repository / "c.sql").write_text("-- nothing\n", encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "-q", "mine")
    assert since(grantlint) == [("mine.sql", 1, "any-host")]


def test_a_file_that_cannot_be_read_is_reported_where_it_was_changed(repository: Path, grantlint: Run) -> None:
    (repository / "bad.yml").write_text("users:\n  - {user: a, host: '%'\n", encoding="utf-8")
    commit(repository)
    assert since(grantlint) == []
    (repository / "bad.yml").write_text("users:\n  - {user: b, host: '%'\n", encoding="utf-8")
    assert [rule for _, _, rule in since(grantlint)] == ["syntax-error"]


def test_nothing_of_the_repository_is_run_or_written(repository: Path, grantlint: Run) -> None:
    mark = repository.parent / "mark"
    (repository / ".gitattributes").write_text("*.sql filter=bad text eol=crlf\n", encoding="utf-8")
    commit(repository)
    for key in ("filter.bad.smudge", "filter.bad.clean", "core.fsmonitor", "core.sshCommand"):
        git(repository, "config", key, f"touch {mark}; cat")
    hook = repository / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n", encoding="utf-8")
    hook.chmod(0o755)
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    mark.unlink(missing_ok=True)
    assert since(grantlint) == []
    assert not mark.exists()
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--changed-since", "no-such"), "has no such revision"),
        (("--changed-since", "--upload-pack=touch x"), "has no such revision"),
        (("--changed-since", "HEAD:c.sql"), "has no such revision"),
        (("--changed-since", "main", "/"), "/ lies outside of the repository"),
        (("--changed-since", "main", "--fix"), "goes without --fix"),
        (("--changed-since", "main", "-"), "standard input has no revision"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_a_slip_is_a_sentence(words: tuple[str, ...], said: str, process: Run) -> None:
    ran = process(*words, stdin=OLD.encode()) if "-" in words else process(*words, "c.sql")
    assert (ran.status, said in ran.err) == (2, True), ran


def test_outside_of_a_repository_it_says_so(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(OLD, encoding="utf-8")
    assert "needs a git repository" in grantlint("--changed-since", "main").err


def test_with_a_baseline_both_count(repository: Path, grantlint: Run) -> None:
    (repository / "n.sql").write_text("CREATE USER 'n'@'%' IDENTIFIED WITH x AS 'y';\n", encoding="utf-8")
    grantlint("baseline", "--baseline", "b.json", *SELECTED, "n.sql")
    assert since(grantlint, "--baseline", "b.json") == []
