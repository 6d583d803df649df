"""What the chosen account asks of a client, in the order in which the servers ask."""

import pytest

from grantlint.access import Approach, Client, ConnectionSettings, Standing, admit, parse_target

HERE = Client.tcp("10.1.0.1", "app.example.com")
PLAIN = Approach(tls=False, certificate=False)
SECURE = ConnectionSettings(require_secure_transport=True)


def errors(
    server: str,
    standing: Standing,
    client: Client = HERE,
    approach: Approach = PLAIN,
    settings: ConnectionSettings | None = None,
) -> list[int]:
    found = admit(parse_target(server), standing, standing.user, client, approach, settings)
    return [refusal.error for refusal in found.refusals]


EVERYTHING = Standing("u", locked=True, expired=True, require="X509", connections_per_hour=1)


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("mysql-9.7", [1045, 3118, 3159, 1862, 1226]),
        ("mysql-8.0", [1045, 3118, 3159, 1862, 1226]),
        ("mysql-5.7.6", [1045, 3118, 1862, 1226]),
        ("mysql-5.6.24", [1045, 1862, 1226]),
        ("mysql-5.5", [1045, 1226]),
        ("mariadb-11.8", [3159, 1045, 4151, 1226]),
        ("mariadb-10.11", [1045, 1045, 4151, 1226]),
        ("mariadb-10.4.1", [1045, 1226]),
    ],
)
def test_all_reasons_come_in_the_order_of_the_server(server: str, expected: list[int]) -> None:
    assert errors(server, EVERYTHING, approach=PLAIN._replace(connections=1), settings=SECURE) == expected


@pytest.mark.parametrize(("server", "first"), [("mariadb-10.11", 1698), ("mariadb-11.8", 3159)])
def test_mariadb_asks_for_secure_transport_before_the_plugin_from_11_4_on(server: str, first: int) -> None:
    locked = Standing("u", plugin="unix_socket", locked=True)
    assert errors(server, locked, settings=SECURE)[0] == first


def test_a_limit_is_reached_by_as_many_sessions_or_connections() -> None:
    standing = Standing("u", connections_per_hour=2, user_connections=3)
    for server in ("mysql-9.7", "mysql-5.5", "mariadb-11.8"):
        assert errors(server, standing, approach=Approach(connections=1, sessions=2)) == []
        assert errors(server, standing, approach=Approach(connections=2, sessions=2)) == [1226]
        (refusal,) = admit(parse_target(server), standing, "u", HERE, Approach(connections=2, sessions=3)).refusals
        assert refusal.cause == "MAX_USER_CONNECTIONS is 3"


def test_nothing_is_concluded_from_what_nobody_said() -> None:
    for server in ("mysql-9.7", "mariadb-11.8"):
        assert errors(server, Standing("u", require="X509"), approach=Approach(), settings=SECURE) == []
    assert errors("mariadb-11.8", Standing("u", plugin="unix_socket"), Client.socket()) == []


def test_the_socket_is_secure_transport_but_no_tls() -> None:
    assert errors("mysql-9.7", Standing("u"), Client.socket(), settings=SECURE) == []
    assert errors("mysql-9.7", Standing("u", require="SSL"), Client.socket()) == [1045]


def test_a_certificate_is_asked_for_beyond_ssl() -> None:
    with_tls = Approach(tls=True, certificate=False)
    assert errors("mysql-9.7", Standing("u", require="SSL"), approach=with_tls) == []
    assert errors("mysql-9.7", Standing("u", require="SPECIFIED"), approach=with_tls) == [1045]
    assert errors("mysql-9.7", Standing("u", require="X509"), approach=Approach(tls=True, certificate=True)) == []


