"""Texts that a client printed of a server that holds more: what they do not show is not known."""

import json
from pathlib import Path

import pytest

from grantlint.cli.main import main

LIST = "user\thost\napp\t10.0.3.%\nroot\tlocalhost\n"
SHOWN = (
    "Grants for app@10.0.3.%\nGRANT USAGE ON *.* TO `app`@`10.0.3.%`\nGRANT SELECT ON `shop`.* TO `app`@`10.0.3.%`\n"
)
WITH_ROLE = f"{SHOWN}GRANT `ops`@`%` TO `app`@`10.0.3.%`\n"
ASKED = "mysql> SELECT user, host FROM mysql.user WHERE user = 'app';\n"
HERE = ("app", "--from", "10.0.3.7")


@pytest.mark.parametrize(
    ("text", "words", "status", "said"),
    [
        pytest.param(LIST, (*HERE, "-d", "shop"), 5, "SHOW GRANTS FOR 'app'@'10.0.3.%'", id="list"),
        pytest.param(LIST, HERE, 0, "let in as 'app'@'10.0.3.%'", id="list lets in"),
        pytest.param(LIST, ("bob", "--from", "10.0.3.7"), 1, "no account of the user 'bob'", id="list has no bob"),
        pytest.param(LIST + SHOWN, (*HERE, "-d", "hr"), 1, "refused: ERROR 1044", id="both"),
        pytest.param(SHOWN, (*HERE, "-d", "hr"), 1, "refused: ERROR 1044", id="grants"),
        pytest.param(SHOWN, (*HERE, "-d", "shop", "-p", "SELECT"), 0, "SELECT in 'shop': yes", id="grants serve"),
        pytest.param(SHOWN, ("bob", "--from", "10.0.3.7"), 5, "SELECT user, host FROM mysql.user", id="no list"),
        pytest.param(SHOWN, ("app", "--from", "socket"), 5, "SELECT user, host FROM mysql.user", id="no list, app"),
        pytest.param(WITH_ROLE, (*HERE, "-d", "hr"), 5, "the role 'ops' gives it", id="role"),
        pytest.param(
            ASKED + LIST,
            ("bob", "--from", "10.0.3.7"),
            5,
            "SELECT user, host FROM mysql.user",
            id="a part of the list",
        ),
    ],
)
def test_what_a_paste_does_not_show_is_not_known(
    text: str,
    words: tuple[str, ...],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("paste.txt").write_text(text, encoding="utf-8")
    found = main(["why", *words, "--server", "mysql-8.4", "paste.txt"])
    assert said in capsys.readouterr().out
    assert found == status


SESSION = """mysql> show grants for app@'10.0.3.%';
+-----------------------------------------------+
| Grants for app@10.0.3.%                       |
+-----------------------------------------------+
| GRANT USAGE ON *.* TO `app`@`10.0.3.%`        |
| GRANT SELECT ON `shop`.* TO `app`@`10.0.3.%`  |
+-----------------------------------------------+
2 rows in set (0.00 sec)
"""


@pytest.mark.parametrize("text", [SESSION, "\n".join(SHOWN.splitlines()[1:]), f"mysql> SELECT 1;\n{LIST}"])
@pytest.mark.parametrize("only", [".", "paste.sql"])
def test_a_paste_in_a_file_of_sql_is_told_by_its_content(
    text: str, only: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("paste.sql").write_text(text, encoding="utf-8")
    found = main(["why", *HERE, "--server", "mysql-8.4", only])
    assert "let in as 'app'@'10.0.3.%'" in capsys.readouterr().out
    assert found == 0


BOTH = {"mysql-8.4", "mysql-9.7", "mariadb-10.11", "mariadb-11.8"}
OF_ONE = "user\thost\t{}\napp\t10.0.3.%\t{}\n"
OF_GRANTS = "Grants for app@10.0.3.%\nGRANT {} ON *.* TO `app`@`10.0.3.%`{}\n"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        (OF_ONE.format("account_locked", "N"), "mysql"),
        (OF_ONE.format("is_role", "N"), "mariadb"),
        (OF_ONE.format("plugin", "unix_socket"), "mariadb"),
        (OF_ONE.format("plugin", "auth_socket"), "mysql"),
        (OF_ONE.format("plugin", "mysql_native_password"), ""),
        (OF_GRANTS.format("BACKUP_ADMIN", ""), "mysql"),
        (OF_GRANTS.format("USAGE", " IDENTIFIED BY PASSWORD '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'"), "mariadb"),
        (OF_GRANTS.format("BINLOG ADMIN", ""), ""),
        (f"{OF_ONE.format('account_locked', 'N')}\n{OF_ONE.format('is_role', 'N')}", ""),
    ],
)
def test_what_one_product_alone_shows_tells_which_it_is(
    text: str, family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "paste.grants").write_text(text, encoding="utf-8")
    main(["convert", "--to", "json", str(tmp_path)])
    head = json.loads(capsys.readouterr().out.partition("\n")[0])
    assert [set(server["judged_as"]) for server in head["servers"]] == [{one for one in BOTH if one.startswith(family)}]
