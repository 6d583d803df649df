"""Steps taken one by one as a server takes them: what is left, and what it says to each."""

import pytest

from grantlint.access import ServerSettings, parse_target
from grantlint.access.state.book import left
from grantlint.access.state.book.names import Key
from grantlint.access.state.outcome import Refused, Undecided, Waiting
from grantlint.access.state.progress import Rules
from grantlint.access.state.refusals import Outright
from grantlint.access.state.replay import Replayed, replay
from grantlint.model.location import Located, Source
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level
from grantlint.model.step import Step
from grantlint.reader.sql.document import read


def steps_of(text: str) -> list[Step]:
    return [step for found in read(Source("a.sql", text)) for step in found.steps]


def taken(text: str, server: str = "mysql-9.7.4", *, flushed: bool = True) -> Replayed:
    """Take the statements of a text as a server does that is asked for each."""
    target = parse_target(server)
    steps = steps_of(text)
    refusals = Outright(steps).by(target)
    rules = Rules(target, grant_to_nobody=target.traits.grant_to_nobody, administrators=frozenset({"root"}))
    after = replay(steps, rules, refused=refusals)
    return after if flushed else replay(steps, rules, refused=refusals, tables=after)


def errors(left: Replayed) -> list[int]:
    return [outcome.errno for outcome in left.outcomes if isinstance(outcome, Refused)]


def name(key: Key) -> str:
    return "@".join(part if isinstance(part, str) else "?" for part in key)


def accounts(left: Replayed) -> list[str]:
    return [name(key) for key in left.book.accounts]


def grants(left: Replayed) -> list[str]:
    return [f"{held.grant.scope} to {name(key)}" for key, several in left.book.grants.items() for held in several]


NATIVE_HASH = f"*{'0A' * 20}"


@pytest.mark.parametrize("flushed", [False, True])
@pytest.mark.parametrize(
    ("server", "left"), [("mysql-5.6.24", []), ("mariadb-10.11.19", []), ("mysql-9.7.4", ["`d`.`t` to a@%"])]
)
def test_a_revoke_that_is_refused_for_one_column_takes_the_others(
    server: str, left: list[str], *, flushed: bool
) -> None:
    text = "CREATE USER a; GRANT SELECT (x) ON d.t TO a; REVOKE SELECT (x, y) ON d.t FROM a;"
    after = taken(text, server, flushed=flushed)
    assert errors(after) == [1147]
    assert grants(after) == left


@pytest.mark.parametrize("choice", ["NONE", "r"])
def test_a_default_role_of_an_account_that_a_delete_took_is_refused_by_mariadb(choice: str) -> None:
    made = "CREATE USER a; CREATE ROLE r; GRANT r TO a; DELETE FROM mysql.user WHERE user = 'a';"
    after = taken(f"{made} SET DEFAULT ROLE {choice} FOR a;", "mariadb-11.8.9", flushed=False)
    assert errors(after) == [1133]


@pytest.mark.parametrize("made", ["CREATE USER a;", "CREATE USER IF NOT EXISTS a;"])
def test_a_role_that_an_account_lacks_is_told_before_its_row_is(made: str) -> None:
    """Asked of 10.11.19 and 11.8.9."""
    after = "DELETE FROM mysql.user WHERE user = 'a'; CREATE ROLE r; SET DEFAULT ROLE r FOR a;"
    assert errors(taken(f"{made} {after}", "mariadb-11.8.9", flushed=False)) == [1959]


def test_of_all_on_a_table_nothing_goes_with_a_column() -> None:
    text = "CREATE USER a; GRANT ALL ON d.t TO a; GRANT SELECT (x) ON d.t TO a; REVOKE SELECT (x) ON d.t FROM a;"
    (held,) = taken(text, "mysql-5.6.24").book.grants.values()
    assert [one.grant.known_privileges for one in held] == [(Privilege("ALL"),)]


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("CREATE USER a@h; CREATE USER a@H;", 1396, ["a@h"]),
        ("CREATE USER a; DROP USER a; DROP USER a;", 1396, []),
        ("CREATE USER a; DROP USER a; ALTER USER a IDENTIFIED BY 'x';", 1396, []),
        ("CREATE USER a; DROP USER a; SET PASSWORD FOR a = 'x';", 1133, []),
        ("CREATE USER a, b; RENAME USER a TO b;", 1396, ["a@%", "b@%"]),
        ("CREATE USER a; DROP USER a; RENAME USER a TO b;", 1396, []),
        ("CREATE USER a; CREATE USER b, a;", 1396, ["a@%"]),
        ("CREATE USER a; DELETE FROM mysql.user WHERE user = 'a'; CREATE USER a;", 1396, []),
    ],
)
def test_a_refused_statement_changes_nothing(text: str, number: int, left: list[str]) -> None:
    found = taken(text)
    assert errors(found) == [number]
    assert accounts(found) == left


@pytest.mark.parametrize(
    "text",
    [
        "CREATE USER a; CREATE USER IF NOT EXISTS a;",
        "CREATE USER a; DROP USER IF EXISTS a, b; DROP USER IF EXISTS a;",
        "DROP USER a; CREATE USER a;",
        "DROP USER a;",
        "ALTER USER a IDENTIFIED BY 'x';",
        "CREATE USER '{{ a }}'@'h'; CREATE USER '{{ a }}'@'h';",
        "CREATE USER a; DELETE FROM mysql.user WHERE user = 'a'; FLUSH PRIVILEGES; CREATE USER a;",
        "GRANT SELECT ON shop.* TO a;",
        "CREATE USER root@'%'; GRANT SELECT ON shop.* TO root@localhost;",
        "CREATE USER a@localhost; CREATE USER a@'{{ host }}'; GRANT SELECT ON shop.* TO a@'10.%';",
        "CREATE USER a@localhost; {{ more }};\nGRANT SELECT ON shop.* TO a@'10.%';",
    ],
)
def test_what_may_be_done_is_not_refused(text: str) -> None:
    assert errors(taken(text)) == []


def test_a_list_with_a_wrong_account_does_the_others_on_servers_that_are_not_atomic() -> None:
    text = "CREATE USER a; CREATE USER b, a;"
    assert accounts(taken(text, "mariadb-10.11.19")) == ["a@%", "b@%"]
    assert accounts(taken(text, "mysql-5.6.24")) == ["a@%", "b@%"]
    assert accounts(taken(text, "mysql-8.0")) == ["a@%"]


@pytest.mark.parametrize(
    ("server", "number"), [("mysql-8.0", [1410]), ("mariadb-10.11", [1133]), ("mysql-5.7", [1133]), ("mysql-5.6", [])]
)
def test_a_grant_to_another_host_than_that_of_the_account_is_refused(server: str, number: list[int]) -> None:
    found = taken("CREATE USER 'app'@'localhost'; GRANT ALL ON shop.* TO 'app';", server)
    assert errors(found) == number
    assert grants(found) == ([] if number else ["`shop`.* to app@%"])


def test_a_grant_that_makes_its_account_is_one_statement_of_old_grammars() -> None:
    text = "GRANT ALL ON shop.* TO 'app'@'10.0.0.5' IDENTIFIED BY 'x';"
    for server in ("mysql-5.7", "mariadb-10.11"):
        assert accounts(taken(text, server)) == ["app@10.0.0.5"]
        assert grants(taken(text, server)) == ["`shop`.* to app@10.0.0.5"]
    assert not accounts(taken(text, "mysql-8.0"))
    assert not grants(taken(text, "mysql-8.0"))


