"""How many addresses a host value takes, against asking it about each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access.host.client import Client
from grantlint.access.host.extent import addresses_in
from grantlint.access.host.value import host_value
from grantlint.access.product.target import parse_target

TARGETS = ("mysql-5.6", "mysql-8.0.20", "mysql-9.7", "mariadb-10.11", "mariadb-11.8")
OCTETS = st.sampled_from(["%", "_", "__", "1", "1_", "10", "1%", "%1", "17_", "192", "168", "0", "255", "_0", "%%"])
PATTERNS = st.lists(OCTETS, min_size=1, max_size=5).map(".".join) | st.text("01%_.", min_size=1, max_size=9)
MASKS = st.sampled_from(["10.1.0.0/16", "10.1.0.0/255.255.0.0", "10.1.2.0/255.255.254.0", "10.0.0.0/255.0.255.0"])
LITERALS = st.sampled_from(["10.1.2.3", "10.1.2.03", "%", "localhost", "web%", "10.1.2.3/16"])
HOSTS = PATTERNS | MASKS | LITERALS


@given(HOSTS, st.sampled_from(TARGETS), st.integers(0, 0xFFFFFFFF), st.integers(22, 32))
def test_as_many_as_match_one_by_one(host: str, target: str, number: int, length: int) -> None:
    value = host_value(host, parse_target(target).traits)
    for where in (number, 0x0A010200, 0x0A010103):
        first = where & ~(0xFFFFFFFF >> length)
        each = (
            ".".join(str(address >> shift & 255) for shift in (24, 16, 8, 0))
            for address in range(first, first + (1 << 32 - length))
        )
        assert addresses_in(value, where, length) == sum(value.matches(Client.tcp(address)) for address in each)


@given(HOSTS, st.sampled_from(TARGETS), st.integers(0, 0xFFFFFFFF), st.integers(0, 24))
def test_a_network_has_what_its_halves_have(host: str, target: str, number: int, length: int) -> None:
    value = host_value(host, parse_target(target).traits)
    halves = (number, number ^ (1 << 31 - length))
    assert addresses_in(value, number, length) == sum(addresses_in(value, half, length + 1) for half in halves)


@pytest.mark.parametrize(
    ("host", "count"),
    [
        ("%", 1 << 32),
        ("10.%", 1 << 24),
        ("10.1.2.%", 1 << 8),
        ("010.%", 0),
        ("256.%", 0),
        ("10.1.2.3.%", 0),
        ("192.168%", 1 << 16),
        ("172.1_.%", 10 << 16),
        ("web.example.com", 0),
    ],
)
def test_of_all(host: str, count: int) -> None:
    assert addresses_in(host_value(host, parse_target("mysql-9.7").traits), 0, 0) == count
