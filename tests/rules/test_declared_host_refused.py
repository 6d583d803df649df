"""Declared clients that nothing lets in: of a network, only if no part of it is."""

import pytest

from grantlint import Installation, Server, ServerSettings
from grantlint.access import parse_target
from grantlint.model.location import Source
from grantlint.reader.formats.policy import document as policy
from grantlint.servers.grouping import group
from grantlint_rules.server.declared_host_refused import check


def is_refused(address: str, host: str, target: str = "mysql-8.4") -> bool:
    text = f"hosts: [{{name: web, addresses: ['{address}']}}]\nusers: [{{user: app, host: '{host}'}}]\n"
    (declared,) = group(policy.read(Source("policy.yml", text)))
    server = Server(declared, Installation(parse_target(target), ServerSettings.of(declared.facts)))
    return bool(list(check(server)))


@pytest.mark.parametrize("host", ["10.1.2.7", "10.1.2.2%", "10.1.2.128/25", "10.1.2.128/255.255.255.128", "10._.2.9"])
def test_a_network_is_not_refused_where_a_part_of_it_is_let_in(host: str) -> None:
    assert not is_refused("10.1.2.0/24", host)


@pytest.mark.parametrize("host", ["10.1.3.7", "172.%", "10.1.3.0/24", "10.9.0.0/255.255.0.0", "web1.example.com"])
def test_a_network_is_refused_where_no_part_of_it_is_let_in(host: str) -> None:
    assert is_refused("10.1.2.0/24", host)


def test_an_account_of_a_host_that_nobody_knows_may_let_a_client_in() -> None:
    assert is_refused("10.1.2.3", "10.9.%")
    assert not is_refused("10.1.2.3", "{{ host }}")