@pytest.mark.parametrize(
    ("text", "server", "number"),
    [
        ("GRANT PROCESS ON shop.* TO a;", "mysql-8.0", 1221),
        ("GRANT SELECT, SUPER ON shop.* TO a;", "mariadb-10.11", 1221),
        ("GRANT SHUTDOWN ON shop.t TO a;", "mysql-8.0", 1144),
        ("GRANT ROLE_ADMIN ON shop.* TO a;", "mysql-8.0", 3619),
        ("CREATE USER seventeen_letters@h;", "mysql-5.6", 1470),
        (f"CREATE USER {'x' * 33};", "mysql-8.0", 1470),
        (f"CREATE USER a@'{'x' * 61}';", "mysql-5.7", 1470),
        ("UPDATE mysql.user SET host = '%' WHERE user = 'a' AND host = 'h';", "mariadb-10.11", 1356),
        ("SET PASSWORD FOR a = PASSWORD('x');", "mysql-8.0", 1064),
        ("UPDATE mysql.user SET Password = PASSWORD('x') WHERE User = 'a';", "mysql-5.7", 1054),
        ("UPDATE mysql.user SET Password = 'x' WHERE User = 'a';", "mysql-8.0", 1054),
        ("INSERT INTO mysql.user (Host, User, Password) VALUES ('h', 'a', '');", "mysql-9.7", 1054),
        ("DELETE FROM mysql.user WHERE Password = '';", "mysql-8.4", 1054),
        ("UPDATE mysql.user SET authentication_string = PASSWORD('x') WHERE User = 'a';", "mysql-8.0", 1064),
        ("INSERT INTO mysql.user (Host, User, Password) VALUES ('h', 'a', '');", "mariadb-11.8", 1356),
    ],
)
def test_some_steps_are_refused_whatever_accounts_there_are(text: str, server: str, number: int) -> None:
    (found,) = Outright(steps_of(text)).by(parse_target(server)).values()
    assert found.errno == number


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("GRANT ALL ON shop.* TO a;", "mysql-8.0"),
        ("GRANT SELECT (id) ON shop.t TO a;", "mysql-8.0"),
        ("GRANT EXECUTE ON PROCEDURE shop.p TO a;", "mariadb-10.11"),
        ("GRANT PROXY ON b TO a;", "mysql-8.0"),
        ("GRANT r TO a;", "mysql-8.0"),
        ("CREATE USER seventeen_letters@h;", "mysql-5.7"),
        ("UPDATE mysql.user SET authentication_string = PASSWORD('x') WHERE User = 'a';", "mysql-5.7"),
        ("UPDATE mysql.user SET Password = PASSWORD('x') WHERE User = 'a';", "mysql-5.6"),
        ("DELETE FROM mysql.user WHERE User = 'a';", "mariadb-11.8"),
        ("INSERT INTO mysql.db (Host, Db, User, Select_priv) VALUES ('h', 'd', 'a', 'Y');", "mariadb-11.8"),
        ("UPDATE mysql.user SET host = '%' WHERE user = 'a' AND host = 'h';", "mysql-8.0"),
        ("UPDATE mysql.user SET host = '%' WHERE user = 'a' AND host = 'h';", "mariadb-10.3"),
    ],
)
def test_other_steps_are_taken(text: str, server: str) -> None:
    assert not Outright(steps_of(text)).by(parse_target(server))


def test_a_write_to_the_tables_waits_until_they_are_read_again() -> None:
    write = "CREATE USER 'root'@'localhost'; UPDATE mysql.user SET Host='%' WHERE User='root' AND Host='localhost';"
    found = taken(write)
    (waiting,) = found.outcomes
    assert isinstance(waiting, Waiting)
    assert accounts(found) == ["root@%"]
    assert accounts(taken(write, flushed=False)) == ["root@localhost"]
    assert taken(f"{write} FLUSH PRIVILEGES;").outcomes == ()
    assert accounts(taken(f"{write} FLUSH PRIVILEGES;", flushed=False)) == ["root@%"]


def test_what_a_condition_decides_is_not_decided() -> None:
    text = "CREATE USER a@h;\n{% if x %}\nCREATE USER b@h;\nDROP USER a@h;\n{% endif %}\nCREATE USER b@h;"
    found = taken(text)
    assert [type(outcome) for outcome in found.outcomes] == [Undecided, Undecided]
    assert accounts(found) == ["a@h", "b@h"]


def test_a_conditional_statement_leaves_the_others_decided() -> None:
    text = "CREATE USER a@h;\n{% if x %}\nDROP USER a@h;\n{% endif %}\nGRANT SELECT ON d.* TO a@k;"
    assert errors(taken(text)) == [1410]


def test_grants_in_tables_are_in_force_after_a_flush() -> None:
    insert = "INSERT INTO mysql.tables_priv (Host, Db, User, Table_name, Table_priv) VALUES "
    text = f"CREATE USER a@h; {insert}('h', 'd', 'a', 't', 'Select,Grant'), ('h', 'd', 'a', 'u', 'Insert');"
    delete = "DELETE FROM mysql.tables_priv WHERE"
    found = taken(text)
    assert [type(outcome) for outcome in found.outcomes] == [Waiting]
    assert grants(found) == ["`d`.`t` to a@h", "`d`.`u` to a@h"]
    assert grants(taken(text, flushed=False)) == []
    assert grants(taken(f"{text} {delete} User = 'a' AND Host = 'h';")) == []
    kept = taken(f"{text} {delete} Table_name = 'u';")
    assert [type(outcome) for outcome in kept.outcomes] == [Undecided, Waiting, Waiting]


def test_an_update_of_grants_is_told() -> None:
    found = taken("UPDATE mysql.tables_priv SET Table_priv = 'Select' WHERE User = 'a';")
    assert [type(outcome) for outcome in found.outcomes] == [Undecided, Waiting]


@pytest.mark.parametrize(
    ("server", "text", "numbers"),
    [
        ("mysql-9.7.4", "REVOKE SELECT ON d.* FROM a;", [1141]),
        ("mysql-5.6.24", "REVOKE SELECT ON d.* FROM a;", [1141]),
        ("mysql-9.7.4", "GRANT SELECT ON d.* TO a; REVOKE INSERT ON d.* FROM a;", [1141]),
        ("mysql-9.7.4", "GRANT SELECT ON d.* TO a; REVOKE SELECT, INSERT ON d.* FROM a;", [1141]),
        ("mariadb-11.8.9", "GRANT SELECT ON d.* TO a; REVOKE SELECT, INSERT ON d.* FROM a;", []),
        ("mysql-9.7.4", "GRANT SELECT ON d.* TO a; REVOKE ALL ON d.* FROM a; REVOKE ALL ON d.* FROM a;", [1141]),
        ("mysql-9.7.4", "REVOKE SELECT ON *.* FROM a;", []),
        ("mysql-9.7.4", "REVOKE SELECT ON d.t FROM a;", [1147]),
        ("mariadb-10.11.19", "GRANT SELECT ON d.t TO a; REVOKE SELECT (x) ON d.t FROM a;", [1147]),
        ("mysql-9.7.4", "GRANT SELECT (x) ON d.t TO a; REVOKE SELECT ON d.t FROM a;", []),
        ("mysql-9.7.4", "GRANT SELECT (x) ON d.t TO a; REVOKE SELECT (x, y) ON d.t FROM a;", [1147]),
        ("mysql-9.7.4", "REVOKE EXECUTE ON PROCEDURE d.p FROM a;", [1403]),
        ("mysql-9.7.4", "REVOKE PROXY ON b FROM a;", [1141]),
        ("mysql-9.7.4", "REVOKE IF EXISTS SELECT ON d.* FROM a;", []),
        ("mysql-9.7.4", "REVOKE SELECT ON d.* FROM a@other;", [1141]),
        ("mysql-9.7.4", "REVOKE SELECT ON d.t FROM a@other;", [1147]),
        ("mysql-5.6.24", "REVOKE SELECT ON d.t FROM a@other;", [1141]),
        ("mysql-9.7.4", "REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@other;", [1269]),
        ("mysql-9.7.4", "REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@other, a;", []),
        ("mariadb-11.8.9", "REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@other, a;", [1269]),
        ("mysql-9.7.4", "REVOKE ALL ON *.* FROM a@other;", [1269]),
    ],
)
def test_there_must_be_what_is_revoked(server: str, text: str, numbers: list[int]) -> None:
    assert errors(taken(f"CREATE USER a; {text}", server)) == numbers


def test_a_revoke_is_refused_for_its_privileges_unless_it_is_for_its_account_before() -> None:
    steps = steps_of("CREATE USER a; REVOKE PROCESS ON d.* FROM a; REVOKE PROCESS ON d.* FROM a@other;")
    assert [no.errno for no in Outright(steps).by(parse_target("mysql-9.7")).values()] == [1221, 1221]
    left = taken("CREATE USER a; REVOKE PROCESS ON d.* FROM a; REVOKE PROCESS ON d.* FROM a@other;")
    assert (errors(left), left.otherwise) == ([1141], {2})


def test_what_an_account_made_elsewhere_has_is_not_known() -> None:
    assert errors(taken("CREATE USER IF NOT EXISTS a; REVOKE SELECT ON d.* FROM a; REVOKE SELECT ON d.t FROM b;")) == []


def test_mariadb_does_no_account_behind_the_first_that_it_refuses_and_every_role() -> None:
    text = "CREATE USER a, b; CREATE ROLE r; GRANT SELECT ON d.* TO a, a@other, b, r;"
    assert grants(taken(text, "mariadb-11.8.9")) == ["`d`.* to a@%", "`d`.* to r@"]
    text = "CREATE USER a, b; GRANT SELECT ON d.* TO a, b; REVOKE SELECT ON d.* FROM a, a@other, b;"
    assert grants(taken(text, "mariadb-11.8.9")) == ["`d`.* to b@%"]


