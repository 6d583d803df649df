"""Settings that a script of SQL makes before or behind its grants."""

from pathlib import Path

import pytest

from grantlint.cli.main import main

REVOKED = "CREATE USER a@'%' REQUIRE SSL;\nGRANT SELECT ON *.* TO a@'%';\nREVOKE SELECT ON mysql.* FROM a@'%';\n"
EVERY_ROLE = "SET GLOBAL activate_all_roles_on_login = ON;\n"
ROLE = "CREATE ROLE r;\nGRANT SELECT ON shop.* TO r;\nCREATE USER a@'%' REQUIRE SSL;\n"


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        (f"SET GLOBAL partial_revokes = ON;\n{REVOKED}", ("-d", "mysql", "-p", "SELECT"), 1),
        (f"SET PERSIST partial_revokes = 1;\n{REVOKED}", ("-d", "shop", "-p", "SELECT"), 0),
        (f"-- SET GLOBAL partial_revokes = ON;\n{REVOKED}", ("-d", "mysql", "-p", "SELECT"), 0),
        (f"/*\nSET GLOBAL partial_revokes = ON;\n*/\n{REVOKED}", ("-d", "mysql", "-p", "SELECT"), 0),
        (f"CREATE USER b COMMENT '\nSET GLOBAL partial_revokes = ON';\n{REVOKED}", ("-d", "mysql", "-p", "SELECT"), 0),
        (f"CREATE USER b; SET GLOBAL partial_revokes = ON; {REVOKED}", ("-d", "mysql", "-p", "SELECT"), 1),
        (
            f"SET GLOBAL partial_revokes = ON, GLOBAL max_connections = 9;\n{REVOKED}",
            ("-d", "mysql", "-p", "SELECT"),
            1,
        ),
        (f"SET autocommit = 1, PERSIST\n partial_revokes := TRUE;\n{REVOKED}", ("-d", "mysql", "-p", "SELECT"), 1),
        (f"SET SESSION partial_revokes = ON;\n{REVOKED}", ("-d", "mysql", "-p", "SELECT"), 0),
        (f"{ROLE}GRANT r TO a@'%';\nSET @@GLOBAL.activate_all_roles_on_login = 'ON';\n", ("-d", "shop"), 0),
        (f"{ROLE}GRANT r TO a@'%';\nSET activate_all_roles_on_login = 'ON';\n", ("-d", "shop"), 1),
        (
            f"{ROLE}SET PERSIST mandatory_roles = 'r';\nSET GLOBAL activate_all_roles_on_login = ON;\n",
            ("-d", "shop"),
            0,
        ),
    ],
)
def test_what_a_script_sets_counts(
    text: str,
    words: tuple[str, ...],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.sql").write_text(text, encoding="utf-8")
    assert main(["why", "a", "--from", "10.0.3.7", *words, "--server", "mysql-8.4", "a.sql"]) == status, (
        capsys.readouterr().out
    )
