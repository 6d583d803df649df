"""Folders that look like repositories, ignore files that hide what is tracked, and a git that does not answer."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from .conftest import Run

SERVER = "server: {name: x, product: mysql-8.4}\n"
GOOD = f"{SERVER}users:\n  - {{user: app, host: 10.0.0.1, authentication: {{secret: 'vault:a'}}}}\n"
EVIL = GOOD.replace("app", "evil").replace("10.0.0.1", "'%'")
COMMANDS = (
    ("check",), ("files",), ("table",), ("convert",), ("why", "app", "--from", "10.0.0.1"), ("check", "--scope", "."),
)  # fmt: skip
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.com",
    "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.com",
}  # fmt: skip


def git(*words: str, folder: Path | str = ".") -> str:
    ran = subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **GIT}, check=True, capture_output=True, text=True
    )
    return ran.stdout


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def mark(here: Path) -> Path:
    return here / "MARK"


def command(here: Path) -> str:
    """Return a command that shows that it ran."""
    return f"touch {mark(here)}; false"


def settings_that_run(here: Path, work_tree: str = ".") -> str:
    """Return a git configuration whose settings are commands."""
    said = command(here)
    return (
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = {work_tree}\n"
        f'\tfsmonitor = "{said}"\n\thooksPath = {here}/hooks\n\tpager = "{said}"\n\tsshCommand = "{said}"\n'
        f'\taskPass = "{said}"\n\tgitProxy = "{said}"\n\tuntrackedCache = true\n[pager]\n\tls-files = "{said}"\n'
        f'[alias]\n\tls-files = "!{said}"\n[filter "x"]\n\tclean = "{said}"\n\tprocess = "{said}"\n\trequired = true\n'
        f'[diff]\n\texternal = "{said}"\n'
    )


def looks_bare(folder: str, config: str) -> None:
    """Make a folder look like a bare repository."""
    write(**{
        f"{folder}/HEAD": "ref: refs/heads/main\n", f"{folder}/objects/k": "", f"{folder}/refs/k": "",
        f"{folder}/config": config,
    })  # fmt: skip


@pytest.fixture
def checkout(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a clone of a pull request whose folder looks like a bare repository, and go there."""
    git("init", "-q", "pr")
    monkeypatch.chdir("pr")
    looks_bare("policies", settings_that_run(here))
    write(**{"policies/shop.yml": GOOD, "policies/evil.yml": EVIL, "policies/.gitignore": "evil.yml\n"})
    write(**{".gitattributes": "* filter=x\n"})
    git("add", "-f", "-A")
    git("commit", "-qm", "x")
    monkeypatch.chdir(here)
    git("clone", "-q", "pr", "checkout")
    monkeypatch.chdir("checkout")
    return here / "checkout"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_folder_that_looks_bare_runs_nothing(
    words: tuple[str, ...], here: Path, checkout: Path, process: Run
) -> None:
    assert process(*words, "--no-config", "policies").status in {0, 1}
    process(*words, "--no-config", ".")
    os.chdir(checkout / "policies")
    process(*words, "--no-config")
    assert not mark(here).exists()


@pytest.mark.parametrize("path", ["policies", "."])
def test_a_tracked_file_is_read_whatever_an_ignore_file_says(path: str, checkout: Path, process: Run) -> None:
    assert checkout.is_dir()
    ran = process("--no-config", "-q", path)
    assert ran.status == 1
    assert "policies/evil.yml:3:24: warning[any-host]" in ran.out
    assert '"path":"policies/evil.yml"' in process("files", "--format", "json", path).out.split('"passed_over"')[0]


@pytest.mark.usefixtures("checkout")
def test_the_same_without_git(process: Run) -> None:
    ran = process("--no-config", "--output", "concise", "policies", PATH="/nowhere")
    assert ran.status == 1
    assert "policies/evil.yml:3:24: warning[any-host]" in ran.out
    assert "ignore files are read without git below policies: git is not installed\n" in ran.out


def test_the_configuration_of_the_checkout_itself_runs_nothing(here: Path, process: Run) -> None:
    git("init", "-q")
    (here / "hooks").mkdir()
    for hook in ("fsmonitor-watchman", "post-index-change", "pre-commit", "post-checkout"):
        write(**{f"hooks/{hook}": f"#!/bin/sh\n{command(here)}\n"})
        (here / "hooks" / hook).chmod(0o755)
    write(**{"evil.yml": EVIL, "out/x.yml": EVIL, ".gitignore": "hooks\n", "mine": "evil.yml\n"})
    git("add", "-A")
    elsewhere = here / "elsewhere"
    elsewhere.mkdir()
    with (here / ".git/config").open("a", encoding="utf-8") as config:
        config.write(settings_that_run(here, str(elsewhere)) + f"\texcludesFile = {here}/mine\n")
    write(**{"new.yml": EVIL})
    for words in COMMANDS:
        process(*words, "--no-config")
        assert not mark(here).exists(), words
    assert process("--no-config", "-q").out.count("[any-host]") == 3, "the work tree is where it was found"