@pytest.mark.parametrize(
    ("server", "text", "numbers"),
    [
        ("mysql-9.7.4", "CREATE ROLE r; CREATE ROLE r;", [1396]),
        ("mysql-9.7.4", "CREATE ROLE r; CREATE USER r;", [1396]),
        ("mariadb-11.8.9", "CREATE ROLE r; CREATE ROLE r2, r;", [1396]),
        ("mariadb-11.8.9", "CREATE ROLE r; CREATE USER r;", []),
        ("mysql-9.7.4", "CREATE ROLE r@localhost; GRANT r TO a;", [3523]),
        ("mysql-9.7.4", "CREATE ROLE r@localhost; GRANT r@localhost TO a;", []),
        ("mysql-9.7.4", "CREATE ROLE r; DROP ROLE r; GRANT r TO a;", [3523]),
        ("mariadb-11.8.9", "CREATE ROLE r; DROP ROLE r; GRANT r TO a;", [1959]),
        ("mysql-9.7.4", "CREATE ROLE r; GRANT r TO a@other;", [3523]),
        ("mariadb-11.8.9", "CREATE ROLE r; GRANT r TO a@other;", [1133]),
        ("mysql-9.7.4", "CREATE ROLE r; REVOKE r FROM a;", []),
        ("mariadb-11.8.9", "CREATE ROLE r; REVOKE r FROM a;", [1962]),
        ("mysql-9.7.4", "CREATE ROLE r; SET DEFAULT ROLE r TO a;", [3530]),
        ("mariadb-11.8.9", "CREATE ROLE r; SET DEFAULT ROLE r FOR a;", [1959]),
        ("mysql-9.7.4", "CREATE ROLE r, s; GRANT r TO s; GRANT s TO r;", [4027]),
        ("mariadb-11.8.9", "CREATE ROLE r; CREATE ROLE s; GRANT r TO s; GRANT s TO r;", [1961]),
        ("mariadb-11.8.9", "CREATE ROLE r; GRANT SELECT ON d.* TO r; DROP USER r;", []),
    ],
)
def test_roles_are_accounts_on_mysql_alone(server: str, text: str, numbers: list[int]) -> None:
    assert errors(taken(f"CREATE USER a; {text}", server)) == numbers


@pytest.mark.parametrize("server", ["mysql-9.7.4", "mariadb-11.8.9"])
def test_a_name_whose_grants_are_left_is_taken_also_for_if_not_exists(server: str) -> None:
    """Asked of 11.8.9: IF NOT EXISTS makes no account where the grants of a deleted row are left."""
    gone = "CREATE USER a; GRANT SELECT ON d.* TO a; DELETE FROM mysql.user WHERE user = 'a'; FLUSH PRIVILEGES;"
    left = taken(f"{gone} CREATE USER IF NOT EXISTS a;", server)
    assert (errors(left), accounts(left)) == ([], [])


@pytest.mark.parametrize(
    ("given", "taken_away"), [("REPLICATION CLIENT", "BINLOG MONITOR"), ("ALL", "REPLICATION CLIENT")]
)
def test_a_privilege_is_taken_away_under_another_of_its_names(given: str, taken_away: str) -> None:
    left = taken(f"CREATE USER a; GRANT {given} ON *.* TO a; REVOKE {taken_away} ON *.* FROM a;", "mariadb-11.8.9")
    names = [
        leaf.value.name
        for held in left.book.grants.values()
        for one in held
        for leaf in one.grant.privileges
        if isinstance(leaf, Located)
    ]
    assert "BINLOG MONITOR" not in names
    assert "REPLICATION CLIENT" not in names


@pytest.mark.parametrize(
    ("text", "mysql", "mariadb"),
    [
        ("CREATE ROLE r; SET ROLE r;", [3530], []),
        ("CREATE ROLE r; DROP ROLE r; SET ROLE r;", [3530], [1959]),
        ("CREATE ROLE r; CREATE USER a; GRANT r TO a; SET ROLE r;", [3530], []),
        ("CREATE ROLE r; GRANT r TO root@localhost; SET ROLE r;", [], []),
        ("CREATE ROLE IF NOT EXISTS r; SET ROLE r;", [], []),
        ("SET ROLE r;", [], []),
        ("CREATE ROLE r; SET ROLE NONE;", [], []),
    ],
)
def test_a_session_sets_the_roles_that_it_has(text: str, mysql: list[int], mariadb: list[int]) -> None:
    """Asked of 9.7.4, 10.11.19 and 11.8.9."""
    assert errors(taken(text)) == mysql
    assert errors(taken(text, "mariadb-11.8.9")) == mariadb


@pytest.mark.parametrize(
    ("server", "numbers"),
    [("mysql-9.7.4", [1133, 1133, 1147]), ("mysql-5.6.24", [0, 1133, 1147]), ("mariadb-11.8.9", [1141, 1141, 1141])],
)
def test_a_revoke_from_an_account_that_the_server_has_not_read(server: str, numbers: list[int]) -> None:
    """Asked of 9.7.4, 5.6.24 and 11.8.9."""
    moved = "CREATE USER a@h; UPDATE mysql.user SET host = '%' WHERE user = 'a' AND host = 'h';"
    revoke = "REVOKE SELECT ON {} FROM a;"
    texts = [" ".join((moved, revoke.format(on))) for on in ("*.*", "d.*", "d.t")]
    found = [errors(taken(text, server, flushed=False)) for text in texts]
    assert found == [[number] if number else [] for number in numbers]


def test_a_refused_set_role_reads_no_tables_again() -> None:
    """Asked of 9.7.4: an account that a DELETE took is in memory behind it."""
    text = "CREATE USER a; CREATE ROLE r; DELETE FROM mysql.user WHERE user = 'a'; SET ROLE r;"
    left = taken(text, flushed=False)
    assert (errors(left), "a@%" in accounts(left)) == ([3530], True)


def test_a_revoke_of_columns_looks_at_nothing_of_an_account_whose_row_is_gone() -> None:
    """Asked of 5.6.24."""
    made = "CREATE USER a, b; DROP USER b; GRANT ALL ON d.t TO a; DELETE FROM mysql.user WHERE user = 'a';"
    left = taken(f"{made} REVOKE INSERT, UPDATE ON d.t FROM a, b;", "mysql-5.6.24", flushed=False)
    assert errors(left) == [1141]
    names = [
        leaf.value.name
        for held in left.book.grants.values()
        for one in held
        for leaf in one.grant.privileges
        if isinstance(leaf, Located)
    ]
    assert "ALL" in names


def test_a_role_keeps_its_grants_apart_from_an_account_of_its_name() -> None:
    text = "CREATE ROLE r; CREATE USER r; GRANT SELECT ON d.* TO r; GRANT SELECT ON e.* TO r@'%'; DROP ROLE r;"
    assert grants(taken(text, "mariadb-11.8.9")) == ["`e`.* to r@%"]


def test_revoke_all_takes_roles_on_mariadb_alone() -> None:
    text = "CREATE USER a; CREATE ROLE r; GRANT r TO a; REVOKE ALL PRIVILEGES, GRANT OPTION FROM a;"
    assert [bool(several) for several in taken(text).book.members.values()] == [True]
    assert [bool(several) for several in taken(text, "mariadb-11.8.9").book.members.values()] == [False]


def test_a_column_has_the_rights_of_its_last_spelling() -> None:
    left = taken("CREATE USER a; GRANT UPDATE (X), SELECT (y) ON d.t TO a; GRANT SELECT (x) ON d.t TO a;")
    (held,) = left.book.grants.values()
    assert [[leaf.value for leaf in one.grant.privileges if isinstance(leaf, Located)] for one in held] == [
        [Privilege("SELECT", ("y",))],
        [Privilege("SELECT", ("x",))],
    ]


