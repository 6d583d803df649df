"""What is found in tests, examples and docs: counted in one line by who reads it, kept as infos by machines."""

import json
from pathlib import Path

import pytest

from runs import Run

pytestmark = pytest.mark.e2e

BAD = "users:\n- {user: a, host: '%'}\n"
FOLDED = (
    "in tests, examples, docs, development or what others wrote, as info, not listed: 2 in tests/, 1 in docs/ "
    "(--show-examples lists them)"
)
READ = ("text", "concise", "grouped", "statistics", "markdown", "html", "github", "azure")
KEPT = ("json", "json-lines", "sarif", "gitlab", "junit", "checkstyle")


@pytest.fixture
def tree(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a repository with a finding in a policy, two in tests and one in docs."""
    monkeypatch.delenv("GRANTLINT_FAIL_ON")
    (here / ".git").mkdir()
    for name in ("policies/p.yml", "tests/a.yml", "tests/sub/b.yml", "docs/c.yml"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(BAD, encoding="utf-8")
    return here


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("output", READ)
def test_who_reads_it_is_told_their_number(output: str, tree: Path, grantlint: Run) -> None:
    assert tree
    ran = grantlint("--output", output)
    assert "policies/p.yml" in ran.out or output == "statistics"
    place = ":2:" if output == "html" else ""  # its tables of accounts have all
    assert f"tests/a.yml{place}" not in ran.out
    assert f"docs/c.yml{place}" not in ran.out
    if output not in {"github", "azure"}:
        assert FOLDED in one_line(ran.out)
    shown = grantlint("--output", output, "--show-examples").out
    assert "tests/sub/b.yml" in shown or output == "statistics"
    assert "not listed" not in shown


@pytest.mark.parametrize("output", KEPT)
def test_machines_have_them_as_infos(output: str, tree: Path, grantlint: Run) -> None:
    assert tree
    told = grantlint("--output", output).out
    assert all(name in told for name in ("policies/p.yml", "tests/a.yml", "tests/sub/b.yml", "docs/c.yml"))
    assert told == grantlint("--output", output, "--show-examples").out


def test_json_says_which_folder_makes_an_example(tree: Path, grantlint: Run) -> None:
    assert tree
    found = json.loads(grantlint("--output", "json").out)["findings"]
    assert [(one["path"], one["severity"], one["example"]) for one in found] == [
        ("docs/c.yml", "info", "docs/"),
        ("policies/p.yml", "warning", None),
        ("tests/a.yml", "info", "tests/"),
        ("tests/sub/b.yml", "info", "tests/"),
    ]


@pytest.mark.parametrize("words", [("tests",), ("tests/sub/b.yml",), (".", "tests"), ("--fail-on", "info")])
def test_who_names_them_or_fails_for_them_sees_them(words: tuple[str, ...], tree: Path, grantlint: Run) -> None:
    assert tree
    assert "tests/sub/b.yml" in grantlint(*words).out


def test_who_pipes_one_sees_it(tree: Path, process: Run) -> None:
    assert tree
    assert "tests/new.yml:2:19" in process("--stdin-filename", "tests/new.yml", "-", stdin=BAD.encode()).out


def test_a_hook_names_them_for_nobody(tree: Path, grantlint: Run) -> None:
    assert tree
    ran = grantlint("--scope", ".", "policies/p.yml", "tests/a.yml")
    assert "policies/p.yml" in ran.out
    assert "tests/a.yml" not in ran.out
    assert "not listed: 1 in tests/" in one_line(ran.out)


def test_who_stands_in_them_sees_them(tree: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree / "tests")
    out = grantlint().out
    assert "sub/b.yml" in out
    assert "info[any-host]" in out


def test_a_configuration_says_it_for_every_run(tree: Path, grantlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRANTLINT_SHOW_EXAMPLES", "1")
    assert "tests/a.yml" in grantlint().out
    monkeypatch.delenv("GRANTLINT_SHOW_EXAMPLES")
    (tree / "grantlint.toml").write_text("show-examples = true\n", encoding="utf-8")
    assert "tests/a.yml" in grantlint().out
    (tree / "grantlint.toml").write_text("example-folders = ['docs']\n", encoding="utf-8")
    out = grantlint().out
    assert "warning[any-host]" in out
    assert "tests/a.yml" in out
    assert "docs/c.yml" not in out


def test_an_entry_for_their_paths_says_how_bad_they_are(tree: Path, grantlint: Run) -> None:
    (tree / "grantlint.toml").write_text("[[path]]\nglobs = ['tests/sub']\nseverity = 'error'\n", encoding="utf-8")
    ran = grantlint("--output", "concise")
    assert ran.status == 1
    assert "tests/sub/b.yml:2:19: error[any-host]" in ran.out
    assert "tests/a.yml" not in ran.out


def test_what_was_not_read_and_what_speaks_of_others_is_listed(tree: Path, grantlint: Run) -> None:
    (tree / "tests/broken.yml").write_text("users:\n- {user: a, host: '%'\n", encoding="utf-8")
    (tree / "tests/sub/b.yml").unlink()
    (tree / "tests/mysql.sql").write_text("CREATE USER ''@'%';\n", encoding="utf-8")
    ran = grantlint("--output", "concise")
    assert ran.status == 1
    assert "tests/broken.yml:2:3: error[syntax-error]" in ran.out


def test_parts_of_a_run_fold_their_own(tree: Path, grantlint: Run) -> None:
    for name, said in (("one", "fail-on = 'info'"), ("two", "")):
        (tree / name / "tests").mkdir(parents=True)
        (tree / name / "grantlint.toml").write_text(f"{said}\n", encoding="utf-8")
        (tree / name / "tests/x.yml").write_text(BAD, encoding="utf-8")
    out = grantlint("one", "two").out
    assert "one/tests/x.yml" in out
    assert "two/tests/x.yml" not in out
    assert "1 in two/tests/" in one_line(out)
