"""A baseline: what it records, what it then leaves out of a report, and that nothing that goes wrong loses it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest

from grantlint.lint.triage.baseline import Entry
from grantlint.platform.errors import UsageError
from grantlint.run.gate.baseline_file import NAME, read_baseline, update

from .conftest import Run

ALL = "users:\n  - user: app\n    host: '%'\n    authentication: {password: Canary77}\n  - user: web\n    host: '%'\n"
MORE = "  - user: new\n    host: '%'\n"


@pytest.fixture
def recorded(here: Path, grantlint: Run) -> Run:
    (here / "p").mkdir()
    (here / "p/a.yml").write_text(ALL, encoding="utf-8")
    assert grantlint("baseline").out == (
        f"{NAME}: 3 findings recorded, 3 of them new; 0 entries gone\n"
        f'later runs take it by --baseline {NAME}, or by `baseline = "{NAME}"` in grantlint.toml\n'
    )
    return grantlint


def rules(ran_out: str) -> list[tuple[str, int]]:
    return [(one["rule"], one["line"]) for one in json.loads(ran_out)["findings"]]


def test_what_is_recorded_is_not_reported_and_counted(recorded: Run) -> None:
    ran = recorded("--baseline", NAME)
    assert ran.status == 0
    assert f"baseline: 3 known findings ({NAME})\n" in ran.out
    assert "any-host" not in ran.out
    assert recorded().status == 1, "without it everything is reported"


def test_one_account_more_is_one_finding_though_all_else_moves(here: Path, recorded: Run) -> None:
    moved = here / "q/deep/other.yml"
    moved.parent.mkdir(parents=True)
    moved.write_text("# moved\n" * 50 + ALL + MORE, encoding="utf-8")
    (here / "p/a.yml").unlink()
    ran = recorded("--baseline", NAME, "--format", "json")
    assert rules(ran.out) == [("any-host", 58)]
    assert json.loads(ran.out)["summary"]["baseline"] == {"file": NAME, "known": 3, "gone": []}


def test_a_copy_in_another_file_is_new_while_the_first_is_there(here: Path, recorded: Run) -> None:
    (here / "p/b.yml").write_text(ALL, encoding="utf-8")
    assert len(rules(recorded("--baseline", NAME, "--format", "json").out)) == 3
    assert len(rules(recorded("--baseline", NAME, "--format", "json", "p/b.yml").out)) == 3, "also where it is not read"


def test_entries_that_are_gone_are_named_and_pruned(here: Path, recorded: Run) -> None:
    (here / "p/a.yml").write_text(ALL.replace("web", "shop"), encoding="utf-8")
    ran = recorded("--baseline", NAME)
    said = "p/a.yml: any-host: 'web'@'%' may connect from any host"
    assert f"  1 entry is gone; `grantlint baseline --prune` takes that out:\n    {said}\n" in ran.out
    pruned = recorded("baseline", "--prune")
    assert pruned.out == f"{NAME}: 1 entry of 3 taken out: nothing is found there any more\n  {said}\n"
    ran = recorded("--baseline", NAME, "--format", "json")
    assert rules(ran.out) == [("any-host", 6)], "what is new is not recorded by that"
    assert json.loads(ran.out)["summary"]["baseline"]["gone"] == []


def test_a_run_over_a_part_says_nothing_of_the_rest_and_keeps_it(here: Path, recorded: Run) -> None:
    (here / "q").mkdir()
    (here / "q/b.yml").write_text(ALL.replace("web", "other"), encoding="utf-8")
    assert "gone" not in recorded("--baseline", NAME, "q").out
    recorded("baseline", "q")
    assert len(read_baseline(NAME).entries) == 6
    (here / "p/a.yml").unlink()
    recorded("baseline", "q")
    assert len(read_baseline(NAME).entries) == 3, "what is of a file that is no more is gone wherever one looks"


def test_it_holds_from_any_folder(here: Path, recorded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "p")
    assert recorded("--baseline", f"../{NAME}", ".").status == 0
    assert recorded("--baseline", str(here / NAME), str(here)).status == 0


def test_the_configuration_and_the_environment_name_it(
    here: Path, recorded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "grantlint.toml").write_text(f'baseline = "{NAME}"\n', encoding="utf-8")
    assert recorded().status == 0
    assert recorded("--no-baseline").status == 1
    monkeypatch.setenv("GRANTLINT_BASELINE", "gone.json")
    ran = recorded()
    assert (ran.status, ran.err) == (
        2, "grantlint: there is no baseline gone.json; `grantlint baseline` records one\n",
    )  # fmt: skip


def test_a_configuration_leads_to_no_file_elsewhere(here: Path, recorded: Run) -> None:
    (here / "sub").mkdir()
    for path in (f"../{NAME}", "/etc/hostname", "link/x.json"):
        (here / "sub/grantlint.toml").write_text(f'baseline = "{path}"\n', encoding="utf-8")
        if not (here / "sub/link").exists():
            (here / "sub/link").symlink_to("/tmp")  # noqa: S108 - outside
        ran = recorded("baseline", "--config", "sub/grantlint.toml")
        assert ran.status == 2
        assert "lies outside of this file's folder" in ran.err


def test_what_was_not_read_is_never_known(here: Path, recorded: Run) -> None:
    (here / "p/broken.yml").write_text("users: [{user: app, host: '%'\n", encoding="utf-8")
    assert "1 not recorded: what could not be read is no known finding\n" in recorded("baseline").out
    assert recorded("--baseline", NAME).status == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"version": 2, "findings": []}', "is of a newer grantlint (version 2, this one reads 1): upgrade grantlint"),
        ("{", "is not valid JSON: record it anew with `grantlint baseline`"),
        ("[" * 100_000, "is not valid JSON"),
        ("[]", "is no baseline of grantlint"),
        ('{"version": 1}', "is no baseline of grantlint"),
        ('{"version": 1, "findings": [{"key": "x"}]}', "entry 1 is no finding"),
    ],
)
def test_what_is_no_baseline_is_told_and_left_as_it_is(text: str, said: str, here: Path, recorded: Run) -> None:
    (here / NAME).write_text(text, encoding="utf-8")
    for arguments in (("--baseline", NAME), ("baseline",), ("baseline", "--prune")):
        ran = recorded(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.count("\n") == 1
    assert (here / NAME).read_text(encoding="utf-8") == text


def test_there_is_nothing_to_prune_without_one(here: Path, recorded: Run) -> None:
    (here / NAME).unlink()
    assert recorded("baseline", "--prune").err.startswith(f"grantlint: there is no baseline {NAME}; ")


def test_the_file_holds_no_secret_and_one_finding_a_line(here: Path, recorded: Run) -> None:
    del recorded
    text = (here / NAME).read_text(encoding="ascii")
    assert "Canary77" not in text
    assert text.count("\n") == 2 + 3
    assert (
        sorted(text.splitlines()[1:-1], key=lambda line: json.loads(line.rstrip(","))["rule"])
        == text.splitlines()[1:-1]
    )


def add(number: int) -> None:
    def more(before: Sequence[Entry]) -> Sequence[Entry]:
        return [*before, Entry(f"{number}", "r", "p", "m" * 10_000)]

    update(NAME, more)


@pytest.mark.usefixtures("here")
def test_runs_at_once_lose_nothing() -> None:
    with get_context("fork").Pool(4) as pool:
        pool.map(add, range(24), chunksize=1)
    assert {entry.key for entry in read_baseline(NAME).entries} == {str(number) for number in range(24)}
    assert os.listdir(".") == [NAME]


@pytest.mark.e2e
def test_programs_at_once_on_one_baseline_lose_nothing(here: Path) -> None:
    folders = [here / f"part{number}" for number in range(4)]
    for folder in folders:
        folder.mkdir()
        (folder / "a.yml").write_text("users: [{user: app, host: '%'}]\n", encoding="utf-8")
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "grantlint", "baseline", "--select", "any-host", "--baseline", NAME, folder.name],
            cwd=here,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for folder in folders
    ]
    assert [(run.communicate(timeout=60)[1], run.returncode) for run in runs] == [(b"", 0)] * len(runs)
    assert [entry.path for entry in read_baseline(NAME).entries] == [f"{folder.name}/a.yml" for folder in folders]
    assert sorted(path.name for path in here.iterdir()) == [NAME, *(folder.name for folder in folders)]


@pytest.mark.e2e
def test_a_full_disk_leaves_what_was_there(here: Path, recorded: Run) -> None:
    del recorded
    before = (here / NAME).read_bytes()
    (here / "p/b.yml").write_text(ALL, encoding="utf-8")
    command = f'ulimit -f 0; exec "{sys.executable}" -m grantlint baseline'  # no file may grow
    ran = subprocess.run(["sh", "-c", command], cwd=here, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert (
        ran.stderr == f"grantlint: the baseline {NAME} cannot be written: File too large; what was there is as it was\n"
    )
    assert (here / NAME).read_bytes() == before
    assert sorted(os.listdir(here)) == [NAME, "p"]


def as_nobody() -> None:
    if os.geteuid() == 0:
        os.setuid(65534)


def refused(file: str) -> str:
    try:
        update(file, list[Entry])
    except UsageError as error:
        return str(error)
    return ""


def test_a_read_only_checkout_is_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as made:  # outside of folders that only their owner may enter
        file = f"{made}/{NAME}"
        update(file, list[Entry])  # and with it what is imported late
        os.chmod(made, 0o555)  # noqa: S103 - so that others see it
        with get_context("fork").Pool(1, as_nobody) as pool:
            said = pool.apply(refused, (file,))
        assert said == f"the baseline {file} cannot be written: Permission denied; what was there is as it was"
        assert read_baseline(file).entries == ()
        assert os.listdir(made) == [NAME]