@pytest.mark.parametrize(
    ("server", "text", "settings", "numbers"),
    [
        ("mysql-9.7", "GRANT ALL ON shop TO a;", {}, [1046]),
        ("mysql-9.7", "REVOKE ALL ON * FROM a;", {}, [1046]),
        ("mysql-9.7", "USE shop; GRANT ALL ON * TO a;", {}, []),
        ("mysql-9.7", "USE {{ name }}; GRANT ALL ON * TO a;", {}, []),
        ("mysql-9.7", "CREATE USER a IDENTIFIED WITH mysql_native_password BY 'x';", {}, [1524]),
        ("mysql-8.4", "CREATE USER a IDENTIFIED WITH mysql_native_password BY 'x';", {}, [1524]),
        (
            "mysql-8.4",
            "CREATE USER a IDENTIFIED WITH mysql_native_password BY 'x';",
            {"mysql_native_password": "on"},
            [],
        ),
        ("mysql-8.0", "CREATE USER a IDENTIFIED WITH mysql_native_password BY 'x';", {}, []),
        ("mysql-8.0", "ALTER USER a IDENTIFIED WITH nosuch;", {}, [1524]),
        ("mysql-9.7", f"CREATE USER a IDENTIFIED WITH caching_sha2_password AS '{NATIVE_HASH}';", {}, [1827]),
        ("mysql-8.4", f"ALTER USER a IDENTIFIED WITH sha256_password AS '{NATIVE_HASH.lower()}';", {}, [1827]),
        ("mysql-8.0", f"ALTER USER a IDENTIFIED WITH mysql_native_password AS '{NATIVE_HASH}';", {}, []),
        ("mysql-9.7", "CREATE USER a IDENTIFIED WITH caching_sha2_password AS '';", {}, []),
        ("mariadb-11.8", "CREATE USER a IDENTIFIED VIA caching_sha2_password;", {}, [1524]),
        ("mariadb-11.8", "GRANT SELECT ON d.* TO a IDENTIFIED VIA nosuch;", {}, [1524]),
        ("mariadb-11.8", "SET PASSWORD FOR a = 'plain';", {}, [1372]),
        ("mysql-5.6", "SET PASSWORD FOR a = 'plain';", {}, [1372]),
        ("mysql-5.7", "SET PASSWORD FOR a = 'plain';", {}, []),
        ("mariadb-11.8", "SET PASSWORD FOR a = '';", {}, []),
        ("mariadb-11.8", "SET PASSWORD FOR a = PASSWORD('plain');", {}, []),
        ("mariadb-11.8", "SET PASSWORD FOR a = '*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9';", {}, []),
        ("mysql-9.7", "INSERT INTO mysql.user (Host, User) VALUES ('%', 'a');", {}, [1364]),
        ("mysql-9.7", "INSERT INTO mysql.user (Host, User) VALUES ('%', 'a');", {"sql_mode": "ansi"}, []),
        ("mysql-5.6", "INSERT INTO mysql.user (Host, User) VALUES ('%', 'a');", {}, []),
        ("mysql-9.7", "INSERT INTO mysql.user (Host, User, is_role) VALUES ('', 'r', 'Y');", {}, [1054]),
        ("mysql-9.7", "UPDATE mysql.user SET default_role = 'r' WHERE User = 'a';", {}, [1054]),
        ("mysql-5.6", "UPDATE mysql.user SET account_locked = 'Y' WHERE User = 'a';", {}, [1054]),
        ("mysql-9.7", "UPDATE mysql.user SET account_locked = 'Y' WHERE User = 'a';", {}, []),
        ("mariadb-10.3", "UPDATE mysql.user SET is_role = 'N' WHERE User = 'a';", {}, []),
        ("mysql-9.7", "CREATE USER a; FLUSH PRIVILEGES; CREATE USER b;", {"skip_grant_tables": "on"}, [1290]),
        ("mysql-9.7", "CREATE USER a; FLUSH PRIVILEGES; CREATE USER b;", {"super_read_only": "1"}, [1290, 1290]),
    ],
)
def test_what_is_refused_whatever_has_gone_before(
    server: str, text: str, settings: dict[str, str], numbers: list[int]
) -> None:
    found = Outright(steps_of(text)).by(parse_target(server), ServerSettings(settings, frozenset()))
    assert [no.errno for no in found.values()] == numbers


def test_an_update_of_a_row_leaves_what_other_tables_hold_of_it() -> None:
    text = "CREATE USER a; GRANT SELECT ON *.* TO a; GRANT SELECT ON d.* TO a; "
    text += "UPDATE mysql.user SET Host = 'h' WHERE User = 'a';"
    left = taken(text)
    assert (accounts(left), grants(left)) == (["a@h"], ["`d`.* to a@%", "*.* to a@h"])


BACKSLASH = r"""CREATE USER b@'web\\_1.x';
GRANT SELECT ON shop.* TO b@'web\\_1.x';
GRANT EXECUTE ON PROCEDURE shop.p TO b@'web\\_1.x';
GRANT SELECT ON *.* TO b@'web\\_1.x';
REVOKE SELECT ON shop.* FROM b@'web\\_1.x';
ALTER USER b@'web\\_1.x' REQUIRE NONE;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM b@'web\\_1.x';
"""


@pytest.mark.parametrize(
    ("server", "numbers"),
    [
        ("mysql-9.7.4", [1133] * 5),
        ("mysql-5.6.24", [1133] * 2),
        ("mariadb-10.11.19", []),
        ("mariadb-11.8.9", []),
    ],
)
def test_mysql_does_not_find_an_account_whose_host_escapes(server: str, numbers: list[int]) -> None:
    assert errors(taken(BACKSLASH, server)) == numbers


@pytest.mark.parametrize("host", [r"%\\_x", "web_1", "%"])
def test_a_host_that_takes_its_own_text_is_found(host: str) -> None:
    assert errors(taken(f"CREATE USER b@'{host}'; GRANT SELECT ON shop.* TO b@'{host}';")) == []


@pytest.mark.parametrize(
    ("text", "server", "numbers"),
    [
        ("CREATE USER a IDENTIFIED WITH auth_socket;", "mysql-9.7.4", [1524]),
        (
            "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'; CREATE USER a IDENTIFIED WITH auth_socket;",
            "mysql-9.7.4",
            [],
        ),
        ("CREATE USER a IDENTIFIED VIA ed25519 USING PASSWORD('x');", "mariadb-10.11.19", [1524]),
        (
            "INSTALL SONAME 'auth_ed25519'; CREATE USER a IDENTIFIED VIA ed25519 USING PASSWORD('x');",
            "mariadb-11.8.9",
            [],
        ),
        ("CREATE USER a IDENTIFIED VIA unix_socket;", "mariadb-11.8.9", []),
    ],
)
def test_a_plugin_works_that_is_built_in_or_installed(text: str, server: str, numbers: list[int]) -> None:
    refused = Outright(steps_of(text)).by(parse_target(server))
    assert [no.errno for no in refused.values()] == numbers


def test_a_grant_of_usage_leaves_no_row_behind_an_account_that_is_moved() -> None:
    text = "GRANT USAGE ON s.* TO a@h; UPDATE mysql.user SET host = '%' WHERE user = 'a' AND host = 'h'; "
    found = taken(f"{text}FLUSH PRIVILEGES; CREATE USER a@h;", "mysql-5.6.24")
    assert errors(found) == []
    assert sorted(accounts(found)) == ["a@%", "a@h"]


DEFAULT_ROLE = """INSERT INTO mysql.default_roles VALUES ('%', 'app', '%', 'r');
CREATE USER app; CREATE ROLE r;
"""


@pytest.mark.parametrize("more", ["", "GRANT r TO app;"])
def test_a_row_of_default_roles_is_no_membership(more: str) -> None:
    found = taken(DEFAULT_ROLE + more)
    members = [member for several in found.book.members.values() for member in several]
    assert [member.default is not None for member in members] == [True] * bool(more)


HAND = "CREATE USER a@h; DELETE FROM mysql.user WHERE user = 'a';"
MOVED = "CREATE USER a@h; GRANT SELECT ON db.* TO a@h; UPDATE mysql.user SET host = 'i' WHERE user = 'a';"


@pytest.mark.parametrize("server", ["mysql-5.6.24", "mysql-9.7.4", "mariadb-10.11.19"])
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("CREATE USER a@h;", 1396),
        ("SET PASSWORD FOR a@h = '*667F407DE7C6AD07358FA38DAED7828A72014B4E';", 1133),
        ("REVOKE SELECT ON db.* FROM a@h;", 1141),
        ("REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@h;", 1141),
        ("DROP USER a@h; DROP USER a@h;", 1396),
        ("CREATE USER b; RENAME USER b TO a@h;", 1396),
    ],
)
def test_a_statement_finds_no_row_where_one_is_deleted(statement: str, number: int, server: str) -> None:
    assert errors(taken(f"{HAND} {statement}", server)) == [number]
    assert errors(taken(f"{HAND} {statement}", server, flushed=False)) == [number]


def test_a_grant_behind_a_deleted_row_counts_after_flush_alone() -> None:
    text = f"{HAND} GRANT ALL ON *.* TO a@h WITH GRANT OPTION;"
    now = taken(text, "mysql-5.6.24", flushed=False)
    assert grants(now) == []
    assert any(isinstance(outcome, Undecided) for outcome in now.outcomes)
    assert grants(taken(text, "mysql-5.6.24")) == ["*.* to a@h"]


def test_a_grant_below_stands_apart_from_the_deleted_row() -> None:
    text = f"{HAND} GRANT SELECT ON db.t TO a@h;"
    assert grants(taken(text, "mysql-5.6.24", flushed=False)) == ["`db`.`t` to a@h"]
    assert errors(taken(text)) == []
    assert errors(taken(f"{HAND} GRANT SELECT ON db.* TO a@h;")) == [1410]
    assert errors(taken(text, "mariadb-10.11.19")) == [1133]


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("CREATE USER a@i;", 1396),
        ("CREATE USER a@h;", 1396),
        ("SET PASSWORD FOR a@i = '*667F407DE7C6AD07358FA38DAED7828A72014B4E';", 1133),
        ("GRANT SELECT ON db.* TO a@i;", 1133),
        ("REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@i;", 1269),
    ],
)
def test_a_server_does_not_know_the_row_that_it_has_not_read(statement: str, number: int) -> None:
    assert errors(taken(f"{MOVED} {statement}", "mysql-5.6.24")) == [number]


