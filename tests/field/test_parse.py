"""`grantlint parse` on what a client printed: the statements in it, at their lines."""

from pathlib import Path

import pytest

from grantlint.cli.main import main

BOX = """\
mysql> SHOW GRANTS;
+----------------------------------+
| Grants for a@h                   |
+----------------------------------+
| GRANT USAGE ON *.* TO `a`@`h`    |
| GRANT SELECT ON `s`.* TO `a`@`h` |
+----------------------------------+
"""
LISTED = "GRANT USAGE ON *.* TO `a`@`h`\nGRANT SELECT ON `s`.* TO `a`@`h`\n"


@pytest.mark.parametrize(
    ("text", "words", "status", "places"),
    [
        (BOX, (), 0, ["5:3", "6:3"]),
        (LISTED, (), 0, ["1:1", "2:1"]),
        (LISTED, ("--input-format", "printed"), 0, ["1:1", "2:1"]),
        (LISTED.replace("\n", ";\n"), ("--input-format", "sql"), 0, ["1:1", "2:1"]),
        (LISTED, ("--input-format", "ansible"), 2, []),
    ],
)
def test_parse_reads_what_a_client_printed(
    text: str,
    words: tuple[str, ...],
    status: int,
    places: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("paste.txt").write_text(text, encoding="utf-8")
    assert main(["parse", "paste.txt", *words]) == status
    said = capsys.readouterr().out.splitlines()
    assert [":".join(line.split(":")[1:3]) for line in said] == places
