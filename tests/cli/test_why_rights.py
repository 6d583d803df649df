"""What `grantlint why` says of rights that small scripts leave: each case was asked of a real server."""

from pathlib import Path

import pytest

from runs import Run

BY_ROLE = "CREATE USER u; CREATE ROLE r; GRANT SELECT ON shop.* TO r;"
OF_ALL = (
    "CREATE USER u; GRANT SELECT ON *.* TO u WITH GRANT OPTION; GRANT SELECT ON shop.* TO u; REVOKE ALL ON *.* FROM u;"
)
INSERTS = "CREATE USER u; GRANT INSERT ON *.* TO u; GRANT INSERT ON shop.* TO u; REVOKE INSERT ON shop.* FROM u;"
MANDATORY = "mandatory_roles = `r`@`%`, other\nactivate_all_roles_on_login = ON\n"


@pytest.mark.parametrize(
    ("server", "script", "settings", "privilege", "status"),
    [
        ("mariadb-11.8", "CREATE USER u; GRANT SELECT ON shop.* TO PUBLIC;", "", "SELECT", 0),
        ("mariadb-10.6", "CREATE USER u; GRANT SELECT ON shop.* TO PUBLIC;", "", "SELECT", 1),
        ("mariadb-13.1", "CREATE USER u; GRANT SELECT ON shop.* TO u; DENY SELECT ON shop.* TO u;", "", "SELECT", 1),
        ("mysql-9.7", BY_ROLE, MANDATORY, "SELECT", 0),
        ("mysql-8.0", BY_ROLE, MANDATORY, "SELECT", 0),
        ("mysql-8.0", BY_ROLE, "mandatory_roles = r\n", "SELECT", 1),
        ("mysql-9.7", BY_ROLE, "mandatory_roles = r\n", "SELECT", 0),
        ("mysql-9.7", BY_ROLE, "mandatory_roles = r\nactivate_mandatory_roles = OFF\n", "SELECT", 1),
        ("mysql-9.7", BY_ROLE, "mandatory_roles = R\nactivate_all_roles_on_login = ON\n", "SELECT", 1),
        ("mysql-9.7", f"{BY_ROLE} CREATE ROLE r@h; GRANT r@h TO u; SET DEFAULT ROLE r@h TO u;", "", "SELECT", 1),
        ("mysql-9.7", f"{BY_ROLE} GRANT r TO u; SET DEFAULT ROLE r TO u;", "", "SELECT", 0),
        (
            "mariadb-11.8",
            f"{BY_ROLE} CREATE USER u@'10.0.0.%'; GRANT r TO u; SET DEFAULT ROLE r FOR u@'10.0.0.%';",
            "",
            "SELECT",
            0,
        ),
        ("mysql-9.7", OF_ALL, "", "SELECT", 1),
        ("mysql-5.7", OF_ALL, "", "SELECT", 0),
        ("mariadb-11.8", OF_ALL, "", "SELECT", 0),
        ("mysql-9.7", INSERTS, "partial_revokes = ON\n", "INSERT", 0),
        ("mysql-9.7", f"{INSERTS} REVOKE INSERT ON shop.* FROM u;", "partial_revokes = ON\n", "INSERT", 1),
        ("mysql-8.0", "CREATE USER u; GRANT ALL ON shop.* TO u;", "", "FILE", 1),
        ("mysql-8.0", "CREATE USER u; GRANT ALL ON shop.* TO u;", "", "GRANT OPTION", 1),
        ("mysql-8.0", "CREATE USER u@other; GRANT ALL ON shop.* TO u@'10.0.0.5';", "", "SELECT", 1),
    ],
)
def test_rights_are_those_of_the_server(
    grantlint: Run, here: Path, server: str, script: str, settings: str, privilege: str, status: int
) -> None:
    (here / "a.sql").write_text(script)
    (here / "my.cnf").write_text(f"[mysqld]\n{settings}")
    ran = grantlint("why", "u", "--from", "10.0.0.5", "-d", "shop", "-p", privilege, "--server", server, ".")
    assert ran.status == status, ran.out


def test_nobody_is_asked_who_he_is_without_grant_tables(grantlint: Run, here: Path) -> None:
    (here / "a.sql").write_text("CREATE USER u@h; GRANT SELECT ON shop.* TO u@h;")
    (here / "my.cnf").write_text("[mysqld]\nskip-grant-tables\n")
    for client, server, status in (
        ("10.0.0.5", "mysql-5.7", 0),
        ("socket", "mysql-8.0", 0),
        ("10.0.0.5", "mysql-8.0", 1),
    ):
        ran = grantlint("why", "anybody", "--from", client, "--server", server, ".")
        assert (ran.status, "skip_grant_tables is on (my.cnf:2)" in ran.out) == (status, True), ran.out
    ran = grantlint("check", "--server", "mysql-8.0", ".")
    assert "error 1290" in ran.out


TABLES = (
    "CREATE USER app@'10.0.3.7'; GRANT INSERT ON shop.order TO app@'10.0.3.7'; "
    "GRANT SELECT ON shop.orders TO app@'10.0.3.7';"
)
DENIED = "ERROR 1142 (42000): {} command denied to user 'app'@'10.0.3.7' for table {}"