def test_a_row_that_is_inserted_is_given_nothing_before_flush() -> None:
    row = "INSERT INTO mysql.user (host, user, ssl_cipher, x509_issuer, x509_subject) VALUES ('h', 'a', '', '', '');"
    grant = "GRANT SELECT ON db.* TO a@h;"
    for server, number in (("mysql-5.6.24", 1133), ("mysql-9.7.4", 1410)):
        assert errors(taken(f"{row} {grant}", server)) == [number]
        assert errors(taken(f"{row} FLUSH PRIVILEGES; {grant}", server)) == []
        assert errors(taken(f"{row.replace('INSERT', 'INSERT IGNORE')} {grant}", server)) == []


def test_what_other_tables_hold_of_an_account_is_renamed_and_dropped_as_one() -> None:
    left = f"{MOVED} FLUSH PRIVILEGES;"
    assert errors(taken(f"{left} DROP USER a@h; CREATE USER a@h;")) == []
    assert errors(taken(f"{left} CREATE USER a@h;")) == [1396]
    renamed = taken(f"{left} RENAME USER a@h TO b;")
    assert errors(renamed) == []
    assert grants(renamed) == ["`db`.* to b@%"]


def test_dynamic_privileges_stay_with_the_name_that_a_row_had() -> None:
    text = "CREATE USER a@h; GRANT ALL ON *.* TO a@h; UPDATE mysql.user SET host = 'i' WHERE user = 'a';"
    book = taken(text).book
    held = {
        name(key): {leaf.value.name for one in several for leaf in one.grant.privileges if isinstance(leaf, Located)}
        for key, several in book.grants.items()
    }
    assert "SYSTEM_USER" in held["a@h"]
    assert "SUPER" not in held["a@h"]
    assert "SUPER" in held["a@i"]
    assert "SYSTEM_USER" not in held["a@i"]


def test_a_refusal_that_comes_late_has_the_tables_read() -> None:
    late = f"{HAND} CREATE USER b; GRANT PROCESS ON db.* TO b;"
    assert accounts(taken(late, flushed=False)) == ["b@%"]
    early = f"{HAND} CREATE USER b; GRANT PROCESS ON db.t TO b;"
    assert accounts(taken(early, flushed=False)) == ["a@h", "b@%"]


@pytest.mark.parametrize(
    "statement",
    ["DENY SELECT, INSERT ON shop.* TO a;", "DENY ALL ON shop.t TO a, b;", "REVOKE DENY SELECT ON shop.* FROM a;"],
)
def test_a_deny_is_refused_by_servers_without_it(statement: str) -> None:
    refusals = Outright(steps_of(f"CREATE USER a, b; {statement}"))
    for server in ("mariadb-12.3", "mysql-9.7"):
        assert [no.errno for no in refusals.by(parse_target(server)).values()] == [1064]
    assert not refusals.by(parse_target("mariadb-13.1"))


DENIED = "CREATE USER a; DENY SELECT, INSERT ON shop.* TO a; DENY DELETE, UPDATE (x) ON shop.t TO a;"


EVERYTHING = ("SELECT, INSERT ON `shop`.*", "DELETE ON `shop`.`t`", "UPDATE (x) ON `shop`.`t`")


@pytest.mark.parametrize(
    ("statements", "kept"),
    [
        ("GRANT ALL ON *.* TO a;", EVERYTHING),
        ("REVOKE DENY UPDATE ON shop.t FROM a;", EVERYTHING),
        (
            "REVOKE DENY SELECT ON shop.* FROM a; REVOKE DENY ALL ON shop.t FROM a;",
            ("INSERT ON `shop`.*", EVERYTHING[2]),
        ),
        ("REVOKE DENY ALL ON shop.* FROM a; REVOKE DENY UPDATE (x), DELETE ON shop.t FROM a;", ()),
        ("REVOKE ALL PRIVILEGES, GRANT OPTION FROM a;", ()),
        ("RENAME USER a TO b; REVOKE DENY ALL ON shop.* FROM b;", EVERYTHING[1:]),
        ("DROP USER a; CREATE USER a;", ()),
        ("CREATE OR REPLACE USER a;", ()),
    ],
)
def test_what_is_denied_stands_until_it_is_revoked_at_its_level(statements: str, kept: tuple[str, ...]) -> None:
    """Facts: M1."""
    found = taken(f"{DENIED} {statements}", "mariadb-13.1")
    told = [grant for _, _, grant, _ in left.denied(found.book)]
    named = [", ".join(map(str, one.known_privileges or ())) for one in told]
    assert tuple(f"{names} ON {one.scope}" for names, one in zip(named, told, strict=True)) == kept


@pytest.mark.parametrize(
    ("statements", "errno"),
    [
        (["DENY SELECT ON shop.* TO a;"], 1133),
        (["CREATE USER a;", "GRANT SELECT ON shop.* TO a;", "REVOKE DENY SELECT ON shop.* FROM a;"], 1141),
        (["CREATE USER a;", "DENY SELECT (x) ON shop.t TO a;", "REVOKE DENY ALL ON shop.t FROM a;"], 1147),
        (["CREATE USER a;", "DENY SELECT ON shop.* TO a;", "REVOKE DENY SELECT ON *.* FROM a;"], 1141),
    ],
)
def test_a_denial_that_does_not_stand_is_not_revoked(statements: list[str], errno: int) -> None:
    """Facts: M1, M5."""
    assert errors(taken(" ".join(["CREATE USER a; DROP USER a;", *statements]), "mariadb-13.1")) == [errno]


@pytest.mark.parametrize(
    ("before", "errno"),
    [
        ("", 1960),
        ("CREATE USER a;", 1133),
        ("CREATE USER a@'local%';", 1133),
        ("CREATE USER a@'10.%';", 1960),
        ("CREATE USER a; DELETE FROM mysql.user WHERE user = 'a';", 1133),
        ("CREATE USER a@h; DELETE FROM mysql.user WHERE user = 'a'; RENAME USER a@h TO a@localhost;", 1133),
    ],
)
def test_mariadb_takes_a_wider_account_for_one_that_is_not_there(before: str, errno: int) -> None:
    """Asked of 10.11.19 and 11.8.9: a row that a DELETE took is in memory until FLUSH PRIVILEGES, also renamed."""
    text = f"CREATE USER a@localhost; DROP USER a@localhost; {before} SET DEFAULT ROLE NONE FOR a@localhost;"
    assert errors(taken(text, "mariadb-10.11")) == [errno]


@pytest.mark.parametrize(
    ("grant", "undecided"),
    [
        ("GRANT SELECT ON d.t TO r;", True),
        ("GRANT SELECT ON d.* TO r;", True),
        ("GRANT SELECT ON *.* TO r;", False),
        ("GRANT SELECT ON d.t TO r; GRANT SELECT ON d.t TO s;", False),
    ],
)
def test_mariadb_may_refuse_to_revoke_what_a_role_has_by_another(grant: str, undecided: bool) -> None:  # noqa: FBT001 - as pytest hands it over
    """Facts: I42."""
    text = f"CREATE ROLE r, s; GRANT r TO s; {grant} REVOKE ALL PRIVILEGES, GRANT OPTION FROM s;"
    outcomes = taken(text, "mariadb-11.8.9").outcomes
    assert [type(one).__name__ for one in outcomes] == ["Undecided"] * undecided


DELETED = "CREATE USER a@h; DELETE FROM mysql.user WHERE user = 'a';"


def row(verb: str, user: str = "a", host: str = "h", **cells: str) -> str:
    """Return an INSERT or REPLACE of a row of mysql.user."""
    named = {"Host": host, "User": user, "ssl_cipher": "", "x509_issuer": "", "x509_subject": "", **cells}
    return f"{verb} INTO mysql.user ({', '.join(named)}) VALUES ({', '.join(map(repr, named.values()))});"


@pytest.mark.parametrize(
    ("text", "refused", "left"),
    [
        (f"CREATE USER a@h; {row('INSERT')}", [1062], ["a@h"]),
        (f"CREATE USER a@h; {row('INSERT IGNORE')}", [], ["a@h"]),
        (f"CREATE USER a@h; {row('INSERT', 'b')}", [], ["a@h", "b@h"]),
        (f"{DELETED} {row('INSERT')}", [], ["a@h"]),
        ("CREATE USER a@h, a@i; UPDATE mysql.user SET host = '%' WHERE user = 'a';", [1062], ["a@h", "a@i"]),
        ("CREATE USER a@h, a; UPDATE mysql.user SET host = '%' WHERE user = 'a';", [1062], ["a@%", "a@h"]),
    ],
)
def test_a_row_that_is_there_is_not_written_again(text: str, refused: list[int], left: list[str]) -> None:
    """Facts: I41."""
    replayed = taken(text)
    assert errors(replayed) == refused
    assert sorted(map(name, replayed.book.accounts)) == left