def test_an_included_configuration_of_the_change_hides_nothing(here: Path, process: Run) -> None:
    git("init", "-q")
    git("config", "include.path", "../.gitconfig")
    write(**{".gitconfig": settings_that_run(here) + "\texcludesFile = all\n", "all": "*.yml\n", "new.yml": EVIL})
    ran = process("--no-config", "-q")
    assert "new.yml:3:24: warning[any-host]" in ran.out
    assert not mark(here).exists()


def test_the_environment_steers_git_nowhere(here: Path, process: Run) -> None:
    git("init", "-q")
    git("init", "-q", "other")
    write(**{"a.yml": EVIL, "b.yml": EVIL, ".gitignore": "b.yml\n"})
    git("add", "-f", "b.yml")
    environment = {
        "GIT_DIR": str(here / "other/.git"), "GIT_WORK_TREE": str(here / "other"), "GIT_INDEX_FILE": "/nowhere",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": command(here),
        "GIT_CONFIG_GLOBAL": str(here / "config"), "GIT_EXEC_PATH": str(here / "programs"),
        "GIT_TRACE": str(here / "trace"), "GIT_TRACE2_EVENT": str(here / "trace"), "GIT_PAGER": command(here),
        "GIT_EXTERNAL_DIFF": command(here), "GIT_LITERAL_PATHSPECS": "0", "GIT_CEILING_DIRECTORIES": str(here),
    }  # fmt: skip
    ran = process("--no-config", "-q", **environment)
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {"a.yml", "b.yml"}
    assert not mark(here).exists()
    assert not (here / "trace").exists()


@pytest.mark.parametrize("path", ["", ".", "{here}/bin", "node_modules/.bin"])
def test_a_program_named_git_in_the_repository_is_not_run(path: str, here: Path, process: Run) -> None:
    git("init", "-q")
    write(**{"a.yml": EVIL})
    for folder in (".", "bin", "node_modules/.bin"):
        write(**{f"{folder}/git": f"#!/bin/sh\n{command(here)}\n"})
        Path(folder, "git").chmod(0o755)
    ran = process("--no-config", "-q", PATH=f"{path.format(here=here)}:{os.environ['PATH']}")
    assert "a.yml:3:24" in ran.out
    assert not mark(here).exists()


def test_a_repository_inside_that_came_in_an_archive_runs_nothing(here: Path, process: Run) -> None:
    git("init", "-q")
    write(**{"a.yml": GOOD, "inner/evil.yml": EVIL, "inner/x.yml": EVIL, "inner/.gitignore": "x.yml\n"})
    git("init", "-q", "inner")
    (here / "inner/.git/config").write_text(settings_that_run(here), encoding="utf-8")
    git("init", "-q", "--bare", "bare")
    (here / "bare/config").write_text(settings_that_run(here), encoding="utf-8")
    write(**{"linked/.git": "gitdir: ../bare\n", "linked/evil.yml": EVIL})
    for words in COMMANDS:
        for path in (".", "inner", "linked", "bare"):
            process(*words, "--no-config", path)
            assert not mark(here).exists(), (words, path)
    ran = process("--no-config", "--output", "concise", "inner")
    assert "inner/evil.yml:3:24: warning[any-host]" in ran.out
    said = "ignore files are read without git below inner: it is not the repository of the current folder\n"
    assert said in ran.out
    for folder in ("inner", "linked"):
        os.chdir(here / folder)
        assert "evil.yml:3:24: warning[any-host]" in process("--no-config", "-q").out
        assert not mark(here).exists()


def test_a_folder_whose_name_is_a_pattern_is_that_folder(here: Path, process: Run) -> None:
    assert here.is_dir()
    git("init", "-q")
    write(**{":(exclude)x/a.yml": EVIL, "*/b.yml": EVIL, "-z/c.yml": EVIL, "z/d.yml": EVIL})
    git("add", "-A")
    for folder, file in ((":(exclude)x", "a"), ("*", "b"), ("./-z", "c")):
        assert process("--no-config", "-q", folder).out.startswith(f"{folder}/{file}.yml:3:24")


def test_a_work_tree_and_a_submodule_have_their_own_index(here: Path, process: Run) -> None:
    git("init", "-q", "main")
    os.chdir("main")
    write(**{"tracked.yml": EVIL, ".gitignore": "*.yml\n", "ignored.yml": EVIL})
    git("add", "-f", "tracked.yml", ".gitignore")
    git("commit", "-qm", "x")
    git("worktree", "add", "-q", "../tree")
    git("init", "-q", "../super")
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(here / "main"), "sub", folder="../super")
    for folder in ("main", "tree", "super/sub"):
        os.chdir(here / folder)
        write(**{"ignored.yml": EVIL})
        for path in (os.environ["PATH"], "/nowhere"):
            assert process("--no-config", "-q", PATH=path).out.startswith("tracked.yml:3:24"), folder
            assert "ignored" not in process("--no-config", "-q", PATH=path).out, folder
    os.chdir(here / "super")
    assert process("--no-config", "-q", "sub").out.startswith("sub/tracked.yml:3:24")


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_without_git_its_index_still_says_what_is_tracked(version: str, here: Path, process: Run) -> None:
    assert here.is_dir()
    git("init", "-q")
    names = [f"d/{'n' * number}.yml" for number in (1, 2, 3, 9, 130, 200)]
    write(**dict.fromkeys(names, EVIL), **{".gitignore": "*.yml\n", "ignored.yml": EVIL, "é/x.yml": EVIL})
    git("add", "-f", *names, "é/x.yml", ".gitignore")
    if version == "3":
        git("update-index", "--skip-worktree", names[0])
    git("update-index", "--index-version", "4" if version == "4" else "2")
    ran = process("--no-config", "-q", PATH="/nowhere")
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {*names, "é/x.yml"}


