"""Files looked at by several processes: the same is found as by one, whatever becomes of the others."""

import os
import signal
from pathlib import Path

import pytest

from grantlint.model import Fault
from grantlint.platform.globs import Globs
from grantlint.reader.files.discovery import Search
from grantlint.reader.files.recognition import EMPTY, NO_CLAIM, NO_WORDS
from grantlint.reader.tree import shares

THINGS = range(100)


@pytest.fixture
def _four_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_processors", lambda: 4)
    monkeypatch.setattr(shares, "_LEAST", 5)


@pytest.mark.usefixtures("_four_processes")
def test_all_but_the_first_share_are_tested_by_others_and_order_is_kept() -> None:
    own = os.getpid()
    assert [*shares.split(THINGS, lambda thing: 1 + thing if os.getpid() != own else 0)] == [
        (thing, 0 if thing < 25 else 1 + thing) for thing in THINGS
    ]


@pytest.mark.usefixtures("_four_processes")
def test_few_things_are_left_to_the_caller() -> None:
    assert [*shares.split(range(9), lambda _: 1)] == [(thing, 0) for thing in range(9)]
    assert [*shares.split([], lambda _: 1)] == []


@pytest.mark.usefixtures("_four_processes")
def test_a_process_that_fails_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def test(thing: int) -> int:
        if thing == 30:
            raise ValueError
        if thing == 60:
            os.kill(os.getpid(), signal.SIGKILL)
        return 1

    assert [*shares.split(THINGS, test)] == [(thing, int(thing >= 75)) for thing in THINGS]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("_four_processes")
def test_no_process_outlives_a_caller_that_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, started = os.fork, list[int]()

    def noted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", noted)
    looking = shares.split(THINGS, lambda _: 1)
    next(looking)
    looking.close()
    assert started
    for process in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, 0)


@pytest.mark.usefixtures("_four_processes")
def test_where_no_process_can_be_started_the_caller_looks_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert [*shares.split(THINGS, lambda _: 1)] == [(thing, 0) for thing in THINGS]


def test_one_processor_tests_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_processors", lambda: 1)
    monkeypatch.setattr(shares, "_LEAST", 5)
    assert [*shares.split(THINGS, lambda _: 1)] == [(thing, 0) for thing in THINGS]


def test_a_tree_is_read_as_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    texts = ["users:\n- {user: app, host: localhost}\n", "", "mysql: 1\n", "x: 1\n", "\0mysql\n", "users: [\xe4"]
    for number in range(60):
        Path(f"{number:02}.yml").write_bytes(texts[number % len(texts)].encode("latin-1"))
    Path("59.yml").unlink()
    Path("59.yml").symlink_to("00.yml")
    Path("58.yml").unlink()
    Path("58.yml").symlink_to("03.yml")

    def seen(processors: int) -> tuple[list[tuple[str, str]], dict[str, list[str]], list[Fault], int]:
        monkeypatch.setattr(shares, "_processors", lambda: processors)
        search = Search(["."], exclude=Globs(("57*",)))
        taken = [(candidate.source.path, candidate.format.name) for candidate in search]
        return taken, search.passed_over, search.faults

    monkeypatch.setattr(shares, "_LEAST", 5)
    alone = seen(1)
    assert {EMPTY, NO_CLAIM, NO_WORDS} <= alone[1].keys()
    assert seen(4) == alone
