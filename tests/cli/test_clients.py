"""Whom `--from` means."""

import pytest

from grantlint.access import Client
from grantlint.access.host.client import NOBODYS_ADDRESS
from grantlint.cli.clients import clients_meant
from grantlint.model import NamedHost
from grantlint.model.location import Located, Source, Unresolved
from grantlint.platform.errors import UsageError

SOURCE = Source("hosts.yml", "")


def host(name: str, addresses: str = "", dns_names: str = "") -> NamedHost:
    def leaves(words: str) -> tuple[Located[str], ...]:
        return tuple(Located(word, SOURCE, 0, 0) for word in words.split())

    return NamedHost(*leaves(name), leaves(addresses), leaves(dns_names))


HOSTS = [
    host("web-1", "10.0.3.7 2001:db8::7", "web1.example.com"),
    host("office", "10.9.0.0/16"),
    host("laptop", dns_names="laptop.example.com"),
    host("web-1", "10.0.9.9"),
]


def meant(text: str) -> list[Client]:
    return [client for client, _ in clients_meant(text, HOSTS)]


def test_the_socket() -> None:
    assert meant("socket") == [Client.socket()]


@pytest.mark.parametrize("text", ["198.51.100.7", "2001:DB8:0::9", "::ffff:10.1.1.1"])
def test_an_address_is_a_client_without_a_name(text: str) -> None:
    assert meant(text) == [Client.tcp(text)]


def test_the_address_of_a_declared_host_has_its_name_unless_refused() -> None:
    assert meant("10.0.3.7") == [Client.tcp("10.0.3.7", "web1.example.com")]
    assert meant("=10.0.3.7") == [Client.tcp("10.0.3.7")]


def test_a_name_and_an_address_are_taken_as_given() -> None:
    assert meant("db1.example.com=10.0.3.7") == [Client.tcp("10.0.3.7", "db1.example.com")]


def test_a_declared_host_stands_for_each_of_its_addresses_and_the_first_of_a_name_counts() -> None:
    named = "web1.example.com"
    assert meant("web-1") == [Client.tcp("10.0.3.7", named), Client.tcp("2001:db8::7", named)]
    assert meant("WEB1.example.com") == meant("web-1")


def test_a_network_stands_for_its_first_address_and_says_so() -> None:
    ((client, remark),) = clients_meant("office", HOSTS)
    assert client == Client.tcp("10.9.0.1")
    assert "10.9.0.0/16" in remark


def test_a_name_that_nobody_declares_gets_an_address_that_is_nobodys_and_says_so() -> None:
    ((client, remark),) = clients_meant("mail.example.com", HOSTS)
    assert client == Client.tcp(NOBODYS_ADDRESS, "mail.example.com")
    assert NOBODYS_ADDRESS in remark


def test_a_declared_host_without_an_address_gets_one_too() -> None:
    assert meant("laptop") == [Client.tcp(NOBODYS_ADDRESS, "laptop.example.com")]


def test_an_address_that_only_a_run_could_know_is_not_used() -> None:
    unknown = NamedHost(Located("app", SOURCE, 0, 0), (Unresolved("a variable", SOURCE, 0, 0),), ())
    ((client, _),) = clients_meant("app", [unknown])
    assert client.ip == NOBODYS_ADDRESS


def test_localhost_is_the_socket_and_the_loopback() -> None:
    assert meant("localhost") == [Client.socket(), Client.tcp("127.0.0.1")]


@pytest.mark.parametrize(
    "text",
    ["", "10.0.3.256", "10.0.3", "10.0.3.0/24", "10.0.%", "a b", "app@web1", "web1:3306", "web1=", "web1=web2", "="],
)
def test_what_is_no_client_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"no client|no IPv4 or IPv6 address"):
        clients_meant(text, HOSTS)


def test_a_client_the_wrong_way_round_is_told_the_right_one() -> None:
    with pytest.raises(UsageError, match=r"--from web1\.example\.com=10\.0\.3\.7"):
        clients_meant("10.0.3.7=web1.example.com", HOSTS)