def test_an_index_that_cannot_be_read_is_told(here: Path, process: Run) -> None:
    git("init", "-q")
    write(**{"a.yml": EVIL, "b.yml": EVIL, ".gitignore": "b.yml\n"})
    (here / ".git/index").write_bytes(b"DIRC\0\0\0\2\0\0\0\1")
    ran = process("--no-config", "--output", "concise")
    assert "a.yml:3:24" in ran.out
    assert "ignore files are read without git below .: git refuses: " in ran.out
    assert "git's index cannot be read either, so an ignored file that is tracked is not seen\n" in ran.out


def test_a_split_index_is_not_taken_for_a_whole_one(here: Path, process: Run) -> None:
    assert here.is_dir()
    git("init", "-q")
    write(**{"a.yml": EVIL})
    git("add", "-A")
    git("update-index", "--split-index")
    assert "git's index cannot be read either" in process("--no-config", "--output", "concise", PATH="/nowhere").out
    assert "a.yml:3:24" in process("--no-config", "-q").out


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_git_that_refuses_somebody_elses_repository_is_told(here: Path, process: Run) -> None:
    git("init", "-q")
    write(**{"a.yml": EVIL, "b.yml": EVIL, "t.yml": EVIL, ".gitignore": "b.yml\nt.yml\n"})
    git("add", "-f", "t.yml")
    for path in (here, here / ".git"):
        os.chown(path, 4321, 4321)
    home = {"HOME": str(here), "SUDO_UID": ""}
    ran = process("--no-config", "--output", "concise", **home)
    assert "a.yml:3:24" in ran.out
    assert "t.yml:3:24" in ran.out
    assert "b.yml" not in ran.out
    assert "without git below .: git refuses: fatal: detected dubious ownership" in ran.out
    remarks = json.loads(process("--no-config", "--format", "json", **home).out)["summary"]["remarks"]
    assert remarks[0].startswith("ignore files are read without git below .: git refuses: ")
    assert json.loads(process("files", "--format", "json", **home).out)["remarks"] == remarks
    assert remarks[0] in process("files", **home).out
    for words in (("table",), ("convert",)):
        assert remarks[0] in process(*words, **home).err


def test_a_git_that_fails_is_not_believed(here: Path, process: Run) -> None:
    git("init", "-q", "r")
    os.chdir("r")
    write(**{"a.yml": EVIL, "b.yml": EVIL, ".gitignore": "b.yml\n"})
    write(**{str(here / "bin/git"): "#!/bin/sh\nprintf 'b.yml\\0'\necho 'fatal: no \x1b[31mway' >&2\nexit 128\n"})
    (here / "bin/git").chmod(stat.S_IRWXU)
    ran = process("--no-config", PATH=f"{here}/bin:{os.environ['PATH']}")
    assert "a.yml:3:24" in ran.out
    assert "b.yml" not in ran.out
    assert r"git refuses: fatal: no \x1b[31mway" in ran.out


def test_costly_patterns_and_odd_ignore_files_make_nothing_hang_or_hide(here: Path, process: Run) -> None:
    git("init", "-q")
    long = "a" * 240
    write(**{f"{long}.yml": EVIL, "sub/x.yml": EVIL, "sub/.gitignore": "*a*a*a*a*a*a*a*a*a*a*a*a*b\n*.yml\n"})
    write(**{"many/.gitignore": "\n".join(f"*{n}*.yml" for n in range(5_000)) + "\n*.yml\n", "many/x.yml": EVIL})
    write(**{"big/.gitignore": "#" * 200_000 + "\n*.yml\n", "big/x.yml": EVIL, "pipe/x.yml": EVIL, "link/x.yml": EVIL})
    write(**{"posix/.gitignore": "[[:alpha:]].yml\n", "posix/x.yml": EVIL, "range/.gitignore": "[z-a].yml\n\\\n!\n"})
    write(**{"range/x.yml": EVIL})
    os.mkfifo("pipe/.gitignore")
    os.symlink("/dev/zero", "link/.gitignore")
    shutil.rmtree(here / ".git/info", ignore_errors=True)
    ran = process("--no-config", "-q", PATH="/nowhere")
    folders = {line.split(":")[0].rpartition("/")[0] for line in ran.out.splitlines()}
    assert folders == {"", "sub", "many", "big", "pipe", "link", "posix", "range"}
