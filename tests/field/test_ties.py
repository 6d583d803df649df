"""Database grants of equal rank: which of them comes first a restart may turn, so that nothing is known."""

from pathlib import Path

import pytest

from grantlint.cli.main import main

TIED = """\
CREATE USER u@'10.0.3.%';
GRANT INSERT, UPDATE ON `foo%_bar`.* TO u@'10.0.3.%' WITH GRANT OPTION;
REVOKE ALL ON `foo%_bar`.* FROM u@'10.0.3.%';
GRANT UPDATE ON `foo_%`.* TO u@'10.0.3.%';
"""


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("-d", "foo_bar"), 5, "unless `foo%_bar`.* TO 'u'@'10.0.3.%' comes first"),
        (("-d", "foo_bar", "-p", "UPDATE"), 5, "undecided, rows tie"),
        (("-d", "foo_x", "-p", "UPDATE"), 0, "UPDATE in 'foo_x': yes"),
        (("-d", "foo_bar", "-p", "DELETE"), 1, "DELETE in 'foo_bar': no"),
    ],
)
def test_what_a_tie_decides_is_not_known(
    words: tuple[str, ...],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.sql").write_text(TIED, encoding="utf-8")
    found = main(["why", "u", "--from", "10.0.3.7", *words, "--server", "mysql-9.7", "a.sql"])
    assert said in capsys.readouterr().out
    assert found == status
