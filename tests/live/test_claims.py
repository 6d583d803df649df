"""What rules say of servers and no other test asks: one statement after the other, and what the server answers."""

import pytest

from live.servers import LiveServer

pytestmark = pytest.mark.live

HASH = "*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29"
DROP = "DROP USER IF EXISTS claimed@localhost"
CREATE = "CREATE USER claimed@localhost"


@pytest.fixture
def is_mariadb(server: LiveServer) -> bool:
    return server.target.product == "mariadb"


@pytest.fixture(autouse=True)
def _without_anonymous_accounts(server: LiveServer) -> None:
    """Drop what the random tables of other tests leave: it would take in whom these tests expect to be refused."""
    if server.target.product == "mysql" and server.target.version < (8,):
        pytest.skip("DROP USER IF EXISTS came with MySQL 5.7")
    (rows,) = server.read(["SELECT host FROM mysql.user WHERE user = ''"])
    hosts = [host.replace("\\", "\\\\").replace("'", "''") for (host,) in rows]
    server.ask([f"DROP USER ''@'{host}'" for host in hosts])


def test_set_password_takes_a_hash_on_mariadb_alone(server: LiveServer, *, is_mariadb: bool) -> None:
    """set-password-hash, statement-rejected: facts G7."""
    plugin = " IDENTIFIED VIA mysql_native_password" if is_mariadb else ""
    done, _ = server.ask([DROP, f"{CREATE}{plugin}", "SET PASSWORD FOR claimed@localhost = 'short'"])
    assert done == [None, None, 1372 if is_mariadb else None]
    server.ask([f"SET PASSWORD FOR claimed@localhost = '{HASH}'"])
    ((stored,),) = server.read(["SELECT authentication_string FROM mysql.user WHERE user = 'claimed'"])
    assert (stored == [HASH]) == is_mariadb


def test_replication_client_shows_a_replica_on_mysql_alone(server: LiveServer, *, is_mariadb: bool) -> None:
    """slave-monitor-missing: facts I15."""
    server.ask([DROP, CREATE, "GRANT REPLICATION CLIENT ON *.* TO claimed@localhost"])
    _, (before,) = server.ask(sessions=[("claimed", "socket", ["SHOW REPLICA STATUS"])])
    assert before.answers == (1227 if is_mariadb else None,)
    if is_mariadb:
        server.ask(["GRANT SLAVE MONITOR ON *.* TO claimed@localhost"])
        _, (after,) = server.ask(sessions=[("claimed", "socket", ["SHOW REPLICA STATUS"])])
        assert after.answers == (None,)
        ((rows,),) = [server.read(["SHOW GRANTS FOR claimed@localhost"])]
        assert any("BINLOG MONITOR, SLAVE MONITOR" in row[0] for row in rows)


def test_stars_and_backslashes_in_names_of_databases(server: LiveServer) -> None:
    """grant-on-literal-star, grant-escape-literal: facts I1, I16."""
    made = ["CREATE DATABASE IF NOT EXISTS claim_a1", "CREATE TABLE IF NOT EXISTS claim_a1.t (id INT)"]
    server.ask([*made, DROP, CREATE, "GRANT SELECT ON `claim_a*`.* TO claimed@localhost"])
    read = ["SELECT * FROM claim_a1.t", "USE claim_a1"]
    _, (star,) = server.ask(sessions=[("claimed", "socket", read)])
    assert star.answers == (1142, 1044)
    done, _ = server.ask([r"GRANT SELECT ON `claim\_a1`.t TO claimed@localhost"])
    _, (literal,) = server.ask(sessions=[("claimed", "socket", read)])
    assert (done[0] in {None, 1146}, literal.answers) == (True, (1142, 1044))
    server.ask([r"GRANT SELECT ON `claim\_a_`.* TO claimed@localhost"])
    _, (pattern,) = server.ask(sessions=[("claimed", "socket", read)])
    assert pattern.answers == (None, None)
    server.ask([DROP, "DROP DATABASE claim_a1"])


def test_a_database_pattern_of_percent_takes_the_accounts_too(server: LiveServer) -> None:
    """grant-on-every-database: facts I17."""
    server.ask([DROP, CREATE, "GRANT SELECT ON `%`.* TO claimed@localhost"])
    _, (reads,) = server.ask(sessions=[("claimed", "socket", ["SELECT COUNT(*) FROM mysql.user"])])
    assert reads.answers == (None,)


