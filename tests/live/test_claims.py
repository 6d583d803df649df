"""What rules say of servers and no other test asks: one statement after the other, and what the server answers."""

import pytest

from live.servers import LiveServer

pytestmark = pytest.mark.live

HASH = "*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29"
DROP = "DROP USER IF EXISTS claimed@'%'"
CREATE = "CREATE USER claimed@'%'"


@pytest.fixture
def is_mariadb(server: LiveServer) -> bool:
    return server.target.product == "mariadb"


@pytest.fixture(autouse=True)
def _only_newer(server: LiveServer) -> None:
    if server.target.product == "mysql" and server.target.version < (8,):
        pytest.skip("DROP USER IF EXISTS came with MySQL 5.7")


def test_set_password_takes_a_hash_on_mariadb_alone(server: LiveServer, *, is_mariadb: bool) -> None:
    """set-password-hash, statement-rejected: facts G7."""
    plugin = " IDENTIFIED VIA mysql_native_password" if is_mariadb else ""
    done, _ = server.ask([DROP, f"{CREATE}{plugin}", "SET PASSWORD FOR claimed@'%' = 'short'"])
    assert done == [None, None, 1372 if is_mariadb else None]
    server.ask([f"SET PASSWORD FOR claimed@'%' = '{HASH}'"])
    ((stored,),) = server.read(["SELECT authentication_string FROM mysql.user WHERE user = 'claimed'"])
    assert (stored == [HASH]) == is_mariadb


def test_replication_client_shows_a_replica_on_mysql_alone(server: LiveServer, *, is_mariadb: bool) -> None:
    """slave-monitor-missing: facts I15."""
    server.ask([DROP, CREATE, "GRANT REPLICATION CLIENT ON *.* TO claimed@'%'"])
    _, (before,) = server.ask(sessions=[("claimed", "socket", ["SHOW REPLICA STATUS"])])
    assert before.answers == (1227 if is_mariadb else None,)
    if is_mariadb:
        server.ask(["GRANT SLAVE MONITOR ON *.* TO claimed@'%'"])
        _, (after,) = server.ask(sessions=[("claimed", "socket", ["SHOW REPLICA STATUS"])])
        assert after.answers == (None,)
        ((rows,),) = [server.read(["SHOW GRANTS FOR claimed@'%'"])]
        assert any("BINLOG MONITOR, SLAVE MONITOR" in row[0] for row in rows)


def test_stars_and_backslashes_in_names_of_databases(server: LiveServer) -> None:
    """grant-on-literal-star, grant-escape-literal: facts I1, I16."""
    made = ["CREATE DATABASE IF NOT EXISTS claim_a1", "CREATE TABLE IF NOT EXISTS claim_a1.t (id INT)"]
    server.ask([*made, DROP, CREATE, "GRANT SELECT ON `claim_a*`.* TO claimed@'%'"])
    read = ["SELECT * FROM claim_a1.t", "USE claim_a1"]
    _, (star,) = server.ask(sessions=[("claimed", "socket", read)])
    assert star.answers == (1142, 1044)
    done, _ = server.ask([r"GRANT SELECT ON `claim\_a1`.t TO claimed@'%'"])
    _, (literal,) = server.ask(sessions=[("claimed", "socket", read)])
    assert (done[0] in {None, 1146}, literal.answers) == (True, (1142, 1044))
    server.ask([r"GRANT SELECT ON `claim\_a_`.* TO claimed@'%'"])
    _, (pattern,) = server.ask(sessions=[("claimed", "socket", read)])
    assert pattern.answers == (None, None)
    server.ask([DROP, "DROP DATABASE claim_a1"])
