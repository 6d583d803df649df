"""What a client does not run, as it has ended at a statement that the server refuses."""

from pathlib import Path

import pytest

from grantlint.cli.main import main

REFUSED = "CREATE USER app@'%';\nGRANT PROCESS ON shop.* TO app@'%';\nGRANT SELECT ON shop.* TO app@'%';\n"
BROKEN = "CREATE USER app@'%';\nGRANT SELECT ON shop. TO app@'%';\nGRANT SELECT ON shop.* TO app@'%';\n"
MISSED = "TO stands where * or a table belongs"
CALLS = """\
mysql -e "CREATE USER app@'%'; GRANT PROCESS ON shop.* TO app@'%'; GRANT INSERT ON shop.* TO app@'%'"
mysql -e "GRANT SELECT ON shop.* TO app@'%'"
"""
FORCED = """\
mysql --force -e "CREATE USER app@'%'; GRANT PROCESS ON shop.* TO app@'%'; GRANT SELECT ON shop.* TO app@'%'"
"""
PLAY = """\
- hosts: db
  tasks:
    - community.mysql.mysql_query: {query: "CREATE USER app@'%'"}
    - community.mysql.mysql_query: {query: "GRANT PROCESS ON shop.* TO app@'%'"}
    - community.mysql.mysql_query: {query: "GRANT SELECT ON shop.* TO app@'%'"}
"""
NEXT = "    - community.mysql.mysql_user: {name: next, host: 10.0.3.7}\n"
ENDS = "ends here, and 1 account statement behind it is not run"


@pytest.mark.parametrize(
    ("name", "text", "status", "said"),
    [
        ("a.sql", REFUSED, 1, f"`mysql < file` without --force {ENDS}"),
        ("a.sql", BROKEN, 1, f"ERROR 1064: {MISSED}; `mysql < file` without --force {ENDS}"),
        ("a.sh", f'mysql -e "{BROKEN}"\n', 1, f"this call of the client {ENDS}"),
        ("init.d/a.sql", REFUSED, 1, f"the image's entry point {ENDS}"),
        ("a.sh", CALLS, 0, f"this call of the client {ENDS}"),
        ("a.sh", f"set -eu\n{CALLS}", 1, "the script, by `set -e`, ends here, and 2 account statements behind it are"),
        ("a.sh", FORCED, 0, "ERROR 1221: Incorrect usage of DB GRANT and GLOBAL PRIVILEGES\n"),
        ("a.yml", PLAY, 1, f"the play {ENDS}"),
    ],
)
def test_what_stands_behind_a_refused_statement_counts_where_it_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, status: int, said: str
) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    asked = ["why", "app", "--from", "10.0.0.5", "-d", "shop", "-p", "SELECT", "--server", "mysql-8.4"]
    assert main([*asked, str(file)]) == status
    out = capsys.readouterr().out
    assert said in out
    assert ("the statement that would do it is not run" in out) == (status == 1)
    assert ("if what runs the file goes on behind errors: let in" in out) == (status == 1)


def test_the_table_is_that_of_what_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sql").write_text(f"{REFUSED}CREATE USER late@'%';\n")
    assert main(["table", "--server", "mysql-8.4", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "'late'" not in out
    assert "2 account statements behind it are not run" in out


def test_the_table_has_two_moments_where_rows_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sql").write_text("CREATE USER a@'%';\nUPDATE mysql.user SET host = '10.%' WHERE user = 'a';\n")
    assert main(["table", "--server", "mysql-8.4", str(tmp_path)]) == 0
    now, after = capsys.readouterr().out.split("after FLUSH PRIVILEGES or a restart:")
    assert "'%'" in now
    assert "'10.%'" in after


@pytest.mark.parametrize(
    ("play", "said"),
    [
        (PLAY, f"The play {ENDS}"),
        (PLAY + NEXT, "The play ends here, and 2 account statements behind it are not run"),
        (
            PLAY.replace(
                "PROCESS ON shop.* TO app@'%'\"}", "PROCESS ON shop.* TO app@'%'\"}\n      ignore_errors: true"
            ),
            "",
        ),
    ],
)
def test_a_finding_says_how_much_of_a_play_is_not_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], play: str, said: str
) -> None:
    (tmp_path / "a.yml").write_text(play)
    assert main(["check", "--no-config", "--output", "json", "--server", "mysql-8.4", str(tmp_path / "a.yml")]) == 1
    out = capsys.readouterr().out
    assert "1221" in out
    assert said in out
    assert bool(said) is ("ends here" in out)
