"""Settings that nobody can read: named, and not known where they decide."""

from pathlib import Path

import pytest

from grantlint.cli.main import main


@pytest.mark.parametrize(
    ("setting", "host", "status", "said"),
    [
        ('{skip_name_resolve: "${SNR}"}', "web1", 5, "unless skip_name_resolve is on"),
        ('{skip_name_resolve: "${SNR}"}', "10.0.0.5", 0, "let in as"),
        ("{skip_name_resolve: 'off'}", "web1", 0, "let in as"),
        ("{skip_name_resolve: 'on'}", "web1", 1, "skip_name_resolve: it is on"),
        ('{skip_grant_tables: "${SGT}"}', "10.0.0.9", 5, "unless skip_grant_tables is on"),
        ('{max_connections: "${MC}"}', "web1", 0, "let in as"),
    ],
)
def test_a_switch_that_nobody_can_read_is_named_where_it_decides(
    setting: str,
    host: str,
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.yml").write_text(
        f"server:\n  product: mysql-8.4\n  settings: {setting}\nusers:\n"
        f"  - {{user: app, host: {host}, authentication: {{secret: 'vault:x'}}}}\n",
        encoding="utf-8",
    )
    found = main(["why", "app", "--from", "web1=10.0.0.5", "p.yml"])
    assert said in capsys.readouterr().out
    assert found == status
