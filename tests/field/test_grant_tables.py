"""Rows of the grant tables as dumps and old scripts write them: without columns, as roles, as JSON."""

import pytest

from looks import Look

INTO_USER = "INSERT INTO mysql.user VALUES"
DELETE_ROOT = "DELETE FROM mysql.user WHERE User = 'root'"
STATIC = 29  # global privileges that MySQL 5.5 to 5.7 have, GRANT included


def flags(*yes: int, of: int) -> str:
    return ",".join("'Y'" if number in yes else "'N'" for number in range(of))


def test_a_row_of_a_role_is_no_account(look: Look) -> None:
    seen = look(
        {
            "a.sql": "INSERT INTO mysql.user (Host, User, is_role) VALUES ('', 'clerk', 'Y');\n"
            "INSERT INTO mysql.user (Host, User, Super_priv) VALUES ('10.%', 'chief', 'Y');\n"
        }
    )
    assert seen.declared == ["SUPER ON *.* TO chief@10.%", "chief@10.%", "role clerk"]
    assert not seen.of("any-host")


@pytest.mark.parametrize(
    ("row", "declared"),
    [
        pytest.param(f"'h','u','*00',{flags(0, 15, of=28)},'','','','',0,0,0,0,''", "SELECT,SUPER", id="5.1"),
        pytest.param(f"'h','u','',{flags(0, 9, of=STATIC)},'','','','',0,0,0,0,'',''", "SELECT,FILE", id="5.5"),
        pytest.param(
            f"'h','u',{flags(5, of=STATIC)},'','','','',0,0,0,0,'sha256_password','x','N',NOW(),NULL,'N'",
            "DROP",
            id="5.7",
        ),
        pytest.param(
            f"'h','u',{flags(5, of=STATIC)},'','','','',0,0,0,0,'','x','N',NOW(),NULL,'N','Y','N',NULL,NULL,NULL,NULL",
            "DROP,CREATE ROLE",
            id="8.0",
        ),
        pytest.param(
            f"'h','u','',{flags(29, of=30)},'','','','',0,0,0,0,'','','N','N','',0", "DELETE HISTORY", id="mariadb"
        ),
    ],
)
def test_columns_come_in_the_order_of_the_table(row: str, declared: str, look: Look) -> None:
    seen = look({"a.sql": f"{INTO_USER} ({row});\n"})
    assert seen.declared == [f"{declared} ON *.* TO u@h", "u@h"]
    assert not seen.counted
    assert not seen.of("statement-rejected")


def test_a_row_that_has_everything_is_one_that_may_do_everything(look: Look) -> None:
    everything = flags(*range(STATIC), of=STATIC)
    seen = look({"a.sql": f"{INTO_USER} ('%','u','*00',{everything},'','','','',0,0,0,0,'','');\n"})
    assert seen.of("any-host-all-privileges") == ["a.sql:1"]
    assert seen.of("grant-option") == []  # the graver finding speaks for it


def test_every_grant_table_gives_what_its_rows_say(look: Look) -> None:
    flags_of_db = flags(0, 17, of=19)
    seen = look(
        {
            "a.sql": "CREATE USER u@h;\nUSE mysql;\n"
            f"INSERT INTO db VALUES ('h','shop','u',{flags_of_db});\n"
            "INSERT INTO `tables_priv` VALUES ('h','shop','u','orders','r@h',NOW(),'Select,Create View,Grant','');\n"
            "INSERT INTO columns_priv VALUES ('h','shop','u','orders','total',NOW(),'Update');\n"
            "INSERT INTO procs_priv VALUES ('h','shop','u','refund','FUNCTION','r@h','Execute,Alter Routine',NOW());\n"
            "INSERT INTO proxies_priv VALUES ('h','u','k','other',1,'r@h',NOW());\n"
            "INSERT INTO global_grants (USER,HOST,PRIV,WITH_GRANT_OPTION) VALUES ('u','h','SYSTEM_USER','N');\n"
            "INSERT INTO role_edges VALUES ('%','clerk','h','u','Y');\n"
        }
    )
    assert seen.declared == [
        "EXECUTE,ALTER ROUTINE ON FUNCTION shop.refund TO u@h",
        "PROXY ON PROXY 'other'@'k' TO u@h +GRANT",
        "SELECT,CREATE VIEW ON shop.orders TO u@h +GRANT",
        "SELECT,EVENT ON shop.* TO u@h",
        "SYSTEM_USER ON *.* TO u@h",
        "UPDATE (total) ON shop.orders TO u@h",
        "clerk TO u@h +ADMIN",
        "u@h",
    ]
    assert not seen.counted


def test_roles_of_a_dump_of_mariadb_are_roles(look: Look) -> None:
    data = '{"access":1073741823,"plugin":"ed25519","authentication_string":"Zm9v","account_locked":true}'
    seen = look(
        {
            "dump.sql": "-- Server version\t11.8.2-MariaDB\nUSE `mysql`;\n"
            f"INSERT INTO `global_priv` VALUES ('','clerk','{{\"access\":0,\"is_role\":true}}'),('%','u','{data}');\n"
            f"INSERT INTO `db` VALUES ('','shop','clerk',{flags(0, of=21)});\n"
            "INSERT INTO `roles_mapping` VALUES ('%','u','clerk','N');\n"
        }
    )
    assert "role clerk" in seen.declared
    assert "SELECT ON shop.* TO clerk" in seen.declared
    assert "clerk TO u@%" in seen.declared
    assert [told for told in seen.declared if told.endswith("u@% +GRANT")] != []
    assert not seen.of("any-host")  # the only account is locked
    assert "Zm9v" not in seen.messages


@pytest.mark.parametrize(
    "others", ["Host NOT IN ('localhost', '::1')", "Host != 'localhost'", "Host NOT LIKE 'local%'"]
)
def test_a_delete_at_other_hosts_forgets_no_account_at_an_unknown_host(others: str, look: Look) -> None:
    write = "UPDATE mysql.user SET Password = PASSWORD('sesame') WHERE User = 'root';\n"
    gone = f"{DELETE_ROOT} AND {others};\nFLUSH PRIVILEGES;\n"
    seen = look({"a.sql": write + gone}, "--server", "mysql-5.6")
    assert seen.of("plain-text-password") == ["a.sql:1"]
    assert seen.declared == ["root@?"]


def test_a_user_table_of_an_untold_database_is_counted_where_privileges_are_reloaded(look: Look) -> None:
    write = "UPDATE user SET password = PASSWORD('x') WHERE user = 'root';\nDELETE FROM user WHERE User = '';\n"
    seen = look(
        {"a.sql": f"{write}FLUSH PRIVILEGES;\n", "b.sql": write, "c.sql": f"USE shop;\n{write}FLUSH PRIVILEGES;\n"}
    )
    assert seen.counted == ["a.sql:1", "a.sql:2"]