def test_a_row_that_is_there_ends_an_insert_of_several() -> None:
    """Facts: I41."""
    rows = "INSERT INTO mysql.db (Host, Db, User, Select_priv) VALUES ('h', 'd', 'b', 'Y'), ('h', 'd', 'a', 'Y');"
    text = f"CREATE USER a@h, b@h; GRANT INSERT ON d.* TO a@h; {rows}"
    assert errors(taken(text)) == errors(taken(text, "mysql-5.6.24")) == [1062]
    assert sorted(map(name, taken(text).book.grants)) == ["a@h"]
    assert sorted(map(name, taken(text, "mysql-5.6.24").book.grants)) == ["a@h", "b@h"]


def test_replace_puts_a_row_in_the_place_of_another_and_leaves_the_other_tables() -> None:
    """Facts: I41."""
    text = f"CREATE USER a@h; GRANT SUPER ON *.* TO a@h; GRANT INSERT ON d.* TO a@h; {row('REPLACE', Select_priv='Y')}"
    replayed = taken(text, "mysql-5.6.24")
    assert errors(replayed) == []
    (held,) = (held for key, held in replayed.book.grants.items() if name(key) == "a@h")
    assert [str(one.grant.privileges[0].value) for one in held] == ["INSERT", "SELECT"]
    again = "REPLACE INTO mysql.db (Host, Db, User, Select_priv) VALUES ('h', 'd', 'a', 'Y');"
    replayed = taken(f"CREATE USER a@h; GRANT INSERT ON d.* TO a@h; {again}", "mysql-5.6.24")
    (held,) = (held for key, held in replayed.book.grants.items() if name(key) == "a@h")
    assert [str(one.grant.privileges[0].value) for one in held] == ["SELECT"]


@pytest.mark.parametrize(("read", "refused"), [("%", []), ("h%", []), ("i", [1133])])
def test_a_wider_account_that_the_server_has_read_stands_in_for_one_that_it_has_not(
    read: str, refused: list[int]
) -> None:
    """Facts: I41."""
    text = f"CREATE USER a@h, a@'{read}'; DROP USER a@h; {row('INSERT')} GRANT SELECT ON d.* TO a@h;"
    assert errors(taken(text, "mysql-5.6.24")) == refused


@pytest.mark.parametrize("server", ["mysql-5.6.24", "mysql-9.7.4", "mariadb-11.8.9"])
def test_an_account_whose_row_is_deleted_is_dropped_by_its_new_name(server: str) -> None:
    """Asked of all three: it is in memory, whether the name was another's before or not (facts: I27)."""
    text = "CREATE USER a@h, b@h; DROP USER b@h; DELETE FROM mysql.user WHERE user = 'a'; RENAME USER a@h TO b@h;"
    assert errors(taken(f"{text} DROP USER b@h;", server)) == []
    assert errors(taken(f"{text} FLUSH PRIVILEGES; DROP USER b@h;", server)) == [1396]


@pytest.mark.parametrize(
    ("statement", "server", "help_"),
    [
        ("CREATE USER u@h", "mysql-9.7.4", "write CREATE USER IF NOT EXISTS, and ALTER USER 'u'@'h' for what it shall"),
        ("CREATE USER u@h", "mysql-5.6.24", "'u'@'h' is there already: leave it out, or drop it before."),
        ("CREATE ROLE r", "mariadb-10.11.19", "leave it out, or write CREATE ROLE IF NOT EXISTS."),
        ("DROP USER w@h", "mysql-9.7.4", "There is no 'w'@'h' to drop: leave it out, or write DROP USER IF EXISTS."),
        ("RENAME USER w@h TO x@h", "mysql-9.7.4", "There is no 'w'@'h' to rename: leave it out."),
        ("RENAME USER v@h TO u@h", "mysql-9.7.4", "'u'@'h' is there already: drop it before, or take another name."),
        (
            "ALTER USER w@h ACCOUNT LOCK",
            "mysql-9.7.4",
            "CREATE USER 'w'@'h', with what it logs in by, before",
        ),
        ("GRANT SELECT ON a.* TO w@h", "mysql-9.7.4", "Write CREATE USER 'w'@'h', and how it logs in, before it."),
        ("GRANT q TO u@h", "mysql-9.7.4", "Write CREATE ROLE 'q'@'%' before it."),
        ("GRANT q TO u@h", "mariadb-10.11.19", "Write CREATE ROLE 'q' before it."),
        ("SET DEFAULT ROLE r TO u@h", "mysql-9.7.4", "Write GRANT 'r'@'%' TO 'u'@'h' before it."),
        ("SET DEFAULT ROLE r FOR u@h", "mariadb-10.11.19", "Write GRANT 'r' TO 'u'@'h' before it."),
        ("REVOKE SELECT ON a.* FROM u@h", "mysql-9.7.4", "leave it out, or write REVOKE IF EXISTS."),
        (
            "REVOKE SELECT ON a.* FROM u@h",
            "mysql-5.6.24",
            "has nothing of it that could be taken away: leave it out.",
        ),
        (
            "REVOKE r FROM w@h",
            "mysql-9.7.4",
            "leave it out, or write IGNORE UNKNOWN USER behind it.",
        ),
        ("GRANT r TO r", "mysql-9.7.4", "A role cannot have itself"),
        (
            "GRANT PROCESS ON a.* TO u@h",
            "mysql-9.7.4",
            "Write GRANT PROCESS ON *.*, or leave it out: a database has no such privilege.",
        ),
        ("GRANT SELECT (c) ON a.* TO u@h", "mysql-9.7.4", "Columns of SELECT are named for a table alone"),
        ("GRANT FOO ON *.* TO u@h", "mysql-9.7.4", "MySQL has no privilege FOO: leave it out."),
        (f"CREATE USER {'a' * 40}@h", "mysql-9.7.4", "Take a name of at most 32 characters."),
    ],
)
def test_a_refusal_says_what_to_write_instead(statement: str, server: str, help_: str) -> None:
    roles = "" if server == "mysql-5.6.24" else "CREATE ROLE r;"
    before = f"DROP USER IF EXISTS w@h, q@'%'; DROP ROLE IF EXISTS q; CREATE USER u@h, v@h; {roles}"
    if server == "mysql-5.6.24":
        before = "CREATE USER u@h, v@h;"
    text = f"{before} {statement};"
    outright = Outright(steps_of(text)).by(parse_target(server)).values()
    (refused,) = [one for one in (*outright, *taken(text, server).outcomes) if isinstance(one, Refused)]
    assert help_ in refused.help


@pytest.mark.parametrize(
    ("grants", "refused"),
    [
        (("ALL ON *.*", "BACKUP_ADMIN ON *.*"), ("DROP USER b@h", "RENAME USER b@h TO c@h")),
        (("SELECT ON d.*", "PROXY ON a@h"), ("CREATE USER b@h", "RENAME USER a@h TO b@h")),
    ],
)
def test_dynamic_privileges_that_are_left_are_no_account(grants: tuple[str, ...], refused: tuple[str, ...]) -> None:
    deleted = "DELETE FROM mysql.user WHERE user = 'b'; FLUSH PRIVILEGES"
    for grant in grants:
        for statement in ("DROP USER b@h", "RENAME USER b@h TO c@h", "CREATE USER b@h", "RENAME USER a@h TO b@h"):
            left = taken(f"CREATE USER a@h, b@h; GRANT {grant} TO b@h; {deleted}; {statement};")
            assert errors(left) == ([1396] if statement in refused else [])


def test_a_refused_statement_has_a_moved_account_read_at_its_new_host() -> None:
    moved = "CREATE USER a@h, b@h; GRANT ALL ON *.* TO b@h; UPDATE mysql.user SET host = '%' WHERE user = 'b';"
    again = "REVOKE SELECT ON *.* FROM b@'%'; RENAME USER a@h TO b@h;"
    assert errors(taken(f"{moved} {again}", flushed=False)) == [1133]


ROLE_LEFT = "CREATE ROLE r; CREATE USER a@h; GRANT r TO a@h; DELETE FROM mysql.user WHERE user = 'a'; FLUSH PRIVILEGES;"


def roles_of(left: Replayed) -> list[str]:
    return [name(key) for key, several in left.book.members.items() for _ in several]


