"""Which part of the internet a host value takes: what rules tell of it is asked of the value itself."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint import Client
from grantlint.access import parse_target
from grantlint.access.host.value import host_value
from grantlint_rules.ranges import reach_of

TRAITS = parse_target("mysql-9.7").traits
PIECES = st.sampled_from(["%", "_", "1_", "10", "1%", "17_", "172", "192", "168", "9", "2__", "203", "0", "113"])
HOSTS = st.lists(PIECES, min_size=1, max_size=4).map(".".join) | st.sampled_from(["128.0.0.0/1", "192.168%", "10%"])


@given(HOSTS)
def test_the_example_is_a_public_address_that_the_value_takes(host: str) -> None:
    value = host_value(host, TRAITS)
    reach = reach_of(value)
    assert (reach.public > 0) == bool(reach.example)
    if reach.example:
        assert value.matches(Client.tcp(reach.example))
        assert ipaddress.ip_address(reach.example).is_global


@pytest.mark.parametrize(
    ("host", "public", "private"),
    [
        ("172.%", (1 << 24) - (1 << 20), 1 << 20),
        ("172.1_.%", 6 << 16, 4 << 16),
        ("192.168%", 0, 1 << 16),
        ("10._.%", 0, 10 << 16),
        ("8.8.8.8", 1, 0),
        ("%", 0, 0),
        ("web%", 0, 0),
    ],
)
def test_public_and_private_are_told_apart(host: str, public: int, private: int) -> None:
    reach = reach_of(host_value(host, TRAITS))
    assert (reach.public, reach.private) == (public, private)