@pytest.mark.parametrize(
    ("server", "plugin", "expected"),
    [
        ("mysql-5.7", "mysql_native_password", []),
        ("mysql-8.0", "mysql_native_password", []),
        ("mysql-8.4", "mysql_native_password", [1524]),
        ("mysql-9.7", "mysql_native_password", [1524]),
        ("mysql-5.6", "mysql_old_password", []),
        ("mysql-5.7.5", "mysql_old_password", [1524]),
        ("mysql-5.6.5", "sha256_password", [1524]),
        ("mysql-9.7", "sha256_password", []),
        ("mysql-5.7", "caching_sha2_password", [1524]),
        ("mariadb-11.8", "caching_sha2_password", [1524]),
        ("mariadb-11.8", "mysql_native_password", []),
        ("mariadb-10.11", "ed25519", [1524]),
        ("mariadb-10.11", "pam", [1524]),
        ("mariadb-10.11", "gssapi", [1524]),
        ("mariadb-10.11", "parsec", [1524]),
        ("mariadb-11.8", "parsec", [1524]),
        ("mysql-9.7", "unix_socket", [1524]),
        ("mysql-9.7", "auth_socket", [1524]),
        ("mysql-5.6", "auth_socket", [1524]),
        ("mariadb-11.8", "unix_socket", [1698]),
        ("mysql-9.7", "mysql_no_login", [1524]),
        ("mysql-9.7", "no_such_plugin", [1524]),
        ("mysql-9.7", None, []),
    ],
)
def test_plugins_come_and_go_with_the_versions(server: str, plugin: str | None, expected: list[int]) -> None:
    assert errors(server, Standing("u", plugin=plugin)) == expected


def test_what_the_administrator_installed_or_turned_on_counts() -> None:
    on = ConnectionSettings(plugins=frozenset({"mysql_native_password", "my_plugin"}))
    assert errors("mysql-8.4", Standing("u", plugin="mysql_native_password"), settings=on) == []
    assert errors("mysql-9.7", Standing("u", plugin="my_plugin"), settings=on) == []
    loaded = ConnectionSettings(plugins=frozenset({"auth_socket", "mysql_no_login", "ed25519"}))
    assert errors("mysql-9.7", Standing("u", plugin="auth_socket"), settings=loaded) == [1698]
    assert errors("mysql-9.7", Standing("u", plugin="mysql_no_login"), settings=loaded) == [1045]
    assert errors("mariadb-10.11", Standing("u", plugin="ed25519"), settings=loaded) == []


def test_the_socket_plugin_wants_the_same_user_of_the_operating_system() -> None:
    root = Approach(os_user="root")
    assert errors("mariadb-11.8", Standing("root", plugin="unix_socket"), Client.socket(), root) == []
    assert errors("mariadb-11.8", Standing("joe", plugin="unix_socket"), Client.socket(), root) == [1698]


@pytest.mark.parametrize(
    ("server", "disconnect", "able", "expected", "sandbox"),
    [
        ("mysql-9.7", None, False, [1862], False),
        ("mysql-9.7", None, True, [], True),
        ("mysql-9.7", False, False, [], True),
        ("mariadb-11.8", None, False, [], True),
        ("mariadb-11.8", True, False, [1862], False),
        ("mysql-5.5", None, False, [], False),
    ],
)
def test_an_expired_password_ends_in_1862_or_in_a_sandbox(
    server: str,
    disconnect: bool | None,  # noqa: FBT001 - a column of the table
    able: bool,  # noqa: FBT001 - a column of the table
    expected: list[int],
    sandbox: bool,  # noqa: FBT001 - a column of the table
) -> None:
    answer = admit(
        parse_target(server),
        Standing("u", expired=True),
        "u",
        HERE,
        Approach(changes_password=able),
        ConnectionSettings(disconnect_on_expired_password=disconnect),
    )
    assert ([refusal.error for refusal in answer.refusals], answer.sandbox) == (expected, sandbox)


def test_every_refusal_says_what_it_comes_from() -> None:
    answer = admit(parse_target("mysql-9.7"), EVERYTHING, "u", HERE, PLAIN._replace(connections=1), SECURE)
    assert answer.error == 1045
    assert all(refusal.cause and refusal.message for refusal in answer.refusals)
