"""`grantlint init`: a first configuration, which the program takes and which changes nothing."""

import re
import tomllib
from pathlib import Path

import pytest

from grantlint.run.configuration.keys import IN_FILES
from grantlint.run.configuration.reading import read_config
from grantlint.run.judging.planning import plan

from .conftest import Run

FILE = "grantlint.toml"


def without(report: str) -> str:
    """Return a report without the line that names the configuration."""
    return report.replace(f"configuration: {FILE}\n", "")


@pytest.mark.usefixtures("files")
def test_it_is_taken_and_changes_no_finding(grantlint: Run) -> None:
    before = grantlint()
    ran = grantlint("init")
    assert ran == (0, f"{FILE}: written; see what holds with `grantlint config`\n", "")
    after = grantlint()
    assert after.out != before.out, "the summary names it"
    assert (after.status, without(after.out), after.err) == (before.status, before.out, before.err)
    text = Path(FILE).read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    assert "# Findings today: error: " in text
    assert "policy" in text.split("Found here")[1].split("\n")[0]
    assert '# baseline = "grantlint-baseline.json"\n' in text


@pytest.mark.usefixtures("files")
def test_each_line_is_taken_when_its_sign_is_taken_away(grantlint: Run) -> None:
    grantlint("init")
    text = Path(FILE).read_text(encoding="utf-8")
    text = re.sub(r"^# (?=\[|[a-z-]+ = )", "", text, flags=re.MULTILINE)
    Path(FILE).write_text(text, encoding="utf-8")
    assert {*tomllib.loads(text)} == {setting.key for setting in IN_FILES}
    plan(read_config(FILE))


def test_it_tells_what_files_say_of_their_servers(here: Path, grantlint: Run) -> None:
    variables = "{MYSQL_ROOT_PASSWORD: '${R}', MYSQL_DATABASE: d, MYSQL_USER: app, MYSQL_PASSWORD: x}"
    (here / "compose.yml").write_text(
        f"services:\n  db:\n    image: mysql:8.4\n    environment: {variables}\n", encoding="utf-8"
    )
    (here / "sql/old").mkdir(parents=True)
    (here / "sql/a.sql").write_text("CREATE USER 'app'@'10.0.0.1';\n", encoding="utf-8")
    (here / "sql/old/a.sql").write_text("CREATE USER 'app'@'10.0.0.1';\n", encoding="utf-8")
    (here / "sql/my.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    printed = grantlint("init", "--output", "-").out
    assert not (here / FILE).exists()
    assert '# "compose.yml" names its server: mysql-8.4\n' in printed
    assert '# "sql/my.cnf" tells settings of a server\n' in printed
    assert printed.count("# [[server]]\n") == 1
    assert '# paths = ["sql"]\n' in printed
    assert "files: 1 compose, 1 mycnf, 2 sql; accounts: " in printed
    assert "MYSQL_PASSWORD" not in printed


@pytest.mark.e2e
def test_nothing_is_lost_unless_somebody_says_so(here: Path, grantlint: Run) -> None:
    (here / FILE).write_text("profile = 'pedantic'\n", encoding="utf-8")
    (here / "sub").mkdir()
    ran = grantlint("init")
    said = f"{FILE} is there already and is left as it is; --force writes it anew, --output - prints it"
    assert ran == (2, "", f"grantlint: {said}\n")
    assert (here / FILE).read_text(encoding="utf-8") == "profile = 'pedantic'\n"
    (here / ".git").mkdir()
    ran = grantlint("init", "sub")
    assert (ran.status, ran.err) == (
        2, f"grantlint: {FILE} counts for sub already, and would no longer; --force, or --output -\n",
    )  # fmt: skip
    assert grantlint("init", "--force").status == 0
    assert tomllib.loads((here / FILE).read_text(encoding="utf-8")) == {}
    assert grantlint("init", "nowhere").err == (
        "grantlint: nowhere is no folder: a configuration is for all files of one\n"
    )


def test_what_cannot_be_written_is_a_sentence(here: Path, grantlint: Run) -> None:
    ran = grantlint("init", "--output", "gone/x.toml")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "grantlint: gone/x.toml cannot be written: No such file or directory; nothing of it is there\n"
    assert grantlint("init", "--force", "--output", "/dev/full").status == 2
    assert [*here.iterdir()] == []
