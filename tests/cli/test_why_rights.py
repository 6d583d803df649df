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
        ("mariadb-13.1", "CREATE USER u; GRANT SELECT ON shop.* TO u; DENY SELECT ON shop.* TO u;", "", "SELECT", 5),
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
    ran = grantlint("why", "anybody", "--from", "10.0.0.5", "--server", "mysql-8.0", ".")
    assert (ran.status, "skip_grant_tables is on (my.cnf:2)" in ran.out) == (0, True), ran.out
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