@pytest.mark.parametrize(
    ("server", "again"),
    [
        ("mariadb-10.11.19", "GRANT SELECT ON *.* TO a@h IDENTIFIED BY 'x'"),
        ("mariadb-10.11.19", "CREATE USER a@h"),
        ("mariadb-10.11.19", "CREATE USER b@h; RENAME USER b@h TO a@h"),
        ("mysql-9.7.4", "CREATE USER a@h"),
    ],
)
def test_an_account_made_anew_has_its_old_roles_when_the_tables_are_read(server: str, again: str) -> None:
    text = f"{ROLE_LEFT} {again};"
    after, now = taken(text, server), taken(text, server, flushed=False)
    assert (roles_of(after), roles_of(now)) == (["a@h"], [])
    assert any(isinstance(one, Waiting) for one in after.outcomes)
    read = taken(f"{text} FLUSH PRIVILEGES;", server, flushed=False)
    assert (roles_of(read), read.outcomes) == (["a@h"], ())


@pytest.mark.parametrize(
    ("server", "statement", "numbers", "now"),
    [
        ("mariadb-10.11.19", "GRANT r TO a@h", [1062], []),
        ("mariadb-10.11.19", "REVOKE r FROM a@h", [1962], []),
        ("mariadb-10.11.19", "SET DEFAULT ROLE r FOR a@h", [1959], []),
        ("mariadb-10.11.19", "REVOKE ALL, GRANT OPTION FROM a@h", [], []),
        ("mysql-9.7.4", "GRANT r TO a@h", [], ["a@h"]),
        ("mysql-9.7.4", "SET DEFAULT ROLE r TO a@h", [3530], ["a@h"]),  # what is refused has the tables read
    ],
)
def test_a_role_that_the_server_does_not_know_is_none_to_statements(
    server: str, statement: str, numbers: list[int], now: list[str]
) -> None:
    text = f"{ROLE_LEFT} CREATE USER a@h; {statement};"
    after = taken(text, server)
    assert errors(after) == numbers
    assert roles_of(after) == ["a@h"]
    assert roles_of(taken(text, server, flushed=False)) == now


def test_mariadb_drops_and_renames_what_is_left_of_the_roles_of_an_account() -> None:
    assert errors(taken(f"{ROLE_LEFT} DROP USER a@h;", "mariadb-10.11.19")) == []
    renamed = taken(f"{ROLE_LEFT} RENAME USER a@h TO b@h;", "mariadb-10.11.19")
    assert (errors(renamed), accounts(renamed), roles_of(renamed)) == ([], [], ["b@h"])
    assert errors(taken(f"{ROLE_LEFT} DROP USER a@h;")) == [1396]


@pytest.mark.parametrize(
    ("statements", "numbers", "roles"),
    [
        ("RENAME USER r TO s", [], ["s@%"]),
        ("DROP USER IF EXISTS s, t; RENAME USER r TO s; RENAME USER s TO t", [], ["t@%"]),
        ("GRANT r TO a@h; RENAME USER r TO s", [3532], ["r@%"]),
        ("GRANT r TO a@h; RENAME USER nobody TO b, r TO s", [3532], ["r@%"]),
        ("GRANT r TO a@h; REVOKE r FROM a@h; RENAME USER r TO s", [], ["s@%"]),
    ],
)
def test_mysql_renames_a_role_that_nobody_has(statements: str, numbers: list[int], roles: list[str]) -> None:
    left = taken(f"CREATE ROLE r; CREATE USER a@h; {statements};")
    assert (errors(left), [name(key) for key in left.book.roles]) == (numbers, roles)


@pytest.mark.parametrize("server", ["mysql-5.6.24", "mysql-9.7.4", "mariadb-10.11.19"])
def test_names_are_exchanged_by_way_of_a_third(server: str) -> None:
    grant = "GRANT SELECT ON d.* TO a@h; RENAME USER a@h TO c@h, b@h TO a@h, c@h TO b@h;"
    left = taken(f"CREATE USER a@h, b@h; {grant}", server)
    assert (errors(left), grants(left)) == ([], ["`d`.* to b@h"])
    assert errors(taken("CREATE USER a@h, b@h; RENAME USER a@h TO c@h, a@h TO d@h;", server)) == [1396]
    assert errors(taken("CREATE USER a@h, b@h; RENAME USER a@h TO b@h, b@h TO a@h;", server)) == [1396, 1396]


EVERY = ["mysql-5.6.24", "mysql-9.7.4", "mariadb-10.11.19"]


@pytest.mark.parametrize("server", EVERY)
def test_the_grant_option_of_proxy_is_one_on_everything(server: str) -> None:
    proxy = "CREATE USER a@h, b@h; GRANT PROXY ON a@h TO b@h WITH GRANT OPTION;"
    assert grants(taken(proxy, server)) == ["PROXY 'a'@'h' to b@h", "*.* to b@h"]
    assert grants(taken(f"{proxy} REVOKE PROXY ON a@h FROM b@h;", server)) == ["*.* to b@h"]
    assert grants(taken("CREATE USER a@h, b@h; GRANT PROXY ON a@h TO b@h;", server)) == ["PROXY 'a'@'h' to b@h"]


@pytest.mark.parametrize(
    ("server", "now", "after"),
    [("mysql-5.6.24", False, True), ("mariadb-10.11.19", False, True), ("mysql-9.7.4", False, False)],
)
def test_proxy_granted_once_more_says_anew_whether_it_may_be_handed_on(server: str, *, now: bool, after: bool) -> None:
    text = "CREATE USER a@h, b@h; GRANT PROXY ON a@h TO b@h WITH GRANT OPTION; GRANT PROXY ON a@h TO b@h;"
    for flushed, wanted in ((False, now), (True, after)):
        held = [one for several in taken(text, server, flushed=flushed).book.grants.values() for one in several]
        proxies = [one.grant for one in held if one.grant.scope is not None and one.grant.scope.level is Level.PROXY]
        assert [one.option is not None for one in proxies] == [wanted]


@pytest.mark.parametrize("server", EVERY)
def test_an_account_named_twice_is_made_and_dropped_once(server: str) -> None:
    left = [] if server == "mysql-9.7.4" else ["a@h"]
    made = taken("CREATE USER a@h, a@h;", server)
    assert (errors(made), accounts(made)) == ([1396], left)
    dropped = taken("CREATE USER a@h; DROP USER a@h, a@h;", server)
    assert (errors(dropped), accounts(dropped)) == ([1396], [] if left else ["a@h"])


@pytest.mark.parametrize(
    ("statement", "numbers"),
    [
        ("CREATE USER b@h DEFAULT ROLE q", [3162]),
        ("CREATE USER a@h DEFAULT ROLE q", [1396]),
        ("CREATE USER b@h, b@h DEFAULT ROLE q", [3162]),
        ("CREATE USER a@h, b@h DEFAULT ROLE q", [3162]),
        ("CREATE USER b@h, b@h DEFAULT ROLE r", [1396]),
        ("CREATE USER b@h DEFAULT ROLE r", []),
        ("CREATE USER a@h, b@h DEFAULT ROLE r", [3162]),
        ("CREATE USER b@h, a@h DEFAULT ROLE r", [1396]),
        ("CREATE USER c@h, a@h, b@h DEFAULT ROLE r", [3162]),
        ("SET DEFAULT ROLE ALL TO b@h", [3523]),
        ("ALTER USER b@h DEFAULT ROLE ALL", [3523]),
        ("SET DEFAULT ROLE NONE TO b@h", []),
    ],
)
def test_a_default_role_wants_a_role_and_an_account_that_are_there(statement: str, numbers: list[int]) -> None:
    gone = "DROP USER IF EXISTS b@h; DROP ROLE IF EXISTS q;"
    assert errors(taken(f"CREATE ROLE r; CREATE USER a@h; {gone} {statement};")) == numbers


# REVOKE of it: with neither, IGNORE UNKNOWN USER, IF EXISTS, both (facts: I39)
FORGIVEN = {
    "SELECT ON d.* FROM u@h": (1141, 1141, 0, 0),
    "SELECT ON d.* FROM v@h": (1141, 0, 1141, 0),
    "SELECT ON d.* FROM v@h, u@h": (1141, 1141, 1141, 0),
    "SELECT ON d.t FROM v@h": (1147, 0, 1147, 0),
    "SELECT ON d.t FROM u@h": (1147, 1147, 0, 0),
    "r FROM u@h": (0, 0, 0, 0),
    "q FROM u@h": (3523, 3523, 0, 0),
    "r FROM v@h": (3523, 0, 3523, 0),
    "q FROM v@h": (3523, 0, 3523, 0),
    "q, r FROM u@h": (3523, 3523, 0, 0),
    "r FROM v@h, u@h": (3523, 0, 3523, 0),
    "ALL PRIVILEGES, GRANT OPTION FROM v@h": (1269, 0, 1269, 0),
    "ALL PRIVILEGES, GRANT OPTION FROM u@h, v@h": (1269, 0, 1269, 0),
    "PROXY ON u@h FROM u@h": (1141, 1141, 0, 0),
    "PROXY ON u@h FROM v@h": (1141, 0, 1141, 0),
}