def test_an_error_of_a_table_is_asked_of_that_table(grantlint: Run, here: Path) -> None:
    (here / "a.sql").write_text(TABLES, encoding="utf-8")
    lacks = grantlint("why", DENIED.format("INSERT", "`shop`.`orders`"), "--server", "mysql-8.4")
    assert lacks.status == 1
    assert "these files give ERROR 1142" in lacks.out
    assert "`shop`.`order` is not `shop`.`orders`" in lacks.out
    assert "GRANT INSERT ON `shop`.`orders` TO 'app'@'10.0.3.7'" in lacks.out
    has = grantlint("why", DENIED.format("SELECT", "'orders'"), "-d", "shop", "--server", "mysql-8.4")
    assert has.status == 0
    assert "SELECT on shop.orders: yes" in has.out
    unsaid = grantlint("why", DENIED.format("SELECT", "'orders'"), "--server", "mysql-8.4")
    assert unsaid.status == 0
    assert "the error does not tell the database of the table: taken for shop" in unsaid.out
    (here / "b.sql").write_text("CREATE USER web@'%'; GRANT SELECT ON crm.orders TO web@'%';", encoding="utf-8")
    unsaid = grantlint("why", DENIED.format("SELECT", "'orders'"), "--server", "mysql-8.4")
    assert unsaid.status == 2
    assert "give --database NAME" in unsaid.err


KEPT = "CREATE USER u; CREATE ROLE r; GRANT SELECT, INSERT ON *.* TO u; GRANT r TO u; "


@pytest.mark.parametrize(
    ("denied", "words", "status", "said"),
    [
        ("DENY SELECT ON shop.* TO u;", "-d shop -p SELECT", 1, "change: REVOKE DENY SELECT ON `shop`.* FROM 'u'@'%'"),
        ("DENY SELECT ON *.* TO PUBLIC;", "-d shop -p SELECT", 1, "change: REVOKE DENY SELECT ON *.* FROM PUBLIC"),
        ("DENY SELECT ON *.* TO r;", "-d shop -p SELECT", 0, "SELECT in 'shop': yes"),
        (
            "DENY SELECT ON *.* TO r; SET DEFAULT ROLE r FOR u;",
            "-d shop -p SELECT",
            1,
            "REVOKE DENY SELECT ON *.* FROM r",
        ),
        ("DENY SELECT ON shop.pay TO u;", "-d shop -p SELECT", 1, "SELECT in 'shop': not in all of it"),
        ("DENY SELECT ON shop.pay TO u;", "-d shop", 0, "SELECT ON `shop`.`pay`  TO 'u'@'%'  a.sql:1"),
        ("DENY SELECT ON shop.pay TO u;", "-d crm -p SELECT", 0, "SELECT in 'crm': yes"),
        ("DENY ALL ON shop.* TO u;", "-d shop", 1, "refused: ERROR 1044"),
        ("DENY DELETE ON shop.* TO u;", "-d shop -p DELETE", 1, "change: GRANT DELETE ON `shop`.* TO 'u'@'%'"),
        ("DENY SELECT ON shop.* TO 'u'@'10.%';", "-d shop -p SELECT", 0, "a.sql:1  ERROR 1133"),
        (
            "CREATE USER 'u'@'10.0.0.5'; GRANT SELECT ON *.* TO 'u'@'10.0.0.5'; DENY SELECT ON shop.* TO u;",
            "-d shop -p SELECT",
            5,
            "unless the DENY on `shop`.* TO 'u'@'%', the row of another account, counts",
        ),
    ],
)
def test_what_is_denied_nothing_gives(
    grantlint: Run, here: Path, denied: str, words: str, status: int, said: str
) -> None:
    """Facts: M1 to M6."""
    (here / "a.sql").write_text(KEPT + denied)
    ran = grantlint("why", "u", "--from", "10.0.0.5", "--server", "mariadb-13.1", *words.split(), ".")
    assert (ran.status, said in ran.out) == (status, True), ran.out


def test_a_dump_and_a_paste_tell_what_is_denied(grantlint: Run, here: Path) -> None:
    """Facts: M4; an entry that no server reads denies nothing."""
    denies = (
        '[{"type":"db","db":"hr","bits":1},{"type":"column","db":"hr","table":"staff","column":"pay","bits":4},'
        '{"type":"procedure","db":"hr","procedure":"bonus","bits":262144},{"type":"table","db":"hr","bits":2},7]'
    )
    row = ('{"access":15,"denies":' + denies + "}").join(["INSERT INTO mysql.global_priv VALUES ('%','u','", "');"])
    (here / "a.sql").write_text(f"{row} FLUSH PRIVILEGES;")
    asked = ("why", "u", "--from", "10.0.0.5", "--server", "mariadb-13.1", "-d", "hr")
    ran = grantlint(*asked, ".")
    told = (
        "INSERT, UPDATE, DELETE ON *.*",
        "SELECT ON `hr`.*",
        "UPDATE (pay) ON `hr`.`staff`",
        "PROCEDURE `hr`.`bonus`",
    )
    assert [one for one in told if one not in ran.out] == []
    (here / "a.sql").write_text(
        "Grants for u@%\nGRANT SELECT, INSERT ON *.* TO `u`@`%`\nDENY SELECT ON `hr`.* TO `u`@`%`\n"
    )
    ran = grantlint(*asked, "-p", "SELECT", ".")
    assert (ran.status, "REVOKE DENY SELECT ON `hr`.* FROM 'u'@'%'" in ran.out) == (1, True), ran.out


def test_rules_say_nothing_of_what_an_account_is_denied(grantlint: Run, here: Path) -> None:
    (here / "a.sql").write_text(
        "CREATE USER u@h; GRANT FILE, PROCESS ON *.* TO u@h; DENY FILE ON *.* TO u@h; DENY ALL ON shop.* TO u@h;"
    )
    ran = grantlint("check", "--server", "mariadb-13.1", "--output", "concise", ".")
    assert ("privilege-file" in ran.out, "privilege-process" in ran.out) == (False, True), ran.out
