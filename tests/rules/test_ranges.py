"""Which part of the internet a host value takes: what rules tell of it is asked of the value itself."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint import Client, addresses_in
from grantlint.access import parse_target
from grantlint.access.host.value import host_value
from grantlint_rules.ranges import example_in, public_in

TRAITS = parse_target("mysql-9.7").traits
PIECES = st.sampled_from(["%", "_", "1_", "10", "1%", "17_", "172", "192", "168", "9", "2__", "203", "0", "113"])
HOSTS = st.lists(PIECES, min_size=1, max_size=4).map(".".join) | st.sampled_from(["128.0.0.0/1", "192.168%", "10%"])


@given(HOSTS)
def test_the_example_is_a_public_address_that_the_value_takes(host: str) -> None:
    value = host_value(host, TRAITS)
    if public_in(value):
        example = example_in(value)
        assert value.matches(Client.tcp(example))
        assert ipaddress.ip_address(example).is_global


@pytest.mark.parametrize(
    ("host", "public", "private"),
    [
        ("172.%", (1 << 24) - (1 << 20), 1 << 20),
        ("172.1_.%", 6 << 16, 4 << 16),
        ("192.168%", 0, 1 << 16),
        ("192.168.%", 0, 1 << 16),
        ("10.0.0.0/255.0.0.0", 0, 1 << 24),
        ("8.0.0.0/248.0.0.0", (1 << 27) - (1 << 24), 1 << 24),
        ("10._.%", 0, 10 << 16),
        ("8.8.8.8", 1, 0),
        ("web%", 0, 0),
    ],
)
def test_public_and_private_are_told_apart(host: str, public: int, private: int) -> None:
    value = host_value(host, TRAITS)
    assert (public_in(value), addresses_in(value, 0, 0) - public_in(value)) == (public, private)


@pytest.mark.parametrize("host", ["%", "%.%", "", "_%"])
def test_a_value_for_everybody_is_said_of_by_other_rules(host: str) -> None:
    assert not public_in(host_value(host, TRAITS))


OWN = {"10.": (10 << 24, 8), "127.": (127 << 24, 8), "192.168.": (192 << 24 | 168 << 16, 16)}


@given(st.sampled_from([*OWN]), HOSTS)
def test_what_begins_with_a_private_network_takes_no_other_address(beginning: str, rest: str) -> None:
    value = host_value(beginning + rest, TRAITS)
    if not value.mask:
        assert addresses_in(value, *OWN[beginning]) == addresses_in(value, 0, 0)
        assert public_in(value) == 0
