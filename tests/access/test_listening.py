"""Which clients reach a server at all, as real servers answered (docs/facts.md, K)."""

import pytest

from grantlint.access import parse_target
from grantlint.access.accounts.listening import unheard
from grantlint.access.host.client import Client
from grantlint.access.product.installation import Installation, ServerSettings

ALL = "mysql-5.6.24 mysql-9.7.4 mariadb-10.11.19 mariadb-11.8.9"
MYSQL, MARIADB = "mysql-5.6.24 mysql-9.7.4", "mariadb-10.11.19 mariadb-11.8.9"
CLIENTS = ("socket", "127.0.0.1", "10.0.0.2", "::1")

# Each row as recorded: who of CLIENTS was heard. A client of another address was sent to one of the server's.
ASKED = (
    ({"bind_address": "127.0.0.1"}, ALL, "socket 127.0.0.1"),
    ({"bind_address": "localhost"}, ALL, "socket 127.0.0.1"),
    ({"bind_address": "::1"}, ALL, "socket ::1"),
    ({"bind_address": "10.0.0.1"}, ALL, "socket 10.0.0.2"),
    ({"bind_address": "127.0.0.1,10.0.0.1"}, "mysql-9.7.4 mariadb-10.11.19", "socket 127.0.0.1 10.0.0.2"),
    ({"skip_networking": "on"}, ALL, "socket"),
    ({"skip_networking": "off"}, ALL, "socket 127.0.0.1 10.0.0.2 ::1"),
    ({"bind_address": "0.0.0.0"}, ALL, "socket 127.0.0.1 10.0.0.2"),  # noqa: S104 - as settings have it
    ({"bind_address": "::"}, MYSQL, "socket 127.0.0.1 10.0.0.2 ::1"),
    ({"bind_address": "::"}, MARIADB, "socket ::1"),
    ({"bind_address": "*"}, ALL, "socket 127.0.0.1 10.0.0.2 ::1"),
    ({"skip_grant_tables": "on"}, "mysql-9.7.4", "socket"),
    ({"skip_grant_tables": "on"}, "mysql-5.6.24 mariadb-10.11.19 mariadb-11.8.9", "socket 127.0.0.1 10.0.0.2 ::1"),
    ({}, ALL, "socket 127.0.0.1 10.0.0.2 ::1"),
)


@pytest.mark.parametrize(("settings", "targets", "heard"), ASKED)
def test_who_is_heard(settings: dict[str, str], targets: str, heard: str) -> None:
    for target in targets.split():
        installation = Installation(parse_target(target), ServerSettings(settings, frozenset()))
        clients = {name: Client.socket() if name == "socket" else Client.tcp(name) for name in CLIENTS}
        assert [name for name in CLIENTS if unheard(installation, clients[name]) is None] == heard.split()


@pytest.mark.parametrize("written", ["db1.example.com", "eth0", "10.0.0.1/blue", ""])
def test_where_nobody_can_tell_a_client_may_be_heard(written: str) -> None:
    installation = Installation(parse_target("mysql-8.4"), ServerSettings({"bind_address": written}, frozenset()))
    assert unheard(installation, Client.tcp("10.0.0.2")) is None


def test_a_network_namespace_is_no_part_of_the_address() -> None:
    installation = Installation(parse_target("mysql-8.4"), ServerSettings({"bind_address": "127.0.0.1/x"}, frozenset()))
    found = unheard(installation, Client.tcp("10.0.0.2"))
    assert found is not None
    assert found.setting == "bind_address"
