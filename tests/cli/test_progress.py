"""Signs of life for whoever waits, and for nobody else."""

import io

import pytest

from grantlint.run import progress


class Screen(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def shown(monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, *, seconds_each: float, things: int) -> str:
    """Return what is written to standard error while things take their time."""
    ticks = iter(range(10_000))
    monkeypatch.setattr(progress, "monotonic", lambda: next(ticks) * seconds_each)
    monkeypatch.setattr("sys.stderr", screen)
    assert [*progress.with_progress(range(things), "files read")] == [*range(things)]
    return screen.getvalue()


def test_a_short_run_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Screen(), seconds_each=0.01, things=50) == ""


def test_a_long_run_counts_and_cleans_up_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(monkeypatch, Screen(), seconds_each=0.5, things=1200)
    assert said.startswith("\r3 files read ")
    assert "\r1,200 files read " in said
    assert said.endswith("\r\x1b[K")


def test_signs_of_life_come_at_most_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(monkeypatch, Screen(), seconds_each=0.001, things=3000)
    assert said.count("files read") <= 20


def test_a_log_file_gets_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO(), seconds_each=1, things=50) == ""