def test_what_closes_a_circle_of_roles_is_refused(server: LiveServer, *, is_mariadb: bool) -> None:
    """role-circle: facts I18."""
    drop = ["DROP ROLE IF EXISTS claim_a", "DROP ROLE IF EXISTS claim_b"]
    server.ask([*drop, "CREATE ROLE claim_a", "CREATE ROLE claim_b"])
    done, _ = server.ask(["GRANT claim_a TO claim_b", "GRANT claim_b TO claim_a"])
    server.ask(drop)
    assert done == [None, 1961 if is_mariadb else 4027]


def test_a_default_role_has_to_be_granted(server: LiveServer, *, is_mariadb: bool) -> None:
    """default-role-not-granted: facts I18."""
    server.ask([DROP, CREATE, "DROP ROLE IF EXISTS claim_a", "CREATE ROLE claim_a"])
    sql = (
        "SET DEFAULT ROLE claim_a FOR claimed@localhost"
        if is_mariadb
        else "SET DEFAULT ROLE claim_a TO claimed@localhost"
    )
    done, _ = server.ask([sql, "DROP ROLE claim_a"])
    assert done[0] == (1959 if is_mariadb else 3530)


def test_create_user_changes_the_password_of_others_but_not_of_system_users(
    server: LiveServer, *, is_mariadb: bool
) -> None:
    """privilege-create-user: facts I19."""
    server.ask([DROP, CREATE, "DROP USER IF EXISTS victim@localhost, chief@localhost"])
    server.ask(["CREATE USER victim@localhost, chief@localhost", "GRANT CREATE USER ON *.* TO claimed@localhost"])
    if not is_mariadb:
        server.ask(["GRANT SYSTEM_USER ON *.* TO chief@localhost"])
    tried = [f"ALTER USER {who}@localhost IDENTIFIED BY 'Xx-12345678901'" for who in ("victim", "chief")]
    _, (said,) = server.ask(sessions=[("claimed", "socket", tried)])
    server.ask(["DROP USER IF EXISTS victim@localhost, chief@localhost"])
    assert said.answers == (None, None if is_mariadb else 1227)


def test_flush_privileges_needs_reload(server: LiveServer) -> None:
    """needless-flush-privileges, privilege-reload: facts I20."""
    server.ask([DROP, CREATE])
    asked = ["FLUSH PRIVILEGES", "FLUSH TABLES WITH READ LOCK"]
    _, (without,) = server.ask(sessions=[("claimed", "socket", asked)])
    server.ask(["GRANT RELOAD ON *.* TO claimed@localhost"])
    _, (with_it,) = server.ask(sessions=[("claimed", "socket", asked)])
    assert (without.answers, with_it.answers) == ((1227, 1227), (None, None))


def test_a_hash_behind_identified_by_is_hashed_once_more(server: LiveServer, *, is_mariadb: bool) -> None:
    """password-is-a-hash: facts G8."""
    server.ask([DROP, f"{CREATE} IDENTIFIED BY '{HASH}'"])
    ((stored,),) = server.read(["SELECT authentication_string FROM mysql.user WHERE user = 'claimed'"])
    assert stored != [HASH]
    assert stored[0].startswith("*" if is_mariadb else "$A$")


def test_a_character_that_nobody_sees_makes_another_user(server: LiveServer) -> None:
    """invisible-character: facts G9."""
    name = "claimed\u00a0"
    server.ask([DROP, f"DROP USER IF EXISTS '{name}'@'%'"])
    done, (other, itself) = server.ask([f"CREATE USER '{name}'@'%'"], [("claimed", "socket", []), (name, "socket", [])])
    server.ask([f"DROP USER '{name}'@'%'"])
    assert (done, other.error in {1045, 1698}, itself.error) == ([None], True, None)


def test_super_is_not_read_only_admin_on_mariadb(server: LiveServer, *, is_mariadb: bool) -> None:
    """privilege-super: facts I21."""
    made = ["CREATE DATABASE IF NOT EXISTS claim_a1", "CREATE TABLE IF NOT EXISTS claim_a1.t (id INT)"]
    server.ask([*made, DROP, CREATE, "GRANT SUPER, INSERT ON *.* TO claimed@localhost", "SET GLOBAL read_only = ON"])
    _, (said,) = server.ask(sessions=[("claimed", "socket", ["INSERT INTO claim_a1.t VALUES (1)"])])
    server.ask(["SET GLOBAL read_only = OFF", "DROP DATABASE claim_a1", DROP])
    assert said.answers == (1290 if is_mariadb and server.target.version >= (10, 11) else None,)
