"""`grantlint parse`: what was understood of a file."""

from pathlib import Path

import pytest

from .conftest import Run

SCRIPT = """\
CREATE USER 'app'@'10.%' IDENTIFIED BY 'canary' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3;
CREATE USER h IDENTIFIED WITH mysql_native_password AS '*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1';
GRANT SELECT (a), INSERT ON shop.t TO 'app'@'10.%' WITH GRANT OPTION;
GRANT EXECUTE ON PROCEDURE shop.p TO {{ user }}@'%';
GRANT r TO 'o''b'@h WITH ADMIN OPTION; GRANT PROXY ON a TO b;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM a, b; REVOKE r FROM a; REVOKE SELECT ON *.* FROM a;
RENAME USER a TO b@h; DROP USER IF EXISTS a; CREATE ROLE r; DROP ROLE r;
SET PASSWORD FOR a = 'canary'; SET ROLE ALL EXCEPT r; SET DEFAULT ROLE NONE TO a;
USE mysql; INSERT INTO user (host, user, password) VALUES ('h', 'u', 'canary');
SELECT 'nothing about accounts'; ALTER USER CURRENT_USER() IDENTIFIED BY '';
CREATE USER {{ a }} {{ b }};
"""
SHOWN = """\
init.sql:1:1: CREATE USER 'app'@'10.%' (identified by a password in plain text) REQUIRE SSL MAX_USER_CONNECTIONS 3
init.sql:2:1: CREATE USER 'h' (identified with mysql_native_password by a hash)
init.sql:3:1: GRANT SELECT (a), INSERT ON `shop`.`t` TO 'app'@'10.%' WITH GRANT OPTION
init.sql:4:1: GRANT EXECUTE ON PROCEDURE `shop`.`p` TO {{ user }}@'%'
init.sql:5:1: GRANT 'r' TO 'o''b'@'h' WITH ADMIN OPTION
init.sql:5:40: GRANT PROXY ON 'a' TO 'b'
init.sql:6:1: REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'a', 'b'
init.sql:6:48: REVOKE 'r' FROM 'a'
init.sql:6:65: REVOKE SELECT ON *.* FROM 'a'
init.sql:7:1: RENAME USER 'a' TO 'b'@'h'
init.sql:7:23: DROP USER 'a'
init.sql:7:46: CREATE ROLE 'r'
init.sql:7:61: DROP ROLE 'r'
init.sql:8:1: SET PASSWORD FOR 'a' = a password in plain text
init.sql:8:32: SET ROLE ALL EXCEPT 'r'
init.sql:8:55: SET DEFAULT ROLE NONE TO 'a'
init.sql:9:1: USE `mysql`
init.sql:9:12: INSERT mysql.user 'u'@'h'
init.sql:10:34: ALTER USER CURRENT_USER (identified by an empty password)
init.sql:11:1: CREATE ... not told apart from its template {{ a }}
"""


def test_each_statement_is_shown_as_understood_without_its_passwords(here: Path, grantlint: Run) -> None:
    (here / "init.sql").write_text(SCRIPT, encoding="utf-8")
    ran = grantlint("parse", "init.sql")
    assert ran.out == SHOWN
    assert (ran.status, ran.err) == (0, "")


def test_a_statement_that_the_server_rejects_is_shown_with_its_number(here: Path, grantlint: Run) -> None:
    (here / "init.sql").write_text(
        "GRANT ALL ON *.* TO app\n IDENTIFIED BY 'canary';\nDROP USER a;\n", encoding="utf-8"
    )
    assert grantlint("parse", "init.sql").status == 0
    ran = grantlint("parse", "init.sql", "--server", "mysql-8.4")
    assert ran.status == 1
    assert ran.out == (
        "init.sql:2:2: error 1064: IDENTIFIED stands where the end of the statement belongs\n"
        "init.sql:3:1: DROP USER 'a'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "content", "words"),
    [
        ((), "", "FILE"),
        (("absent.sql",), "", "absent.sql: cannot be read"),
        (("f", "--server", "oracle"), "", "oracle"),
        (("f",), "\0\xff", "f: "),
    ],
)
def test_misuse_is_a_sentence(arguments: tuple[str, ...], content: str, words: str, here: Path, grantlint: Run) -> None:
    (here / "f").write_text(content, encoding="latin-1")
    (here / "g.gz").write_text("not packed", encoding="ascii")
    ran = grantlint("parse", *arguments)
    assert ran.status == 2
    assert words in ran.err
    assert "Traceback" not in ran.err
