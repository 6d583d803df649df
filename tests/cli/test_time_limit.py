"""--time-limit: what is not reached is named and counted, never clean."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from grantlint.cli.main import main
from grantlint.lint.engine.look import Look
from grantlint.model import Declarations, DeclaredServer
from grantlint.model.location import Source
from grantlint.model.server import NOT_LISTED
from grantlint.platform import deadline
from grantlint.platform.opening import Opened
from grantlint.reader.files import discovery
from grantlint.reader.formats.policy import document
from grantlint.servers import panel

POLICY = "server: {{name: s{0}, product: mysql-8.4}}\nusers:\n  - {{user: a, host: '%'}}\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return what the clock says, to be moved."""
    now = [0.0]
    monkeypatch.setattr(deadline, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def three(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"{number}.yml").write_text(POLICY.format(number), encoding="utf-8")
    return tmp_path


def test_a_file_that_takes_too_long_is_not_decided_nor_are_those_behind_it(
    three: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = document.read

    def reading(source: Source) -> tuple[Declarations, ...]:
        clock[0] += 4
        return read(source)

    monkeypatch.setattr(document, "read", reading)
    arguments = ["--no-config", "--time-limit", "7", str(three)]
    assert main([*arguments, "--exit-zero"]) == 0
    out = capsys.readouterr().out
    assert "not decided: 1 file and 2 servers, as the time limit was over before\n" in out
    assert f"  file {three}/2.yml:1:1\n" in out
    assert "that only a run could know" not in out

    clock[0] = 0
    assert main([*arguments, "--fail-on", "never", "--fail-on-unchecked", "--output", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(one["what"], one["path"][-5:]) for one in found["not_checked"]] == [
        ("file", "2.yml"),
        ("server", "0.yml"),
        ("server", "1.yml"),
    ]


def test_the_limit_is_for_the_paths_of_all_configurations(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = document.read

    def reading(source: Source) -> tuple[Declarations, ...]:
        clock[0] += 4
        return read(source)

    monkeypatch.setattr(document, "read", reading)
    paths: list[str] = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "grantlint.toml").touch()
        (tmp_path / name / "a.yml").write_text(POLICY.format(name), encoding="utf-8")
        paths.append(str(tmp_path / name / "a.yml"))
    clock[0] = 50
    assert main(["--time-limit", "4", *paths, "--exit-zero"]) == 0
    out = capsys.readouterr().out
    assert "not decided: 1 server and 1 file, as the time limit was over before\n" in out
    assert f"  file {tmp_path}/other/a.yml:1:1\n" in out


def test_a_server_that_takes_too_long_says_what_was_found_and_that_there_may_be_more(
    three: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    look = Look.at_server

    def endless(self: Look) -> None:
        if self.panel.declared.name == "s1":
            clock[0] += 100
            raise deadline.TimeIsUpError  # as the timer does
        look(self)

    monkeypatch.setattr(Look, "at_server", endless)
    assert main(["--no-config", "--time-limit", "7", str(three)]) in {0, 1}
    out = capsys.readouterr().out
    assert "not decided: 2 servers" in out
    assert out.count("may connect from any host") == 2


def test_no_limit_is_no_limit(three: Path, clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    clock[0] = 1e9
    main(["--no-config", "--time-limit", "0", str(three)])
    assert "not decided" not in capsys.readouterr().out


def test_a_hostile_file_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def endless(_source: Source) -> tuple[Declarations, ...]:
        while True:
            with suppress(Exception):  # as a reader may that means well
                sum(range(100))

    monkeypatch.setattr(document, "read", endless)
    (tmp_path / "0.yml").write_text(POLICY.format(0), encoding="utf-8")
    assert main(["--no-config", "--time-limit", "1", "--fail-on-unchecked", str(tmp_path)]) == 1
    assert "not decided: 1 file, as the time limit was over before" in capsys.readouterr().out


def test_a_server_that_takes_too_long_to_replay_is_not_decided(
    three: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = panel.panel

    def slow(declared: DeclaredServer, *others: object) -> object:
        if declared.name == "s1":
            clock[0] += 100
            raise deadline.TimeIsUpError  # as the timer does
        return make(declared, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(panel, "panel", slow)
    assert main(["--no-config", "--time-limit", "7", "--fail-on-unchecked", str(three)]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "3 files, 3 accounts, 3 servers" in out
    assert "not decided: 3 servers" in out, "one when it was made, one before, and one for which no time was left"


def test_behind_the_limit_no_file_is_opened_and_each_is_named(
    three: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    open_listed = discovery.open_listed

    def opening(path: str) -> Opened:
        opened.append(path)
        clock[0] += 10
        return open_listed(path)

    monkeypatch.setattr(discovery, "open_listed", opening)
    assert main(["--no-config", "--time-limit", "7", "--fail-on-unchecked", str(three)]) == 1
    assert opened == [f"{three}/0.yml"]
    assert "not decided: 3 files, as the time limit was over before\n" in capsys.readouterr().out


def test_what_there_is_no_time_to_list_is_counted_and_the_gravest_is_listed(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    users = "".join(f"  - {{user: a{number}, host: '%'}}\n" for number in range(150))
    masks = "".join(f"  - {{user: b{number}, host: 10.0.0.1/24}}\n" for number in range(150))
    head = "server: {name: s, product: mysql-8.4}\nusers:\n"
    (tmp_path / "a.yml").write_text(head + users + masks, encoding="utf-8")
    arguments = ["--no-config", "--select", "any-host,netmask-host-bits", "--time-limit", "7", str(tmp_path)]
    assert main([*arguments, "--output", "json"]) == 1
    every = json.loads(capsys.readouterr().out)["findings"]
    look = Look.at_server

    def slow(self: Look) -> None:
        look(self)
        clock[0] = 6.9999

    monkeypatch.setattr(Look, "at_server", slow)
    clock[0] = 0
    assert main([*arguments, "--output", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["why"] for one in found["not_checked"]] == [NOT_LISTED] * (len(every) - 100)
    assert len(found["findings"]) == 100
    assert {one["severity"] for one in found["findings"]} == {"error"}
    clock[0] = 0
    assert main(arguments) == 1
    assert "not listed: 50 errors, 150 warnings, as the time limit was over before" in " ".join(
        capsys.readouterr().out.split()
    )


def test_a_server_leaves_time_to_list_what_is_found() -> None:
    found = [0]

    def work() -> None:
        for number in range(100_000_000):
            found[0] = number

    with pytest.raises(deadline.TimeIsUpError):
        deadline.Deadline(600).run(work, lambda: found[0] * 0.1)
    assert 6_000 <= found[0] < 100_000_000