@pytest.mark.parametrize(("what", "numbers"), FORGIVEN.items())
def test_if_exists_and_ignore_unknown_user_forgive_what_each_says(what: str, numbers: tuple[int, ...]) -> None:
    before = "DROP USER IF EXISTS v@h; DROP ROLE IF EXISTS q; CREATE USER u@h; CREATE ROLE r;"
    statements = [
        f"REVOKE {first}{what}{last};" for first in ("", "IF EXISTS ") for last in ("", " IGNORE UNKNOWN USER")
    ]
    assert [errors(taken(f"{before} {one}")) for one in statements] == [
        [number] if number else [] for number in numbers
    ]


@pytest.mark.parametrize(
    ("statement", "numbers"),
    [("SET ROLE r", [1959]), ("GRANT r TO b@h", [1698]), ("REVOKE r FROM a@h", [1698]), ("DROP ROLE r", [])],
)
def test_a_role_made_for_another_is_none_of_the_session(statement: str, numbers: list[int]) -> None:
    text = "CREATE USER a@h, b@h; CREATE ROLE r WITH ADMIN {}; {};"
    assert errors(taken(text.format("a@h", statement), "mariadb-10.11.19")) == numbers
    assert errors(taken(text.format("dba@h", statement), "mariadb-10.11.19")) == [
        1962 for _ in numbers if "REVOKE" in statement
    ]


@pytest.mark.parametrize(("server", "now"), [("mariadb-10.11.19", False), ("mysql-9.7.4", True)])
def test_mariadb_forgets_until_it_reads_its_tables_that_a_renamed_account_may_hand_a_role_on(
    server: str, *, now: bool
) -> None:
    text = "CREATE ROLE r; CREATE USER a@h; GRANT r TO a@h WITH ADMIN OPTION; RENAME USER a@h TO b@h;"
    for flushed, wanted in ((False, now), (True, True)):
        ((member,),) = taken(text, server, flushed=flushed).book.members.values()
        assert (member.admin is not None) is wanted


@pytest.mark.parametrize(
    ("server", "statement", "expired"),
    [
        ("mysql-9.7.4", "IDENTIFIED WITH caching_sha2_password", True),
        ("mysql-9.7.4", "IDENTIFIED WITH caching_sha2_password PASSWORD EXPIRE NEVER", True),
        ("mysql-9.7.4", "IDENTIFIED WITH caching_sha2_password BY 'x'", False),
        ("mysql-9.7.4", "IDENTIFIED WITH caching_sha2_password AS ''", False),
        ("mysql-9.7.4", "REQUIRE NONE", False),
        ("mariadb-10.11.19", "IDENTIFIED VIA mysql_native_password", False),
    ],
)
def test_alter_user_with_a_plugin_alone_expires_the_password(server: str, statement: str, *, expired: bool) -> None:
    text = f"CREATE USER a@h IDENTIFIED BY 'x'; ALTER USER a@h {statement};"
    ((made,),) = taken(text, server).book.accounts.values()
    assert (made.account.expired is not None) is expired


@pytest.mark.parametrize(
    ("server", "text", "numbers"),
    [
        (
            "mariadb-10.11.19",
            "CREATE USER a@h IDENTIFIED VIA unix_socket; SET PASSWORD FOR a@h = PASSWORD('x')",
            [1699],
        ),
        ("mariadb-10.11.19", "CREATE USER a@h IDENTIFIED BY 'x'; SET PASSWORD FOR a@h = PASSWORD('x')", []),
        ("mysql-9.7.4", "DROP USER IF EXISTS a@h; ALTER USER a@h", [1396]),
        ("mysql-9.7.4", "CREATE USER a@h; ALTER USER a@h", []),
        ("mysql-9.7.4", "CREATE USER a@h; CREATE USER IF NOT EXISTS a@h IDENTIFIED WITH mysql_native_password", []),
    ],
)
def test_what_statements_of_accounts_want_of_plugins(server: str, text: str, numbers: list[int]) -> None:
    assert errors(taken(f"{text};", server)) == numbers


def test_an_account_that_is_made_twice_and_renamed_has_one_name() -> None:
    assert accounts(taken("CREATE USER a@h; CREATE USER a@h; RENAME USER a@h TO b@h;")) == ["b@h"]
    declared, _ = left.joined(taken("CREATE USER a@h; CREATE USER a@h; RENAME USER a@h TO b@h;").book)
    assert [str(one.user.value) for one in declared if isinstance(one.user, Located)] == ["b"]


def test_revoke_all_of_a_deleted_account_is_not_decided_where_unknown_ones_are_ignored() -> None:
    revoked = "CREATE USER a@h; DELETE FROM mysql.user WHERE user = 'a'; REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@h"
    assert errors(taken(f"{revoked};")) == [1141]
    after = taken(f"{revoked} IGNORE UNKNOWN USER;")
    assert [type(one) for one in after.outcomes if not isinstance(one, Waiting)] == [Undecided]


@pytest.mark.parametrize(("server", "left"), [("mariadb-10.11.19", ["`d`.* to c@h"]), ("mysql-5.6.24", [])])
def test_mariadb_ends_revoke_all_at_an_account_whose_row_is_deleted(server: str, left: list[str]) -> None:
    made = "CREATE USER a@h, b@h, c@h; GRANT SELECT ON d.* TO b@h, c@h; DELETE FROM mysql.user WHERE user = 'a';"
    after = taken(f"{made} REVOKE ALL PRIVILEGES, GRANT OPTION FROM b@h, a@h, c@h;", server)
    assert (errors(after), grants(after)) == ([1141], left)


@pytest.mark.parametrize(("server", "unknown"), [("mariadb-10.11.19", 1), ("mysql-5.6.24", 1), ("mysql-9.7.4", 0)])
def test_revoke_all_of_grants_deleted_from_their_table_is_not_decided(server: str, unknown: int) -> None:
    text = "CREATE USER a@h; GRANT SELECT ON d.* TO a@h; DELETE FROM mysql.db WHERE user = 'a';"
    after = taken(f"{text} REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@h;", server)
    assert sum(isinstance(one, Undecided) for one in after.outcomes) == unknown
    flushed = taken(f"{text} FLUSH PRIVILEGES; REVOKE ALL PRIVILEGES, GRANT OPTION FROM a@h;", server)
    assert not any(isinstance(one, Undecided) for one in flushed.outcomes)


@pytest.mark.parametrize(
    ("holder", "to", "numbers"),
    [
        ("a@'%'", "a@h", []),
        ("a@h", "a@'%'", [1959]),
        ("a@'10.%'", "a@h", [1959]),
        ("a@h", "a@h", []),
        ("b@'%'", "a@h", [1959]),
    ],
)
def test_a_default_role_may_be_that_of_a_wider_host_on_mariadb(holder: str, to: str, numbers: list[int]) -> None:
    made = "CREATE ROLE r; CREATE USER a@h, a@'%', a@'10.%', b@'%';"
    assert errors(taken(f"{made} GRANT r TO {holder}; SET DEFAULT ROLE r FOR {to};", "mariadb-10.11.19")) == numbers


def test_a_delete_takes_one_that_is_a_role_and_an_account() -> None:
    text = "CREATE ROLE r; CREATE USER a; RENAME USER r TO a; DELETE FROM mysql.user WHERE user = 'a';"
    at_its_word = replay(steps_of(text), Rules(parse_target("mysql-9.7.4"), strict=False))
    assert (list(at_its_word.book.accounts), list(at_its_word.book.roles)) == ([], [])


@pytest.mark.parametrize(
    ("server", "table", "left"),
    [
        ("mysql-5.7.18", "`user`", ["b@%"]),
        ("mysql-5.7.18", "`users`", ["a@%", "b@%"]),
        ("mariadb-10.1", "mysql.user", ["b@%"]),
        ("mariadb-10.11", "`global_priv`", []),
        ("mariadb-10.11", "`user`", ["a@%"]),  # a view, which DROP TABLE does not drop
    ],
)
def test_nothing_is_left_of_the_accounts_of_before_where_a_dump_brings_their_table(
    server: str, table: str, left: list[str]
) -> None:
    row = "INSERT INTO user (Host, User, ssl_cipher, x509_issuer, x509_subject) VALUES ('%', 'b', '', '', '');"
    text = f"CREATE USER a; USE mysql;\nDROP TABLE IF EXISTS {table};\nFLUSH PRIVILEGES; {row} FLUSH PRIVILEGES;"
    assert accounts(taken(text, server)) == left


def test_grants_of_before_go_with_their_table() -> None:
    text = "CREATE USER a; GRANT SELECT ON d.* TO a; GRANT PROCESS ON *.* TO a; USE mysql;\nDROP TABLE db;"
    assert grants(taken(text, "mysql-5.7.18")) == ["*.* to a@%"]
