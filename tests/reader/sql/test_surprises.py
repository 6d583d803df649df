"""What one would not guess of the servers' parsers, in statements of our own made after their answers.

The answers stand in this order: MySQL 9.7.4, MySQL 5.6.24, MariaDB 10.11.19, MariaDB 11.8.9; y parses, - not.
"""

import pytest

from grantlint.access.grammar import grammar_for
from grantlint.reader.sql import SyntaxFault, parse_statement

GRAMMARS = (
    grammar_for("mysql", (9, 7, 4)),
    grammar_for("mysql", (5, 6, 24)),
    grammar_for("mariadb", (10, 11, 19)),
    grammar_for("mariadb", (11, 8, 9)),
)
HASH = "*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1"

ANSWERS = {
    # nothing may stand after @, or the host is empty
    "yyyy": [
        "CREATE USER u9 @h",
        "CREATE USER 'u9'\t@'h'",
        "CREATE USER u9/*x*/@h",
        "CREATE USER u9 -- c\n@h",
        "CREATE USER u9 /*!50000 @h */",
        "CREATE USER u9@",
        "CREATE USER u9@ ",
        "CREATE USER u9@;",
        "CREATE USER u9@, u10",
        "CREATE USER u9 @ IDENTIFIED BY 'x'",
        "SET PASSWORD FOR u@ = ''",
        "DROP USER u@",
        # names that begin with digits, hosts of anything
        *(f"CREATE USER {name}" for name in ("1e", "1e$", "1e_5", "12abc", "1$", "0x", "0x_", "0x61g", "0X61")),
        *(f"CREATE USER {name}" for name in ("0B1", "0b", "0b12", "$", "$u9", "_", "\u2018u9\u2019", "u9\u200b")),
        *(f"CREATE USER u@{host}" for host in ("9", "0x61", "1e5", ".10", "..", "10.", "select", "NULL", "DEFAULT")),
        "CREATE USER u@CURRENT_USER",
        # comments
        "/*M!80000 CREATE USER u9 */",
        "CREATE USER u9 /*m! x */",
        "CREATE /*+ x */ USER u9",
        "CREATE USER u9 /*!50000 /* c */ IDENTIFIED BY 'x' */",
        "CREATE USER u9;;",
        "CREATE USER u9; ; -- tail",
        "CREATE USER u9;\0",
        "-- only a comment",
        # names, levels, values
        "CREATE USER u9 IDENTIFIED WITH ''",
        "GRANT SHOW SCHEMAS ON *.* TO u",
        "GRANT SELECT ON db1.select TO u",
        "GRANT SELECT ON db1.123 TO u",
        "GRANT SELECT ON select.t1 TO u",
        "GRANT SELECT ON db1 . t1 TO u",
        "GRANT SELECT ON 1db.* TO u",
        "GRANT SELECT ON user.* TO u",
        "GRANT SELECT ON TABLE *.* TO u",
        "GRANT SELECT ON TABLE db1.* TO u",
        "GRANT EXECUTE ON PROCEDURE db1.* TO u",
        "SET PASSWORD := 'x'",
        "CREATE USER SUPER@h, FILE, EVENT, NONE",
    ],
    "----": [
        "CREATE USER u9@ 'h'",
        "CREATE USER u9@/**/h",
        "CREATE USER u9@\nh",
        *(f"CREATE USER {name}" for name in ("9", "1e5", "1E5", "9e9", "1e5x", "1e5_", "1e5ü", "1.5", "1.u", "0x61")),
        *(f"CREATE USER {name}" for name in ("0b1", "my.user@h", "select@h", "u@%", "u@my-host", "u@::1", "a@b@c")),
        "CREATE\u00a0USER u9",
        "\ufeffCREATE USER u9",
        "CREATE USER u9 --c",
        "CREATE USER u9 /*!0 x */",
        "CREATE USER u9 /*!  50000 x */",
        "CREATE USER u9 /*!50000 /*!50000 x */ */",
        "CREATE USER u9 /*!50000 -- c */",
        "CREATE USER u9 /*!99999 '*/' x */",
        "CREATE USER u9 /*!99999 /* x */",
        "CREATE USER u9 /* a /* b */ c */",
        "CREATE USER u9 /*",
        "CREATE USER u9; x",
        "",
        " ; ",
        "CREATE USER 'u' '9'",
        "CREATE USER u9 IDENTIFIED BY 'a' 'b'",
        "CREATE USER u9 REQUIRE SUBJECT 'a' 'b'",
        *(f"CREATE USER u9 IDENTIFIED BY {value}" for value in ("N'a'", "x'61'", "_utf8'a'", "?", "@v", "5", "('a')")),
        "SET SESSION PASSWORD = 'x'",
        "PREPARE s FROM 'CREATE USER'",
        "EXECUTE IMMEDIATE 'CREATE USER'",
        "SET ROLE = r1",
        "SET PASSWORDS = 'x'",
        "SET DEFAULT ROLE r1 TO CURRENT_USER",
        "CREATE USER u DEFAULT ROLE NONE",
        "GRANT SELECT (*) ON db1.t1 TO u",
        "GRANT SELECT (t1.a) ON db1.t1 TO u",
        "GRANT SELECT () ON db1.t1 TO u",
        "GRANT DELETE (a) ON db1.t1 TO u",
        "GRANT SELECT ON 'db1'.* TO u",
        "GRANT SELECT ON select.* TO u",
        "GRANT SELECT ON 123.* TO u",
        "GRANT SELECT ON 1e5.* TO u",
        "GRANT DELETE VERSIONING ROWS ON db1.t1 TO u",
        "CREATE USER u9 WITH MAX_QUERIES_PER_HOUR 5, MAX_UPDATES_PER_HOUR 6",
        "CREATE USER u9 PASSWORD EXPIRE INTERVAL 1e1 DAY",
    ],
    # only MySQL 8 and later
    "y---": [
        "ALTER USER u IDENTIFIED WITH p AS 'h' RETAIN CURRENT PASSWORD",
        "ALTER USER u DISCARD OLD PASSWORD, u1 IDENTIFIED BY 'x' ACCOUNT LOCK",
        "ALTER USER u ADD 2 FACTOR IDENTIFIED BY 'x' ADD 3 FACTOR IDENTIFIED WITH p",
        "ALTER USER USER() 2 FACTOR UNREGISTER",
        "ALTER USER CURRENT_USER() 2 FACTOR INITIATE REGISTRATION",
        "CREATE USER u9 IDENTIFIED WITH p AS 0x24",
        "CREATE USER u9 IDENTIFIED WITH p AS x'24'",
        "CREATE USER u9 PASSWORD HISTORY 0x10",
        "GRANT 'ROLE_ADMIN' ON *.* TO u",
        "GRANT `SELECT` ON *.* TO u",
        "GRANT ROLE_ADMIN (a) ON *.* TO u",
        "CREATE USER u9 ACCOUNT LOCK ACCOUNT UNLOCK PASSWORD EXPIRE PASSWORD EXPIRE NEVER",
        "GRANT EXECUTE ON LIBRARY db1.l TO u",
        "SET ROLE ALL EXCEPT r1, r2@h",
        "GRANT SELECT ON *.* TO u WITH GRANT OPTION AS v WITH ROLE ALL EXCEPT r1",
        "CREATE USER u IDENTIFIED WITH p INITIAL AUTHENTICATION IDENTIFIED WITH q AS 'x'",
    ],
    "--yy": [
        "/*!080000CREATE USER u9 */",
        "CREATE ROLE NONE",
        "GRANT EVENT TO u",
        "SET ROLE SUPER",
        "GRANT r1 TO u IDENTIFIED BY 'x', r2, PUBLIC WITH ADMIN OPTION",
        "CREATE ROLE r9 WITH ADMIN OPTION",
        "CREATE USER u9 IDENTIFIED VIA mysql_native_password, unix_socket",
        "CREATE USER u9 IDENTIFIED WITH mysql_native_password USING PASSWORD ('x') OR unix_socket",
        "SET @a=1, ROLE r1",
        "BEGIN NOT ATOMIC CREATE USER u9; END",
        "CREATE USER u9 WITH MAX_USER_CONNECTIONS - 1",
        "GRANT REPLICATION REPLICA ADMIN ON *.* TO u",
        "SHOW CREATE USER",
        "EXECUTE IMMEDIATE 'CREATE USER u9'",
    ],
    "---y": ["GRANT SHOW CREATE ROUTINE ON db1.* TO u"],
    "y--y": ["CREATE ROLE MASTER_SSL_VERIFY_SERVER_CERT"],
    "yyy-": ["CREATE USER VECTOR", "CREATE USER SQL_AFTER_GTIDS"],
    "-yyy": [
        "CREATE USER u9 /*!80000 BOGUS */",
        f"CREATE USER u9 IDENTIFIED BY PASSWORD '{HASH}'",
        "GRANT PROXY ON u1 TO u IDENTIFIED BY 'x' WITH GRANT OPTION",
        "GRANT SELECT ON .t1 TO u",
        "SET PASSWORD FOR u = PASSWORD('x'), PASSWORD FOR u1 = '', @a = 1",
        "GRANT SELECT ON *.* TO u REQUIRE SSL WITH MAX_QUERIES_PER_HOUR 1 GRANT OPTION GRANT OPTION",
    ],
    "y-yy": [
        "/*!100000 CREATE USER u9 */",
        "ALTER USER u, u1 PASSWORD EXPIRE",
        "CREATE USER u9 WITH MAX_QUERIES_PER_HOUR 1e2 MAX_UPDATES_PER_HOUR .5 MAX_CONNECTIONS_PER_HOUR 0x10",
        "CREATE USER u9 REQUIRE ISSUER 'a' AND SUBJECT 'b' CIPHER 'c'",
    ],
    "-y--": [
        "ALTER USER u PASSWORD EXPIRE, u1 PASSWORD EXPIRE",
        "CREATE USER window, groups, row_number",
    ],
}


@pytest.mark.parametrize(("sql", "expected"), [(sql, answers) for answers, texts in ANSWERS.items() for sql in texts])
def test_the_four_grammars_answer_as_their_servers_do(sql: str, expected: str) -> None:
    answers = (not isinstance(parse_statement(sql, grammar), SyntaxFault) for grammar in GRAMMARS)
    assert "".join("y" if parsed else "-" for parsed in answers) == expected
